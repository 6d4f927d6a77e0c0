"""What a change of the plan may not do to a person: two shifts at once, too little rest, too many hours (duty.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from core.calendar import NO_HOLIDAYS, Holidays, local, moment
from core.district.town import District
from core.roster.plan import Changes, shifts_of
from core.roster.values import Change, Rostered

Rule = Literal["double", "rest", "hours", "past", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Why a change is refused: which rule, for whom; `hours` the rest or the month's sum that it would come to."""

    rule: Rule
    person: str
    hours: float = 0.0


def length(shift: Rostered) -> timedelta:
    """The real length of a shift, also in a night with a changed clock."""
    return shift.end.astimezone(UTC) - shift.start.astimezone(UTC)


def rests(shifts: Sequence[Rostered]) -> Iterator[timedelta]:
    """The rest between neighbouring shifts of a person in order of their start; negative where two overlap."""
    for before, after in pairwise(shifts):
        yield after.start.astimezone(UTC) - before.end.astimezone(UTC)


def month_of(day: date, district: District) -> tuple[datetime, datetime]:
    """The month of a day on the town's clock, as moments."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return moment(first, 0, district.zone), moment(after, 0, district.zone)


def month_hours(
    person: str, day: date, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> float:
    """Hours of the shifts that a person starts in the month of a day."""
    start, end = month_of(day, district)
    shifts = (it for it in shifts_of(person, start, end, district, holidays, changes=changes) if it.start >= start)
    return sum((length(it) for it in shifts), timedelta()) / timedelta(hours=1)


def broken(
    asked: Sequence[Change], district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> Broken | None:
    """The first rule that these changes, on top of those that hold, would break; None when they may be made.

    Nobody is asked to work more in a month than the district's limit, or than the plan gives them anyway: a post that
    runs 24 hours with three groups is above the limit by its pattern.
    """
    after = (*changes, *asked)
    comers = ((it.on, it) for it in asked if it.on is not None)
    found = (_broken_for(person, it, district, holidays, (changes, after)) for person, it in comers)
    return next((it for it in found if it is not None), None)


def _broken_for(
    person: str, change: Change, district: District, holidays: Holidays, plans: tuple[Changes, Changes]
) -> Broken | None:
    before, after = plans
    around = timedelta(hours=district.options.rest_hours) + timedelta(days=2)  # the longest shift is 48 h
    shifts = shifts_of(person, change.start - around, change.end + around, district, holidays, changes=after)
    shortest = min(_next_to(change, shifts), default=None)
    if shortest is not None and shortest < timedelta():
        return Broken(rule="double", person=person)
    if shortest is not None and shortest < timedelta(hours=district.options.rest_hours):
        return Broken(rule="rest", person=person, hours=shortest / timedelta(hours=1))
    day = local(change.start, district.zone).date()
    hours = month_hours(person, day, district, holidays, after)
    most = max(
        float(district.options.month_hours),
        month_hours(person, day, district, holidays),
        month_hours(person, day, district, holidays, before),
    )
    return Broken(rule="hours", person=person, hours=hours) if hours > most else None


def _next_to(change: Change, shifts: Sequence[Rostered]) -> Iterable[timedelta]:
    """The rests right before and after the shift of a change."""
    for (before, after), rest in zip(pairwise(shifts), rests(shifts), strict=True):
        if change.start in {before.start, after.start}:
            yield rest
