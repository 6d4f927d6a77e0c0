"""Where people on duty are: one row per place, and what a process remembers of them between commands."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from core.positions import KEPT, Position
from storage.counters import take, value_of
from storage.tables import POSITIONS
from storage.tenancy import run
from storage.upserts import with_district

LAST = "positions"  # the serial of the newest row
REMEMBERED = timedelta(hours=2)  # as long as a district may let a position count (core.district.options)
SHOWN = 200

NAMES = tuple(it.name for it in fields(Position))
_FIELDS = tuple(POSITIONS.c[name] for name in NAMES)
_HERE = POSITIONS.c.district_id == bindparam("district")
_SINCE_ROW = (
    select(*_FIELDS).where(_HERE, POSITIONS.c.serial > bindparam("known")).order_by(POSITIONS.c.serial)
)  # fmt: skip
_SINCE_MOMENT = select(*_FIELDS).where(_HERE, POSITIONS.c.at > bindparam("since")).order_by(POSITIONS.c.serial)
_TRACK = (
    select(*_FIELDS)
    .where(_HERE, POSITIONS.c.person == bindparam("of_person"), POSITIONS.c.at > bindparam("since"))
    .order_by(POSITIONS.c.at.desc(), POSITIONS.c.serial.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class _Known:
    last: int = -1
    newest: Mapping[str, Position] = field(default_factory=dict)


class Whereabouts:
    """The newest position of everybody, as a process remembers it between commands: only rows that are new are read.

    Serials are given under a lock that is held until the commit, so whoever sees one sees all before it. A lower last
    serial than is known means that rows which were seen have been rolled back: then all is read again. Threads may ask
    at once; what they were given stays as it is.
    """

    def __init__(self) -> None:
        self._known = _Known()

    def newest(self, conn: Connection, now: datetime, last: int | None = None) -> Mapping[str, Position]:
        """By person; `last` is the value of the counter LAST where it was read before, never after, what is read."""
        last = value_of(conn, LAST) if last is None else last
        known = self._known
        if last != known.last:
            self._known = known = _read_on(conn, known, last, now)
        return known.newest


def write_positions(conn: Connection, positions: Iterable[Position]) -> None:
    """Remember where people are."""
    rows = [{"serial": take(conn, LAST), **asdict(position)} for position in positions]
    if rows:
        conn.execute(POSITIONS.insert(), with_district(conn, rows))


def track(conn: Connection, person: str, now: datetime) -> tuple[Position, ...]:
    """Where somebody was in the days that are kept, newest first."""
    return tuple(map(_position, run(conn, _TRACK, of_person=person, since=now - KEPT)))


def _read_on(conn: Connection, known: _Known, last: int, now: datetime) -> _Known:
    whole = last < known.last or known.last < 0
    rows = run(conn, _SINCE_MOMENT, since=now - REMEMBERED) if whole else run(conn, _SINCE_ROW, known=known.last)
    newest = {} if whole else dict(known.newest)
    newest |= {row.person: _position(row) for row in rows}
    return _Known(last, newest)


def _position(row: Any) -> Position:
    return Position(**dict(zip(NAMES, row, strict=True)))
