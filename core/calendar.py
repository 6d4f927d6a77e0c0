"""The town's time: spans, service hours, working days (hazards.md, first paragraph).

Three bases: N counts on the clock, S only inside the service hours of each day, W is the N-th working day after the
day of the report and ends with the working day. Whatever counts minutes does so in UTC, so that a night with a
changed clock neither gives nor takes an hour.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

Basis = Literal["N", "S", "W"]
DAY = 24 * 60
ANNOUNCED_BY = 12  # the month by which next year's table has been published (it is in November)
WEEKEND = frozenset({5, 6})
UNITS: Mapping[str, int] = MappingProxyType({"m": 1, "h": 60, "d": DAY})
SPAN = re.compile(r"(\d{1,5})\s*(m|h|d|WD)")
CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the tables write it: `minutes` on a clock, or `working_days`; the other one is None."""

    minutes: int | None = None
    working_days: int | None = None

    def __str__(self) -> str:
        """As the tables write it: 90m, 24h, 2WD."""
        if self.minutes is None:
            return f"{self.working_days}WD"
        return f"{self.minutes // 60}h" if self.minutes % 60 == 0 and self.minutes else f"{self.minutes}m"


def parse_span(text: str) -> Span:
    """`3m`, `24h`, `7d`, `2WD` as a Span. Raises ValueError for anything else, zero included."""
    found = SPAN.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise ValueError(f"not a span of time: {text!r}")
    amount = int(found[1])
    return Span(working_days=amount) if found[2] == "WD" else Span(minutes=amount * UNITS[found[2]])


def parse_clock(text: str) -> int:
    """`07:40` as minutes after midnight, up to 24:00. Raises ValueError for anything else."""
    found = CLOCK.fullmatch(text.strip())
    if found is None or (minutes := int(found[1]) * 60 + int(found[2])) > DAY:
        raise ValueError(f"not a time of day: {text!r}")
    return minutes


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of every day, in minutes after midnight; the end is outside. `start` > `end` goes over midnight."""

    start: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether this minute of the day lies inside."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        return f"{clock_text(self.start)}-{clock_text(self.end)}"


def clock_text(minutes: int) -> str:
    """Minutes after midnight as 07:40."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTable:
    """One year's official table: working days that are off, and weekend days that are worked (补班)."""

    off: frozenset[date]
    work_weekend: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """What somebody outside knows about holidays; `years` are those whose official table is really known."""

    off: frozenset[date] = frozenset()
    work_weekend: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


NO_HOLIDAYS = Holidays()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything needed to say when something is due in one town."""

    zone: ZoneInfo
    service: Hours = field(default=Hours(8 * 60, 22 * 60))
    work_day_end: int = 17 * 60
    tables: Mapping[int, YearTable] = field(default_factory=lambda: MappingProxyType({}))
    holidays: Holidays = NO_HOLIDAYS


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """The same moment on the town's clock. Raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(zone)


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment so many minutes (may exceed a day) after midnight of the day, read off the town's clock."""
    days, rest = divmod(minutes, DAY)
    return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)


def later(at: datetime, minutes: float, zone: ZoneInfo) -> datetime:
    """So many real minutes later, on the town's clock. Raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)


def year_known(year: int, calendar: Calendar) -> bool:
    """Whether holidays of this year are known; if not, only weekends are off and the administrator must be told."""
    return year in calendar.tables or year in calendar.holidays.years


def missing_years(day: date, calendar: Calendar) -> tuple[int, ...]:
    """The years whose holidays are needed now and not known: this one, in December the next as well."""
    wanted = (day.year, day.year + 1) if day.month == ANNOUNCED_BY else (day.year,)
    return tuple(year for year in wanted if not year_known(year, calendar))


def working_day(day: date, calendar: Calendar) -> bool:
    """Whether offices work: the district's table, else the official holidays, else Monday to Friday."""
    known: YearTable | Holidays = calendar.tables.get(day.year, calendar.holidays)
    if day in known.off:
        return False
    return day in known.work_weekend or day.weekday() not in WEEKEND


def nth_working_day(after: date, count: int, calendar: Calendar) -> date:
    """The count-th working day after a day, which itself does not count."""
    day = after
    while count > 0:
        day += timedelta(days=1)
        count -= working_day(day, calendar)
    return day


def service_open(at: datetime, calendar: Calendar) -> bool:
    """Whether service minutes are running at this moment."""
    clock = local(at, calendar.zone)
    return calendar.service.holds(clock.hour * 60 + clock.minute)


def service_window(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """Opening and closing moments of one day."""
    return moment(day, calendar.service.start, calendar.zone), moment(day, calendar.service.end, calendar.zone)


def next_service_opening(at: datetime, calendar: Calendar) -> datetime:
    """This moment if the service is open, else the next opening."""
    return add_service_time(at, 0, calendar)


def add_service_time(at: datetime, minutes: float, calendar: Calendar) -> datetime:
    """So many service minutes later. What ends exactly at closing time is due then, not the next morning."""
    now, left = local(at, calendar.zone), timedelta(minutes=minutes)
    day = now.date()
    while True:
        opening, closing = service_window(day, calendar)
        begin = max(opening, now, key=datetime.timestamp)
        room = closing.astimezone(UTC) - begin.astimezone(UTC)
        if left <= room and (left or room):
            return (begin.astimezone(UTC) + left).astimezone(calendar.zone)
        left -= max(room, timedelta())
        day += timedelta(days=1)


def service_minutes(start: datetime, end: datetime, calendar: Calendar) -> float:
    """Service minutes between two moments; 0 when the second is not later."""
    first, last = local(start, calendar.zone), local(end, calendar.zone)
    total = timedelta()
    day = first.date()
    while day <= last.date():
        opening, closing = (edge.astimezone(UTC) for edge in service_window(day, calendar))
        total += max(min(closing, last.astimezone(UTC)) - max(opening, first.astimezone(UTC)), timedelta())
        day += timedelta(days=1)
    return total.total_seconds() / 60


def due(start: datetime, span: Span, basis: Basis, calendar: Calendar) -> datetime:
    """When a limit that starts now runs out. Working days are always counted as W, whatever the basis says."""
    if span.working_days is not None:
        day = nth_working_day(local(start, calendar.zone).date(), span.working_days, calendar)
        return moment(day, calendar.work_day_end, calendar.zone)
    if basis == "S":
        return add_service_time(start, span.minutes or 0, calendar)
    return later(start, span.minutes or 0, calendar.zone)
