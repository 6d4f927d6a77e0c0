from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock, Course, resume

REAL = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
START = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


def at(course: Course, seconds: float) -> Clock:
    return Clock(course, real=lambda: REAL + timedelta(seconds=seconds))


def test_the_real_clock_shows_the_real_time_and_cannot_jump() -> None:
    clock = Clock(real=lambda: REAL)
    assert clock.now() == REAL
    assert clock.moved(START) == START
    with pytest.raises(ValueError, match="cannot jump"):
        clock.jump_to(REAL + timedelta(hours=1))


def test_sixty_times_as_fast_makes_a_second_a_minute() -> None:
    clock = at(Course(start=START, origin=REAL, speed=60), seconds=3)
    assert clock.now() == START + timedelta(minutes=3)
    assert clock.moved(REAL + timedelta(seconds=1)) == START + timedelta(minutes=1)
    assert clock.real_seconds_until(START + timedelta(minutes=5)) == 2
    assert clock.real_seconds_until(START) == 0
    assert clock.real_later(2) == START + timedelta(minutes=5)


def test_a_jump_goes_forward_and_never_back() -> None:
    clock = at(Course(start=START, origin=REAL), seconds=0)
    clock.jump_to(START + timedelta(hours=5))
    assert clock.now() == START + timedelta(hours=5)
    clock.jump_to(START)
    assert clock.now() == START + timedelta(hours=5)


def test_a_restart_goes_on_from_what_was_kept() -> None:
    kept = Course(start=START, origin=REAL, speed=60, jump=timedelta(hours=2))
    assert Course.from_text(kept.to_text()) == kept
    assert resume(kept, START, 60, REAL + timedelta(days=1)) == kept
    assert resume(kept, None, 60, REAL + timedelta(days=1)) == kept


def test_the_first_start_begins_at_the_start_or_now() -> None:
    assert resume(None, START, None, REAL).at(REAL) == START
    assert resume(None, None, 10, REAL).at(REAL) == REAL


@given(
    speed=st.floats(0.1, 1000),
    other=st.floats(0.1, 1000),
    later=st.integers(0, 10**6),
    shift=st.integers(-(10**6), 10**6),
)
def test_with_other_settings_the_clock_never_goes_back(speed: float, other: float, later: int, shift: int) -> None:
    kept = Course(start=START, origin=REAL, speed=speed, jump=timedelta(minutes=7))
    now = REAL + timedelta(seconds=later)
    anew = resume(kept, START + timedelta(seconds=shift), other, now)
    assert anew.at(now) >= kept.at(now) - timedelta(milliseconds=1)
