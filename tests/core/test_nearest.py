from hypothesis import given
from hypothesis import strategies as st

from core.distance import Point, metres
from core.nearest import field, nearest

DEGREES = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
TOWN = st.builds(Point, st.floats(30.62, 30.66), st.floats(104.08, 104.12))
STREET = st.builds(Point, st.floats(30.64, 30.6401), st.floats(104.1, 104.1001))
PLACES = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.one_of(TOWN, STREET), min_size=1, max_size=40)


def full_scan(origin: Point, places: dict[str, Point]) -> list[tuple[str, float]]:
    measured = sorted((metres(origin, point), name) for name, point in places.items())
    return [(name, distance) for distance, name in measured]


@given(st.one_of(TOWN, STREET), PLACES, st.integers(1, 5))
def test_the_nearest_of_a_town_are_those_of_the_full_scan(origin: Point, places: dict[str, Point], count: int) -> None:
    assert list(nearest(origin, field(places.items()), count)) == full_scan(origin, places)[:count]


@given(DEGREES, st.dictionaries(st.text("abc", min_size=1, max_size=3), DEGREES, min_size=1, max_size=12))
def test_the_nearest_of_the_whole_earth_is_that_of_the_full_scan(origin: Point, places: dict[str, Point]) -> None:
    assert list(nearest(origin, field(places.items()))) == full_scan(origin, places)[:1]


@given(TOWN, PLACES, st.lists(st.tuples(st.integers(0, 39), TOWN), max_size=20), st.integers(1, 3))
def test_after_any_moves_the_nearest_are_still_those_of_the_full_scan(
    origin: Point, places: dict[str, Point], moves: list[tuple[int, Point]], count: int
) -> None:
    walked, truth = field(places.items()), dict(places)
    for number, to in moves:
        index = number % len(walked.ids)
        walked.move(index, to)
        truth[walked.ids[index]] = to
    assert list(nearest(origin, walked, count)) == full_scan(origin, truth)[:count]


def test_equal_distances_are_settled_by_the_lower_id() -> None:
    spot = Point(30.64, 104.1)
    places = field([("ST2", spot), ("ST1", spot), ("ST3", spot)])
    assert [name for name, _ in nearest(Point(30.65, 104.1), places, 2)] == ["ST1", "ST2"]


def test_nobody_is_nearest_in_an_empty_field() -> None:
    assert nearest(Point(0, 0), field([])) == ()


@given(TOWN, PLACES, st.sets(st.text("abc", max_size=4), max_size=12), st.integers(1, 3))
def test_who_is_left_out_is_not_found_and_the_others_are(
    origin: Point, places: dict[str, Point], but: set[str], count: int
) -> None:
    others = {name: point for name, point in places.items() if name not in but}
    found = nearest(origin, field(places.items()), count, but=but)
    assert list(found) == full_scan(origin, others)[:count]
