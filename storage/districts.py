"""The district file as it was loaded, revision by revision, with chats that moved since."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import orjson
from sqlalchemy import Connection, bindparam, select

from core.calendar import YearTable
from core.messages import Json
from storage.counters import take, value_of
from storage.tables import CHATS, DISTRICTS
from storage.tenancy import run
from storage.upserts import put_once

REVISION = "district"

_NEWEST = (
    select(DISTRICTS)
    .where(DISTRICTS.c.district_id == bindparam("district"))
    .order_by(DISTRICTS.c.serial.desc())
    .limit(1)
)
_MOVES = select(CHATS.c.chat, CHATS.c.moved_to).where(
    CHATS.c.district_id == bindparam("district"), CHATS.c.moved_to.is_not(None)
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
    """The revision and the JSON of the district, with moved chats at their new ids; None before the first load."""
    newest = run(conn, _NEWEST).one_or_none()
    if newest is None:
        return None
    moves = {row.chat: row.moved_to for row in run(conn, _MOVES)}
    raw = orjson.dumps(moved(orjson.loads(newest.raw), moves)).decode() if moves else newest.raw
    return revision(conn), raw


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
