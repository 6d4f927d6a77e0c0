"""Moments, days and spans as people say them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.voice.catalogue import Catalogue

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def _say(catalogue: Catalogue, key: str, **gaps: object) -> str:
    values: Mapping[str, str] = {name: str(value) for name, value in gaps.items() if value not in (None, "")}
    return catalogue[key].force(lambda name, _way: values.get(name))


def parse(value: str, zone: ZoneInfo) -> datetime | None:
    """An ISO moment in the town's zone; None when it is not one."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def moment(catalogue: Catalogue, at: datetime, now: datetime | None) -> str:
    """HH:MM today, with the date on another day, with the year in another year."""
    clock = {"hour": f"{at.hour:02d}", "minute": f"{at.minute:02d}"}
    if now is not None and at.date() == now.date():
        return _say(catalogue, "time.today", **clock)
    key = "time.day" if now is None or at.year == now.year else "time.year"
    return _say(catalogue, key, **clock, **_date(catalogue, at))


def day(catalogue: Catalogue, at: date, now: datetime | None) -> str:
    """The date alone, with the year in another year."""
    return _say(catalogue, "date.day" if now is None or at.year == now.year else "date.year", **_date(catalogue, at))


def weekday(catalogue: Catalogue, at: date) -> str:
    """The date with its day of the week."""
    return _say(catalogue, "date.weekday", weekday=catalogue.word(f"weekday.{at.weekday()}"), **_date(catalogue, at))


def _date(catalogue: Catalogue, at: date) -> dict[str, object]:
    return {"year": at.year, "month": at.month, "day": at.day, "month_name": catalogue.word(f"month.{at.month}")}


def span(catalogue: Catalogue, seconds: float) -> str:
    """45秒, 3分钟, 2小时10分, 2天5小时: never more than two units."""
    for below, tell in _SPANS:
        if seconds < below:
            return tell(catalogue, max(0, int(seconds)))
    return _days(catalogue, int(seconds))


def _seconds(catalogue: Catalogue, seconds: int) -> str:
    return _say(catalogue, "duration.seconds", seconds=seconds)


def _minutes(catalogue: Catalogue, seconds: int) -> str:
    return _say(catalogue, "duration.minutes", minutes=seconds // MINUTE)


def _hours(catalogue: Catalogue, seconds: int) -> str:
    return _say(catalogue, "duration.hours", hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE or None)


def _days(catalogue: Catalogue, seconds: int) -> str:
    return _say(catalogue, "duration.days", days=seconds // DAY, hours=seconds % DAY // HOUR or None)


_SPANS: tuple[tuple[float, Callable[[Catalogue, int], str]], ...] = (
    (MINUTE, _seconds),
    (HOUR, _minutes),
    (2 * DAY, _hours),
)


def about(catalogue: Catalogue, seconds: float) -> str:
    """近5小时, 2天多: one unit, for a line that is glanced at. Under an hour, and on the hour, as `span`."""
    unit, name = (HOUR, "hours") if seconds < 2 * DAY else (DAY, "days")
    whole, rest = divmod(seconds, unit)
    if seconds < HOUR or rest < MINUTE:
        return span(catalogue, seconds - rest if seconds >= HOUR else seconds)
    nearly = rest * 2 >= unit
    return _say(catalogue, f"duration.{'nearly' if nearly else 'over'}.{name}", count=int(whole) + nearly)
