"""Talk that is no report: greetings, questions for a person, suggestions; nobody is left without a way to a human."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.decide import say
from core.decide.reading import Heard
from core.messages import Lane, Notice, Ordered, Pressed, Spoke
from core.understand import Kind, public_form
from core.world import Contact, Decision, World

AWAIT = timedelta(minutes=30)
SAID = 1000

# What is said back to talk that opens no case; the rest goes to a person.
SMALL: Mapping[Kind, str] = {Kind.CHAT: "err.thanks", Kind.PRANK: "err.sorry", Kind.SPAM: "err.sorry"}
TO_CENTRE = frozenset({Kind.DISPUTE, Kind.HUMAN, Kind.COMPLAINT_STAFF, Kind.INQUIRY, Kind.PRAISE, Kind.ABUSE})


def small_talk(heard: Heard, world: World) -> Decision:
    """A message that opens no case is answered once, and never thrown away when somebody may need it."""
    command = heard.command
    kind = heard.meaning.kind if heard.meaning else Kind.UNCLEAR
    if kind is Kind.SUGGESTION:
        return suggestion(command, world)
    if kind in TO_CENTRE:
        return to_centre(command, world)
    contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), said=command.text[:SAID])
    way_out = ((say.key("btn.human", "hu"),),)
    return Decision(contact=contact, notices=(tell(command, world, SMALL.get(kind, "err.sorry"), keys=way_out),))


def tell(command: Spoke | Ordered | Pressed, world: World, kind: str, **fields: object) -> Notice:
    """A message to the person who is talking to us."""
    return Notice(
        to=command.sender.user_id,
        kind=kind,
        key="",
        language=say.personal_language(world, command.sender.language),
        **fields,  # type: ignore[arg-type]  # the fields of Notice, checked by the dataclass
    )


def ask_human(command: Ordered | Pressed, world: World) -> Decision:
    """🙋: what was said before is passed on at once; otherwise the next message is."""
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    if contact.said:
        sent = question(contact.user_id, contact.said, world)
        return Decision(contact=replace(contact, said=""), notices=(*sent, tell(command, world, "human.sent")))
    contact = replace(contact, awaiting="human", awaiting_until=world.now + AWAIT)
    return Decision(contact=contact, notices=(tell(command, world, "human.ask"),))


def to_centre(command: Spoke, world: World) -> Decision:
    """A question for a person reaches the centre's chat; neither side sees the other's account."""
    contact = replace(
        say.contact_of(world, command.sender.user_id, command.sender.name), awaiting=None, awaiting_until=None, said=""
    )
    sent = question(command.sender.user_id, command.text, world, command)
    return Decision(contact=contact, notices=(*sent, tell(command, world, "human.sent")))


def question(user: int, text: str, world: World, command: Spoke | None = None) -> tuple[Notice, ...]:
    """The question as the centre sees it: a made-up name for the asker, to be answered by a reply."""
    chat = world.town.district.centre_chat()
    if chat is None:
        return ()
    base = Notice(
        to=chat,
        kind="centre.question",
        key="",
        params={"name": alias(user), "text": text[: SAID * 3], "from": user},
        language=say.staff_language(world.town),
    )
    if command is None or not (command.photo or command.voice):
        return (base,)
    media = replace(
        base, photos=(command.photo,) if command.photo else (), voices=(command.voice,) if command.voice else ()
    )
    return (media,)


def alias(user: int) -> str:
    """A name for the asker that says nothing about the account and stays the same in the talk."""
    return f"居民{(user * 2654435761) % 9000 + 1000}"


def suggestion(command: Spoke, world: World) -> Decision:
    """社情民意: kept by the centre without a name."""
    chat = world.town.district.centre_chat()
    contact = replace(
        say.contact_of(world, command.sender.user_id, command.sender.name), awaiting=None, awaiting_until=None
    )
    passed = say.staff(chat, "centre.suggestion", world.town, params={"text": public_form(command.text)[: SAID * 3]})
    return Decision(
        contact=contact, notices=tuple(n for n in (passed, tell(command, world, "suggest.thanks")) if n is not None)
    )


def answered(command: Spoke, world: World) -> Decision | None:
    """A colleague of the centre replies to a question: the words, picture or voice go to the asker."""
    post = world.post
    if post is None or post.kind != "centre.question":
        return None
    user = post.params.get("from")
    if not isinstance(user, int) or not _of_centre(command, world):
        return Decision()
    reply = Notice(
        to=user,
        kind="human.answer",
        key="",
        lane=Lane.INTERACTIVE,
        params={"text": command.text},
        photos=(command.photo,) if command.photo else (),
        voices=(command.voice,) if command.voice else (),
    )
    return Decision(notices=(reply,))


def _of_centre(command: Spoke, world: World) -> bool:
    district = world.town.district
    person = district.person(command.sender.user_id)
    return person is not None and person in district.members(district.centre_team)


def awaited(contact: Contact | None, world: World) -> str | None:
    """What the next message of this person was asked for, if they were asked lately."""
    if contact is None or contact.awaiting is None:
        return None
    if contact.awaiting_until is not None and contact.awaiting_until < world.now:
        return None
    return contact.awaiting
