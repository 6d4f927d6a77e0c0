"""Records: rows <-> values (core.records)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from core.records import RECORDS as CLASSES
from core.records import Record, kind_of
from storage import quick
from storage.codec import pack, unpack
from storage.errors import Clash
from storage.sealing import opened, seal_all
from storage.tables import RECORDS
from storage.tenancy import district_of, run
from storage.upserts import put_once

FORGOTTEN = frozenset({"volunteer", "lookup"})  # of which a closed one leaves no row: it names a resident (privacy.md)
SEALED = frozenset({"med", "complaint"})  # what people said in confidence (privacy.md, dispute notes; hazards.md, C01)
_HERE = RECORDS.c.district_id == bindparam("district")
_ONE = select(RECORDS.c.body).where(_HERE, RECORDS.c.kind == bindparam("kind"), RECORDS.c.id == bindparam("id"))
_ONE_HELD = _ONE.with_for_update()
_OPEN = (
    select(RECORDS.c.kind, RECORDS.c.body)
    .where(_HERE, RECORDS.c.open, RECORDS.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(RECORDS.c.kind, RECORDS.c.id)
)
_DUE = (
    select(RECORDS.c.kind, RECORDS.c.id)
    .where(_HERE, RECORDS.c.open, RECORDS.c.due_at <= bindparam("now"))
    .order_by(RECORDS.c.due_at, RECORDS.c.kind, RECORDS.c.id)
    .limit(bindparam("count"))
)
_REPLACE = (
    update(RECORDS)
    .where(_HERE, RECORDS.c.kind == bindparam("of_kind"), RECORDS.c.id == bindparam("of_id"))
    .where(RECORDS.c.version == bindparam("known"))
    .values({name: bindparam(f"new_{name}") for name in ("version", "open", "due_at", "body")})
)
_FORGET = delete(RECORDS).where(
    RECORDS.c.district_id == bindparam("of_district"),
    RECORDS.c.kind == bindparam("of_kind"),
    RECORDS.c.id == bindparam("of_id"),
)


def record_of(conn: Connection, kind: str, name: str, *, held: bool = False) -> Record | None:
    """A record by its kind and id, open or not; `held` keeps others from changing it until this transaction ends."""
    body = quick.first(conn, _ONE_HELD if held else _ONE, kind=kind, id=name)
    return unpack(CLASSES[kind], opened(conn, body)) if body is not None and kind in CLASSES else None


def open_records(conn: Connection, kinds: Collection[str]) -> tuple[Record, ...]:
    """All open records of these kinds, by kind and id."""
    rows = run(conn, _OPEN, kinds=sorted(kinds))
    return tuple(unpack(CLASSES[row.kind], opened(conn, row.body)) for row in rows)


def all_records(conn: Connection, kind: str) -> tuple[Record, ...]:
    """Every record of a kind, open or not, by id. For what is asked for rarely: all of them are read."""
    rows = select(RECORDS.c.body).where(RECORDS.c.district_id == district_of(conn), RECORDS.c.kind == kind)
    return tuple(
        unpack(CLASSES[kind], opened(conn, body)) for body in conn.execute(rows.order_by(RECORDS.c.id)).scalars()
    )


def due_records(conn: Connection, now: datetime, limit: int = 100) -> list[tuple[str, str]]:
    """Kind and id of the open records whose moment has come, the longest overdue first."""
    return [(row.kind, row.id) for row in run(conn, _DUE, now=now, count=limit)]


def write_records(conn: Connection, records: Sequence[Record]) -> None:
    """Write records one version on. Raises Clash when the database has another version of one."""
    for record in records:
        kind, row = kind_of(record), _columns(conn, record)
        if not (
            put_once(conn, RECORDS, {"kind": kind, "id": record.id, **row})
            if record.version == 0
            else _replaced(conn, kind, record, row)
        ):
            raise Clash(f"{kind} {record.id}")
        if kind in FORGOTTEN and not record.open:
            conn.execute(_FORGET, {"of_district": district_of(conn), "of_kind": kind, "of_id": record.id})


def _replaced(conn: Connection, kind: str, record: Record, row: dict[str, Any]) -> bool:
    new = {f"new_{name}": value for name, value in row.items()}
    return run(conn, _REPLACE, of_kind=kind, of_id=record.id, known=record.version, **new).rowcount == 1


def _columns(conn: Connection, record: Record) -> dict[str, Any]:
    version = record.version + 1
    body = pack(replace(record, version=version))
    body = seal_all(conn, body) if kind_of(record) in SEALED else body
    return {"version": version, "open": record.open, "due_at": record.due_at, "body": body}
