"""WGS-84, GCJ-02, BD-09: the same place as phones and Chinese maps write it.

The shift is the widely published approximation (the official algorithm is not public). A GCJ-02 point read as WGS-84
is 185 to 578 m off, which puts most points of a town of small grids into the wrong grid (domain README).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import atan2, cos, pi, radians, sin, sqrt

from core.distance import Point, metres

AXIS = 6_378_245.0
ECCENTRICITY = 0.00669342162296594323
BD_TURN = pi * 3000.0 / 180.0
AGREES = 250.0  # metres between a pin and the middle of the compound that was named: compounds are that large
SHIFT_HITS = 120.0  # metres: a shifted pin that lands this near what was said was drawn on a shifted map


def in_shifted_area(point: Point) -> bool:
    """Whether Chinese maps shift this place; outside the box all three systems agree."""
    return 0.8293 <= point.lat <= 55.8271 and 72.004 <= point.lng <= 137.8347


def wave(first: float, *rest: tuple[float, float]) -> float:
    """The sum of sines that both directions of the shift are made of, each given as (weight, angle)."""
    return first + sum(weight * sin(angle) for weight, angle in rest) * 2.0 / 3.0


def shift(point: Point) -> Point:
    """How far, in degrees, GCJ-02 lies from WGS-84 at this place."""
    x, y = point.lng - 105.0, point.lat - 35.0
    common = 0.1 * x * y, (20.0, 6.0 * x * pi), (20.0, 2.0 * x * pi)
    north = wave(
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + common[0] + 0.2 * sqrt(abs(x)),
        *common[1:], (20.0, y * pi), (40.0, y / 3.0 * pi), (160.0, y / 12.0 * pi), (320.0, y * pi / 30.0),
    )  # fmt: skip
    east = wave(
        300.0 + x + 2.0 * y + 0.1 * x * x + common[0] + 0.1 * sqrt(abs(x)),
        *common[1:], (20.0, x * pi), (40.0, x / 3.0 * pi), (150.0, x / 12.0 * pi), (300.0, x / 30.0 * pi),
    )  # fmt: skip
    latitude = radians(point.lat)
    bend = 1.0 - ECCENTRICITY * sin(latitude) ** 2
    metres_north = AXIS * (1.0 - ECCENTRICITY) / (bend * sqrt(bend)) * pi / 180.0
    metres_east = AXIS / sqrt(bend) * cos(latitude) * pi / 180.0
    return Point(north / metres_north, east / metres_east)


def gcj02_from_wgs84(point: Point) -> Point:
    """The point as AutoNavi, Tencent or Apple draw it in mainland China."""
    if not in_shifted_area(point):
        return point
    moved = shift(point)
    return Point(point.lat + moved.lat, point.lng + moved.lng)


def wgs84_from_gcj02(point: Point) -> Point:
    """The true place of a GCJ-02 point, found by repeated correction; exact to well under a centimetre."""
    if not in_shifted_area(point):
        return point
    guess = point
    for _ in range(6):
        drawn = gcj02_from_wgs84(guess)
        guess = Point(guess.lat + point.lat - drawn.lat, guess.lng + point.lng - drawn.lng)
    return guess


def bd09_from_gcj02(point: Point) -> Point:
    """The point as Baidu draws it."""
    length = sqrt(point.lng**2 + point.lat**2) + 0.00002 * sin(point.lat * BD_TURN)
    angle = atan2(point.lat, point.lng) + 0.000003 * cos(point.lng * BD_TURN)
    return Point(length * sin(angle) + 0.006, length * cos(angle) + 0.0065)


def gcj02_from_bd09(point: Point) -> Point:
    """The GCJ-02 point of a Baidu point (within half a metre)."""
    lat, lng = point.lat - 0.006, point.lng - 0.0065
    length = sqrt(lng**2 + lat**2) - 0.00002 * sin(lat * BD_TURN)
    angle = atan2(lat, lng) - 0.000003 * cos(lng * BD_TURN)
    return Point(length * sin(angle), length * cos(angle))


def bd09_from_wgs84(point: Point) -> Point:
    """The point as Baidu draws it in mainland China; outside, the point itself."""
    return bd09_from_gcj02(gcj02_from_wgs84(point)) if in_shifted_area(point) else point


def wgs84_from_bd09(point: Point) -> Point:
    """The true place of a Baidu point; outside mainland China the point itself."""
    return wgs84_from_gcj02(gcj02_from_bd09(point)) if in_shifted_area(point) else point


TO_WGS84: Mapping[str, Callable[[Point], Point]] = {
    "wgs84": lambda point: point,
    "gcj02": wgs84_from_gcj02,
    "bd09": wgs84_from_bd09,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A sent point as it lies in WGS-84. `datum`: as what it was read; `agrees`: whether it fits what was said."""

    point: Point
    datum: str
    agrees: bool


def fix(raw: Point, datum: str, told: Point | None) -> Fix:
    """Where a sent point lies. `datum` is what its source is known to send; `told` the place that was named in words.

    A point that is far from what was said, and near it once the shift of Chinese maps is taken off, was drawn on such a
    map (domain README: 361 m in Chengdu). What fits nothing stays as it came, and the resident has to be asked.
    """
    point = TO_WGS84[datum](raw)
    if told is None or metres(point, told) <= AGREES:
        return Fix(point=point, datum=datum, agrees=True)
    others = ((metres(convert(raw), told), name) for name, convert in TO_WGS84.items() if name != datum)
    off, name = min(others)
    if off <= SHIFT_HITS:
        return Fix(point=TO_WGS84[name](raw), datum=name, agrees=True)
    return Fix(point=point, datum=datum, agrees=False)
