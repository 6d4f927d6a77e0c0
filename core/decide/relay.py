"""A resident's question reaches the centre, the answer comes back; neither side sees the other's account (🙋)."""

from dataclasses import dataclass, replace

from core import minors, roster
from core.decide import reading, say
from core.district import Person
from core.messages import Notice, Spoke
from core.understand import Kind, health_told, is_acute, open_form, public_form
from core.world import Decision, World

LONGEST = 3000  # characters of a question or an answer
QUESTION, ANSWER = "centre.question", "human.answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a resident wants a person to read."""

    user: int
    text: str
    language: str
    photo: str | None = None
    voice: str | None = None
    private: bool = False  # about a colleague: no group reads it, nor whoever it names
    number: str = ""  # of a complaint
    barred: tuple[str, ...] = ()  # ids of colleagues who are not to read it, whatever it says itself
    to: tuple[int, ...] = ()  # accounts of those who get it instead of the seats; no group hears that there is one


def ask(question: Question, world: World) -> tuple[Notice, ...]:
    """The question as the centre sees it: a made-up name for the asker, to be answered by a reply.

    What must not stand in any group (violence at home, children, family matters, an illness, a complaint about a
    colleague) goes to the seats on duty in private; the group hears that there is something, so that it is noticed when
    a seat cannot be reached.
    """
    meaning = reading.read(question.text, world.town, world.now) if question.text else None
    if meaning is not None and meaning.kind is Kind.COMPLAINT_STAFF:
        question = replace(question, private=True)  # whichever way it came: after 🙋, by /human, over the day's limit
    secret = question.private or (meaning is not None and meaning.sealed)
    if not secret and not _is_sensitive(question, world):
        return tuple(_asked(question, public_form(question.text), chat, world) for chat in _group(world))
    if question.to:
        return tuple(_asked(question, question.text, it, world) for it in question.to)
    private = tuple(_asked(question, question.text, it.tg_id, world) for it in seats(question, world) if it.tg_id)
    if not private and not secret:  # nobody of the centre can be written to alone: masked, rather than to nobody
        text = open_form(question.text, world.town.lexicon)
        return tuple(_asked(question, text, chat, world) for chat in _group(world))
    return (*private, *(_hint(question, chat, world) for chat in _group(world)))


def _is_sensitive(question: Question, world: World) -> bool:
    """A child's words, or an illness: masked it could not be answered (我有糖尿病,哪里可以领药); of what is acute
    everybody at the centre reads."""
    lexicon = world.town.lexicon
    ill = bool(health_told(question.text, lexicon)) and not is_acute(question.text, lexicon)
    return ill or minors.says_so(question.text)


def _asked(question: Question, text: str, chat: int, world: World) -> Notice:
    return Notice(
        to=chat,
        kind=QUESTION,
        key="",
        params={
            "no": question.number or None,
            "name": alias(question.user),
            "text": text[:LONGEST],
            "from": question.user,
            "language": question.language,
        },
        language=say.staff_language(world.town),
        keys=() if question.number else ((say.key("btn.raise", "qh"),),),
        silent=chat > 0,
        photos=(question.photo,) if question.photo else (),
        voices=(question.voice,) if question.voice and not question.photo else (),
    )


def _hint(question: Question, chat: int, world: World) -> Notice:
    return Notice(
        to=chat,
        kind="centre.private_question",
        key="",
        params={"name": alias(question.user)},
        language=say.staff_language(world.town),
    )


def _group(world: World) -> tuple[int, ...]:
    chat = world.town.district.centre_chat()
    return (chat,) if chat is not None else ()


def seats(question: Question, world: World) -> tuple[Person, ...]:
    """Whoever sits at the centre now by presence, else by the plan, else of everybody there; nobody is
    handed a complaint that names them (hazards.md, C01)."""
    district, now, holidays = world.town.district, world.now, world.town.holidays
    centre = district.centre()
    if centre is None:
        return ()
    there = [it.present for it in roster.on_duty_teams(district, now, world.presence, holidays) if it.team == centre.id]
    planned = [it.members for it in roster.rostered(centre, now, district, holidays, world.presence.changes)]
    everybody = [tuple(it.id for it in district.members(centre.id))]
    found = tuple(tuple(map(district.member, people)) for people in (*there, *planned, *everybody))
    fit = (
        tuple(it for it in some if it and it.tg_id and it.id not in question.barred and not about(it.name, question))
        for some in found
    )
    return next((people for people in fit if people), ())


def about(name: str, question: Question) -> bool:
    """Whether a complaint names this person."""
    return question.private and bool(name) and name in question.text


def alias(user: int) -> str:
    """A name for the asker that says nothing about the account and stays the same in the talk."""
    return f"居民{(user * 2654435761) % 9000 + 1000}"


def answered(command: Spoke, world: World, also: tuple[str, ...] = ()) -> Decision | None:
    """A colleague of the centre, or one of `also`, replies to a question: the words, picture or voice go to the
    asker."""
    post = world.post
    if post is None or post.kind != QUESTION:
        return None
    user, language = post.params.get("from"), post.params.get("language")
    if not isinstance(user, int) or not of_centre(command.sender.user_id, world, also):
        return Decision()
    reply = Notice(
        to=user,
        kind=ANSWER,
        key="",
        params={"text": command.text[:LONGEST]},
        language=str(language or say.DEFAULT_LANGUAGE),
        photos=(command.photo,) if command.photo else (),
        voices=(command.voice,) if command.voice and not command.photo else (),
    )
    return Decision(notices=(reply,))


def of_centre(user: int, world: World, also: tuple[str, ...] = ()) -> bool:
    """Whether somebody may answer for the centre; or is one of `also`, by their ids."""
    district = world.town.district
    person = district.person(user)
    return person is not None and (person.id in also or person in district.members(district.centre_team))


def continues(world: World) -> bool:
    """Whether the message replied to is an answer of the centre: then the talk goes on there."""
    return world.post is not None and world.post.kind == ANSWER
