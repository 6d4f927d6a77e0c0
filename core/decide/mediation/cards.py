"""The cards of a dispute: one without names, accounts and words for whoever is asked, one with its state for whoever
has it. What either side has said never stands on a card: cards are forwarded, and hang in groups."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.decide import say
from core.decide.mediation.about import Keys, key, ref
from core.decide.mediation.buttons import buttons
from core.mediation import ladder
from core.messages import Lane, Notice, Pressed
from core.messages.json import Json
from core.records.mediation import Dispute, Party, Step
from core.world import World

OFFER, CARD = "med.offer", "med.card"
TAKEN = "TAKEN"


def refresh(dispute: Dispute, before: Dispute | None, world: World, *, loud: bool) -> tuple[Notice, ...]:
    """Every card as it is now: an edit where it hangs and reads otherwise, a new message where it is new or has to be
    heard. A group may be written to twenty times a minute: what reads the same is not sent again."""
    hung = tuple(_cards(before, None, world, loud=False)) if before else ()
    there = {it.to: (it.kind, it.params, it.keys) for it in hung}
    shown = _cards(dispute, before, world, loud=loud)
    return tuple(it for it in shown if it.again or there.get(it.to) != (it.kind, it.params, it.keys))


def _cards(dispute: Dispute, before: Dispute | None, world: World, *, loud: bool) -> Iterator[Notice]:
    had = before.team_of_mediators() if before else ()
    chats = {**_offered(dispute, world), **(_offered(before, world) if before else {})}
    mine = {person: chat for person in dispute.team_of_mediators() if (chat := _account(person, world)) is not None}
    for chat in chats:
        if chat not in mine.values() and (notice := _offer(dispute, chat, world)):
            yield notice
    for person, chat in mine.items():
        if notice := card(dispute, chat, world):
            yield replace(notice, again=loud or person not in had)
    for person in had:
        chat = _account(person, world)
        if person not in mine and chat is not None and chat not in chats and (notice := _offer(dispute, chat, world)):
            yield notice


def _offered(dispute: Dispute, world: World) -> dict[int, None]:
    """The chats in which it was asked who takes it."""
    asked = (_account(person, world) for person in dispute.asked)
    return dict.fromkeys(it for it in (dispute.chat, *asked) if it is not None)


def _account(person: str, world: World) -> int | None:
    found = world.town.district.member(person)
    return found.tg_id if found else None


def _offer(dispute: Dispute, chat: int, world: World) -> Notice | None:
    """Kind, compound, grade, limit; to a group of what only named people may know nothing but the number."""
    hidden = dispute.named and chat < 0
    params: dict[str, Json] = {
        "no": dispute.id, "grade": dispute.grade, "category": None if hidden else dispute.kind,
        "compound": None if hidden else dispute.compound,
        "limit_at": None if dispute.owner else _contact_at(dispute, world), "person": dispute.owner,
        "step": TAKEN if dispute.owner else dispute.step.value,  # how it goes on is no business of a group
    }  # fmt: skip
    takes = dispute.owner is None and dispute.step is Step.NEW
    keys: Keys = ((key("btn.med_take", "take", dispute),),) if takes else ()
    if takes and chat > 0:
        keys = ((key("btn.med_take", "take", dispute), key("btn.med_avoid", "avoid", dispute)),)
    notice = say.staff(chat, OFFER, world.town, params=params, keys=keys)
    return replace(notice, slot=ref(dispute), silent=dispute.named) if notice else None


def _contact_at(dispute: Dispute, world: World) -> str | None:
    return say.iso(dispute.opened_at + ladder.contact_within(dispute, world.town.taxonomy))


def card(dispute: Dispute, chat: int, world: World) -> Notice | None:
    """What whoever has it sees: how both sides stand, what comes next and until when."""
    town = world.town
    coming = ladder.due_at(dispute, town.calendar, town.taxonomy)
    meeting = next((it for it in reversed(dispute.sessions) if it.state == "booked"), None)
    params: dict[str, Json] = {
        "no": dispute.id, "grade": dispute.grade, "signals": list(dispute.signals), "category": dispute.kind,
        "compound": dispute.compound, "step": dispute.step.value, "person": dispute.owner,
        "others": list(dispute.panel), "a": _state(dispute.a), "b": _state(dispute.b),
        "meet_at": say.iso(meeting.booked.at) if meeting and meeting.booked else None,
        "station": meeting.booked.room if meeting and meeting.booked else None,
        "terms": _terms(dispute), "next_at": say.iso(coming), "linked": "、".join(dispute.linked),
    }  # fmt: skip
    lane = Lane.URGENT if dispute.grade == "红" else Lane.INTERACTIVE
    notice = say.staff(chat, CARD, town, params=params, lane=lane, keys=buttons(dispute, chat, world))
    return replace(notice, slot=ref(dispute)) if notice else None


def _state(party: Party) -> str:
    """How a side stands, as a code: whether they agreed, and how they can be reached."""
    if not party.reachable:
        return "lost"
    if party.consent in {"", "asked"} and party.user is None:
        return "away"
    return party.consent or "here"


def _terms(dispute: Dispute) -> str | None:
    terms = dispute.agreement.terms if dispute.agreement else ()
    return f"{sum(it.done_at is not None for it in terms)}/{len(terms)}" if terms else None


def office(chat: int | None, kind: str, world: World, *, lane: Lane, params: Mapping[str, Json]) -> Notice | None:
    """A word to whoever oversees; a reply to it is nothing, so that no words get into a group by it."""
    return say.staff(chat, kind, world.town, lane=lane, params=params)


def spent(command: Pressed, party: Party, world: World) -> Notice | None:
    """The question that a side has just answered, without its buttons: what is pressed twice, or a month later, is no
    second answer, and nobody wonders whether it was heard."""
    post = world.post
    if post is None or not post.slot or post.message != command.message:
        return None
    return Notice(to=post.chat, kind=post.kind, key="", params=post.params, slot=post.slot, language=party.language)
