"""The nearest of many places that may move, without measuring them all.

Every place is kept as a unit vector of the sphere, so that one matrix product ranks them; a sphere is off by at most
0.56 % against the ellipsoid, so whoever is nearest on the ellipsoid lies within 1.2 % of the nearest on the sphere:
the geodesic decides among those few. A move writes one row, nothing is rebuilt (benchmarks.nearest).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from math import acos, cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from core.distance import Point, metres

EARTH_M = 6_371_008.8
WINDOW = 1.012
ROUNDING = 1.0  # metres: products of unit vectors are right to some 0.2 m, and places may share a spot
AS_FAR_AS_CAN_BE = -np.inf  # a likeness

Measure = Callable[[Point, Point], float]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Named places laid out for ranking: `ids[i]` stands at `points[i]`, on the unit sphere at `units[i]`."""

    ids: tuple[str, ...]
    points: list[Point]
    units: NDArray[np.float64]

    def indices(self, names: Collection[str]) -> list[int]:
        """Where the places of these names are; names that are not here are left out."""
        near = ((name, bisect_left(self.ids, name)) for name in names)
        return [at for name, at in near if self.ids[at : at + 1] == (name,)]

    def move(self, index: int, to: Point) -> None:
        """The place of `ids[index]` is another from now on."""
        self.points[index] = to
        self.units[index, 0], self.units[index, 1], self.units[index, 2] = unit(to)  # a third of the time of one row


def unit(point: Point) -> tuple[float, float, float]:
    """The point on the unit sphere."""
    lat, lng = radians(point.lat), radians(point.lng)
    flat = cos(lat)
    return flat * cos(lng), flat * sin(lng), sin(lat)


def field(places: Iterable[tuple[str, Point]]) -> Field:
    """The field of these places; equal distances will be settled by the lower id."""
    named = sorted(places)
    points = [point for _, point in named]
    return Field(tuple(name for name, _ in named), points, np.array([unit(it) for it in points]).reshape(-1, 3))


def nearest(
    origin: Point, places: Field, count: int = 1, *, measure: Measure = metres, but: Collection[str] = ()
) -> tuple[tuple[str, float], ...]:
    """The `count` nearest as (id, geodesic metres), nearest first, ties by id; `but` are left out.

    `measure` is the geodesic, perhaps one that remembers.
    """
    if not places.ids:
        return ()
    likeness = places.units @ np.array(unit(origin))
    left_out = places.indices(but)
    likeness[left_out] = AS_FAR_AS_CAN_BE
    count = min(count, len(likeness) - len(left_out))
    if count < 1:
        return ()
    last = len(likeness) - count
    worst = likeness.max() if count == 1 else np.partition(likeness, last)[last]
    measured = ((measure(origin, places.points[i]), places.ids[i]) for i in np.flatnonzero(likeness >= _window(worst)))
    return tuple((name, distance) for distance, name in sorted(measured)[:count])


def _window(likeness: float) -> float:
    """The cosine beyond which nobody can be nearer on the ellipsoid than whoever has this one."""
    arc = acos(min(max(likeness, -1.0), 1.0))
    return cos(min(arc * WINDOW + ROUNDING / EARTH_M, pi))
