"""Who is asked beside the post that goes: the partner of a 联勤, the guard of a school nearby (duty.md; F26, F36)."""

from collections.abc import Sequence

from core.calendar import local, working_day
from core.case import Case
from core.distance import Point, within
from core.district import District, KeyPlace
from core.once import once
from core.roster import OnDuty
from core.world import World

SCHOOLS = ("学校", "小学", "中学", "幼儿园", "school", "kindergarten")
NEAR = 100.0  # metres (F26)


def asked_too(case: Case, world: World, team: str, on_duty: Sequence[OnDuty]) -> dict[str, str]:
    """The teams that get the card too, each with the rule by which it does."""
    guards, pairs = _together(on_duty, world.town.district)
    guarded = {it.id for it in schools(case, world)} if guards else set()
    asked = (name for name, school in guards if school in guarded)
    joint = (other for one, other in pairs if one == team)
    found = {**dict.fromkeys(asked, "school"), **dict.fromkeys(joint, "joint")}
    return {name: rule for name, rule in found.items() if name != team}


Pairs = tuple[tuple[str, str], ...]


@once
def _together(on_duty: Sequence[OnDuty], district: District) -> tuple[Pairs, Pairs]:
    """Of those on duty: the teams that guard a school, with it; and each team that goes out with another, with that,
    whichever of the two names the other."""
    there = {it.team for it in on_duty}
    known = [(it, team) for it in on_duty if (team := district.team(it.team))]
    guards = tuple((team.id, team.school) for _, team in known if team.school)
    named = [(team.id, team.partner) for it, team in known if it.kind == "joint" and team.partner in there]
    pairs = tuple(pair for one, other in named if other for pair in ((one, other), (other, one)))
    return guards, pairs


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
