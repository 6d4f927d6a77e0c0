"""Which copies stay, and when another is made."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rotation import OLDEST, is_due, superfluous

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_copy_a_day_leaves_seven_days_and_a_copy_of_each_week_before() -> None:
    daily = [NOW - n * DAY for n in range(60)]
    left = sorted((NOW - at).days for at in set(daily) - superfluous(daily, NOW))
    assert left == [0, 1, 2, 3, 4, 5, 6, 7, 13, 20, 27, 34]


def test_no_copy_is_older_than_was_promised_even_when_it_is_the_only_one() -> None:
    assert superfluous([NOW - OLDEST - timedelta(seconds=1)], NOW)
    assert not superfluous([NOW - OLDEST], NOW)
    assert timedelta(days=35) - OLDEST >= DAY, "a bot that was off for a day must not break it"


@given(st.lists(st.integers(min_value=0, max_value=80 * 24), max_size=60))
def test_whatever_there_is_the_newest_stays_and_a_second_look_finds_nothing_more(hours: list[int]) -> None:
    there = {NOW - timedelta(hours=it) for it in hours}
    left = there - superfluous(there, NOW)
    assert superfluous(left, NOW) == frozenset()
    assert all(NOW - at <= OLDEST for at in left)
    if any(NOW - at <= OLDEST for at in there):
        assert max(there) in left


@pytest.mark.parametrize(
    ("age", "hour", "due"),
    [(None, 10, True), (23.9, 10, False), (24, 10, True), (13, 3, True), (11.9, 3, False), (13, 4, False)],
)
def test_once_a_day_and_rather_at_night(age: float | None, hour: int, *, due: bool) -> None:
    newest = NOW - timedelta(hours=age) if age is not None else None
    assert is_due(newest, NOW, hour) is due
