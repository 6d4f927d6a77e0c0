"""The words of a complaint: kept sealed for whoever has to decide on it next, so that nobody has to write them again;
read by nobody whom they name, and gone at the writer's word (privacy.md, text as written)."""

from collections.abc import Iterable
from dataclasses import replace

from core import erasure
from core.decide import relay, say
from core.messages import Notice, Spoke, record_ref
from core.records import Complaint
from core.records.complaint import Telling
from core.world import World

MOST = 20  # messages of one complaint that are kept; its first words stay


def question(command: Spoke, world: World) -> relay.Question:
    """What was just written, for whoever it goes to."""
    language = say.personal_language(world, command.sender.language)
    return _asked(_telling(command), command.sender.user_id, language)


def kept(record: Complaint, command: Spoke, world: World) -> Complaint:
    """The record with these words too, and with everybody whom they name."""
    asked = question(command, world)
    named = (it.id for it in world.town.district.people if relay.about(it.name, asked))
    said = (*record.said[: MOST - 1], _telling(command))
    return replace(record, said=said, named=tuple(dict.fromkeys((*record.named, *named))))


def sent(record: Complaint, command: Spoke, world: World, tellings: Iterable[Telling]) -> tuple[Notice, ...]:
    """These words to those who have it now. Each message by itself, so that the answer to any finds the record; a group
    hears once that there is something."""
    language = say.personal_language(world, command.sender.language)
    asked = (_asked(it, command.sender.user_id, language) for it in tellings)
    slot = f"{record_ref('complaint', record.id)}/{command.message}"
    notices = [it for at, one in enumerate(asked) for it in _to_seats(one, record, f"{slot}/{at}", world)]
    hints = {it.to: it for it in notices if it.kind != relay.QUESTION}
    return (*(it for it in notices if it.kind == relay.QUESTION), *hints.values())


def _to_seats(asked: relay.Question, record: Complaint, slot: str, world: World) -> tuple[Notice, ...]:
    people = (world.town.district.member(it) for it in record.seats)
    accounts = tuple(it.tg_id for it in people if it is not None and it.tg_id is not None)
    to = () if record.level == "centre" else accounts
    notices = relay.ask(replace(asked, number=record.id, to=to, barred=record.named), world)
    return tuple(replace(it, slot=slot) if it.kind == relay.QUESTION else it for it in notices)


def wordless(record: Complaint) -> Complaint:
    """What its figures need alone."""
    return replace(record, open=False, due_at=None, waits=False, said=(), user=0)


def settled(record: Complaint, world: World) -> Complaint:
    """Nothing is owed any more; the words stay for a while, for who answers may not have the last word."""
    return replace(record, waits=False, due_at=world.now + erasure.KEPT)


def forgotten(user: int, world: World) -> tuple[Complaint, ...]:
    """Their complaints without the words. One that waits is over too: nobody is left whom an answer could reach."""
    return tuple(wordless(it) for it in world.every(Complaint) if it.user == user)


def wrote(record: Complaint, user: int) -> bool:
    """Whether it is theirs; once nobody is known any more, by the made-up name, which two of thousands may share."""
    return record.user == user if record.user else record.name == relay.alias(user)


def _telling(command: Spoke) -> Telling:
    return Telling(text=command.text, photo=command.photo, voice=command.voice)


def _asked(told: Telling, user: int, language: str) -> relay.Question:
    return relay.Question(
        user=user, text=told.text, language=language, photo=told.photo, voice=told.voice, private=True
    )
