"""Who pressed or replied, in which part; or the polite answer why it changes nothing."""

from dataclasses import dataclass

from core import rights
from core.case import Case, Offer, Status
from core.decide import dispatch, levels, say
from core.district import Person
from core.messages import Answer
from core.world import World

RECEIVED = frozenset({"收到", "签收", "已签收", "好的收到", "收到了", "ok", "got it", "accept"})  # a yes in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A colleague acting for a team on an offer; `head` when it is the post's or the grid's head, `over` when it is
    the grid's head, who decides where a case goes."""

    person: Person
    offer: Offer | None
    team: str
    head: bool
    over: bool = False


def colleague(world: World, user_id: int) -> Person | None:
    """The person of the town behind an account."""
    return world.town.district.person(user_id)


def for_chat(world: World, case: Case, user_id: int, chat: int) -> Actor | Answer:
    """The colleague acting in a chat that was offered the case; else why not."""
    person = colleague(world, user_id)
    if person is None:
        return say.answer(world, "ans.not_yours", alert=True)
    district = world.town.district
    offers = [o for o in reversed(case.offers) if o.chat == chat and o.state in {"open", "accepted"}]
    grid_head = rights.heads_grid(person, case, district) or levels.head_of(case, world) == person
    if not offers:
        over = (grid_head and chat in {person.tg_id, *case.watchers}) or _of_centre(person, chat, world)
        return Actor(person=person, offer=None, team="", head=True, over=True) if over else _no(world)
    offer = offers[0]
    lent = rights.present(person, offer.team, dispatch.on_duty(world))  # extra duty at another post
    if not grid_head and not lent and not rights.belongs(person, offer.team, district):
        return _no(world)
    ends = case.handler == person.id and case.status is Status.SITE  # after the shift too: who is there finishes it
    if not grid_head and not ends and not rights.may_act(person, offer.team, district, dispatch.on_duty(world)):
        return say.answer(world, "ans.not_on_duty", alert=True)
    return Actor(
        person=person,
        offer=offer,
        team=offer.team,
        head=grid_head or rights.is_head(person, offer.team, district),
        over=grid_head,
    )


def oversees(actor: Actor, world: World) -> bool:
    """Whether they decide about cases of any team: the grid's head; the centre's seats, at their own cases too."""
    return actor.over or actor.team == world.town.district.centre_team


def _of_centre(person: Person, chat: int, world: World) -> bool:
    """The centre's seats see to it that somebody goes: in its own chat they may assign, as the grid head may."""
    district = world.town.district
    return chat == district.centre_chat() and rights.belongs(person, district.centre_team, district)


def _no(world: World) -> Answer:
    return say.answer(world, "ans.not_yours", alert=True)
