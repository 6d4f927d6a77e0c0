from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.distance import Point, metres
from core.roster import OnDuty, everybody_signed_in, on_duty_teams
from core.routing import Policy, Route, route
from tests.core import demo

TOWN = st.builds(Point, st.floats(30.629, 30.652), st.floats(104.086, 104.11))
POSTS = ("ST1", "ST2", "ST3", "ST4")
NOON = demo.at("2026-11-17 12:00")


def crew(*stations: str) -> tuple[OnDuty, ...]:
    return tuple(
        OnDuty(team=it, station=it, group="甲", shift="早", end=NOON + timedelta(hours=2), present=("P002",))
        for it in stations
    )


def routed(point: Point, on: tuple[OnDuty, ...], policy: Policy) -> Route:
    return route(point, on, demo.district(), demo.grids(), policy)


@pytest.mark.parametrize("row", demo.checks("routing"), ids=lambda it: it["id"])
def test_the_case_goes_where_it_is_expected(row: Any) -> None:
    at, expected = datetime.fromisoformat(row["at"]), row["expect"]
    presence = everybody_signed_in(demo.district(), at, frozenset(row["stations_without_signin"]))
    on = on_duty_teams(demo.district(), at, presence)
    point = Point(row["lat"], row["lng"])
    near, area = routed(point, on, "nearest"), routed(point, on, "duty_area_first")
    assert near.grid == expected["grid"]
    if expected["grid"] is None:
        assert (near.reason, near.chosen, near.team) == ("outside", "CTR", "CTR")
        return
    shift = next(it for it in on if it.team == area.team)
    assert (near.chosen, area.chosen, area.second) == (
        expected["nearest"],
        expected["duty_area_first"],
        expected["second"],
    )
    assert (near.primary, [it.station for it in on if it.station]) == (expected["primary"], expected["on_duty"])
    assert (shift.shift, list(shift.present)) == (expected["shift"], expected["members"])
    metres_to = {name: expected["dist_m"][name] for name in expected["on_duty"]}
    assert [name for name, _ in near.ranked] == sorted(metres_to, key=metres_to.__getitem__)[:3]
    assert all(distance == pytest.approx(metres_to[name], rel=0.005, abs=2) for name, distance in near.ranked)


@given(TOWN, st.sets(st.sampled_from(POSTS), min_size=1))
def test_the_nearest_is_the_one_that_a_full_scan_finds(point: Point, stations: set[str]) -> None:
    found = routed(point, crew(*stations), "nearest")
    scan = sorted((metres(point, it.point), it.id) for it in demo.district().stations if it.id in stations)
    if found.grid is not None:
        assert found.chosen == scan[0][1]
        assert found.second == (scan[1][1] if len(scan) > 1 else "CTR")


@given(TOWN, st.sets(st.sampled_from(POSTS)), st.sampled_from(["nearest", "duty_area_first"]))
def test_two_alerts_never_go_to_the_same_post(point: Point, stations: set[str], policy: Policy) -> None:
    found = routed(point, crew(*stations), policy)
    assert found.chosen != found.second or found.chosen == "CTR"


def test_the_owner_of_the_grid_goes_first_only_while_it_is_on_duty() -> None:
    north_of_g06 = Point(30.639406, 104.109004)
    assert routed(north_of_g06, crew(*POSTS), "duty_area_first").chosen == "ST2"
    assert routed(north_of_g06, crew("ST1", "ST4"), "duty_area_first").chosen == "ST4"


def test_with_nobody_on_duty_the_centre_has_it() -> None:
    found = routed(Point(30.637574, 104.09534), (), "nearest")
    assert (found.grid, found.chosen, found.second, found.reason) == ("G05", "CTR", "CTR", "nobody")


def test_a_patrol_without_a_post_is_not_routed_to() -> None:
    patrol = OnDuty(team="NT", station=None, group="甲", shift="夜巡", end=NOON, present=("P029",))
    assert routed(Point(30.637574, 104.09534), (patrol,), "nearest").chosen == "CTR"


def test_the_districts_own_policy_is_used_unless_another_is_given() -> None:
    found = route(Point(30.639406, 104.109004), crew(*POSTS), demo.district(), demo.grids())
    assert (found.chosen, found.reason) == ("ST4", "nearest")
