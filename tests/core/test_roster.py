from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import roster
from core.district import District, read_district
from core.roster import Away, Change, Presence, SignIn
from tests.core import demo

WEEK = demo.raw("tests/data/roster_example.json")
HOURS = st.datetimes(datetime(2020, 1, 1), datetime(2032, 12, 31)).map(lambda it: it.replace(tzinfo=UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


def team(name: str, district: District | None = None) -> Any:
    found = (district or demo.district()).team(name)
    assert found
    return found


def written(it: roster.Rostered) -> dict[str, object]:
    return {
        "date": it.shift_date.isoformat(),
        "team": it.team,
        "group": it.group,
        "shift": it.shift,
        "start": it.start.isoformat(),
        "end": it.end.isoformat(),
        "members": list(it.members),
    }


@pytest.mark.parametrize("row", demo.checks("roster"), ids=lambda it: f"{it['team']}-{it['at'][:16]}")
def test_the_plan_has_the_expected_group_on(row: Any) -> None:
    found = roster.rostered(team(row["team"]), datetime.fromisoformat(row["at"]), demo.district())
    keys = ("group", "shift", "members")
    assert [
        {**{key: written(it)[key] for key in keys}, "shift_date": it.shift_date.isoformat()} for it in found
    ] == row["on"]


def test_the_patterns_give_the_whole_example_week() -> None:
    days = sorted({row["date"] for row in WEEK["roster_week"]})
    found = [
        written(it)
        for day in days
        for one in demo.district().teams
        for it in roster.shifts_on(one, datetime.fromisoformat(day).date(), demo.district())
    ]
    assert len(days) == 7
    assert sorted(found, key=str) == sorted(WEEK["roster_week"], key=str)


@given(HOURS, st.sampled_from(["ST1", "ST2", "CTR"]))
def test_a_post_that_never_closes_has_exactly_one_group_on_at_any_moment(at: datetime, name: str) -> None:
    assert len(roster.rostered(team(name), at, demo.district())) == 1


def in_berlin() -> District:
    raw = demo.raw_district()
    raw["meta"]["timezone"] = "Europe/Berlin"
    return read_district(raw)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("name", ["ST1", "ST2", "CTR"])
def test_nights_with_a_changed_clock_have_no_gap_and_no_double_watch(night: str, name: str) -> None:
    district = in_berlin()
    start = datetime.fromisoformat(f"{night}T00:00:00+00:00") - timedelta(hours=6)
    for quarter in range(24 * 4):
        assert len(roster.rostered(team(name, district), start + timedelta(minutes=15 * quarter), district)) == 1


def test_a_shift_is_found_from_before_the_anchor_too() -> None:
    found = roster.rostered(team("ST2"), demo.at("2026-11-15 12:00"), demo.district())
    assert [it.group for it in found] == ["乙"]


def test_a_night_belongs_to_the_day_it_begins() -> None:
    (night,) = roster.rostered(team("ST1"), demo.at("2026-11-17 02:00"), demo.district())
    assert (night.shift, night.shift_date.isoformat()) == ("夜", "2026-11-16")


def test_inspection_works_on_working_days_only() -> None:
    assert roster.rostered(team("INS"), demo.at("2026-10-10 10:00"), demo.district())  # a worked Saturday
    assert not roster.rostered(team("INS"), demo.at("2026-10-06 10:00"), demo.district())  # a holiday


def test_the_next_shift_of_a_team_and_of_a_person() -> None:
    district, now = demo.district(), demo.at("2026-11-16 21:00")
    coming = roster.next_shift(team("ST1"), now, district)
    mine = roster.next_shift_of("P002", now, district)
    assert coming
    assert (coming.group, coming.start) == ("丙", demo.at("2026-11-16 22:00"))
    assert mine
    assert mine.start == demo.at("2026-11-17 06:00")
    assert roster.next_shift_of("P041", now, district) is None


@pytest.mark.parametrize(
    ("clock", "found"), [("05:29", False), ("05:30", True), ("06:00", True), ("13:59", True), ("14:00", False)]
)
def test_one_signs_in_from_half_an_hour_before_the_shift_to_its_end(clock: str, *, found: bool) -> None:
    shift = roster.shift_around("P002", demo.at(f"2026-11-16 {clock}"), demo.district())
    assert (shift is not None) is found


def sign_in(person: str, start: str, *, left: str | None = None) -> SignIn:
    begin = demo.at(start)
    left_at = demo.at(left) if left else None
    return SignIn(
        person=person, team="ST1", shift_start=begin, shift_end=begin + timedelta(hours=8), at=begin, left_at=left_at
    )


def stations_on(at: str, presence: Presence) -> list[str | None]:
    return [it.station for it in roster.on_duty_teams(demo.district(), demo.at(at), presence)]


def test_the_plan_alone_puts_nobody_on_duty() -> None:
    assert stations_on("2026-11-16 10:00", Presence()) == []


def test_one_member_who_signed_in_is_enough() -> None:
    (there,) = roster.on_duty_teams(
        demo.district(), demo.at("2026-11-16 10:00"), Presence(sign_ins=[sign_in("P003", "2026-11-16 06:00")])
    )
    assert (there.station, there.group, there.shift, there.present) == ("ST1", "甲", "早", ("P003",))


def test_a_sign_in_for_an_earlier_shift_does_not_count() -> None:
    assert stations_on("2026-11-17 10:00", Presence(sign_ins=[sign_in("P003", "2026-11-16 06:00")])) == []


def test_somebody_of_another_group_does_not_put_the_post_on_duty() -> None:
    assert stations_on("2026-11-16 10:00", Presence(sign_ins=[sign_in("P004", "2026-11-16 06:00")])) == []


def test_the_post_is_empty_while_its_only_member_is_away() -> None:
    signed = [sign_in("P003", "2026-11-16 06:00")]
    away = Away(person="P003", since=demo.at("2026-11-16 10:00"), until=demo.at("2026-11-16 10:20"))
    presence = Presence(sign_ins=signed, aways=[away])
    times = ("09:59", "10:00", "10:19", "10:20")
    assert [stations_on(f"2026-11-16 {it}", presence) for it in times] == [["ST1"], [], [], ["ST1"]]


def test_who_does_not_know_when_to_be_back_stays_away() -> None:
    away = Away(person="P003", since=demo.at("2026-11-16 10:00"), until=None)
    presence = Presence(sign_ins=[sign_in("P003", "2026-11-16 06:00")], aways=[away])
    assert stations_on("2026-11-16 13:59", presence) == []


def test_who_left_the_shift_early_is_gone() -> None:
    presence = Presence(sign_ins=[sign_in("P003", "2026-11-16 06:00", left="2026-11-16 12:00")])
    assert stations_on("2026-11-16 11:59", presence) == ["ST1"]
    assert stations_on("2026-11-16 12:00", presence) == []


def test_the_example_sign_ins_fall_into_their_shifts() -> None:
    for row in WEEK["signin_sample"]:
        at = datetime.fromisoformat(row["signed_in"])
        shift = roster.shift_around(row["person"], at, demo.district())
        assert shift
        assert (shift.team, shift.shift, shift.start.isoformat()) == (row["team"], row["shift"], row["planned"])


AT = datetime.fromisoformat("2026-11-18T09:00:00+08:00")
PEOPLE = ("P002", "P003", "P004", "P013", "P014", "P020")
NEAR = st.integers(-30, 30).map(lambda hours: AT + timedelta(hours=hours))
STARTS = st.sampled_from([6, 8, 14, 22]).map(lambda hour: AT.replace(hour=hour)) | NEAR
SIGNED = st.builds(
    SignIn, person=st.sampled_from(PEOPLE), team=st.sampled_from(["ST1", "ST2", "ST3"]), shift_start=STARTS,
    shift_end=NEAR, at=NEAR, left_at=st.none() | NEAR,
)  # fmt: skip
GONE = st.builds(Away, person=st.sampled_from(PEOPLE), since=NEAR, until=st.none() | NEAR)
CHANGED = st.builds(
    Change, id=st.just("x"), kind=st.just("leave"), team=st.sampled_from(["ST1", "ST2"]), shift=st.just("早"),
    group=st.sampled_from(["甲", "乙", "丙"]), start=STARTS, end=NEAR, off=st.sampled_from(PEOPLE),
    on=st.none() | st.sampled_from(PEOPLE),
)  # fmt: skip


@given(st.lists(SIGNED, max_size=8), st.lists(GONE, max_size=3), st.lists(CHANGED, max_size=3))
def test_who_is_on_duty_is_what_going_through_every_line_says(
    signed: list[SignIn], gone: list[Away], changes: list[Change]
) -> None:
    there = Presence(sign_ins=signed, aways=gone, changes=changes)
    plain = [
        (shift.team, shift.group, on)
        for one in demo.district().teams
        for shift in roster.rostered(one, AT, demo.district(), changes=changes)
        if (on := tuple(it for it in shift.members if _here(it, shift, there)))
    ]
    found = roster.on_duty_teams(demo.district(), AT, there)
    assert [(it.team, it.group, it.present) for it in found] == plain
    assert roster.on_duty_teams(demo.district(), AT, there) == found


MINUTES = st.lists(st.integers(-36 * 60, 36 * 60), max_size=12)


@given(st.lists(SIGNED, max_size=8), st.lists(GONE, max_size=3), st.lists(CHANGED, max_size=3), MINUTES)
def test_who_was_asked_about_another_moment_before_says_the_same_as_whoever_is_asked_first(
    signed: list[SignIn], gone: list[Away], changes: list[Change], minutes: list[int]
) -> None:
    asked_before = Presence(sign_ins=signed, aways=gone, changes=changes)
    for at in [AT + timedelta(minutes=it) for it in minutes]:
        fresh = Presence(sign_ins=signed, aways=gone, changes=changes)
        expected = roster.on_duty_teams(demo.district(), at, fresh)
        assert roster.on_duty_teams(demo.district(), at, asked_before) == expected


@given(st.lists(SIGNED, max_size=8), st.lists(GONE, max_size=3))
def test_at_the_very_moments_at_which_somebody_comes_or_goes_the_answer_is_that_of_the_moment(
    signed: list[SignIn], gone: list[Away]
) -> None:
    asked_before = Presence(sign_ins=signed, aways=gone)
    moments = [*(it.at for it in signed), *(it.left_at for it in signed), *(it.since for it in gone)]
    for at in sorted(it for it in moments if it is not None):
        for moment in (at - timedelta(microseconds=1), at):
            expected = roster.on_duty_teams(demo.district(), moment, Presence(sign_ins=signed, aways=gone))
            assert roster.on_duty_teams(demo.district(), moment, asked_before) == expected


def _here(person: str, shift: roster.Rostered, there: Presence) -> bool:
    came = any(
        (it.person, it.team, it.shift_start) == (person, shift.team, shift.start)
        and it.at <= AT
        and (it.left_at is None or it.left_at > AT)
        for it in there.sign_ins
    )
    return came and not roster.is_away(person, AT, Presence(aways=[it for it in there.aways if it.person == person]))
