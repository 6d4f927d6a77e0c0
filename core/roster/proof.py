"""What a roster must prove before people rely on it (duty.md): told to the administrator, never refused.

The plan is looked at over one whole cycle, and half of the next for what lies on its edge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from core.calendar import moment
from core.district.town import District
from core.district.values import Pattern, Team
from core.roster.plan import DAY_MIN, shift_of, shifts_between
from core.roster.rules import length, rests
from core.roster.values import Rostered

MONTH_DAYS, WORKING_DAYS = 30.0, 20.83
PAIR = 2
NIGHT = (22 * 60, 6 * 60)  # of the clock: between them nobody should be alone

# double: two groups at a time; hole: an hour without a group at a post that is open round the clock; rest: too little
# between two shifts of a group; hours: more in a month than the district's limit; alone: one person at night.
Flaw = Literal["double", "hole", "rest", "hours", "alone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something about a team's roster that should not be; `amount` in hours where there is one."""

    team: str
    flaw: Flaw
    at: datetime
    group: str = ""
    amount: float = 0.0


def doubts(team: Team, district: District) -> tuple[Doubt, ...]:
    """The first of each kind of flaw in a team's roster."""
    pattern = district.pattern(team.pattern)
    if pattern is None:
        return ()
    start = moment(pattern.anchor, 0, district.zone)
    end = moment(pattern.anchor, (len(pattern.cycle) * 3 // 2 + 1) * DAY_MIN, district.zone)
    plan = shifts_between(team, start, end, district)
    found = (it for flaw in FLAWS for it in flaw(team, plan, district))
    return tuple({it.flaw: it for it in reversed(list(found))}.values())


def round_the_clock(pattern: Pattern, team: Team) -> bool:
    """Whether the groups together are meant to leave no hour without anybody: their shifts fill a day."""
    days = (pattern.anchor + timedelta(days=n) for n in range(len(pattern.cycle)))
    shifts = {shift for day in days for group in team.groups if (shift := shift_of(pattern, group, day))}
    return sum(it.end - it.start for it in shifts) >= DAY_MIN and not pattern.workdays_only


def _edges(team: Team, plan: Sequence[Rostered], district: District) -> Iterator[Doubt]:
    """Where one shift ends the next begins, at a post that never closes."""
    pattern = district.pattern(team.pattern)
    never_closes = pattern is not None and round_the_clock(pattern, team)
    until: datetime | None = None
    for shift in plan:
        if until is not None and shift.start < until:
            yield Doubt(team=team.id, flaw="double", at=shift.start, group=shift.group)
        if until is not None and never_closes and shift.start > until:
            hours = (shift.start.astimezone(UTC) - until.astimezone(UTC)) / timedelta(hours=1)
            yield Doubt(team=team.id, flaw="hole", at=until, amount=hours)
        until = shift.end if until is None else max(until, shift.end)


def _tired(team: Team, plan: Sequence[Rostered], district: District) -> Iterator[Doubt]:
    for group in team.groups:
        mine = [it for it in plan if it.group == group.name]
        for shift, rest in zip(mine[1:], rests(mine), strict=True):
            if rest < timedelta(hours=district.options.rest_hours):
                hours = rest / timedelta(hours=1)
                yield Doubt(team=team.id, flaw="rest", at=shift.start, group=group.name, amount=hours)


def _long(team: Team, plan: Sequence[Rostered], district: District) -> Iterator[Doubt]:
    pattern = district.pattern(team.pattern)
    days = len(pattern.cycle) if pattern else 1
    month = WORKING_DAYS if pattern and pattern.workdays_only else MONTH_DAYS
    for group in team.groups:
        mine = [it for it in plan if it.group == group.name]
        cycle = [it for it in mine if (it.shift_date - mine[0].shift_date).days < days]
        hours = sum((length(it) for it in cycle), timedelta()) / timedelta(hours=1) / days * month
        if hours > district.options.month_hours:
            yield Doubt(team=team.id, flaw="hours", at=mine[0].start, group=group.name, amount=round(hours, 1))


def _alone(team: Team, plan: Sequence[Rostered], district: District) -> Iterator[Doubt]:
    """Pairs at night; the centre's seat is one indoors."""
    if team.station is None:
        return
    for shift in plan:
        if len(shift.members) < PAIR and _at_night(shift, district):
            yield Doubt(team=team.id, flaw="alone", at=shift.start, group=shift.group)


def _at_night(shift: Rostered, district: District) -> bool:
    begin, end = NIGHT
    midnight = moment(shift.shift_date, 0, district.zone)
    nights = ((-DAY_MIN + begin, end), (begin, DAY_MIN + end))
    return any(
        shift.start < midnight + timedelta(minutes=last) and midnight + timedelta(minutes=first) < shift.end
        for first, last in nights
    )


FLAWS: tuple[Callable[[Team, Sequence[Rostered], District], Iterator[Doubt]], ...] = (_edges, _tired, _long, _alone)
