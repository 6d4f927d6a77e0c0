"""The weekly report: a week against the one before and against what is usual, and what it asks for (figures.md).

Data only; the words are made where the reader's language is known.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import Calendar, local
from core.figures.beside import Beside, beside
from core.figures.late import Late
from core.figures.log import Entry, Window, when, words
from core.figures.metrics import Figures, cut, figures_of
from core.figures.post import Post, post, touched
from core.figures.promises import coming, overdue_inspections
from core.figures.story import Story, by_grid
from core.figures.telling import stories
from core.figures.told import NOTHING, Resting, Told
from core.figures.whistles import Whistles, by_department

WEEK = timedelta(days=7)
WEEKS = 8  # that are looked back at for what is usual
CATEGORIES, COMPOUNDS, THANKED, LATES = 5, 3, 3, 8
FEW = 10
BEST = "satisfied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the week: new and closed cases, and how many new ones are usual on this day of the week (None while no
    earlier week is known)."""

    day: date
    new: int
    closed: int
    usual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case on 延期: until when, and why."""

    case: str
    category: str
    place: str | None
    until: datetime | None
    reason: str | None
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """A colleague with whom residents were satisfied, and the words of one who agreed that they are passed on."""

    person: str
    cases: int
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """下周要做: weather (a warning for a day, told in `place`), hot (a place where it happens again and again),
    inspection (of a place), followups, holds (that end), overdue: with their number."""

    kind: str
    count: int
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of a grid (None: the street). `attention` is worst first, `more` are left off it; `sealed` counts what
    only has a number; `praised` are teams with how often they were; `post` are the counts of the grid's post, None
    where it has none. `small` asks for the line of caution about small numbers."""

    grid: str | None
    figures: Figures
    before: Figures
    days: tuple[Day, ...]
    categories: tuple[tuple[str, int], ...]
    compounds: tuple[tuple[str, int], ...]
    attention: tuple[Late, ...]
    more: int
    held: tuple[Held, ...]
    whistles: Mapping[str, Whistles]
    beside: Beside
    post: Post | None
    thanks: tuple[Thanks, ...]
    praised: tuple[tuple[str, int], ...]
    todo: tuple[Todo, ...]
    sealed: int
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that weekly reports are made of, read once: the cases at the end of the week and of the one before by grid
    (None: all), what was logged beside them, and the first messages of eight weeks by grid and local day."""

    window: Window
    now: Mapping[str | None, Sequence[Story]]
    then: Mapping[str | None, Sequence[Story]]
    log: tuple[Entry, ...]
    told: Mapping[tuple[str | None, date], int]
    known_since: date | None
    resting: Mapping[str | None, Resting]
    touched: Sequence[Story]  # the cases of all grids that a post's counts may name


def past(known: Told, log: Iterable[Entry], counts: Iterable[Entry], window: Window, calendar: Calendar) -> Past:
    """Look once for all grids at the cases as they were `known` at the end of the week and of the one before, and at
    what was logged beside them."""
    first = [
        (it, local(it.reported_at, calendar.zone).date())
        for it in stories(counts, window.end).values()
        if it.counts and not it.ended
    ]
    told = Counter((it.grid, day) for it, day in first)
    told.update((None, day) for _, day in first)
    now = by_grid(known.at[window.end])
    return Past(
        window=window,
        now=now,
        touched=touched(now.get(None, ()), window),
        then=by_grid(known.at[window.start]),
        resting=known.resting,
        log=(*known.lines, *log),
        told=told,
        known_since=min((day for _, day in first), default=None),
    )


def week(known: Past, grid: str | None, teams: Collection[str] | None, calendar: Calendar) -> Week:
    """The report of a grid; `teams` are those of its post (None: all)."""
    window = known.window
    last = Window(window.start - WEEK, window.start)
    missed = overdue_inspections(known.log, window.end, grid)
    cases = known.now.get(grid, ())
    figures = figures_of(cases, window, grid, calendar, missed, resting=known.resting.get(grid, NOTHING))
    seen = cut(cases, window, grid)
    attention = _worst(figures, show_sealed=grid is not None)
    return Week(
        grid=grid,
        figures=figures,
        before=figures_of(known.then.get(grid, ()), last, grid, calendar),
        days=_days(known, seen.closed, grid, calendar),
        categories=_most((it.category for it in seen.new if not it.sealed), CATEGORIES),
        compounds=_most((it.compound for it in seen.new if it.compound and not it.sealed), COMPOUNDS),
        attention=attention[:LATES],
        more=max(len(attention) - LATES, 0),
        held=tuple(_held(it) for it in seen.valid if it.open and it.held_since and (grid is not None or not it.sealed)),
        whistles=by_department(seen.cases, window),
        beside=beside(known.log, window, grid, teams),
        post=None if teams is not None and not teams else post(known.touched, known.log, window, teams),
        thanks=_thanks(seen.rated, known.log, window, grid),
        praised=_praised(known.log, window, teams),
        todo=tuple(_todo(figures, known, seen.valid, grid)),
        sealed=sum(it.sealed for it in seen.new),
        small=any(0 < it.of < FEW for it in (figures.ack_on_time, figures.close_on_time, figures.satisfied)),
    )


def _worst(figures: Figures, *, show_sealed: bool) -> tuple[Late, ...]:
    """Each case once; of sealed ones the street hears the number of them only."""
    found: dict[str, Late] = {}
    for it in figures.late:
        if show_sealed or not it.sealed:
            found.setdefault(it.case, it)
    return tuple(found.values())


def _days(known: Past, closed: Iterable[Story], grid: str | None, calendar: Calendar) -> tuple[Day, ...]:
    zone = calendar.zone
    monday = local(known.window.start, zone).date()
    done = Counter(local(it.closed_at, zone).date() for it in closed if it.closed_at)
    return tuple(
        Day(day=day, new=known.told.get((grid, day), 0), closed=done[day], usual=_usual(known, grid, day))
        for day in (monday + timedelta(days=n) for n in range(7))
    )


def _usual(known: Past, grid: str | None, day: date) -> float | None:
    """The mean of the same day of the week over the eight weeks before, or as many as are known."""
    since = known.known_since
    days = [day - n * WEEK for n in range(1, WEEKS + 1)]
    told = [known.told.get((grid, it), 0) for it in days if since is not None and it >= since]
    return sum(told) / len(told) if told else None


def _most(names: Iterable[str], count: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda it: (-it[1], it[0]))[:count])


def _held(it: Story) -> Held:
    return Held(
        case=it.case, category=it.category, place=it.place, until=it.held_until, reason=it.held_for, sealed=it.sealed
    )


def _thanks(rated: Iterable[Story], log: Sequence[Entry], window: Window, grid: str | None) -> tuple[Thanks, ...]:
    """By how many were satisfied; nobody's place is named."""
    who = Counter(it.holder.person for it in rated if it.rating == BEST and it.holder and it.holder.person)
    back = _taken_back(log)
    said = {
        words(it.data.get("person")): words(it.data.get("words"))
        for it in log
        if it.kind == "thanked" and window.holds(it.at) and grid in {None, it.data.get("grid")}
        if it.case not in back or it.at > back[it.case]
    }
    names = [*who, *(it for it in said if it and it not in who)]
    found = [Thanks(person=it, cases=who[it], words=said.get(it)) for it in names if it]
    return tuple(sorted(found, key=lambda it: (-it.cases, it.words is None, it.person))[:THANKED])


def _praised(log: Iterable[Entry], window: Window, teams: Collection[str] | None) -> tuple[tuple[str, int], ...]:
    """How often each of these teams (None: all) was praised in words that were passed on."""
    told = (words(it.data.get("team")) for it in log if _is_praise(it) and window.holds(it.at))
    return _most((it for it in told if it and (teams is None or it in teams)), THANKED)


def _is_praise(it: Entry) -> bool:
    return it.kind == "passed_on" and it.data.get("kind") == "praise"


def _taken_back(log: Iterable[Entry]) -> Mapping[str, datetime]:
    """By case, when its reporter last took back that a word of thanks may be published."""
    withdrawn = (it for it in log if it.kind == "consent_withdrawn" and it.data.get("what") == "thanks")
    return {str(no): it.at for it in withdrawn for no in _numbers(it.data.get("cases"))}


def _numbers(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _weather(log: Iterable[Entry], ahead: Window) -> Iterable[Todo]:
    """What the centre has put down for the days to come, the nearest first, each once."""
    noted = ((when(it.data.get("due")), words(it.data.get("text"))) for it in log if it.kind == "weather_noted")
    coming_up = sorted({(due, text) for due, text in noted if due and text and ahead.holds(due)})
    for due, text in coming_up:
        yield Todo(kind="weather", count=1, place=f"{due:%m-%d} {text}")


def _todo(figures: Figures, known: Past, valid: Iterable[Story], grid: str | None) -> Iterable[Todo]:
    ahead = Window(known.window.end, known.window.end + WEEK)
    yield from _weather(known.log, ahead)
    overdue = len({it.case for it in figures.late})
    if overdue:
        yield Todo(kind="overdue", count=overdue)
    for spot in figures.hot_spots:
        if spot.cases:
            yield Todo(kind="hot", count=len(spot.cases), place=spot.place)
    due = [it.place for it in coming(known.log, "inspections", ahead, grid) if it.place]
    for place in dict.fromkeys((*(it.place for it in figures.hot_spots if it.overdue), *due)):
        yield Todo(kind="inspection", count=1, place=place)
    holds = sum(1 for it in valid if it.open and it.held_since and ahead.holds(it.held_until))
    if holds:
        yield Todo(kind="holds", count=holds)
    followups = len(coming(known.log, "followups", ahead, grid)) + len(coming(known.log, "performed", ahead, grid))
    if followups:
        yield Todo(kind="followups", count=followups)
