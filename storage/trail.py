"""The audit log's chain (core.trail), one per district: lines are added in the transaction of what they tell of."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, insert, select

from core.trail import Entry, Line, first, linked
from storage import quick
from storage.tables import TRAIL
from storage.tenancy import district_of, one_by_one, run

_HERE = TRAIL.c.district_id == bindparam("district")
_LAST = select(TRAIL.c.serial, TRAIL.c.hash).where(_HERE).order_by(TRAIL.c.serial.desc()).limit(1)
_LINES = select(TRAIL.c.serial, TRAIL.c.body, TRAIL.c.hash).where(_HERE).order_by(TRAIL.c.serial)


def append(conn: Connection, entries: Iterable[Entry]) -> None:
    """Add lines; whoever else adds one waits until this transaction ends, or the chain would fork."""
    fresh = list(entries)
    if not fresh:
        return
    one_by_one(conn, "trail")
    serial, before = head(conn)
    rows = []
    for entry in fresh:
        serial += 1
        line = linked(before, serial, entry)
        before = line.hash
        rows.append({"district_id": district_of(conn), "serial": serial, "body": line.body, "hash": line.hash})
    conn.execute(insert(TRAIL), rows)


def head(conn: Connection) -> tuple[int, str]:
    """Serial and hash of the last line; 0 and what stands before the first."""
    found = quick.rows(conn, _LAST)
    return (int(found[0][0]), str(found[0][1])) if found else (0, first(district_of(conn)))


def lines(conn: Connection) -> Iterator[Line]:
    """All lines, in their order."""
    for row in run(conn, _LINES):
        yield Line(serial=row.serial, body=row.body, hash=row.hash)
