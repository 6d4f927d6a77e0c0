"""在岗率: hours signed in ÷ hours rostered, from what was logged of shifts and sign-ins (figures.md, duty.md)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.figures.log import Entry, Window, when, words

BRIEF = timedelta(minutes=15)  # an absence that is shorter takes nobody off duty (duty.md, 离岗)
HOUR = timedelta(hours=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Hours of people, to a tenth: really there, and planned."""

    there: float
    planned: float


def attendance(entries: Iterable[Entry], window: Window, teams: Collection[str] | None = None) -> Attendance:
    """The shifts of some teams (None: of all), as far as they lie in the window."""
    log = sorted((it for it in entries if not it.case and it.at < window.end), key=lambda it: it.at)
    planned = there = timedelta()
    for shift in (it for it in log if it.kind == "shift" and (teams is None or it.data.get("team") in teams)):
        span = _within((when(shift.data.get("start")), when(shift.data.get("end"))), window)
        if span is None:
            continue
        for person in _members(shift):
            planned += span[1] - span[0]
            there += sum((until - since for since, until in _presence(person, shift, span, log)), timedelta())
    return Attendance(round(there / HOUR, 1), round(planned / HOUR, 1))


def _members(shift: Entry) -> list[str]:
    members = shift.data.get("members")
    return [str(it) for it in members] if isinstance(members, list | tuple) else []


def _within(span: tuple[datetime | None, datetime | None], window: Window) -> Span | None:
    start, end = span
    if start is None or end is None or start >= window.end or end <= window.start:
        return None
    return max(start, window.start), min(end, window.end)


def _presence(person: str, shift: Entry, span: Span, log: Iterable[Entry]) -> Iterator[Span]:
    """The stretches of a shift in which somebody was there: from a sign-in to a sign-out, absences taken out."""
    begun = when(shift.data.get("start")) or span[0]
    mine = [it for it in log if _about(it, person, shift) and begun - HOUR <= it.at < span[1]]
    since: datetime | None = None
    for it in mine:
        if it.kind in CAME and since is None:
            since = it.at
        elif since is not None and (it.kind == "signed_out" or (it.kind == "away" and _long(it, mine))):
            yield from _cut(since, it.at, span)
            since = None
    if since is not None:
        yield from _cut(since, span[1], span)


CAME = frozenset({"signed_in", "back"})


def _about(it: Entry, person: str, shift: Entry) -> bool:
    who = words(it.data.get("person")) or it.actor
    return it.kind in {*CAME, "signed_out", "away"} and who == person and it.data.get("team") == shift.data.get("team")


def _long(away: Entry, mine: list[Entry]) -> bool:
    """Whether an absence was a real one, by when they were back, else by what they had said."""
    back = next((it.at for it in mine if it.kind in CAME and it.at > away.at), None) or when(away.data.get("until"))
    return back is None or back - away.at >= BRIEF


def _cut(since: datetime, until: datetime, span: Span) -> Iterator[Span]:
    start, end = max(since, span[0]), min(until, span[1])
    if start < end:
        yield start, end
