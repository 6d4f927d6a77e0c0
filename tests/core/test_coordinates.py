from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import coordinates
from core.distance import Point, metres
from tests.core import demo

CHINA = st.builds(Point, st.floats(18, 53), st.floats(74, 134))


@pytest.mark.parametrize("row", demo.checks("coordinates"), ids=lambda it: it["id"])
def test_a_known_place_is_found_in_all_three_systems(row: Any) -> None:
    true, drawn, baidu = (Point(*row[key]) for key in ("wgs84", "gcj02", "bd09"))
    assert metres(coordinates.gcj02_from_wgs84(true), drawn) < 1
    assert metres(coordinates.bd09_from_wgs84(true), baidu) < 1
    assert metres(coordinates.wgs84_from_gcj02(drawn), true) < 1
    assert metres(coordinates.wgs84_from_bd09(baidu), true) < 1


@pytest.mark.parametrize("row", demo.checks("coordinates"), ids=lambda it: it["id"])
def test_a_misread_point_lands_in_the_wrong_grid_just_as_expected(row: Any) -> None:
    found = [demo.grids().find(Point(*row[key])) for key in ("wgs84", "gcj02", "bd09")]
    assert found == [row["grid"], row["grid_if_gcj02_misread"], row["grid_if_bd09_misread"]]


@pytest.mark.parametrize(
    ("there", "back", "limit"),
    [
        (coordinates.gcj02_from_wgs84, coordinates.wgs84_from_gcj02, 0.01),
        (coordinates.bd09_from_gcj02, coordinates.gcj02_from_bd09, 1.0),
        (coordinates.bd09_from_wgs84, coordinates.wgs84_from_bd09, 1.0),
    ],
)
@given(CHINA)
def test_there_and_back_is_the_same_place(
    there: Callable[[Point], Point], back: Callable[[Point], Point], limit: float, point: Point
) -> None:
    assert metres(back(there(point)), point) < limit


@pytest.mark.parametrize("point", [Point(52.52, 13.4), Point(-33.9, 151.2), Point(40.7, -74.0)])
def test_outside_china_nothing_is_shifted(point: Point) -> None:
    assert coordinates.gcj02_from_wgs84(point) == point
    assert coordinates.wgs84_from_gcj02(point) == point
    assert coordinates.wgs84_from_bd09(point) == point


def test_the_shift_in_chengdu_is_about_what_was_measured() -> None:
    point = Point(30.644054, 104.088306)
    assert 340 < metres(point, coordinates.gcj02_from_wgs84(point)) < 380


@pytest.mark.parametrize("row", demo.checks("coordinates"), ids=lambda it: it["id"])
@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_source_that_is_known_to_send_shifted_points_is_read_as_such_without_any_words(row: Any, datum: str) -> None:
    found = coordinates.fix(Point(*row[datum]), datum, None)
    assert metres(found.point, Point(*row["wgs84"])) < 1
    assert found.agrees


@pytest.mark.parametrize("row", demo.checks("coordinates"), ids=lambda it: it["id"])
def test_a_true_point_near_what_was_said_is_never_shifted(row: Any) -> None:
    raw = Point(*row["wgs84"])
    assert coordinates.fix(raw, "wgs84", raw) == coordinates.Fix(point=raw, datum="wgs84", agrees=True)


def test_a_point_that_fits_what_was_said_in_no_datum_is_left_as_it_came():
    raw, told = Point(30.64, 104.09), Point(30.66, 104.12)
    assert coordinates.fix(raw, "wgs84", told) == coordinates.Fix(point=raw, datum="wgs84", agrees=False)
