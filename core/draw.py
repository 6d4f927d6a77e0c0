"""The draw of spot checks (duty.md, 督察): the same seed draws the same, so that anybody can check the inspectors.

Every hour on duty of a team gets the number sha256(seed, team, hour); the smallest is drawn, and the same number says
the minute. Nobody can prefer or spare anybody, and taking one team out of the list moves no other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from core import roster
from core.calendar import NO_HOLIDAYS, Holidays
from core.district import District, Team

HOUR = timedelta(hours=1)
MINUTES = 50  # a check late in an hour would reach into the next one


def week_of(day: date) -> str:
    """The ISO week of a day, `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def days_of(day: date) -> tuple[date, ...]:
    """The seven days of the ISO week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=ahead) for ahead in range(7))


def seed_of(secret: bytes, district: str, week: str) -> str:
    """The seed of a week or a month (`2026-W47`, `2026-11`): nobody chose it, and only who has the secret can foretell
    it."""
    return hashlib.sha256(b"|".join((secret, district.encode(), week.encode()))).hexdigest()


def hours_on_duty(
    team: Team, days: Sequence[date], district: District, holidays: Holidays = NO_HOLIDAYS
) -> Iterator[datetime]:
    """The beginnings of all hours that a team's shifts of these days last."""
    for day in days:
        for shift in roster.shifts_on(team, day, district, holidays):
            for hour in range(int((shift.end - shift.start) / HOUR)):
                yield shift.start + hour * HOUR


def moment(seed: str, team: str, hours: Sequence[datetime]) -> datetime | None:
    """The drawn moment among the hours of a team; None without hours."""
    number, hour = min(((_number(seed, team, hour), hour) for hour in hours), default=(0, None))
    return hour + timedelta(minutes=number % MINUTES) if hour is not None else None


def sample(seed: str, team: str, numbers: Iterable[str], count: int) -> tuple[str, ...]:
    """So many of these cases of a team, by the same rule: the smallest of sha256(seed, team, case)."""
    return tuple(sorted(numbers, key=lambda no: _hashed(f"{seed}|{team}|{no}"))[:count])


def _number(seed: str, team: str, hour: datetime) -> int:
    return _hashed(f"{seed}|{team}|{hour.astimezone(UTC).isoformat()}")


def _hashed(told: str) -> int:
    return int.from_bytes(hashlib.sha256(told.encode()).digest())
