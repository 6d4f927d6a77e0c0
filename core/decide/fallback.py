"""Who is asked when no group can be: the named people of the place, one level after the other, so that a case never
ends with nobody."""

from collections.abc import Iterator

from core.case import Case
from core.district import Person
from core.world import World


def people(case: Case, world: World) -> Iterator[Person]:
    """Whoever has an account: grid head, secretary, police officer, the centre's head and seats, then all others. A
    sealed case goes to police officers and the centre's people alone (privacy.md)."""
    district = world.town.district
    grid = case.place.grid if case.place else None
    community = district.community_of_grid(grid)
    near = (district.grid_head(grid), district.secretary(community.id) if community else None)
    officer = district.police_officer(community.id) if community else None
    centre = (district.head(district.centre_team), *district.members(district.centre_team))
    sealed = (officer, *centre, *(district.police_officer(it.id) for it in district.communities))
    named = sealed if case.sealed else (*near, officer, *centre, *district.people)
    return (it for it in named if it is not None and it.tg_id is not None)


def person(case: Case, world: World) -> Person | None:
    """The first of them who has not been asked yet; the first of all when everybody has."""
    asked = {offer.chat for offer in case.offers}
    everybody = list(people(case, world))
    return next((it for it in everybody if it.tg_id not in asked), everybody[0] if everybody else None)
