"""Hours without anybody, and who takes them (F24)."""

from datetime import timedelta

import pytest

from core import gaps, roster
from core.calendar import YearTable
from core.district import read_district
from core.roster import Change
from tests.core import demo

MONDAY = demo.at("2026-11-16 00:00")
FORTNIGHT = MONDAY + gaps.AHEAD


def leave(team: str, group: str, at: str) -> tuple[Change, ...]:
    """Leave of everybody of a shift."""
    start, district = demo.at(at), demo.district()
    found = district.team(team)
    assert found
    shift = next(it for it in roster.shifts_on(found, start.date(), district) if it.group == group)
    return tuple(
        Change(id=f"{it}", kind="leave", team=team, group=group, shift=shift.shift, start=shift.start, end=shift.end,
               off=it)
        for it in shift.members
    )  # fmt: skip


def test_the_demo_town_has_closings_that_somebody_takes_and_no_gap() -> None:
    found = gaps.gaps(demo.district(), MONDAY, FORTNIGHT)
    assert {(it.team, it.taker) for it in found} >= {("ST3", "ST2"), ("ST4", "ST2"), ("ST4", "ST3")}
    assert {it.why for it in found} == {"closed"}
    assert gaps.owed(found) == ()
    assert gaps.uncovered(found, MONDAY) == 0


def test_a_shift_that_leave_has_emptied_is_a_gap_that_the_backup_takes() -> None:
    found = gaps.gaps(demo.district(), MONDAY, FORTNIGHT, changes=leave("ST2", "丙", "2026-11-17 08:00"))
    (gap,) = gaps.owed(found)
    assert (gap.team, gap.why, gap.taker, gap.hours) == ("ST2", "leave", "ST1", 24)
    assert (gap.start, gap.end) == (demo.at("2026-11-17 08:00"), demo.at("2026-11-18 08:00"))
    assert gaps.uncovered(found, MONDAY) == 24
    assert gaps.uncovered(found, MONDAY + timedelta(days=1, hours=20)) == 12, "what is over does not count"


def test_leave_of_one_of_two_is_no_gap() -> None:
    one = leave("ST2", "丙", "2026-11-17 08:00")[:1]
    assert gaps.owed(gaps.gaps(demo.district(), MONDAY, FORTNIGHT, changes=one)) == ()


@pytest.mark.parametrize(("off", "why"), [("2026-11-18", "holiday"), (None, "closed")])
def test_a_post_that_rests_on_days_off_has_a_gap_on_a_holiday_and_none_on_a_weekend(off: str | None, why: str) -> None:
    raw = demo.raw_district()
    raw["shift_patterns"][3]["workdays_only"] = True
    raw["calendar"]["2026"]["off"] += [off] if off else []
    town = read_district(raw)
    assert isinstance(town.tables[2026], YearTable)
    day = demo.at(f"{off or '2026-11-21'} 10:00")
    (found,) = (it for it in gaps.gaps(town, day, day + timedelta(hours=1)) if it.team == "ST4")
    assert (found.why, found.taker) == (why, "ST3")


def test_when_nobody_at_all_is_on_there_is_no_taker_and_even_a_closing_is_owed() -> None:
    raw = demo.raw_district()
    for team in raw["teams"]:
        if team["id"] not in {"ST3", "ST4"}:
            for group in team["groups"]:
                group["members"] = []
    found = gaps.gaps(read_district(raw), demo.at("2026-11-17 00:00"), demo.at("2026-11-17 06:00"))
    assert {(it.team, it.taker) for it in gaps.owed(found)} == {
        (it, None) for it in ("ST1", "ST2", "ST3", "ST4", "CTR")
    }


def test_two_groups_with_the_same_offset_leave_a_hole() -> None:
    raw = demo.raw_district()
    raw["teams"][1]["groups"][2]["offset_days"] = 1
    owed = gaps.owed(gaps.gaps(read_district(raw), MONDAY, MONDAY + timedelta(days=3)))
    assert [(it.team, it.why, it.hours) for it in owed] == [("ST2", "hole", 24)]
