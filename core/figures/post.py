"""The four counts that a post shows (mechanism F18): 接待、解决、调解、快速处置, each with what is behind it.

| count | what is counted, each once |
|---|---|
| received 接待 | what residents told and its team was asked first, in the window; disputes sent to it or calmed by it |
| solved 解决 | what somebody of it held when it was closed in the window; disputes settled by its people |
| mediated 调解 | disputes that its people took on in the window, on the spot or at a table |
| quick 快速处置 | of severity 1 and 2 what somebody of it reached in the window, within the limit |
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from core.figures.log import Entry, Window
from core.figures.story import Story

RESIDENT = "resident"
URGENT = 2  # the least urgent severity that has a limit to arrive


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Numbers of cases and disputes."""

    received: tuple[str, ...] = ()
    solved: tuple[str, ...] = ()
    mediated: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


def posts(
    told: Iterable[Story], log: Iterable[Entry], window: Window, teams: Mapping[str | None, Collection[str] | None]
) -> Mapping[str | None, Post]:
    """The counts of several posts by what `teams` names them: their teams, None for all. `told`: the cases of all
    grids. What the window does not touch is passed over once, not for each of a town's posts."""
    cases = touched(told, window)
    apart = [it for it in log if not it.case and window.holds(it.at)]
    return {name: _post(cases, apart, window, its) for name, its in teams.items()}


def post(told: Iterable[Story], log: Iterable[Entry], window: Window, teams: Collection[str] | None) -> Post:
    """The counts of a post's teams (None: of all), from the log alone."""
    return posts(told, log, window, {None: teams})[None]


def touched(told: Iterable[Story], window: Window) -> tuple[Story, ...]:
    """The cases that a count of the window may name."""
    return tuple(
        it
        for it in told
        if it.counts and not it.trial and any(map(window.holds, (it.reported_at, it.closed_at, it.arrived_at)))
    )


def _post(cases: Iterable[Story], apart: Iterable[Entry], window: Window, teams: Collection[str] | None) -> Post:
    disputes = [it for it in apart if _of(it.data.get("team"), teams)]
    return Post(
        received=(*_cases(cases, lambda it: _was_told(it, window, teams)), *_named(disputes, "med_sent", spot=True)),
        solved=(*_cases(cases, lambda it: _was_solved(it, window, teams)), *_named(disputes, "mediation_settled")),
        mediated=_named(disputes, "mediation_taken"),
        quick=_cases(cases, lambda it: _was_quick(it, window, teams)),
    )


def _of(team: object, teams: Collection[str] | None) -> bool:
    return isinstance(team, str) and (teams is None or team in teams)


def _cases(cases: Iterable[Story], wanted: Callable[[Story], bool]) -> tuple[str, ...]:
    return tuple(it.case for it in cases if wanted(it))


def _named(disputes: Iterable[Entry], kind: str, *, spot: bool = False) -> tuple[str, ...]:
    """The disputes of which this was logged; with `spot` also what was calmed before it was sent."""
    fitting = (it for it in disputes if it.kind == kind or (spot and it.data.get("spot")))
    return tuple(dict.fromkeys(str(it.data.get("dispute")) for it in fitting))


def _was_told(it: Story, window: Window, teams: Collection[str] | None) -> bool:
    first = it.assignments[0].team if it.assignments else None
    return it.source == RESIDENT and window.holds(it.reported_at) and _of(first, teams)


def _was_solved(it: Story, window: Window, teams: Collection[str] | None) -> bool:
    return not it.ended and window.holds(it.closed_at) and it.holder is not None and _of(it.holder.team, teams)


def _was_quick(it: Story, window: Window, teams: Collection[str] | None) -> bool:
    at, due = it.arrived_at, it.arrive_due
    in_time = at is not None and due is not None and at <= due
    return (
        it.severity <= URGENT and in_time and window.holds(at) and it.holder is not None and _of(it.holder.team, teams)
    )
