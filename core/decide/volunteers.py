"""平安志愿者: in and out, where they are, asked by distance with yes or no (mechanisms F09, F34, F35)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from core.case import Case, Event
from core.decide import calls, people, say
from core.distance import Point
from core.messages import Key, Ordered, Pressed, Spoke
from core.nearest import field
from core.nearest import nearest as nearest_of
from core.records.call import Asked
from core.records.volunteer import Volunteer
from core.world import Decision, World

RADII = (300, 500, 1000)  # metres
MOST = 5  # are asked about one case, the nearest
PLACES = 3  # decimals, about 100 m: enough to ask by distance, too little to find a door
AWAITED = timedelta(minutes=30)
WAITS = "volunteer"  # Contact.awaiting


def order(command: Ordered, world: World) -> Decision:
    """/volunteer: what it is and a button to agree; who has agreed sees how it stands."""
    if world.town.district.person(command.sender.user_id) is not None:
        return Decision(notices=(people.tell(command, world, "volunteer.staff"),))
    known = own(world)
    if known is None:
        keys = ((say.key("btn.volunteer", "vi"),),)
        return Decision(notices=(people.tell(command, world, "volunteer.explain", keys=keys),))
    kind = "volunteer.waiting" if known.lat is None else "volunteer.ready"
    told = people.tell(command, world, kind, params={"metres": known.radius}, keys=_keys())
    contact = replace(
        say.contact_of(world, known.user, command.sender.name), awaiting=WAITS, awaiting_until=world.now + AWAITED
    )
    return Decision(contact=contact, notices=(told,))


def own(world: World) -> Volunteer | None:
    """The record of whoever speaks; None for who is no volunteer."""
    found = world.record
    return found if isinstance(found, Volunteer) and found.open else None


def _keys() -> tuple[tuple[Key, ...], ...]:
    radii = tuple(say.key("btn.radius", "vr", None, str(it), metres=it) for it in RADII)
    return (radii, (say.key("btn.volunteer_out", "vo"),))


def join(command: Pressed, world: World) -> Decision:
    """Agreed, by a tap of their own in their own chat; the place is asked for next."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    fresh = Volunteer(id=str(command.sender.user_id), user=command.sender.user_id, consented_at=world.now)
    known = own(world) or replace(fresh, language=say.personal_language(world, command.sender.language))
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting=WAITS, awaiting_until=world.now + AWAITED)
    return Decision(
        records=(known,),
        contact=contact,
        events=(Event(kind="volunteer_joined", at=world.now),),
        notices=(people.tell(command, world, "volunteer.place", menu="place"),),
        answer=say.answer(world, "ans.ok"),
    )


def _not_theirs(command: Pressed, world: World) -> bool:
    staff = world.town.district.person(command.sender.user_id) is not None
    return staff or command.chat != command.sender.user_id


def heard(command: Spoke, world: World) -> Decision | None:
    """The place that was asked for; None for any other."""
    known = own(world)
    if known is None or command.spot is None or people.awaited(world.contact, world) != WAITS:
        return None
    known = replace(known, lat=round(command.spot.lat, PLACES), lng=round(command.spot.lng, PLACES))
    contact = say.unasked(say.contact_of(world, known.user))
    told = people.tell(command, world, "volunteer.ready", params={"metres": known.radius}, keys=_keys())
    return Decision(records=(known,), contact=contact, notices=(told,))


def radius(command: Pressed, world: World) -> Decision:
    """How far they would go; asks for the place where it is not known."""
    known, arg = own(world), command.press.arg if command.press else ""
    if known is None or not arg.isdecimal() or int(arg) not in RADII:
        return Decision(answer=say.answer(world, "ans.stale"))
    known = replace(known, radius=int(arg))
    contact = None
    if known.lat is None:
        contact = say.contact_of(world, known.user, command.sender.name)
        contact = replace(contact, awaiting=WAITS, awaiting_until=world.now + AWAITED)
    return Decision(records=(known,), contact=contact, answer=say.answer(world, "ans.radius", metres=known.radius))


def leave(command: Pressed, world: World) -> Decision:
    """Out, as easily as in: place and record are erased at once (privacy.md, 撤回同意)."""
    gone = forgotten(world)
    if not gone:
        return Decision(answer=say.answer(world, "ans.already"))
    return Decision(
        records=(*gone, *calls.forgotten(command.sender.user_id, world)),
        events=(Event(kind="volunteer_left", at=world.now),),
        notices=(people.tell(command, world, "volunteer.bye", menu="resident"),),
        answer=say.answer(world, "ans.ok"),
    )


def forgotten(world: World) -> tuple[Volunteer, ...]:
    """The presser's own record without a place and closed, which leaves no row; nothing when there is none."""
    known = own(world)
    return (replace(known, open=False, lat=None, lng=None, due_at=None),) if known else ()


def call(command: Pressed, world: World) -> Decision:
    """🤝: the nearest volunteers are asked, where they may be (never for violence)."""
    if world.case is not None and not calls.may_ask_volunteers(world.case, world):
        return Decision(answer=say.answer(world, "ans.no_volunteers", alert=True))
    return calls.add(command, world, nearest)


def nearest(case: Case, world: World) -> tuple[Asked, ...]:
    """The nearest who would go that far; not whoever reported it, and not colleagues, who come as what they are."""
    place = case.place
    if place is None or place.lat is None or place.lng is None:
        return ()
    here, free = Point(place.lat, place.lng), [it for it in world.of(Volunteer) if _free(it, case, world)]
    near = sorted((off, name) for reach in RADII for name, off in _within(reach, here, free))
    return tuple(Asked(kind="volunteer", name=name, metres=round(off)) for off, name in near[:MOST])


def _within(reach: int, here: Point, free: Iterable[Volunteer]) -> list[tuple[str, float]]:
    """The nearest of those who would go this far; ranked together, since a town may have ten thousand (F34)."""
    places = (
        (it.id, Point(it.lat, it.lng))
        for it in free
        if it.radius == reach and it.lat is not None and it.lng is not None
    )
    return [(name, off) for name, off in nearest_of(here, field(places), MOST) if off <= reach]


def _free(it: Volunteer, case: Case, world: World) -> bool:
    return it.user != case.reporter and world.town.district.person(it.user) is None
