"""Called in a group by @mention, /report or a reply to our words: the group hears 已受理 and 已解决, details move to
private (mechanism F40; privacy.md: in groups nothing personal is repeated, and what others typed is copied masked).
"""

from dataclasses import replace

from core.case import Case, Status
from core.decide import intake, people, reading, say
from core.decide.reading import Heard
from core.messages import Key, Notice, Spoke
from core.understand import Kind, open_form, public_form
from core.world import Decision, World

OURS = "group."  # kinds of what we say in residents' groups
TELLS = frozenset({Kind.HAZARD, Kind.UNCLEAR})
NUMBERED = frozenset({"group.taken", "group.more"})
HELLO = "hi"  # the payload of the link into private where it only opens the chat


def heard(command: Spoke, world: World) -> Decision:
    """Somebody wants us in a group. Danger is a case at once, like everywhere; of what is sealed the group reads no
    more than the way into private."""
    told = reading.hear(replace(command, text=public_form(command.text)) if command.quoted else command, world.town)
    if _is_private(told) and not told.emergency:
        return Decision(notices=(_in_group(command, world, "group.private"), *_hint(command, world)))
    if not (told.emergency or _says_something(told)):
        return Decision(notices=(_in_group(command, world, "group.how"),))
    return _told_group(_taken(told, world), command, world)


def _taken(told: Heard, world: World) -> Decision:
    """The report goes on as if told in private. Its id is made another's: those of a group and of a chat may be equal,
    and an edit in one is no edit in the other."""
    command = told.command
    alone = replace(command, chat=command.sender.user_id, group=False, called_in=command.chat, message=-command.message)
    own, known = replace(told, command=alone), replace(world, post=None)
    return intake.take(own, known, intake.home_of(own, known))


def into_private(command: Spoke, world: World, what: str) -> Decision:
    """A quarrel, a suggestion: the group reads the way into private, and nothing of what was said."""
    return Decision(notices=(_in_group(command, world, "group.private", start=what), *_hint(command, world)))


def again(command: Spoke, world: World) -> Decision | None:
    """A reply to our words in a residents' group: the way into private once more."""
    if world.post is None or not world.post.kind.startswith(OURS):
        return None
    return Decision(notices=(_in_group(command, world, "group.how"),))


def _is_private(told: Heard) -> bool:
    """What no group should read, also not that it was told: sealed kinds, quarrels, complaints, a wish for a person."""
    meaning = told.meaning
    if meaning is None:
        return False
    return meaning.sealed or meaning.exposure or meaning.kind in {
        Kind.DISPUTE, Kind.COMPLAINT_STAFF, Kind.HUMAN, Kind.PRIVACY, Kind.STATUS, Kind.URGE
    }  # fmt: skip


def _says_something(told: Heard) -> bool:
    if told.command.photo or told.command.spot:
        return True
    return told.meaning is not None and told.meaning.kind in TELLS


def _told_group(decision: Decision, command: Spoke, world: World) -> Decision:
    case = decision.case
    if case is None:
        return decision.also(_in_group(command, world, "group.how"))
    hint = _hint(command, world)
    if case.sealed:
        return decision.also(_in_group(command, world, "group.private"), *hint)
    decision = replace(decision, case=replace(case, group=case.group or command.chat))
    kind = "group.more" if case.status is Status.DRAFT else "group.taken"
    first = tuple(_to_all(it, command) for it in decision.notices if it.kind.startswith("emg."))
    return replace(decision, notices=(*first, *decision.notices, _in_group(command, world, kind, case), *hint))


def _to_all(numbers: Notice, command: Spoke) -> Notice:
    """The numbers to call stand in the group as well: whoever reads along may be nearer to a telephone."""
    return replace(numbers, to=command.chat, reply_to=command.message, case=None, menu=None)


def _hint(command: Spoke, world: World) -> tuple[Notice, ...]:
    """A telephone number, a flat or an illness in front of everybody: the writer alone is told, in private."""
    if command.quoted or open_form(command.text, world.town.lexicon) == command.text:
        return ()
    return (people.tell(command, world, "group.hint"),)


def _in_group(command: Spoke, world: World, kind: str, case: Case | None = None, start: str = HELLO) -> Notice:
    keys: tuple[tuple[Key, ...], ...] = ()
    if world.bot_name:
        keys = ((Key(label="btn.private", url=f"https://t.me/{world.bot_name}?start={start}"),),)
    return Notice(
        to=command.chat,
        kind=kind,
        key="",
        params={"no": case.no if case else None} if kind in NUMBERED else {},
        keys=keys,
        language=say.staff_language(world.town),
        reply_to=command.message,
    )
