"""Cases and their histories: rows <-> values."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from core.case import ENDED, Case, Event
from storage.codec import pack, unpack
from storage.counters import take
from storage.errors import Clash
from storage.tables import CASES, EVENTS
from storage.tenancy import run
from storage.upserts import put_once, with_district

OF_ONE_REPORTER = 50  # nobody looks further back in a chat
NO_CASE = ""

_HERE = CASES.c.district_id == bindparam("district")
_ONE = select(CASES.c.body).where(_HERE, CASES.c.no == bindparam("no"))
_OF_REPORTER = (
    select(CASES.c.body)
    .where(_HERE, CASES.c.reporter == bindparam("reporter"))
    .order_by(CASES.c.opened_at.desc())
    .limit(OF_ONE_REPORTER)
)
_OPEN = select(CASES.c.body).where(_HERE, CASES.c.open).order_by(CASES.c.opened_at)
_DUE = (
    select(CASES.c.no)
    .where(_HERE, CASES.c.open, CASES.c.due_at <= bindparam("now"))
    .order_by(CASES.c.due_at)
    .limit(bindparam("count"))
)
_COLUMNS = tuple(column.name for column in CASES.columns if column.name not in {"district_id", "no", "history"})
_REPLACE = (
    update(CASES)
    .where(_HERE, CASES.c.no == bindparam("case_no"), CASES.c.version == bindparam("known"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS} | {"history": CASES.c.history + bindparam("more")})
    .returning(CASES.c.history)
)


def case_of(conn: Connection, no: str, *, held: bool = False) -> Case | None:
    """A case by its number; `held` keeps others from changing it until this transaction ends."""
    body = run(conn, _ONE.with_for_update() if held else _ONE, no=no).scalar()
    return unpack(Case, body) if body is not None else None


def cases_of(conn: Connection, reporter: int) -> tuple[Case, ...]:
    """A reporter's newest cases, newest first."""
    return _bodies(conn, _OF_REPORTER, reporter=reporter)


def open_cases(conn: Connection) -> tuple[Case, ...]:
    """All cases that have not ended, oldest first."""
    return _bodies(conn, _OPEN)


def due_cases(conn: Connection, now: datetime, limit: int = 100) -> list[str]:
    """Numbers of open cases whose `due_at` has come, the longest overdue first."""
    return list(run(conn, _DUE, now=now, count=limit).scalars())


def write_case(conn: Connection, case: Case, events: Sequence[Event]) -> None:
    """Write a case one version on, and append to its history. Raises Clash when the database has another version."""
    held = _insert(conn, case, len(events)) if case.version == 0 else _replace(conn, case, len(events))
    append(conn, case.no, held - len(events), events)


def append(conn: Connection, case_no: str, after: int, events: Iterable[Event]) -> None:
    """Write lines of a history behind the first `after`."""
    rows = [_event_row(case_no, seq, event) for seq, event in enumerate(events, start=after + 1)]
    if rows:
        conn.execute(EVENTS.insert(), with_district(conn, rows))


def append_apart(conn: Connection, events: Sequence[Event]) -> None:
    """Write events that belong to no case."""
    for event in events:
        append(conn, NO_CASE, take(conn, "events") - 1, [event])


def to_event(row: Any) -> Event:
    """An event of its row's kind, at, actor, row and data."""
    return Event(kind=row.kind, at=row.at, actor=row.actor, row=row.row, data=unpack(dict, row.data))


def _bodies(conn: Connection, statement: Select[tuple[str]], **values: object) -> tuple[Case, ...]:
    return tuple(unpack(Case, body) for body in run(conn, statement, **values).scalars())


def _insert(conn: Connection, case: Case, more: int) -> int:
    if not put_once(conn, CASES, {"no": case.no, "history": more, **_columns(replace(case, version=1))}):
        raise Clash(case.no)
    return more


def _replace(conn: Connection, case: Case, more: int) -> int:
    columns = _columns(replace(case, version=case.version + 1))
    new = {f"new_{name}": value for name, value in columns.items()}
    history = run(conn, _REPLACE, case_no=case.no, known=case.version, more=more, **new).scalar()
    if history is None:
        raise Clash(case.no)
    return int(history)


def _columns(case: Case) -> dict[str, Any]:
    return {
        "version": case.version,
        "status": case.status.value,
        "open": case.status not in ENDED,
        "sealed": case.sealed,
        "due_at": case.due_at,
        "grid": case.place.grid if case.place else None,
        "category": case.category,
        "severity": case.severity,
        "reporter": case.reporter,
        "team": case.team,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "body": pack(case),
    }


def _event_row(case_no: str, seq: int, event: Event) -> dict[str, Any]:
    return {
        "case_no": case_no,
        "seq": seq,
        "kind": event.kind,
        "at": event.at,
        "actor": event.actor,
        "row": event.row,
        "data": pack(event.data),
    }
