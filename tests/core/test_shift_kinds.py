"""定点, 备勤, 高峰: what a kind of shift does to the roster and to who goes (duty.md; F36)."""

from typing import Any

import pytest

from core import gaps, roster
from core.calendar import DAY, moment
from core.distance import Point
from core.district import District, DistrictFaults, read_district
from core.district.cautions import warnings
from core.grids import GridIndex
from core.routing import Route, for_backup, route, stands
from tests.core import demo

IN_G05 = Point(30.637574, 104.09534)  # nearer to ST2, which owns it
NEAR_ST4 = Point(30.639406, 104.109004)  # in G06 of ST2, nearest to ST4
MARKET = {
    "id": "P9", "name_zh": "夜市高峰", "name_en": "night market", "cycle_days": 1, "anchor": "2026-11-16",
    "shifts": {"夜市": {"hours": ["20:00", "23:30"], "kind": "高峰"}}, "cycle": ["夜市"],
}  # fmt: skip
NIGHT_MARKET = {
    "id": "NM", "kind": "peak", "name_zh": "夜市岗", "name_en": "Night market post", "pattern": "P9",
    "lat": 30.649117, "lng": 104.103256, "chat_id": -1009000000031, "covers": ["G08"],
    "groups": [{"group": "甲", "offset_days": 0, "members": ["P029"]}],
}  # fmt: skip


def town(**kinds: str) -> District:
    """The demo town, teams with the kind of shift that is given."""
    raw = demo.raw_district()
    for team in raw["teams"]:
        team["shift_kind"] = kinds.get(team["id"], "")
    return read_district(raw)


def with_market(**more: Any) -> District:
    raw = demo.raw_district()
    raw["shift_patterns"].append({**MARKET, **more})
    raw["teams"].append(NIGHT_MARKET)
    return read_district(raw)


def routed(point: Point, district: District, at: str = "2026-11-17 12:00") -> Route:
    now = demo.at(at)
    on = roster.on_duty_teams(district, now, roster.everybody_signed_in(district, now))
    return route(point, on, district, GridIndex(district))


def test_without_kinds_nothing_is_different() -> None:
    assert town() == demo.district()


def test_a_post_that_holds_its_area_goes_first_there_and_nowhere_else() -> None:
    assert routed(NEAR_ST4, town()).chosen == "ST4"
    held = routed(NEAR_ST4, town(ST2="定点"))
    assert (held.chosen, held.reason, held.second) == ("ST2", "fixed", "ST4")
    assert routed(NEAR_ST4, town(ST3="定点")).chosen == "ST4"


def test_who_is_kept_for_backup_is_the_second_and_goes_first_only_when_nobody_else_is_left() -> None:
    found = routed(IN_G05, town(ST2="备勤"))
    assert (found.chosen, found.second) == ("ST1", "ST2")
    far = routed(IN_G05, town(ST3="standby"))
    assert (far.chosen, far.second) == ("ST2", "ST3"), "farther than ST1, but kept for this"
    assert routed(IN_G05, town(ST1="备勤", ST2="备勤", ST3="备勤", ST4="备勤")).chosen == "ST2"
    now, district = demo.at("2026-11-17 12:00"), town(ST3="备勤")
    there = stands(roster.on_duty_teams(district, now, roster.everybody_signed_in(district, now)), district)
    assert next(it.station for it in sorted(there, key=for_backup)) == "ST3"


def test_a_peak_post_is_there_in_its_hours_alone() -> None:
    at_market = Point(30.649117, 104.103256)
    assert routed(at_market, with_market(), "2026-11-17 20:30").chosen == "NM"
    assert routed(at_market, with_market(), "2026-11-17 19:30").chosen != "NM"


def test_a_pattern_may_run_on_days_off_alone() -> None:
    holiday = with_market(days_off_only=True)
    team = holiday.team("NM")
    assert team
    monday, sunday = demo.at("2026-11-16 21:00"), demo.at("2026-11-22 21:00")
    assert not roster.rostered(team, monday, holiday)
    assert [it.kind for it in roster.rostered(team, sunday, holiday)] == ["peak"]


def test_two_teams_at_one_post_are_two_posts_while_it_is_peak_and_no_gap_when_it_is_not() -> None:
    raw = demo.raw_district()
    raw["shift_patterns"].append(MARKET)
    raw["teams"].append({**NIGHT_MARKET, "station": "ST1"})
    district, now = read_district(raw), demo.at("2026-11-17 21:00")
    on = roster.on_duty_teams(district, now, roster.everybody_signed_in(district, now))
    assert [it.station for it in stands(on, district) if it.team in {"ST1", "NM"}] == ["ST1", "NM"]
    start = moment(now.date(), 0, district.zone)
    assert not [it for it in gaps.gaps(district, start, moment(now.date(), DAY, district.zone)) if it.team == "NM"]


def test_a_kind_that_lacks_what_makes_it_work_is_told_and_not_refused() -> None:
    raw = demo.raw_district()
    raw["shift_patterns"].append(MARKET)
    placeless = {key: value for key, value in NIGHT_MARKET.items() if key not in {"lat", "lng"}}
    raw["teams"] += [{**placeless, "school": "KP06"}]
    raw["teams"][0]["shift_kind"] = "联勤"
    found = [
        it.where for it in warnings(read_district(raw), 2026) if "teams[" in it.where and "members" not in it.where
    ]
    assert found == ["teams[0]", "teams[7]", "teams[7]"]
    raw["teams"][1]["joint_with"] = "ST1"
    assert "teams[0]" not in [it.where for it in warnings(read_district(raw), 2026)]


@pytest.mark.parametrize(
    ("shift", "where"),
    [
        ({"hours": ["07:10"], "kind": "高峰"}, "hours"),
        ({"hours": ["07:10", "08:20"], "kind": "闲逛"}, "kind"),
        ({"hours": ["07:10", "08:20"], "bell": "09:00"}, "bell"),
        ({"hours": ["08:20", "07:10"]}, "hours[1]"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_with_its_place(shift: dict[str, Any], where: str) -> None:
    with pytest.raises(DistrictFaults) as refused:
        with_market(shifts={"夜市": shift})
    assert [it.where for it in refused.value.faults] == [f"shift_patterns[7].shifts.夜市.{where}"]
