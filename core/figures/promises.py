"""What was due and what was done of it: patrol points, visits, suggestions, inspections, follow-ups (figures.md).

Each is a pair of events with the same `id`: one says until when it is due, the other that it was done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from core.figures.log import Entry, Window, when, words
from core.figures.shares import Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The two kinds of events. `strict`: done after it was due is not kept; else done by the window's end is."""

    due: str
    done: str
    strict: bool = True


PROMISES: Mapping[str, Promise] = MappingProxyType(
    {
        "points": Promise(due="point_due", done="point_visited"),
        "visits": Promise(due="visit_due", done="visit_done", strict=False),
        "suggestions": Promise(due="suggestion_taken", done="suggestion_answered"),
        "inspections": Promise(due="inspection_due", done="inspected", strict=False),
        "performed": Promise(due="performance_due", done="performed", strict=False),
        "followups": Promise(due="followup_due", done="followup_done", strict=False),
    }
)
KINDS = frozenset(kind for it in PROMISES.values() for kind in (it.due, it.done))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that was due; `done_at` None while it was not done."""

    id: str
    due: datetime
    done_at: datetime | None
    place: str | None


def owed(entries: Iterable[Entry], promise: Promise, grid: str | None, until: datetime) -> tuple[Owed, ...]:
    """All that was ever due in a grid, as it stood at a moment; put off means due anew under the same id."""
    due: dict[str, Entry] = {}
    done: dict[str, datetime] = {}
    for it in entries:
        if it.kind not in {promise.due, promise.done} or it.at >= until:
            continue
        name = str(it.data.get("id"))
        if it.kind == promise.done:
            done.setdefault(name, it.at)
        elif grid in {None, it.data.get("grid")}:
            due[name] = it
    moments = ((name, it, when(it.data.get("due"))) for name, it in due.items())
    return tuple(
        Owed(id=name, due=at, done_at=done.get(name), place=words(it.data.get("place")))
        for name, it, at in moments
        if at
    )


def kept(entries: Iterable[Entry], window: Window, name: str, grid: str | None) -> Share:
    """Done ÷ due in the window, of one of PROMISES. Raises KeyError for another name."""
    promise = PROMISES[name]
    base = [it for it in owed(entries, promise, grid, window.end) if window.holds(it.due)]
    done = (it.id for it in base if it.done_at and (not promise.strict or it.done_at <= it.due))
    return share(done, (it.id for it in base))


def overdue_inspections(entries: Iterable[Entry], at: datetime, grid: str | None) -> tuple[str, ...]:
    """Places whose inspection was due and is not done."""
    return tuple(it.place for it in _open(entries, "inspections", at, grid) if it.place and it.due < at)


def coming(entries: Iterable[Entry], name: str, window: Window, grid: str | None) -> tuple[Owed, ...]:
    """What falls due in a window to come and is not done yet, as known at its beginning."""
    return tuple(it for it in _open(entries, name, window.start, grid) if window.holds(it.due))


def _open(entries: Iterable[Entry], name: str, at: datetime, grid: str | None) -> Iterable[Owed]:
    return (it for it in owed(entries, PROMISES[name], grid, at) if it.done_at is None)
