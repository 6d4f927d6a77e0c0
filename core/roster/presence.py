"""What presence makes of the plan: on duty is who is rostered, signed in and not away (duty.md)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.calendar import NO_HOLIDAYS, Holidays
from core.district.town import District
from core.once import once
from core.roster.plan import Changes, rostered
from core.roster.values import OnDuty, Presence, Rostered, SignIn

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


@once
def on_duty_teams(
    district: District, at: datetime, presence: Presence, holidays: Holidays = NO_HOLIDAYS
) -> tuple[OnDuty, ...]:
    """Teams on duty, in the file's order: a group is rostered now and at least one member signed in and is not away."""
    return presence.answer((district, at, holidays), lambda: tuple(_on_duty(district, at, presence, holidays)))


def _on_duty(district: District, at: datetime, presence: Presence, holidays: Holidays) -> Iterator[OnDuty]:
    for team in district.teams:
        for shift in rostered(team, at, district, holidays, presence.changed(team.id)):
            there = present(shift, at, presence)
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
