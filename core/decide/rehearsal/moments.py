"""A moment as people write it: 2月6日 3点, 明晚十点半, 周六凌晨3点, 2027-02-06 03:00; and those worth asking about."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from core import calendar
from core.calendar import Calendar

AHEAD = 400  # days within which a holiday is looked for
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?")
_CHINESE = re.compile(
    r"(?:(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]|(今天|明天|后天|今日|明日)|(今|明)(?=[早晚])|(?:周|星期|礼拜)([一二三四五六日天]))?"
    r"\s*(凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|半夜)?"
    r"\s*(\d{1,2}|二?十[一二三四五六七八九]?|[零一二两三四五六七八九])(?:点钟?|时|:|:)(半|\d{1,2})?分?"
)
_DAYS: Mapping[str, int] = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "今": 0, "明": 1}
_WEEK = "一二三四五六日"
_DIGITS: Mapping[str, int] = {"两": 2, **{word: value for value, word in enumerate("零一二三四五六七八九")}}
_TRADITIONAL = str.maketrans("點號後時禮兩週", "点号后时礼两周")
# Which hours a part of the day moves (from, below) and by how many: 晚上12点 is midnight, 晚上2点 the next morning.
_PARTS: Mapping[str, tuple[tuple[int, int, int], ...]] = {
    "凌晨": ((12, 13, -12),),
    "中午": ((1, 3, 12),),
    "下午": ((1, 12, 12),),
    "傍晚": ((1, 12, 12),),
    "晚上": ((0, 5, 24), (5, 12, 12), (12, 13, 12)),
    "夜里": ((6, 12, 12), (12, 13, 12)),
}
_PART_NAMES: Mapping[str, str] = {"晚": "晚上", "半夜": "夜里"}


def moment_of(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that is meant, on the town's clock; a day without a year is the next such day, an hour without a day
    the next such hour. None when it is not understood."""
    text = words.strip().translate(_TRADITIONAL)
    here = now.astimezone(zone)
    try:
        return _iso(text, zone) or _chinese(text, here, zone)
    except ValueError:  # the 30th of February
        return None


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(it or 0) for it in found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=zone)


def _chinese(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _CHINESE.fullmatch(text)
    if found is None:
        return None
    year, month, day, near, short, weekday, part, hour, minute = found.groups()
    clock, minutes = _clock(part, _number(hour)), 30 if minute == "半" else int(minute or 0)
    if not (0 <= _number(hour) <= 24 and minutes < 60):
        return None
    on = _day(year, month, day, now) if month else _near(near or short, weekday, now)
    at = calendar.moment(on, clock * 60 + minutes, zone)
    return at + timedelta(days=1) if not (month or near or short or weekday) and at <= now else at


def _number(text: str) -> int:
    """3, 三, 十, 十一 or 二十三 as a number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def _clock(part: str | None, hour: int) -> int:
    """The hour on the clock of the day that was named; beyond 24 it is the next morning."""
    moves = _PARTS.get(_PART_NAMES.get(part or "", part or ""), ())
    return hour + next((by for low, high, by in moves if low <= hour < high), 0)


def _near(near: str | None, weekday: str | None, now: datetime) -> date:
    if weekday is None:
        return now.date() + timedelta(days=_DAYS.get(near or "", 0))
    wanted = _WEEK.index("日" if weekday == "天" else weekday)
    return now.date() + timedelta(days=(wanted - now.weekday()) % 7)


def _day(year: str | None, month: str, day: str, now: datetime) -> date:
    if year:
        return date(int(year), int(month), int(day))
    soon = date(now.year, int(month), int(day))
    return soon if soon >= now.date() else date(now.year + 1, int(month), int(day))


def offered(now: datetime, town: Calendar) -> tuple[datetime, ...]:
    """Moments worth a look at a tap: the coming night, the next weekend's, and the next two holidays'."""
    here = calendar.local(now, town.zone)
    tonight = here.date() + timedelta(days=1)
    saturday = tonight + timedelta(days=(5 - tonight.weekday()) % 7)
    days = dict.fromkeys((tonight, saturday, *islice(_holidays(tonight, town), 2)))
    return tuple(calendar.moment(day, 3 * 60, town.zone) for day in days)


def _holidays(first: date, town: Calendar) -> Iterator[date]:
    """The first days of holidays: weekdays on which nobody works, and the day before was no such day."""
    ahead = (first + timedelta(days=n) for n in range(AHEAD))
    rests = [it for it in ahead if it.weekday() < 5 and not calendar.working_day(it, town)]
    yield from (it for it in rests if it - timedelta(days=1) not in rests)
