"""The district file as it was loaded, revision by revision, with chats that moved since."""

from datetime import datetime
from hashlib import sha256

import orjson
from sqlalchemy import Connection, bindparam, select

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
