"""Talk that is no report: greetings, questions for a person, suggestions; nobody is left without a way to a human."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.case import Event
from core.decide import relay, say
from core.decide.reading import Heard
from core.messages import Notice, Ordered, Pressed, Spoke
from core.understand import Kind, open_form
from core.world import Contact, Decision, World

AWAIT = timedelta(minutes=30)
SAID = 1000
POST = "平安驿站"  # with which the names of posts end, and people leave it out
TALKED = "talked"  # what nothing is awaited after: small talk was answered just now
ONCE_IN = timedelta(minutes=10)

# What is said back to talk that opens no case; the rest goes to a person.
SMALL: Mapping[Kind, str] = {Kind.CHAT: "err.thanks", Kind.PRANK: "err.sorry", Kind.SPAM: "err.sorry"}
# What is passed on to the centre, and what its writer hears.
TO_CENTRE: Mapping[Kind, str] = {
    Kind.HUMAN: "human.sent",
    Kind.INQUIRY: "human.sent",
    Kind.ABUSE: "human.sent",
    Kind.PRAISE: "praise.noted",
}


def small_talk(heard: Heard, world: World) -> Decision:
    """A message that opens no case is answered once, and never thrown away when somebody may need it; that it was
    dropped is on record, without its words (life.md row 5)."""
    command = heard.command
    kind = heard.meaning.kind if heard.meaning else Kind.UNCLEAR
    if kind is Kind.SUGGESTION:
        return suggestion(command, world)
    if kind in TO_CENTRE:
        about = {"team": praised(command, world)} if kind is Kind.PRAISE else {}
        passed = Event(kind="passed_on", at=world.now, actor="resident", data={"kind": kind.value, **about})
        sent = to_centre(command, world, TO_CENTRE[kind])
        return replace(sent, events=(*sent.events, passed))
    contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), said=command.text[:SAID])
    dropped = Event(kind="dropped", at=world.now, actor="resident", row=5, data={"kind": kind.value})
    if kind in SMALL:
        before = awaited(world.contact, world)
        if before == TALKED:  # a word in ten minutes is polite, one for each message is noise
            return Decision(contact=contact, events=(dropped,))
        if before is None:
            contact = replace(contact, awaiting=TALKED, awaiting_until=world.now + ONCE_IN)
    way_out = ((say.key("btn.human", "hu"),),)
    return Decision(
        contact=contact,
        notices=(tell(command, world, SMALL.get(kind, "err.sorry"), keys=way_out),),
        events=(dropped,) if kind in SMALL else (),
    )


def praised(command: Spoke, world: World) -> str | None:
    """The team that praise is about: of the post it names, else of whoever had the writer's newest report, for which
    they are thankful; None where nobody can say."""
    district = world.town.district
    named = (it for it in district.stations if it.name_zh and it.name_zh.removesuffix(POST) in command.text)
    station = next(named, None)
    team = district.team_of_station(station.id) if station is not None else None
    case = next((it for it in world.cases if not it.sealed), None)
    return team.id if team is not None else case.team if case is not None else None


def tell(command: Spoke | Ordered | Pressed, world: World, kind: str, **fields: object) -> Notice:
    """A message to the person who is talking to us."""
    return Notice(
        to=command.sender.user_id,
        kind=kind,
        key="",
        language=_language(command, world),
        **fields,  # type: ignore[arg-type]  # the fields of Notice, checked by the dataclass
    )


def ask_human(command: Ordered | Pressed, world: World) -> Decision:
    """🙋: what follows the word, or was said before, is passed on at once; otherwise the next message is."""
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    text = command.rest if isinstance(command, Ordered) and command.rest else contact.said
    if text:
        asked = relay.Question(user=contact.user_id, text=text, language=_language(command, world))
        sent = relay.ask(asked, world)
        return Decision(contact=replace(contact, said=""), notices=(*sent, tell(command, world, "human.sent")))
    contact = replace(contact, awaiting="human", awaiting_until=world.now + AWAIT)
    return Decision(contact=contact, notices=(tell(command, world, "human.ask"),))


def to_centre(command: Spoke, world: World, told: str = "human.sent") -> Decision:
    """A question for a person reaches the centre; neither side sees the other's account. `told`: what the asker
    hears."""
    contact = replace(say.unasked(say.contact_of(world, command.sender.user_id, command.sender.name)), said="")
    asked = relay.Question(
        user=command.sender.user_id,
        text=command.text,
        language=_language(command, world),
        photo=command.photo,
        voice=command.voice,
    )
    return Decision(contact=contact, notices=(*relay.ask(asked, world), tell(command, world, told)))


def _language(command: Spoke | Ordered | Pressed, world: World) -> str:
    return say.personal_language(world, command.sender.language)


def suggestion(command: Spoke, world: World) -> Decision:
    """社情民意: kept by the centre without a name."""
    chat = world.town.district.centre_chat()
    contact = say.unasked(say.contact_of(world, command.sender.user_id, command.sender.name))
    text = open_form(command.text, world.town.lexicon)[: relay.LONGEST]
    passed = say.staff(chat, "centre.suggestion", world.town, params={"text": text})
    return Decision(
        contact=contact, notices=tuple(n for n in (passed, tell(command, world, "suggest.thanks")) if n is not None)
    )


def awaited(contact: Contact | None, world: World) -> str | None:
    """What the next message of this person was asked for, if they were asked lately."""
    if contact is None or contact.awaiting is None:
        return None
    if contact.awaiting_until is not None and contact.awaiting_until < world.now:
        return None
    return contact.awaiting
