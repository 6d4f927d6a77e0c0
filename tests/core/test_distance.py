from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from core.distance import Point, metres, within


def test_a_degree_of_latitude_is_longer_at_the_pole_than_at_the_equator() -> None:
    assert round(metres(Point(0, 0), Point(1, 0))) == 110574
    assert round(metres(Point(89, 0), Point(90, 0))) == 111694


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01), st.floats(1, 2000))
def test_within_reach_is_what_the_geodesic_says(
    lat: float, lng: float, north: float, east: float, reach: float
) -> None:
    here, there = Point(lat, lng), Point(lat + north, lng + east)

    assert within(here, there, reach) == (geodesic(here, there).meters <= reach)
