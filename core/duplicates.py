"""Whether two reports tell of one matter (life.md rows 29-31): near in place, in time, and of the same kind.

A wrong "same" would hide a second danger, a wrong "other" costs one more card: so what is not clear is asked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.distance import Point, metres

SAME_WITHIN = 50.0  # metres
ASK_WITHIN = 150.0  # metres: farther than SAME_WITHIN, nearer than this, staff are asked
OPEN_WITHIN = timedelta(hours=48)
AGAIN_WITHIN = timedelta(days=30)  # after it was closed: the same matter, reopened (row 29)
LATER_WITHIN = timedelta(days=365)  # after that: a new one, linked (row 30)
SPREADS = ("SB01", "SB04", "SB06", "ZH")  # gas, water, sewage, storm and flood: they know no house number


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far staff are asked whether two reports are one, in metres."""

    ask: float


USUAL, STORM = Reach(ask=ASK_WITHIN), Reach(ask=300.0)  # one tree or one flood is told of from all sides (F28)

SAME, NEAR, AGAIN, LATER = "same", "near", "again", "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is compared. `at`: first message; `compound` and `building`: where they are known. `closed_at`: None while
    it is open."""

    category: str
    point: Point
    at: datetime
    compound: str | None = None
    building: int | None = None
    closed_at: datetime | None = None


def likeness(first: Report, then: Report, reach: Reach = USUAL) -> str | None:
    """How a later report stands to an earlier one.

    SAME: one matter. NEAR: perhaps, 50-150 m apart, in a storm 50-300 m. AGAIN, LATER: the earlier one was
    closed, up to 30 days or up to a year before. None: two matters.
    """
    if first.category != then.category or _other_building(first, then):
        return None
    apart = metres(first.point, then.point)
    if first.closed_at is None:
        return _of_open(apart, reach) if abs(then.at - first.at) <= OPEN_WITHIN else None
    return _of_closed(then.at - first.closed_at) if apart <= SAME_WITHIN else None


def _of_open(apart: float, reach: Reach) -> str | None:
    if apart <= SAME_WITHIN:
        return SAME
    return NEAR if apart <= reach.ask else None


def _of_closed(since: timedelta) -> str | None:
    if since <= AGAIN_WITHIN:
        return AGAIN
    return LATER if since <= LATER_WITHIN else None


def _other_building(first: Report, then: Report) -> bool:
    """Another compound or another building is named, which speaks against it unless it spreads."""
    if then.category.startswith(SPREADS):
        return False
    return _differ(first.compound, then.compound) or _differ(first.building, then.building)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


CELL = 0.0025  # degrees: nowhere in a town is a cell narrower than ASK_WITHIN (165 m wide at 53 degrees north)


def cell_of(point: Point) -> str:
    """The square of a point, by which the memory finds what is near."""
    row, column = _square(point)
    return f"{row}:{column}"


def cells_around(point: Point) -> tuple[str, ...]:
    """The square of a point and the eight beside it: all that lies within ASK_WITHIN is in them."""
    row, column = _square(point)
    beside = (-1, 0, 1)
    return tuple(f"{row + north}:{column + east}" for north in beside for east in beside)


def looked_from(point: Point, reach: Reach) -> tuple[Point, ...]:
    """The points whose cells around hold all that lies within this reach: the point, or in a storm the four corners of
    its cell's surroundings."""
    if reach.ask <= ASK_WITHIN:
        return (point,)
    aside = (-CELL, CELL)
    return tuple(Point(point.lat + north, point.lng + east) for north in aside for east in aside)


def _square(point: Point) -> tuple[int, int]:
    return int(point.lat // CELL), int(point.lng // CELL)
