"""Which copies of the database are kept: each of the last week, then one a week, none older than was promised."""

from collections.abc import Iterable
from datetime import datetime, timedelta

DAILY = timedelta(days=7)
OLDEST = timedelta(days=34)  # privacy.md: backups expire within 35 days; a bot that was off for a day must not break it
DUE = timedelta(hours=24)
EARLY = timedelta(hours=12)  # at the quiet hour a copy is made that would only be due later in the day
QUIET = 3  # o'clock, local


def superfluous(copies: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The moments of the copies that go: older than a week and not the first of their week, or too old for anybody.

    The newest stays while it is not too old: a bot that was off for weeks must not start by removing its last copy.
    """
    gone: set[datetime] = set()
    weeks: set[tuple[int, int]] = set()
    there = sorted(copies)
    for at in there:
        week = at.isocalendar()[:2]
        old = now - at
        if old > OLDEST or (old > DAILY and week in weeks and at != there[-1]):
            gone.add(at)
        else:
            weeks.add(week)
    return frozenset(gone)


def is_due(newest: datetime | None, now: datetime, hour: int) -> bool:
    """Whether another copy is wanted: none for a day, or it is the quiet hour. `hour` is the local one."""
    return newest is None or now - newest >= DUE or (hour == QUIET and now - newest >= EARLY)
