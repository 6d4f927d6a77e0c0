"""A year's holidays as somebody sends them: lines with a day or a span of days and 休 or 班, or the district file's own
JSON for a year."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import WEEKEND, YearTable

OFF = frozenset({"休", "放假", "假", "假期", "off", "holiday"})
WORK = frozenset({"班", "补班", "補班", "上班", "work", "workday"})
LONGEST = 31  # days of one span
FEW = 5  # working days off, under which something is likely to be missing: China has had 11 since 2000
_DAY = r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:[~～–—至到]|\s-\s)\s*{_DAY})?(?:\s*[,,;:\s]\s*(\S+))?\s*")
_DATED = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a line: `kind` is date, word, years (of two years), past, both (off and worked), weekday (a
    working day anyhow)."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table that can be used when it has no flaws. `few`: it has hardly any holiday, and may be incomplete."""

    year: int
    table: YearTable
    flaws: tuple[Flaw, ...] = ()
    few: bool = False


def looks_like(text: str) -> bool:
    """Whether a text is meant as such a table: a line with a day and 休 or 班, or JSON with `off`."""
    return any(_DATED.search(line) and _word(line) for line in _lines(text))


def read(text: str, today: date) -> Reading:
    """All that a text says, with every flaw of it."""
    days: dict[bool, set[date]] = {True: set(), False: set()}
    flaws: list[Flaw] = []
    for number, line in enumerate(_lines(text), start=1):
        found = _understood(line)
        if isinstance(found, str):
            flaws.append(Flaw(line=number, kind=found, text=line.strip()[:40]))
        elif found is not None:
            off, several = found
            days[off].update(several)
            wrong = _wrong(several, off=off, days=days, today=today)
            flaws += [Flaw(line=number, kind=kind, text=line.strip()[:40]) for kind in wrong]
    year = min((it.year for it in days[True] | days[False]), default=today.year)
    table = YearTable(off=frozenset(days[True]), work_weekend=frozenset(days[False]))
    few = sum(it.weekday() not in WEEKEND for it in table.off) < FEW
    return Reading(year=year, table=table, flaws=tuple(flaws), few=few)


def spans(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Days as first and last of each unbroken row."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def _wrong(several: tuple[date, ...], *, off: bool, days: Mapping[bool, set[date]], today: date) -> Iterator[str]:
    if len({it.year for it in days[True] | days[False]}) > 1:
        yield "years"
    if several[0].year < today.year:
        yield "past"
    if any(it in days[not off] for it in several):
        yield "both"
    if not off and any(it.weekday() not in WEEKEND for it in several):
        yield "weekday"


def _understood(line: str) -> tuple[bool, tuple[date, ...]] | str | None:
    """Whether it is off, and the days; the kind of its flaw; None for a line that names no day."""
    if not re.search(r"\d", line) or line.lstrip().startswith("#"):
        return None
    found = _LINE.fullmatch(line.strip())
    if found is None or found[1] is None:
        return "date"
    word = (found[7] or "").casefold()
    if word not in OFF | WORK:
        return "word"
    first = _day(found[1], found[2], found[3])
    last = _day(found[4] or found[1], found[5], found[6]) if found[5] else first
    if first is None or last is None or not 0 <= (last - first).days < LONGEST:
        return "date"
    return word in OFF, tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _day(*parts: str) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _word(line: str) -> bool:
    found = _LINE.fullmatch(line.strip())
    return found is not None and (found[7] or "").casefold() in OFF | WORK


def _lines(text: str) -> list[str]:
    """The lines of a text; of JSON one for each day."""
    try:
        raw = json.loads(text)
    except ValueError:
        return text.splitlines()
    return [f"{day} {word}" for table in _tables(raw) for key, word in _KEYS for day in _listed(table.get(key))]


_KEYS = (("off", "休"), ("work_weekend", "班"))


def _tables(raw: object) -> list[dict[str, object]]:
    """The years of a calendar; a whole district file is none."""
    if not isinstance(raw, dict) or "district" in raw:
        return []
    if "off" in raw:
        return [raw]
    return [it for it in raw.values() if isinstance(it, dict) and "off" in it]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
