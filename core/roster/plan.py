"""The plan: what shift patterns give, and what leave, swaps and extra duty make of it.

The cycle index of a group is (days since the anchor + offset_days) mod cycle_days. A shift belongs to the day on which
it starts, also after midnight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.calendar import NO_HOLIDAYS, Holidays, local, moment, working_day
from core.district.town import District
from core.district.values import Group, Pattern, Shift, ShiftKind, Team
from core.roster.values import Change, Rostered

BEFORE = timedelta(minutes=30)
DAY_MIN = 24 * 60
HORIZON_DAYS = 400
EXTRA = "加班"  # group and shift of duty that no pattern gives

Changes = Sequence[Change]


def shift_of(pattern: Pattern, group: Group, day: date) -> Shift | None:
    """The shift a group starts on a day; None on a day of rest."""
    index = ((day - pattern.anchor).days + group.offset_days) % len(pattern.cycle)
    name = pattern.cycle[index]
    return pattern.shifts[name] if name is not None else None


def shifts_on(
    team: Team, day: date, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> tuple[Rostered, ...]:
    """All shifts of a team that start on a day, in the order of its groups; extra shifts come last."""
    ours = [it for it in changes if it.team == team.id and local(it.start, district.zone).date() == day]
    planned = _by_pattern(team, day, district, holidays)
    if not ours:
        return planned
    extra = [it for it in ours if not any(_of(it, shift) for shift in planned)]
    return (*(changed(shift, ours) for shift in planned), *_extra_shifts(extra, day))


def _by_pattern(team: Team, day: date, district: District, holidays: Holidays) -> tuple[Rostered, ...]:
    pattern = district.pattern(team.pattern)
    if pattern is None or _rests(pattern, day, district, holidays):
        return ()
    usual = pattern.shift_kind or team.shift_kind
    found = ((group, shift_of(pattern, group, day)) for group in team.groups)
    return tuple(_planned(team, group, shift, day, district, kind=usual) for group, shift in found if shift)


def _rests(pattern: Pattern, day: date, district: District, holidays: Holidays) -> bool:
    if not (pattern.workdays_only or pattern.days_off_only):
        return False
    return pattern.days_off_only is working_day(day, district.calendar(holidays))


def _planned(
    team: Team, group: Group, shift: Shift, day: date, district: District, *, kind: ShiftKind | None
) -> Rostered:
    """One shift on one day, as moments on the town's clock; `kind` where the shift itself says none."""
    start, end = _span(shift, day, district.zone)
    return Rostered(
        team=team.id,
        group=group.name,
        shift=shift.name,
        shift_date=day,
        start=start,
        end=end,
        members=group.members,
        kind=shift.kind or kind,
        bell=moment(day, shift.bell, district.zone) if shift.bell is not None else None,
    )


@lru_cache(maxsize=4096)  # a thousand posts share a handful of shifts, and each asks for the day several times a case
def _span(shift: Shift, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return moment(day, shift.start, zone), moment(day, shift.end, zone)


def _of(change: Change, shift: Rostered) -> bool:
    return change.team == shift.team and change.group == shift.group and change.start == shift.start


def changed(shift: Rostered, changes: Changes) -> Rostered:
    """The shift with whoever is off taken out and whoever is on put in, in the order in which it was decided."""
    members = list(shift.members)
    for it in (it for it in changes if _of(it, shift)):
        members = [person for person in members if person != it.off]
        if it.on is not None and it.on not in members:
            members.append(it.on)
    return replace(shift, members=tuple(members))


def _extra_shifts(extra: Changes, day: date) -> Iterator[Rostered]:
    for first in {(it.group, it.start): it for it in reversed(extra)}.values():
        bare = Rostered(
            team=first.team, group=first.group, shift=first.shift, shift_date=day, start=first.start, end=first.end,
            members=(),
        )  # fmt: skip
        if (shift := changed(bare, extra)).members:
            yield shift


def holds(it: Rostered, at: datetime) -> bool:
    """Whether a moment lies in a shift. Compared in UTC: on a night with a changed clock the wall repeats itself."""
    return it.start.astimezone(UTC) <= at.astimezone(UTC) < it.end.astimezone(UTC)


def days_back(team: Team, district: District, changes: Changes = ()) -> int:
    """How many days ago a shift that is still running may have begun."""
    pattern = district.pattern(team.pattern)
    longest = max((it.end for it in pattern.shifts.values()), default=0) if pattern else 0
    return max(longest - 1, DAY_MIN if any(it.team == team.id for it in changes) else 0, 0) // DAY_MIN


def rostered(
    team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> tuple[Rostered, ...]:
    """The shifts of a team that are due to run at a moment, earlier days first."""
    now = at.astimezone(UTC)
    return tuple(it for it in around(team, at, district, holidays, changes) if holds(it, now))


def around(
    team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> Iterator[Rostered]:
    """The shifts of a team that begin on the day of a moment or may still run since days before, earlier ones first."""
    today = local(at, district.zone).date()
    days = (today - timedelta(days=back) for back in range(days_back(team, district, changes), -1, -1))
    return (it for day in days for it in shifts_on(team, day, district, holidays, changes))


def shifts_from(
    team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> Iterator[Rostered]:
    """Shifts of a team that start after a moment, soonest first, for a little more than a year."""
    today = local(at, district.zone).date()
    for ahead in range(HORIZON_DAYS):
        found = shifts_on(team, today + timedelta(days=ahead), district, holidays, changes)
        yield from sorted((it for it in found if it.start > at), key=lambda it: it.start)


def shifts_between(
    team: Team,
    start: datetime,
    end: datetime,
    district: District,
    holidays: Holidays = NO_HOLIDAYS,
    *,
    changes: Changes = (),
) -> tuple[Rostered, ...]:
    """All shifts of a team that share a moment with a stretch of time, in order of their start."""
    first = local(start, district.zone).date() - timedelta(days=days_back(team, district, changes))
    days = (local(end, district.zone).date() - first).days + 1
    found = (it for n in range(days) for it in shifts_on(team, first + timedelta(days=n), district, holidays, changes))
    return tuple(sorted((it for it in found if it.start < end and start < it.end), key=lambda it: it.start))


def next_shift(
    team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> Rostered | None:
    """The next shift of a team that starts after a moment; None for a team without a roster."""
    return next(shifts_from(team, at, district, holidays, changes), None)


def teams_of(person: str, district: District, changes: Changes = ()) -> tuple[Team, ...]:
    """The teams in whose groups somebody works, and those where they stand in."""
    lent = {it.team for it in changes if it.on == person}
    return tuple(it for it in district.teams if it.id in lent or any(person in group.members for group in it.groups))


def shifts_of(
    person: str,
    start: datetime,
    end: datetime,
    district: District,
    holidays: Holidays = NO_HOLIDAYS,
    *,
    changes: Changes = (),
) -> tuple[Rostered, ...]:
    """A person's shifts of all teams that share a moment with a stretch of time, in order of their start."""
    found = (
        it
        for team in teams_of(person, district, changes)
        for it in shifts_between(team, start, end, district, holidays, changes=changes)
        if person in it.members
    )
    return tuple(sorted(found, key=lambda it: it.start))


def next_shift_of(
    person: str, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS, changes: Changes = ()
) -> Rostered | None:
    """The next shift of a person that starts after a moment."""
    found = (
        next((it for it in shifts_from(team, at, district, holidays, changes) if person in it.members), None)
        for team in teams_of(person, district, changes)
    )
    return min((it for it in found if it), key=lambda it: it.start, default=None)


def shift_around(
    person: str,
    at: datetime,
    district: District,
    before: timedelta = BEFORE,
    holidays: Holidays = NO_HOLIDAYS,
    *,
    changes: Changes = (),
) -> Rostered | None:
    """The shift for which a person may sign in now: the running one, else one that starts within `before`."""
    teams = teams_of(person, district, changes)
    on_now = (it for team in teams for it in rostered(team, at, district, holidays, changes))
    current = next((it for it in on_now if person in it.members), None)
    if current is not None:
        return current
    coming = next_shift_of(person, at, district, holidays, changes)
    return coming if coming and coming.start - before <= at else None
