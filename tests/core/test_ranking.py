"""Where a post is, and which of several goes: positions, load, the tolerance of distance."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.distance import Point, metres
from core.district import District, Ranking
from core.positions import Position
from core.roster import OnDuty
from core.routing import Load, Route, lightest, route_among, stands
from tests.core import demo

NOON = demo.at("2026-11-17 12:00")
END = NOON + timedelta(hours=2)
BETWEEN = Point(30.6360, 104.0965)  # in G05, some 270 m from ST1 and 320 m from ST2
ROUTED = "nearest"


def crew(station: str, *present: str) -> OnDuty:
    return OnDuty(team=station, station=station, group="甲", shift="早", end=END, present=present or ("P002",))


def seen(person: str, at: Point, minutes: float = 0, accuracy: float | None = 10.0) -> Position:
    moment = NOON - timedelta(minutes=minutes)
    return Position(person=person, at=moment, lat=at.lat, lng=at.lng, accuracy=accuracy, source="live")


def town(**ranking: object) -> District:
    usual = demo.district()
    return replace(usual, options=replace(usual.options, ranking=replace(Ranking(), **ranking)))


def busy(**open_cases: int) -> Mapping[str, Load]:
    return {team: Load(open=count, newest=NOON) for team, count in open_cases.items()}


def routed(*on: OnDuty, positions: Mapping[str, Position], loads: Mapping[str, Load] | None = None) -> Route:
    district = demo.district()
    posts = stands(on, district, positions, NOON)
    known = loads or {}
    return route_among(BETWEEN, posts, district, demo.grids(), loads=lambda teams: {it: known.get(it) for it in teams})


def test_without_a_position_a_post_is_at_its_own_place() -> None:
    (stand,) = stands([crew("ST2")], demo.district(), {}, NOON)
    assert (stand.point, stand.seen_at) == (Point(30.6389, 104.0968), None)
    assert (stand.team, stand.end) == ("ST2", END)


def test_the_freshest_of_those_present_stands_for_the_post() -> None:
    old, new = seen("P002", Point(30.60, 104.0), 9), seen("P003", Point(30.64, 104.1), 2)
    absent = seen("P004", Point(30.7, 104.2))
    positions = {it.person: it for it in (old, new, absent)}
    (stand,) = stands([crew("ST2", "P002", "P003")], demo.district(), positions, NOON)
    assert (stand.point, stand.seen_at) == (new.point, new.at)


@pytest.mark.parametrize(("minutes", "accuracy"), [(15.5, 10.0), (0, 400.0)], ids=["stale", "vague"])
def test_a_position_that_does_not_count_leaves_the_post_at_its_own_place(minutes: float, accuracy: float) -> None:
    positions = {"P002": seen("P002", Point(30.7, 104.2), minutes, accuracy)}
    (stand,) = stands([crew("ST2")], demo.district(), positions, NOON)
    assert stand.seen_at is None


def test_the_nearest_is_counted_from_where_people_are() -> None:
    posts = (crew("ST1", "P002"), crew("ST2", "P012"))
    assert routed(*posts, positions={}).chosen == "ST1"
    found = routed(*posts, positions={"P012": seen("P012", Point(30.6358, 104.0965))})
    assert (found.chosen, found.second) == ("ST2", "ST1")
    assert round(found.ranked[0][1]) == 22


def test_of_posts_about_equally_near_the_one_with_less_to_do_goes() -> None:
    posts = (crew("ST1"), crew("ST2"))
    found = routed(*posts, positions={}, loads=busy(ST1=2, ST2=1))
    assert (found.chosen, found.second, found.reason) == ("ST2", "ST1", "load")
    assert routed(*posts, positions={}, loads=busy(ST1=1, ST2=1)).chosen == "ST1"


def test_a_post_beyond_the_tolerance_does_not_go_however_idle_it_is() -> None:
    off = {
        name: metres(BETWEEN, place)
        for name, place in (("ST1", Point(30.6336, 104.0958)), ("ST4", Point(30.6477, 104.1071)))
    }
    assert off["ST4"] - off["ST1"] > Ranking().tolerance_m
    assert routed(crew("ST1"), crew("ST4"), positions={}, loads=busy(ST1=9)).chosen == "ST1"


def test_with_equal_loads_whose_newest_case_is_older_goes() -> None:
    loads = {"A": Load(open=1, newest=NOON), "B": Load(open=1, newest=NOON - timedelta(hours=1))}
    ranked = (("a", 100.0), ("b", 200.0))
    assert lightest(ranked, {"a": "A", "b": "B"}, lambda _: loads, 200) == "b"


def test_nobody_is_counted_when_one_post_is_nearest_by_far() -> None:
    def never(teams: Collection[str]) -> Mapping[str, Load]:
        raise AssertionError(f"{teams} were counted for nothing")

    posts = stands([crew("ST1"), crew("ST4")], demo.district())
    assert route_among(BETWEEN, posts, demo.district(), demo.grids(), loads=never).chosen == "ST1"


def test_a_tolerance_of_nothing_means_the_nearest_whatever_it_has_to_do() -> None:
    district = town(tolerance_m=0)
    posts = stands([crew("ST1"), crew("ST2")], district)
    found = route_among(BETWEEN, posts, district, demo.grids(), loads=lambda _: busy(ST1=9))
    assert (found.chosen, found.reason) == ("ST1", "nearest")
