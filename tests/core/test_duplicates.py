"""When two reports tell of one matter (life.md rows 29-31)."""

from datetime import timedelta
from math import cos, radians, sin, tau

import pytest

from benchmarks.rules import judge_duplicates
from core import duplicates
from core.distance import Point
from core.duplicates import AGAIN, LATER, NEAR, SAME, Report
from tests.core import demo

HERE = Point(30.639294, 104.096597)
NOON = demo.at("2026-11-20 12:00")


def told(category="XF02", *, point=HERE, after=timedelta(), building=None, compound=None, closed=None) -> Report:
    return Report(
        category=category,
        point=point,
        at=NOON + after,
        building=building,
        compound=compound,
        closed_at=NOON + closed if closed is not None else None,
    )


def north(metres: float) -> Point:
    return Point(HERE.lat + metres / 110_860, HERE.lng)


@pytest.mark.parametrize("row", demo.checks("duplicates"), ids=lambda row: row["why"])
def test_row_31_the_expected_answers(row):
    verdict = judge_duplicates(demo.bench(), "row", row)
    assert verdict.passed, verdict


@pytest.mark.parametrize(("apart", "found"), [(0, SAME), (49, SAME), (51, NEAR), (149, NEAR), (151, None)])
def test_row_31_up_to_50_m_the_resident_is_asked_up_to_150_m_staff(apart, found):
    assert duplicates.likeness(told(), told(point=north(apart))) == found


@pytest.mark.parametrize(("hours", "found"), [(0, SAME), (48, SAME), (49, None), (-1, SAME)])
def test_row_31_an_open_case_is_the_same_for_48_hours(hours, found):
    assert duplicates.likeness(told(), told(after=timedelta(hours=hours))) == found


@pytest.mark.parametrize(("category", "found"), [("XF02", None), ("SB01", SAME), ("SB04", SAME), ("ZH01", SAME)])
def test_row_31_another_building_or_compound_speaks_against_it_except_for_what_spreads(category, found):
    assert duplicates.likeness(told(category, building=5), told(category, building=6)) == found
    assert duplicates.likeness(told(category, compound="X1"), told(category, compound="X2")) == found
    assert duplicates.likeness(told(category, building=5), told(category)) == SAME


@pytest.mark.parametrize(("days", "found"), [(1, AGAIN), (30, AGAIN), (31, LATER), (365, LATER), (366, None)])
def test_rows_29_and_30_what_was_closed_is_again_the_same_for_30_days_and_linked_for_a_year(days, found):
    closed = told(closed=timedelta(hours=1))
    assert duplicates.likeness(closed, told(after=timedelta(days=days, hours=1))) == found
    assert duplicates.likeness(closed, told(point=north(60), after=timedelta(days=days))) is None


def test_another_kind_is_another_matter():
    assert duplicates.likeness(told("XF02"), told("XF03")) is None


@pytest.mark.parametrize("lat", [18.2, 30.6, 53.4])
def test_all_that_is_near_lies_in_the_cells_around(lat):
    for step in range(40):
        here = Point(lat + step * 0.00031, 104.0 + step * 0.00037)
        cells = duplicates.cells_around(here)
        assert len(set(cells)) == 9
        for east, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            reach = duplicates.ASK_WITHIN / 111_000
            there = Point(here.lat + up * reach, here.lng + east * reach / 0.59)
            assert duplicates.cell_of(there) in cells


@pytest.mark.parametrize("lat", [18.2, 30.6, 53.4])
def test_in_a_storm_all_that_is_near_lies_in_the_cells_around_its_corners(lat):
    here = Point(lat, 104.0)
    around = {
        cell for at in duplicates.looked_from(here, duplicates.STORM) for cell in duplicates.cells_around(at)
    }  # fmt: skip
    north = duplicates.STORM.ask / 111_000
    east = north / cos(radians(lat))
    ring = [(sin(turn), cos(turn)) for turn in (tau * step / 36 for step in range(36))]
    assert {duplicates.cell_of(Point(lat + north * up, 104.0 + east * aside)) for up, aside in ring} <= around


def test_in_a_storm_staff_are_asked_from_farther():
    assert duplicates.likeness(told(), told(point=north(250))) is None
    assert duplicates.likeness(told(), told(point=north(250)), duplicates.STORM) == duplicates.NEAR
    assert duplicates.likeness(told(), told(point=north(350)), duplicates.STORM) is None
