"""What presence makes of the plan: on duty is who is rostered, signed in and not away (duty.md)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from core.calendar import NO_HOLIDAYS, Holidays, local, moment
from core.district.town import District
from core.district.values import Team
from core.roster.plan import Changes, around, holds, rostered
from core.roster.values import OnDuty, Presence, Rostered, SignIn, Stretch

BRIEF = timedelta(minutes=15)  # an absence that is shorter takes nobody off duty (duty.md, 离岗)


def is_away(person: str, at: datetime, presence: Presence) -> bool:
    """Whether somebody is away from the post at a moment, for a quarter of an hour or more."""
    return any(
        it.since <= at and (it.until is None or (at < it.until and it.until - it.since >= BRIEF))
        for it in presence.away(person)
    )


def signed_in(person: str, shift: Rostered, at: datetime, presence: Presence) -> bool:
    """Whether somebody has signed in for this very shift and not left it."""
    return any(
        it.shift_start == shift.start and it.at <= at and (it.left_at is None or at < it.left_at)
        for it in presence.signed(person, shift.team)
    )


def present(shift: Rostered, at: datetime, presence: Presence) -> tuple[str, ...]:
    """The members of a shift who are really there, in the group's order."""
    return tuple(it for it in shift.members if signed_in(it, shift, at, presence) and not is_away(it, at, presence))


def on_duty_teams(
    district: District, at: datetime, presence: Presence, holidays: Holidays = NO_HOLIDAYS
) -> tuple[OnDuty, ...]:
    """Teams on duty, in the file's order: a group is rostered now and at least one member signed in and is not away."""
    now = at.astimezone(UTC)
    return presence.stretch((district, holidays), now, lambda: _stretch(district, now, presence, holidays)).teams


def _stretch(district: District, at: datetime, presence: Presence, holidays: Holidays) -> Stretch:
    """Who is on duty, and for how long nobody comes or goes: until then each of a thousand cases is told the same."""
    shifts = [
        (team, shift)
        for team in district.teams
        for shift in around(team, at, district, holidays, presence.changed(team.id))
    ]
    bounds = {it.astimezone(UTC) for it in _bounds(district, at, presence, (shift for _, shift in shifts))}
    return Stretch(
        since=max(it for it in bounds if it <= at),
        until=min(it for it in bounds if it > at),
        teams=tuple(_on_duty(shifts, at, presence)),
    )


def _bounds(district: District, at: datetime, presence: Presence, shifts: Iterable[Rostered]) -> Iterator[datetime]:
    """The moments at which it may become another: a shift begins or ends, somebody comes, leaves or is back, and
    midnight, at which other shifts are looked at."""
    today = local(at, district.zone).date()
    yield moment(today, 0, district.zone)
    yield moment(today + timedelta(days=1), 0, district.zone)
    for shift in shifts:
        yield from (shift.start, shift.end)
    for signed in presence.sign_ins:
        yield from (it for it in (signed.at, signed.left_at) if it is not None)
    for away in presence.aways:
        yield from (it for it in (away.since, away.until) if it is not None)


def _on_duty(shifts: Iterable[tuple[Team, Rostered]], at: datetime, presence: Presence) -> Iterator[OnDuty]:
    for team, shift in shifts:
        there = present(shift, at, presence) if holds(shift, at) else ()
        if there:
            yield OnDuty(
                team=team.id,
                station=team.station,
                group=shift.group,
                shift=shift.shift,
                end=shift.end,
                present=there,
                kind=shift.kind,
            )


def everybody_signed_in(
    district: District,
    at: datetime,
    without: frozenset[str] = frozenset(),
    holidays: Holidays = NO_HOLIDAYS,
    changes: Changes = (),
) -> Presence:
    """The presence of a town in which all rostered people are there, but for these teams: for drills and plans."""
    teams = (team for team in district.teams if team.id not in without)
    shifts = (it for team in teams for it in rostered(team, at, district, holidays, changes))
    return Presence(
        sign_ins=tuple(
            SignIn(person=person, team=it.team, shift_start=it.start, shift_end=it.end, at=it.start, metres=0.0)
            for it in shifts
            for person in it.members
        ),
        changes=changes,
    )
