"""The district file as it was loaded, revision by revision, with chats that moved since and people as was decided."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from core.calendar import YearTable
from core.members import applied
from core.messages import Json
from core.records import RECORDS as CLASSES
from core.records import Member, StandIn
from core.trail import Entry
from storage import trail
from storage.codec import unpack
from storage.counters import take, value_of
from storage.tables import CHATS, DISTRICTS, RECORDS
from storage.tenancy import run
from storage.upserts import put_once

REVISION = "district"
OF_PEOPLE = (Member, StandIn)  # records that stand in the town's file

_NEWEST = (
    select(DISTRICTS)
    .where(DISTRICTS.c.district_id == bindparam("district"))
    .order_by(DISTRICTS.c.serial.desc())
    .limit(1)
)
_MOVES = select(CHATS.c.chat, CHATS.c.moved_to).where(
    CHATS.c.district_id == bindparam("district"), CHATS.c.moved_to.is_not(None)
)
_PEOPLE = select(RECORDS.c.kind, RECORDS.c.body).where(
    RECORDS.c.district_id == bindparam("district"), RECORDS.c.open, RECORDS.c.kind.in_(["member", "stand"])
)


def load_district(conn: Connection, raw_json: str, now: datetime) -> bool:
    """Make a file the district from now on; False, and nothing is written, when it is the one already loaded."""
    digest = sha256(orjson.dumps(orjson.loads(raw_json), option=orjson.OPT_SORT_KEYS)).hexdigest()
    newest = run(conn, _NEWEST).one_or_none()
    if newest is not None and newest.digest == digest:
        return False
    serial = newest.serial + 1 if newest is not None else 1
    put_once(conn, DISTRICTS, {"serial": serial, "digest": digest, "raw": raw_json, "loaded_at": now})
    changed(conn)
    trail.append(conn, [Entry(at=now, kind="district_loaded", data={"serial": serial, "digest": digest})])
    return True


def give_tables(conn: Connection, tables: Mapping[int, YearTable], now: datetime) -> None:
    """Holiday tables of years, put into the district's file as it is loaded: a revision of its own."""
    newest = run(conn, _NEWEST).one_or_none() if tables else None
    if newest is None:
        return
    raw = orjson.loads(newest.raw)
    days = {
        str(year): {
            "off": [it.isoformat() for it in sorted(table.off)],
            "work_weekend": [it.isoformat() for it in sorted(table.work_weekend)],
        }
        for year, table in tables.items()
    }
    load_district(conn, orjson.dumps({**raw, "calendar": {**raw.get("calendar", {}), **days}}).decode(), now)


def current_district(conn: Connection) -> tuple[int, str] | None:
    """The revision and the JSON of the district, with moved chats at their new ids and the people as was decided in
    chat; None before the first load."""
    newest = run(conn, _NEWEST).one_or_none()
    if newest is None:
        return None
    moves = {row.chat: row.moved_to for row in run(conn, _MOVES)}
    known = [unpack(CLASSES[row.kind], row.body) for row in run(conn, _PEOPLE)]
    if not moves and not known:
        return revision(conn), newest.raw
    members = [it for it in known if isinstance(it, Member)]
    raw = applied(moved_in(newest.raw, moves), members, [it for it in known if isinstance(it, StandIn)])
    return revision(conn), orjson.dumps(raw).decode()


def file_of(conn: Connection) -> str:
    """The JSON of the district's file alone, with moved chats at their new ids; empty before the first load."""
    newest = run(conn, _NEWEST).one_or_none()
    if newest is None:
        return ""
    moves = {row.chat: row.moved_to for row in run(conn, _MOVES)}
    return orjson.dumps(moved_in(newest.raw, moves)).decode() if moves else str(newest.raw)


def moved_in(raw: str, moves: dict[int, int]) -> dict[str, Any]:
    """A file, read, with the chats that moved at their new ids."""
    read: dict[str, Any] = orjson.loads(raw)
    return {key: moved(part, moves) for key, part in read.items()} if moves else read


def revision(conn: Connection) -> int:
    """Grows whenever the district would read differently; 0 before the first load."""
    return value_of(conn, REVISION)


def changed(conn: Connection) -> None:
    """Let everybody who built a town from the district build it anew."""
    take(conn, REVISION)


def moved(value: Json, moves: dict[int, int]) -> Json:
    """JSON with the ids of chats that moved replaced, however often they did.

    Ids of groups are large negative numbers that mean nothing else in such data.
    """
    if isinstance(value, dict):
        return {key: moved(part, moves) for key, part in value.items()}
    if isinstance(value, list):
        return [moved(part, moves) for part in value]
    seen = set()
    while isinstance(value, int) and not isinstance(value, bool) and value in moves and value not in seen:
        seen.add(value)
        value = moves[value]
    return value
