"""Which hours have nobody, and who takes them (F24): the plan after leave, swaps, extra duty and holidays.

A post may be closed by its pattern at some hours; those are not gaps, but somebody takes them too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

from core.calendar import NO_HOLIDAYS, Holidays, local
from core.district import District, Pattern, Team
from core.roster import Changes, Rostered, shift_of, shifts_between, taker

AHEAD = timedelta(days=14)
WEEK = timedelta(days=7)
DAY_MIN = 24 * 60

# closed: the pattern never has anybody at this hour; holiday: it rests on days off, and this would be a working day of
# the week; leave: there is a shift without people; hole: another day of the cycle has somebody at this hour.
Why = Literal["closed", "holiday", "leave", "hole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A post has nobody from `start` until `end`; `taker` is the team that stands in, None when nobody at all is on.

    `shift` is the one without people, if there is one.
    """

    team: str
    start: datetime
    end: datetime
    why: Why
    taker: str | None
    shift: Rostered | None = None

    @property
    def hours(self) -> float:
        """Real hours, also in a night with a changed clock."""
        return (self.end.astimezone(UTC) - self.start.astimezone(UTC)) / timedelta(hours=1)


def gaps(
    district: District, start: datetime, end: datetime, holidays: Holidays = NO_HOLIDAYS, *, changes: Changes = ()
) -> tuple[Gap, ...]:
    """All hours without anybody at each post and at the centre, in order of time, closings by the pattern included."""
    plans = {it.id: shifts_between(it, start, end, district, holidays, changes=changes) for it in district.teams}
    edges = _edges(plans, start, end, district)
    found = [it for team in _watched(district) for it in _of_team(team, plans, edges, district)]
    return tuple(sorted(_joined(found), key=lambda it: (it.start, it.team)))


def owed(found: Iterable[Gap]) -> tuple[Gap, ...]:
    """Those that were not to be: nobody comes although the post should be open, or nobody at all is there."""
    return tuple(it for it in found if it.why != "closed" or it.taker is None)


def uncovered(found: Iterable[Gap], start: datetime, span: timedelta = WEEK) -> float:
    """Hours without anybody at posts that should be open, within a week (figure of F24; should be 0)."""
    end = start + span
    parts = (replace(it, start=max(it.start, start), end=min(it.end, end)) for it in owed(found))
    return sum(it.hours for it in parts if it.start < it.end)


def _watched(district: District) -> tuple[Team, ...]:
    """Posts and the centre; evening rounds, inspections and who strengthens a post are no gap when they rest."""
    posts = {team.id for it in district.stations if (team := district.team_of_station(it.id)) is not None}
    return tuple(it for it in district.teams if it.id in posts or it.id == district.centre_team)


def _edges(
    plans: Mapping[str, Sequence[Rostered]], start: datetime, end: datetime, district: District
) -> list[datetime]:
    """All moments at which anybody comes or goes, and midnights, for what a day is changes there."""
    first = local(start, district.zone)
    midnights = (
        (first + timedelta(days=n)).replace(hour=0, minute=0, second=0, microsecond=0)
        for n in range((end - start).days + 2)
    )
    moments = (moment for plan in plans.values() for it in plan for moment in (it.start, it.end))
    inside = (it for it in (*moments, *midnights) if start < it < end)
    return sorted({it.astimezone(UTC): it for it in (start, *inside, end)}.values())


def _of_team(
    team: Team, plans: Mapping[str, Sequence[Rostered]], edges: Sequence[datetime], district: District
) -> Iterator[Gap]:
    for begin, end in pairwise(edges):
        on = _running(plans[team.id], begin)
        if any(it.members for it in on):
            continue
        manned = {name for name, plan in plans.items() if any(it.members for it in _running(plan, begin))}
        yield Gap(
            team=team.id,
            start=begin,
            end=end,
            why="leave" if on else _why(team, begin, district),
            taker=taker(team, manned, district),
            shift=on[0] if on else None,
        )


def _running(plan: Sequence[Rostered], at: datetime) -> tuple[Rostered, ...]:
    return tuple(it for it in plan if it.start <= at < it.end)


def _why(team: Team, at: datetime, district: District) -> Why:
    pattern = district.pattern(team.pattern)
    clock = local(at, district.zone)
    if pattern is None or not _ever_open(pattern, team, clock.hour * 60 + clock.minute):
        return "closed"
    if not (pattern.workdays_only or pattern.days_off_only):
        return "hole"
    return "holiday" if clock.weekday() < 5 else "closed"


def _ever_open(pattern: Pattern, team: Team, minute: int) -> bool:
    """Whether any group has a shift at this minute of the day on any day of the cycle."""
    days = (pattern.anchor + timedelta(days=n) for n in range(len(pattern.cycle)))
    shifts = {shift for day in days for group in team.groups if (shift := shift_of(pattern, group, day))}
    return any(it.start <= at < it.end for it in shifts for at in range(minute, minute + 4 * DAY_MIN, DAY_MIN))


def _joined(found: Iterable[Gap]) -> Iterator[Gap]:
    """Neighbouring stretches of the same kind as one."""
    last: Gap | None = None
    for it in found:
        if last and last.end == it.start and replace(last, start=it.start, end=it.end) == it:
            last = replace(last, end=it.end)
            continue
        if last:
            yield last
        last = it
    if last:
        yield last
