"""How far: the true geodesic metre. The nearest of many is found in core.nearest."""

from functools import lru_cache
from typing import NamedTuple

from geopy.distance import geodesic

DEGREE_M = 110_500.0  # a degree of latitude is nowhere shorter
_WGS84 = geodesic()  # one for all: preparing the ellipsoid anew takes a third of each measurement


class Point(NamedTuple):
    """A place on WGS-84, in degrees. Latitude comes first; GeoJSON's order stays inside the readers."""

    lat: float
    lng: float


def metres(a: Point, b: Point) -> float:
    """Metres between two points on the WGS-84 ellipsoid."""
    return float(_WGS84.measure(a, b)) * 1000


@lru_cache(maxsize=8192)  # a city of 1,000 posts and as many compounds asks for some 8,000 pairs; 2 MB
def between(a: Point, b: Point) -> float:
    """The same for places that stay where they are, such as a compound and a post: measured once."""
    return metres(a, b)


def within(a: Point, b: Point, reach: float) -> bool:
    """Whether two points are at most so many metres apart; most pairs of a town are told apart by latitude alone."""
    return abs(a.lat - b.lat) * DEGREE_M <= reach and metres(a, b) <= reach
