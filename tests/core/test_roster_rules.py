"""The proofs of a roster, what changes do to it, and which changes are refused (duty.md)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import roster
from core.district import District, read_district
from core.roster import Change, squad
from tests.core import demo

TEAMS = ("ST1", "ST2", "ST3", "ST4", "NT", "INS", "CTR")


def team(name: str, district: District | None = None) -> Any:
    found = (district or demo.district()).team(name)
    assert found
    return found


def shift(name: str, group: str, at: str) -> roster.Rostered:
    start = demo.at(at)
    found = roster.shifts_on(team(name), start.date(), demo.district())
    return next(it for it in found if it.group == group and it.start == start)


def change(of: roster.Rostered, off: str | None = None, on: str | None = None, kind: str = "swap") -> Change:
    return Change(
        id=f"{of.team}{of.group}{of.start}{off}{on}", kind=kind, team=of.team, group=of.group, shift=of.shift,
        start=of.start, end=of.end, off=off, on=on,
    )  # fmt: skip


NIGHT = shift("ST1", "丙", "2026-11-16 22:00")
EVENING = shift("ST1", "乙", "2026-11-16 14:00")


@pytest.mark.parametrize("name", TEAMS)
def test_the_demo_towns_patterns_prove_no_gap_no_double_watch_no_short_rest_and_pairs_at_night(name: str) -> None:
    flaws = {it.flaw for it in roster.doubts(team(name), demo.district())}
    assert flaws <= {"hours"}
    assert ("hours" in flaws) is (name == "ST2"), "24 hours on, 48 off is 240 hours a month"


@pytest.mark.parametrize(
    ("group", "offset", "flaw"), [(3, 5, "hole"), (3, 5, "double"), (0, 1, "double")], ids=["hole", "twice", "late"]
)
def test_a_wrong_offset_is_found(group: int, offset: int, flaw: str) -> None:
    raw = demo.raw_district()
    raw["teams"][0]["groups"][group]["offset_days"] = offset
    wrong = read_district(raw)
    assert flaw in {it.flaw for it in roster.doubts(team("ST1", wrong), wrong)}


def test_a_pattern_with_sixteen_hours_on_end_is_found() -> None:
    raw = demo.raw_district()
    raw["shift_patterns"][0]["shifts"]["夜"] = ["00:00", "08:00"]
    wrong = read_district(raw)
    rest = next(it for it in roster.doubts(team("ST1", wrong), wrong) if it.flaw == "rest")
    assert rest.amount < 11


def test_one_person_alone_at_night_is_found() -> None:
    raw = demo.raw_district()
    raw["teams"][0]["groups"][2]["members"] = ["P006"]
    wrong = read_district(raw)
    assert "alone" in {it.flaw for it in roster.doubts(team("ST1", wrong), wrong)}


@given(st.sampled_from(["P1", "P2", "P7"]), st.integers(0, 400), st.integers(0, 23))
def test_every_hour_of_a_post_round_the_clock_has_exactly_one_group(pattern: str, day: int, hour: int) -> None:
    district = demo.district()
    here = next(it for it in district.teams if it.pattern == pattern)
    at = demo.at("2026-06-01 00:30") + timedelta(days=day, hours=hour)
    assert len(roster.rostered(here, at, district)) == 1


@given(st.sampled_from(TEAMS), st.integers(0, 300))
def test_nobody_ever_rests_less_than_eleven_hours_by_the_plan(name: str, day: int) -> None:
    district, start = demo.district(), demo.at("2026-06-01 00:00") + timedelta(days=day)
    for group in team(name).groups:
        mine = roster.shifts_of(group.members[0], start, start + timedelta(days=10), district)
        assert all(rest >= timedelta(hours=11) for rest in roster.rests(mine))


def test_leave_and_a_swap_change_who_is_due_from_then_on_everywhere() -> None:
    changes = (change(NIGHT, "P006", "P008"), change(NIGHT, off="P007", kind="leave"))
    at, district = demo.at("2026-11-16 23:00"), demo.district()
    (found,) = roster.rostered(team("ST1"), at, district, changes=changes)
    assert found.members == ("P008",)
    presence = roster.everybody_signed_in(district, at, changes=changes)
    assert next(it for it in roster.on_duty_teams(district, at, presence) if it.team == "ST1").present == ("P008",)
    assert roster.shift_around("P006", at, district, changes=changes) is None
    standing_in = roster.shift_around("P008", demo.at("2026-11-16 21:40"), district, changes=changes)
    assert standing_in
    assert standing_in.start == NIGHT.start


def test_extra_duty_where_the_plan_has_nobody_is_a_shift_of_its_own_over_midnight() -> None:
    start = demo.at("2026-11-16 23:00")
    extra = Change(
        id="x", kind="extra", team="ST3", group=roster.EXTRA, shift=roster.EXTRA, start=start,
        end=start + timedelta(hours=8), on="P020",
    )  # fmt: skip
    (found,) = roster.rostered(team("ST3"), demo.at("2026-11-17 03:00"), demo.district(), changes=(extra,))
    assert (found.members, found.shift) == (("P020",), roster.EXTRA)


def broken(*asked: Change) -> str | None:
    found = roster.broken(asked, demo.district())
    return found.rule if found else None


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ((change(NIGHT, "P006", "P004"),), "rest"),  # 乙 comes from the evening shift that ends as the night begins
        ((change(EVENING, "P004", "P005"),), None),  # of the same shift already: nothing changes for P005
        ((change(NIGHT, "P006", "P008"),), None),  # 丁 rests that day; the morning after next is theirs
        ((change(shift("ST2", "甲", "2026-11-16 08:00"), "P011", "P002"),), "double"),
        ((change(shift("ST2", "甲", "2026-11-19 08:00"), "P011", "P015"),), "rest"),
    ],
)
def test_rest_and_double_duty_decide_what_may_be_swapped(asked: tuple[Change, ...], rule: str | None) -> None:
    assert broken(*asked) == rule


def test_an_exchange_leaves_the_months_hours_as_they_were_and_standing_in_is_too_much() -> None:
    there, back = shift("ST1", "丙", "2026-11-16 22:00"), shift("ST1", "丁", "2026-11-19 06:00")
    exchange = (change(there, "P006", "P008"), change(back, "P008", "P006"))
    day = there.shift_date
    hours = {roster.month_hours("P008", day, demo.district(), changes=it) for it in ((), exchange)}
    assert len(hours) == 1
    strict = demo.raw_district()
    strict["district"]["month_hours"] = 160
    found = roster.broken(exchange[:1], read_district(strict))
    assert found
    assert (found.rule, found.person, found.hours) == ("hours", "P008", hours.pop() + 8)


@pytest.mark.parametrize(
    ("roles", "lacking"),
    [
        (("P065", "P051", "P041"), ("other",)),
        (("P065", "P051", "P002"), ()),
        (("P002", "P003"), ("police", "grid")),
        ((), ("police", "grid", "other")),
    ],
)
def test_a_patrol_of_one_and_one_and_more_is_complete_with_all_three(
    roles: tuple[str, ...], lacking: tuple[str, ...]
) -> None:
    assert squad.missing(roles, demo.district()) == lacking


def test_backups_stand_in_in_the_files_order_then_the_nearest_then_the_centre() -> None:
    takers = roster.takers(team("ST1"), demo.district())
    assert takers[:2] == ("ST2", "ST4")
    assert takers[-1] == "CTR"
    assert roster.taker(team("ST1"), {"ST3", "CTR"}, demo.district()) == "ST3"
    assert roster.taker(team("ST1"), set(), demo.district()) is None
