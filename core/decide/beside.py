"""Who is asked beside the post that goes: the partner of a 联勤, the guard of a school nearby (duty.md; F26, F36)."""

from collections.abc import Iterator, Sequence

from core.calendar import local, working_day
from core.case import Case
from core.distance import Point, within
from core.district import KeyPlace
from core.roster import OnDuty
from core.world import World

SCHOOLS = ("学校", "小学", "中学", "幼儿园", "school", "kindergarten")
NEAR = 100.0  # metres (F26)


def asked_too(case: Case, world: World, team: str, on_duty: Sequence[OnDuty]) -> dict[str, str]:
    """The teams that get the card too, each with the rule by which it does."""
    guarded = {it.id for it in schools(case, world)}
    guards = (it.team for it in on_duty if _school(it, world) in guarded)
    found = {**dict.fromkeys(guards, "school"), **dict.fromkeys(_partners(team, world, on_duty), "joint")}
    return {name: rule for name, rule in found.items() if name != team}


def _school(crew: OnDuty, world: World) -> str | None:
    team = world.town.district.team(crew.team)
    return team.school if team else None


def _partners(team: str, world: World, on_duty: Sequence[OnDuty]) -> Iterator[str]:
    """Who goes out with this team now, whichever of the two names the other."""
    there = {it.team for it in on_duty}
    for crew in on_duty:
        found = world.town.district.team(crew.team)
        if crew.kind == "joint" and found and found.partner in there and team in {found.id, found.partner}:
            yield found.partner if team == found.id else found.id


def schools(case: Case, world: World) -> tuple[KeyPlace, ...]:
    """The schools near the place of a case, while they are open."""
    place, town = case.place, world.town
    clock = local(world.now, town.district.zone)
    hours = town.district.options.school_hours
    if place is None or place.lat is None or place.lng is None or not hours.holds(clock.hour * 60 + clock.minute):
        return ()
    if not working_day(clock.date(), town.calendar):
        return ()
    here = Point(place.lat, place.lng)
    spots = (it for it in town.district.key_places if any(word in it.kind.lower() for word in SCHOOLS))
    return tuple(it for it in spots if within(here, it.point, NEAR))
