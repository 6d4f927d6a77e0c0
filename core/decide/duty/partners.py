"""Who could take a shift, and what taking it would break."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from core import roster
from core.district import Team
from core.records.leave import Duty, Partner, Swap
from core.roster import Broken, Change, Rostered
from core.world import World

AHEAD = timedelta(days=14)
SHOWN = 6  # shifts, and colleagues, that are offered
TRIED = 4  # shifts of a colleague that are tried in return, the nearest first


def duty_of(shift: Rostered) -> Duty:
    """A shift as a record keeps it."""
    return Duty(team=shift.team, group=shift.group, shift=shift.shift, start=shift.start, end=shift.end)


def coming(person: str, world: World) -> tuple[Rostered, ...]:
    """A person's shifts of the coming two weeks that have not begun."""
    town = world.town
    found = roster.shifts_of(
        person, world.now, world.now + AHEAD, town.district, town.holidays, changes=world.presence.changes
    )
    return tuple(it for it in found if it.start > world.now)


def partners(person: str, duty: Duty, world: World) -> tuple[Partner, ...]:
    """Colleagues of the team who could take a shift, each with the nearest shift of theirs that could be taken in
    return; those with whom no exchange is possible may still stand in."""
    team = world.town.district.team(duty.team)
    found = (_partner(it, person, duty, world) for it in _colleagues(person, duty, team))
    return tuple(islice((it for it in found if it is not None), SHOWN))


def _colleagues(person: str, duty: Duty, team: Team | None) -> Iterator[str]:
    for group in team.groups if team else ():
        if group.name != duty.group:
            yield from (it for it in group.members if it != person)


def _partner(colleague: str, person: str, duty: Duty, world: World) -> Partner | None:
    theirs = (it for it in coming(colleague, world) if it.team == duty.team and it.start != duty.start)
    near = sorted(theirs, key=lambda it: abs(it.start - duty.start))[:TRIED]
    tried = (*(Partner(person=colleague, back=duty_of(it)) for it in near), Partner(person=colleague))
    return next((it for it in tried if allowed(broken(changes("", person, duty, it), world))), None)


def changes(name: str, person: str, duty: Duty, partner: Partner | None) -> tuple[Change, ...]:
    """The changes that a swap makes; without a partner it is leave."""
    there = _change(f"{name}.1", duty, person, partner.person if partner else None)
    if partner is None or partner.back is None:
        return (there,)
    return there, _change(f"{name}.2", partner.back, partner.person, person)


def _change(name: str, duty: Duty, off: str | None, on: str | None) -> Change:
    kind = "extra" if off is None else "swap" if on else "leave"
    return Change(
        id=name, kind=kind, team=duty.team, group=duty.group, shift=duty.shift, start=duty.start, end=duty.end,
        off=off, on=on,
    )  # fmt: skip


def extra_duty(name: str, duty: Duty, person: str) -> Change:
    """Extra duty of somebody, in a shift of the plan or one of its own."""
    return _change(name, duty, None, person)


def broken(asked: Sequence[Change], world: World) -> Broken | None:
    """Which rule the changes would break, as the plan is now; also when the shift has begun or is another's now."""
    for it in asked:
        if it.start <= world.now:
            return Broken(rule="past", person=it.on or it.off or "")
        if it.off is not None and not _due(it.off, it, world):
            return Broken(rule="gone", person=it.off)
    return roster.broken(asked, world.town.district, world.town.holidays, world.presence.changes)


def _due(person: str, change: Change, world: World) -> bool:
    team, town = world.town.district.team(change.team), world.town
    day = change.start.astimezone(town.district.zone).date()
    shifts = (
        roster.shifts_on(team, day, town.district, town.holidays, world.presence.changes) if team is not None else ()
    )
    return any(it.group == change.group and it.start == change.start and person in it.members for it in shifts)


def allowed(found: Broken | None) -> bool:
    """Whether a swap may be asked for: the month's hours are for the head to decide, rest and double duty are not."""
    return found is None or found.rule == "hours"


def rested(duty: Duty, world: World, without: Iterable[str] = ()) -> Iterator[str]:
    """Who could come for extra duty without breaking any rule: the team's own people first, then those of other
    posts; volunteers and the centre's seats are not asked."""
    posts = (it for it in world.town.district.teams if it.station is not None)
    teams = sorted(posts, key=lambda it: it.id != duty.team)
    off = (it.off for it in world.presence.changed(duty.team) if it.start < duty.end and duty.start < it.end)
    passed = {*without, *off}  # whoever has just been given leave is not asked to come to the same shift
    names = (person for team in teams for group in team.groups for person in group.members if person not in passed)
    for person in dict.fromkeys(names):
        if broken((extra_duty("", duty, person),), world) is None:
            yield person


def moment_name(start: datetime, world: World) -> str:
    """The start of a shift as a button carries it, on the town's clock."""
    return f"{start.astimezone(world.town.district.zone):%y%m%d%H%M}"


def swap_changes(swap: Swap) -> tuple[Change, ...]:
    """What a swap record makes of the plan."""
    return changes(swap.id, swap.person, swap.duty, swap.partner)
