"""A moment as people write it: 2月6日 3点, 明天3点半, 2027-02-06 03:00."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?")
_CHINESE = re.compile(
    r"(?:(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]|(今天|明天|后天|今日|明日))?\s*"
    r"(凌晨|早上|上午|中午|下午|晚上|夜里)?\s*(\d{1,2})(?:点|时|:|:)(半|\d{1,2})?分?"
)
_DAYS: Mapping[str, int] = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_AFTERNOON = frozenset({"下午", "晚上"})
_TRADITIONAL = str.maketrans("點號後時", "点号后时")


def moment_of(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that is meant, on the town's clock; a day without a year is the next such day, an hour without a day
    the next such hour. None when it is not understood."""
    text = words.strip().translate(_TRADITIONAL)
    here = now.astimezone(zone)
    try:
        return _iso(text, zone) or _chinese(text, here)
    except ValueError:  # the 30th of February
        return None


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(it or 0) for it in found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=zone)


def _chinese(text: str, now: datetime) -> datetime | None:
    found = _CHINESE.fullmatch(text)
    if found is None:
        return None
    year, month, day, near, part, hour, minute = found.groups()
    clock = int(hour) + (12 if part in _AFTERNOON and int(hour) < 12 else 0)
    minutes = 30 if minute == "半" else int(minute or 0)
    on = _day(year, month, day, now) if month else now.date() + timedelta(days=_DAYS.get(near or "", 0))
    at = datetime(on.year, on.month, on.day, clock, minutes, tzinfo=now.tzinfo)
    return at + timedelta(days=1) if not month and not near and at <= now else at


def _day(year: str | None, month: str, day: str, now: datetime) -> date:
    if year:
        return date(int(year), int(month), int(day))
    soon = date(now.year, int(month), int(day))
    return soon if soon >= now.date() else date(now.year + 1, int(month), int(day))
