"""The figures of a window (figures.md), each by its definition there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from core.calendar import Calendar, service_minutes
from core.figures.hotspots import HotSpot, hot_spots
from core.figures.late import Late, lates
from core.figures.log import Entry, Window
from core.figures.promises import KINDS, overdue_inspections
from core.figures.repeats import repeats
from core.figures.shares import Share, Spread, share, spread
from core.figures.story import Assignment, Story, by_grid, ids
from core.figures.telling import stories
from core.figures.told import NOTHING, Resting
from core.figures.whistles import Whistles, whistles

HOUR = timedelta(hours=1)
NONE: Mapping[str | None, Resting] = MappingProxyType({})
SATISFIED = frozenset({"satisfied", "mostly"})
SELF_FOUND = frozenset({"patrol", "device"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of a window and a grid (None: the whole town).

    Tuples of texts are case numbers, by first message. `ack_on_time` counts assignments, `declined` declines over
    assignments, `transferred` a case as often as it was passed on, everything else cases. `late` is worst first: by
    severity, then by how long ago it fell due. `response_min` counts service minutes for severities 3 and 4, as their
    limit does. `resting` are counted in `closed_ever` without being among its ids.
    """

    window: Window
    grid: str | None
    new: tuple[str, ...]
    by_source: Mapping[str, tuple[str, ...]]
    merged: tuple[str, ...]
    spam: tuple[str, ...]
    cancelled: tuple[str, ...]
    ack_on_time: Share
    arrive_on_time: Share
    close_on_time: Share
    closed_of_new: Share
    closed_ever: Share
    not_yet_due: tuple[str, ...]
    response_min: Spread
    arrival_min: Spread
    handling_h: Spread
    closed: tuple[str, ...]
    auto_closed: tuple[str, ...]
    rated: Share
    satisfied: Share
    solved: Share
    reopened: tuple[str, ...]
    repeated: Share
    declined: Share
    transferred: tuple[str, ...]
    self_found: Share
    whistles: Whistles
    held: tuple[str, ...]
    late: tuple[Late, ...]
    hot_spots: tuple[HotSpot, ...]
    resting: Resting = NOTHING

    @property
    def transfers(self) -> int:
        """转派次数."""
        return len(self.transferred)

    @property
    def overdue_open(self) -> tuple[str, ...]:
        """超期未结, worst first."""
        return tuple(it.case for it in self.late if it.why != "unacked" and it.overdue)

    @property
    def unacked_overdue(self) -> tuple[str, ...]:
        """超期未签收, worst first."""
        return tuple(it.case for it in self.late if it.why == "unacked")


def acks(cases: Sequence[Story], window: Window) -> Share:
    """按时签收率: assignments due in the window; unaccepted is failed."""
    base = [
        (it, one)
        for it in cases
        for one in it.assignments
        if one.ack_due and window.holds(one.ack_due) and it.owed(one.ack_due, one.accepted_at)
    ]
    return share((it.case for it, one in base if in_time(one)), (it.case for it, _ in base))


def in_time(one: Assignment) -> bool:
    """Whether an assignment was accepted at or before it was due."""
    return one.accepted_at is not None and one.ack_due is not None and one.accepted_at <= one.ack_due


def arrivals(cases: Sequence[Story], window: Window) -> Share:
    """按时到场率: severities 1 and 2."""
    base = [
        it for it in cases
        if it.severity <= 2 and it.arrive_due and window.holds(it.arrive_due) and it.owed(it.arrive_due, it.arrived_at)
    ]  # fmt: skip
    kept = (it for it in base if it.arrived_at and it.arrive_due and it.arrived_at <= it.arrive_due)
    return share(ids(kept), ids(base))


def closes(cases: Sequence[Story], window: Window) -> Share:
    """按时办结率: the last resolution stands at the window's end and was in time."""
    base = [
        it for it in cases
        if it.close_due and window.holds(it.close_due) and it.owed(it.close_due, it.done_at)
    ]  # fmt: skip
    kept = (it for it in base if it.done_at and it.close_due and it.done_at <= it.close_due)
    return share(ids(kept), ids(base))


def minutes(since: datetime, until: datetime) -> float:
    """Minutes on the clock."""
    return (until - since).total_seconds() / 60


def response(story: Story, at: datetime, calendar: Calendar) -> float:
    """Minutes from the first message to the first acceptance, on the clock of the severity's own limit."""
    if story.severity >= 3:
        return service_minutes(story.reported_at, at, calendar)
    return minutes(story.reported_at, at)


def responses(cases: Sequence[Story], window: Window, calendar: Calendar) -> Spread:
    """平均响应时长 over the first acceptances in the window."""
    accepted = ((it, it.first_accept) for it in cases)
    return spread({it.case: response(it, at, calendar) for it, at in accepted if at and window.holds(at)})


def arrival_times(cases: Sequence[Story], window: Window) -> Spread:
    """平均到场时长 over the arrivals in the window, in minutes."""
    arrived = ((it, it.arrived_at) for it in cases)
    return spread({it.case: minutes(it.reported_at, at) for it, at in arrived if at and window.holds(at)})


def handlings(cases: Sequence[Story], window: Window) -> Spread:
    """平均处置时长 over the standing resolutions of the window, in hours, approved delays taken out."""
    done = ((it, it.done_at) for it in cases)
    return spread({it.case: (at - it.reported_at - it.held) / HOUR for it, at in done if at and window.holds(at)})


def sources(new: Iterable[Story]) -> Mapping[str, tuple[str, ...]]:
    """New cases by who found them."""
    found: dict[str, list[str]] = {}
    for it in new:
        found.setdefault(it.source, []).append(it.case)
    return MappingProxyType({source: tuple(cases) for source, cases in found.items()})


def moments(cases: Iterable[Story], window: Window, of: Literal["declines", "transfers"]) -> list[str]:
    """The case of every such event in the window."""
    return [it.case for it in cases for at in getattr(it, of) if window.holds(at)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The cases of a grid as a window sees them. `cases` may count, `valid` of them have not ended otherwise."""

    known: Sequence[Story]
    cases: Sequence[Story]
    valid: Sequence[Story]
    new: Sequence[Story]
    closed: Sequence[Story]
    rated: Sequence[Story]
    answered: Sequence[Story]

    def ended(self, how: str, window: Window) -> tuple[str, ...]:
        """The cases that ended in the window as merged, spam or cancelled."""
        return ids(it for it in self.known if it.ended == how and window.holds(it.ended_at))


def cut(told: Iterable[Story], window: Window, grid: str | None) -> Cut:
    """Sort the cases of a grid."""
    known = [it for it in told if not it.trial and grid in {None, it.grid}]
    cases = [it for it in known if it.counts]
    valid = [it for it in cases if not it.ended]
    return Cut(
        known=known,
        cases=cases,
        valid=valid,
        new=[it for it in valid if window.holds(it.reported_at)],
        closed=[it for it in valid if window.holds(it.closed_at)],
        rated=[it for it in cases if window.holds(it.rated_at)],
        answered=[it for it in cases if window.holds(it.answered_at)],
    )


def metrics(entries: Iterable[Entry], window: Window, grid: str | None, calendar: Calendar) -> Figures:
    """All figures of a window from the log alone. The log holds the whole life of every case that may matter."""
    return metrics_each(entries, window, (grid,), calendar)[grid]


def metrics_each(
    entries: Iterable[Entry], window: Window, grids: Iterable[str | None], calendar: Calendar
) -> Mapping[str | None, Figures]:
    """The figures of several grids; the log, which is the long part, is read once."""
    log = tuple(entries)
    return metrics_of(by_grid(stories(log, window.end).values()), log, window, grids, calendar)


def metrics_of(
    of_grid: Mapping[str | None, Sequence[Story]], log: Iterable[Entry], window: Window, grids: Iterable[str | None],
    calendar: Calendar, *, resting: Mapping[str | None, Resting] = NONE,
) -> Mapping[str | None, Figures]:  # fmt: skip
    """The same from a log that was read already."""
    promised = tuple(it for it in log if it.kind in KINDS)
    return {
        grid: figures_of(
            of_grid.get(grid, ()), window, grid, calendar, uninspected=overdue_inspections(promised, window.end, grid),
            resting=resting.get(grid, NOTHING),
        )
        for grid in grids
    }  # fmt: skip


def figures_of(
    told: Iterable[Story], window: Window, grid: str | None, calendar: Calendar, uninspected: Iterable[str] = (),
    *, resting: Resting = NOTHING,
) -> Figures:  # fmt: skip
    """All figures of a window from cases as they stood at its end; `uninspected` are places whose inspection is
    overdue, `resting` what is open besides."""
    seen = cut(told, window, grid)
    cases, new, closed = seen.cases, seen.new, seen.closed
    asked = [it.case for it in cases for one in it.assignments if window.holds(one.at)]
    return Figures(
        window=window,
        grid=grid,
        new=ids(new),
        by_source=sources(new),
        merged=seen.ended("merged", window),
        spam=seen.ended("spam", window),
        cancelled=seen.ended("cancelled", window),
        ack_on_time=acks(cases, window),
        arrive_on_time=arrivals(cases, window),
        close_on_time=closes(cases, window),
        closed_of_new=share(ids(it for it in new if it.closed_at), ids(new)),
        closed_ever=_ever(ids(it for it in seen.valid if it.closed_at), ids(seen.valid), resting),
        not_yet_due=ids(it for it in new if it.open and it.close_due and it.close_due >= window.end),
        response_min=responses(cases, window, calendar),
        arrival_min=arrival_times(cases, window),
        handling_h=handlings(cases, window),
        closed=ids(closed),
        auto_closed=ids(it for it in closed if it.auto),
        rated=share(ids(seen.rated), ids(closed)),
        satisfied=share(ids(it for it in seen.rated if it.rating in SATISFIED), ids(seen.rated)),
        solved=share(ids(it for it in seen.answered if it.solved), ids(seen.answered)),
        reopened=ids(it for it in cases if any(window.holds(at) for at in it.reopened)),
        repeated=repeats(cases, new, window),
        declined=share(moments(cases, window, "declines"), asked),
        transferred=tuple(moments(cases, window, "transfers")),
        self_found=share(ids(it for it in new if it.source in SELF_FOUND), ids(new)),
        whistles=whistles(cases, window),
        held=ids(it for it in seen.valid if it.open and it.held_since),
        late=tuple(sorted(lates(cases, window), key=lambda it: (it.severity, it.due, it.case))),
        hot_spots=hot_spots(seen.known, window.end, uninspected, most=3),
        resting=resting,
    )


def _ever(closed: tuple[str, ...], known: tuple[str, ...], resting: Resting) -> Share:
    """闭环率(累计): what rests is open, and counted without being named."""
    return Share(len(closed), len(known) + resting.count, closed, known)
