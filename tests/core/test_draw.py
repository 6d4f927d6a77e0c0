"""The draw of spot checks: the same for everybody, each team in each week, on duty, and not to be foretold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import draw, roster
from tests.core import demo

MONDAY = date(2026, 11, 16)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=64)


def hours(team, day=MONDAY):
    found = demo.district().team(team)
    return tuple(draw.hours_on_duty(found, draw.days_of(day), demo.district()))


def test_the_same_seed_draws_the_same_today_and_in_a_year():
    assert draw.moment("seed", "ST2", hours("ST2")) == demo.at("2026-11-21 05:01")


@pytest.mark.parametrize("team", ["ST1", "ST2", "ST3", "ST4", "NT", "CTR"])
@given(seed=SEEDS)
def test_whatever_the_seed_every_team_is_drawn_within_its_hours(team, seed):
    at = draw.moment(seed, team, hours(team))
    found = demo.district().team(team)
    assert roster.rostered(found, at, demo.district())
    assert roster.rostered(found, at + timedelta(minutes=9), demo.district()), "time to answer within the hour"


@given(seed=SEEDS)
def test_leaving_a_team_out_moves_no_other(seed):
    assert draw.moment(seed, "ST1", hours("ST1")) == draw.moment(seed, "ST1", tuple(reversed(hours("ST1"))))


def test_all_hours_of_the_week_are_met():
    drawn = {draw.moment(f"{n}", "ST1", hours("ST1")).hour for n in range(400)}
    assert drawn == set(range(24))


def test_a_team_without_hours_is_not_drawn():
    assert draw.moment("seed", "INS", ()) is None


def test_the_seed_of_a_week_hangs_on_the_secret_the_town_and_the_week():
    seeds = {draw.seed_of(s, d, w) for s in (b"a", b"b") for d in ("X", "Y") for w in ("2026-W47", "2026-W48")}
    assert len(seeds) == 8


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-16", "2026-W47"), ("2026-11-22", "2026-W47"), ("2027-01-03", "2026-W53")]
)
def test_a_week_begins_on_monday_also_across_the_year(day, week):
    assert draw.week_of(date.fromisoformat(day)) == week
    assert date.fromisoformat(day) in draw.days_of(date.fromisoformat(day))
    assert draw.days_of(date.fromisoformat(day))[0].isoweekday() == 1
