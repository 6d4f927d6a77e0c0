"""What was agreed, read from lines such as `甲 12月1日 赔偿1500元`; and what each line then owes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import calendar
from core.calendar import Calendar
from core.records.mediation import Agreement, Term

SIDES: Mapping[str, str] = {
    "甲方": "a", "甲": "a", "申请方": "a", "a": "a", "乙方": "b", "乙": "b", "对方": "b", "b": "b",
    "双方": "both", "两边": "both", "雙方": "both", "both": "both",
}  # fmt: skip
_WHO = "|".join(sorted(SIDES, key=len, reverse=True))
_LINE = re.compile(
    rf"^\s*(?:\d+[.、)]\s*)?({_WHO})\s*[::,,]?\s*"
    r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?(?:前|之前)?\s*[::,,]?\s*(\S.*)$",
    re.IGNORECASE,
)
MOST, LONGEST = 12, 200
END_OF_DAY = 24 * 60 - 1  # minutes: what is due on a day may be done until it is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line that is no term, by its number from 1. `why`: form, day, past, many."""

    line: int
    why: str


def read(text: str, now: datetime, town: Calendar) -> tuple[Term, ...] | Unread:
    """The terms of an agreement, one a line: who, until when, what. Without a year a day is the next of that name."""
    lines = [it for it in text.splitlines() if it.strip()]
    if not lines or len(lines) > MOST:
        return Unread(line=len(lines) and MOST + 1, why="many" if lines else "form")
    found = [_term(line, now, town) for line in lines]
    for number, it in enumerate(found, 1):
        if isinstance(it, str):
            return Unread(line=number, why=it)
    return tuple(it for it in found if isinstance(it, Term))


def _term(line: str, now: datetime, town: Calendar) -> Term | str:
    hit = _LINE.match(line)
    if hit is None:
        return "form"
    who, year, month, day, what = hit.groups()
    today = calendar.local(now, town.zone).date()
    found = _day(today, year, int(month), int(day))
    if found is None:
        return "day"
    if found < today:
        return "past"
    due = calendar.moment(found, END_OF_DAY, town.zone)
    return Term(text=what.strip()[:LONGEST], side=SIDES[who.lower()], due=due)


def _day(today: date, year: str | None, month: int, day: int) -> date | None:
    try:
        found = date(int(year) if year else today.year, month, day)
        return found.replace(year=found.year + 1) if year is None and found < today else found
    except ValueError:
        return None


def owes(term: Term, side: str) -> bool:
    """Whether this side has to do something about it."""
    return term.side in {side, "both"}


def performed(agreement: Agreement | None) -> bool:
    """Whether all that was promised is done."""
    return agreement is not None and all(it.done_at is not None for it in agreement.terms)


COURT_WITHIN, COURT_ASKED = timedelta(days=30), timedelta(days=20)  # 司法确认, disputes.md step 9
