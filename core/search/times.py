"""Days as people say them — 昨天, 上周, 11月18日到20日, 近7天, yesterday — as whole local days, looking back."""

import re
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]  # the first and the last, both meant

_DAY = r"(?:(\d{4})[-/.年])?(\d{1,2})(?:[-/.](\d{1,2})(?!\d)|月(\d{1,2})[日号]?)"
_TO = r"\s*(?:到|至|~|—|–|-)\s*"
_RANGE = re.compile(rf"(?<!\d){_DAY}{_TO}(?:{_DAY}|(\d{{1,2}})[日号])")
_ONE = re.compile(rf"(?<![\d-]){_DAY}(?!\d)")
_LAST = re.compile(r"(?:最近|近|过去|last )\s*(\d{1,3}|[一二三四五六七八九十两])\s*(?:天|日|days?)")
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九十")} | {"两": 2}

Spoken = Callable[[date], Days]


def _ago(days: int) -> Spoken:
    return lambda today: (today - timedelta(days=days),) * 2


def _week(today: date, back: int) -> Days:
    monday = today - timedelta(days=today.weekday() + 7 * back)
    return monday, monday + timedelta(days=6)


def _month(today: date, back: int) -> Days:
    first = today.replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)


SPOKEN: tuple[tuple[re.Pattern[str], Spoken], ...] = (
    (re.compile(r"前天|前日"), _ago(2)),
    (re.compile(r"昨天|昨日|昨晚|\byesterday\b"), _ago(1)),
    (re.compile(r"今天|今日|今早|今晚|\btoday\b"), _ago(0)),
    (re.compile(r"上个?(?:周|星期|礼拜)|\blast week\b"), lambda today: _week(today, 1)),
    (re.compile(r"[本这]个?(?:周|星期|礼拜)|\bthis week\b"), lambda today: _week(today, 0)),
    (re.compile(r"上个?月|\blast month\b"), lambda today: _month(today, 1)),
    (re.compile(r"[本这]个?月|\bthis month\b"), lambda today: _month(today, 0)),
)


def take_days(said: str, today: date) -> tuple[Days | None, str]:
    """The days that a text names, and the text without them; None when it names none, or one that does not exist."""
    for pattern, read in ((_RANGE, _range), (_LAST, _last), (_ONE, _one)):
        found = pattern.search(said)
        if found is not None and (days := read(found, today)) is not None:
            return days, _without(said, found)
    for pattern, spoken in SPOKEN:
        if found := pattern.search(said):
            return spoken(today), _without(said, found)
    return None, said


def _without(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()]} {said[found.end() :]}"


def _range(found: re.Match[str], today: date) -> Days | None:
    first = _day(today, *found.groups()[:4])
    if first is None:
        return None
    year, month, day, named, alone = found.groups()[4:]
    last = _made(first.year, first.month, int(alone)) if alone else _day(today, year or first.year, month, day, named)
    return (first, last) if last is not None and first <= last else None


def _one(found: re.Match[str], today: date) -> Days | None:
    day = _day(today, *found.groups())
    return (day, day) if day else None


def _last(found: re.Match[str], today: date) -> Days | None:
    count = _DIGITS.get(found[1]) or int(found[1])
    return today - timedelta(days=max(count, 1) - 1), today


def _day(today: date, year: str | int | None, month: str, day: str | None, named: str | None) -> date | None:
    """A day without a year is the last one of that name."""
    number = int(day or named or 0)
    if year is not None:
        return _made(int(year), int(month), number)
    this = _made(today.year, int(month), number)
    return this if this is None or this <= today else _made(today.year - 1, int(month), number)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
