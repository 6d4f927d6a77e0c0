from hypothesis import given
from hypothesis import strategies as st

from core.distance import Point, field, metres, nearest

DEGREES = st.builds(Point, st.floats(-89.9, 89.9), st.floats(-180, 180))
TOWN = st.builds(Point, st.floats(30.62, 30.66), st.floats(104.08, 104.12))
PLACES = st.dictionaries(st.text("abc", min_size=1, max_size=4), TOWN, min_size=1, max_size=40)


def full_scan(origin: Point, places: dict[str, Point]) -> list[tuple[float, str]]:
    return sorted((metres(origin, point), name) for name, point in places.items())


@given(TOWN, PLACES, st.integers(1, 5))
def test_the_nearest_of_a_town_are_those_of_the_full_scan(origin: Point, places: dict[str, Point], count: int) -> None:
    found = nearest(origin, field(places.items()), count)
    assert [(distance, name) for name, distance in found] == full_scan(origin, places)[:count]


@given(DEGREES, st.dictionaries(st.text("abc", min_size=1, max_size=3), DEGREES, min_size=1, max_size=12))
def test_the_nearest_of_the_whole_earth_is_that_of_the_full_scan(origin: Point, places: dict[str, Point]) -> None:
    ((name, distance),) = nearest(origin, field(places.items()))
    assert (distance, name) == full_scan(origin, places)[0]


def test_equal_distances_are_settled_by_the_lower_id() -> None:
    spot = Point(30.64, 104.1)
    places = field([("ST2", spot), ("ST1", spot), ("ST3", spot)])
    assert [name for name, _ in nearest(Point(30.65, 104.1), places, 2)] == ["ST1", "ST2"]


def test_nobody_is_nearest_in_an_empty_field() -> None:
    assert nearest(Point(0, 0), field([])) == ()


def test_a_degree_of_latitude_is_longer_at_the_pole_than_at_the_equator() -> None:
    assert round(metres(Point(0, 0), Point(1, 0))) == 110574
    assert round(metres(Point(89, 0), Point(90, 0))) == 111694
