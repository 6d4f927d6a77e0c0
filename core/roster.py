"""Who is on: the plan that shift patterns give, and what presence makes of it (duty.md).

The cycle index of a group is (days since the anchor + offset_days) mod cycle_days. A shift belongs to the day on which
it starts, also after midnight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.calendar import NO_HOLIDAYS, Holidays, local, moment, working_day
from core.district.town import District
from core.district.values import Group, Pattern, Shift, Team

BEFORE = timedelta(minutes=30)
DAY_MIN = 24 * 60
HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Rostered:
    """A group's shift on one day; `end` is outside."""

    team: str
    group: str
    shift: str
    shift_date: date
    start: datetime
    end: datetime
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody said with a place that they are at their post for a shift; `metres` off it, None if taken on word."""

    person: str
    team: str
    shift_start: datetime
    shift_end: datetime
    at: datetime
    metres: float | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody left the post for a while; `until` is None while nobody knows."""

    person: str
    since: datetime
    until: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """All sign-ins and absences that may matter now."""

    sign_ins: Sequence[SignIn] = ()
    aways: Sequence[Away] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """A team that is really there: the rostered shift and those of its members who are present."""

    team: str
    station: str | None
    group: str
    shift: str
    end: datetime
    present: tuple[str, ...]


def shift_of(pattern: Pattern, group: Group, day: date) -> Shift | None:
    """The shift a group starts on a day; None on a day of rest."""
    index = ((day - pattern.anchor).days + group.offset_days) % len(pattern.cycle)
    name = pattern.cycle[index]
    return pattern.shifts[name] if name is not None else None


def shifts_on(team: Team, day: date, district: District, holidays: Holidays = NO_HOLIDAYS) -> tuple[Rostered, ...]:
    """All shifts of a team that start on a day, in the order of its groups."""
    pattern = district.pattern(team.pattern)
    if pattern is None or (pattern.workdays_only and not working_day(day, district.calendar(holidays))):
        return ()
    found = ((group, shift_of(pattern, group, day)) for group in team.groups)
    return tuple(planned(team, group, shift, day, district) for group, shift in found if shift)


def planned(team: Team, group: Group, shift: Shift, day: date, district: District) -> Rostered:
    """One shift on one day, as moments on the town's clock."""
    return Rostered(
        team=team.id,
        group=group.name,
        shift=shift.name,
        shift_date=day,
        start=moment(day, shift.start, district.zone),
        end=moment(day, shift.end, district.zone),
        members=group.members,
    )


def holds(it: Rostered, at: datetime) -> bool:
    """Whether a moment lies in a shift. Compared in UTC: on a night with a changed clock the wall repeats itself."""
    return it.start.astimezone(UTC) <= at.astimezone(UTC) < it.end.astimezone(UTC)


def days_back(team: Team, district: District) -> int:
    """How many days ago a shift that is still running may have begun."""
    pattern = district.pattern(team.pattern)
    longest = max((it.end for it in pattern.shifts.values()), default=0) if pattern else 0
    return max(longest - 1, 0) // DAY_MIN


def rostered(team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS) -> tuple[Rostered, ...]:
    """The shifts of a team that the plan has running at a moment, earlier days first."""
    today = local(at, district.zone).date()
    days = (today - timedelta(days=back) for back in range(days_back(team, district), -1, -1))
    return tuple(it for day in days for it in shifts_on(team, day, district, holidays) if holds(it, at))


def shifts_from(team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS) -> Iterator[Rostered]:
    """Shifts of a team that start after a moment, soonest first, for a little more than a year."""
    today = local(at, district.zone).date()
    for ahead in range(HORIZON_DAYS):
        found = shifts_on(team, today + timedelta(days=ahead), district, holidays)
        yield from sorted((it for it in found if it.start > at), key=lambda it: it.start)


def next_shift(team: Team, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS) -> Rostered | None:
    """The next shift of a team that starts after a moment; None for a team without a roster."""
    return next(shifts_from(team, at, district, holidays), None)


def teams_of(person: str, district: District) -> tuple[Team, ...]:
    """The teams in whose groups somebody works."""
    return tuple(it for it in district.teams if any(person in group.members for group in it.groups))


def next_shift_of(person: str, at: datetime, district: District, holidays: Holidays = NO_HOLIDAYS) -> Rostered | None:
    """The next shift of a person that starts after a moment."""
    found = (
        next((it for it in shifts_from(team, at, district, holidays) if person in it.members), None)
        for team in teams_of(person, district)
    )
    return min((it for it in found if it), key=lambda it: it.start, default=None)


def shift_around(
    person: str, at: datetime, district: District, before: timedelta = BEFORE, holidays: Holidays = NO_HOLIDAYS
) -> Rostered | None:
    """The shift for which a person may sign in now: the running one, else one that starts within `before`."""
    on_now = (it for team in teams_of(person, district) for it in rostered(team, at, district, holidays))
    current = next((it for it in on_now if person in it.members), None)
    if current is not None:
        return current
    coming = next_shift_of(person, at, district, holidays)
    return coming if coming and coming.start - before <= at else None


def is_away(person: str, at: datetime, presence: Presence) -> bool:
    """Whether somebody is away from the post at a moment."""
    mine = (it for it in presence.aways if it.person == person)
    return any(it.since <= at and (it.until is None or at < it.until) for it in mine)


def signed_in(person: str, shift: Rostered, at: datetime, presence: Presence) -> bool:
    """Whether somebody has signed in for this very shift and not left it."""
    mine = (it for it in presence.sign_ins if it.person == person and it.team == shift.team)
    return any(it.shift_start == shift.start and it.at <= at and (it.left_at is None or at < it.left_at) for it in mine)


def present(shift: Rostered, at: datetime, presence: Presence) -> tuple[str, ...]:
    """The members of a shift who are really there, in the group's order."""
    return tuple(it for it in shift.members if signed_in(it, shift, at, presence) and not is_away(it, at, presence))


def on_duty_teams(
    district: District, at: datetime, presence: Presence, holidays: Holidays = NO_HOLIDAYS
) -> tuple[OnDuty, ...]:
    """Teams on duty, in the file's order: a group is rostered now and at least one member signed in and is not away."""
    found = []
    for team in district.teams:
        for shift in rostered(team, at, district, holidays):
            there = present(shift, at, presence)
            if there:
                found.append(
                    OnDuty(
                        team=team.id,
                        station=team.station,
                        group=shift.group,
                        shift=shift.shift,
                        end=shift.end,
                        present=there,
                    )
                )
    return tuple(found)


def everybody_signed_in(
    district: District, at: datetime, without: frozenset[str] = frozenset(), holidays: Holidays = NO_HOLIDAYS
) -> Presence:
    """The presence of a town in which all rostered people are there, but for these teams: for drills and plans."""
    shifts = (it for team in district.teams if team.id not in without for it in rostered(team, at, district, holidays))
    return Presence(
        sign_ins=tuple(
            SignIn(person=person, team=it.team, shift_start=it.start, shift_end=it.end, at=it.start, metres=0.0)
            for it in shifts
            for person in it.members
        )
    )
