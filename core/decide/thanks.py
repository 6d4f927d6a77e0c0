"""A word of thanks: whoever was satisfied may say one, knowing that it is passed on and may stand in the weekly report,
without their name and place (figures.md, 感谢)."""

from dataclasses import replace

from core.case import Case, Status
from core.decide import intake, people, reading, say
from core.decide.turn import Turn, begin
from core.messages import Key, Notice, Pressed, Spoke
from core.understand import open_form
from core.world import Decision, World

PUBLISHED = "thanked"  # a step: its word of thanks may stand in a report
AWAITED = "thank:"  # what the next message is taken for, with the case's number
LONGEST = 100  # characters: a line of a report
SATISFIED = frozenset({"satisfied", "mostly"})


def offered(case: Case, rating: str) -> tuple[tuple[Key, ...], ...]:
    """The button under the word that a rating was noted; not where nobody may know that there was a case."""
    thankful = rating in SATISFIED and case.handler is not None and not case.sealed
    return ((say.key("btn.thank", "ty", case),),) if thankful else ()


def ask(turn: Turn, command: Pressed) -> Decision:
    """🌷: what it is for is said before a word of it is written."""
    case, user = turn.case, command.sender.user_id
    if case.sealed or case.status is not Status.CLOSED or case.handler is None:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    contact = say.contact_of(turn.world, user, command.sender.name)
    contact = replace(contact, awaiting=f"{AWAITED}{case.no}", awaiting_until=turn.now + people.AWAIT)
    asked = people.tell(command, turn.world, "thanks.ask", params={"person": case.handler})
    return Decision(contact=contact, notices=(asked,), answer=say.answer(turn.world, "ans.ok"))


def heard(command: Spoke, world: World) -> Decision | None:
    """The line itself; None for anything else, and for danger, which is never put aside."""
    asked = people.awaited(world.contact, world) or ""
    case = next((it for it in world.cases if f"{AWAITED}{it.no}" == asked), None)
    text = open_form(command.text.strip(), world.town.lexicon)[:LONGEST]
    if case is None or not text or reading.hear(command, world.town).emergency:
        return None
    contact = say.contact_of(world, command.sender.user_id)
    kept = tuple(it for it in contact.unpublished if it != case.no)
    contact = replace(say.unasked(contact), unpublished=kept)
    grid = case.place.grid if case.place else None
    turn = begin(replace(world, case=case))
    turn = turn.change(steps=tuple(dict.fromkeys((*case.steps, PUBLISHED))))
    turn = turn.log("thanked", actor="resident", person=case.handler, grid=grid, words=text)
    turn = turn.tell(*_passed_on(turn, text), people.tell(command, world, "thanks.noted"))
    return turn.decide(contact=contact)


def published(world: World) -> tuple[str, ...]:
    """The numbers of one's cases whose word of thanks may stand in a report."""
    back = world.contact.unpublished if world.contact else ()
    return tuple(it.no for it in world.cases if PUBLISHED in it.steps and it.no not in back)


def _passed_on(turn: Turn, text: str) -> list[Notice | None]:
    params = {"person": turn.case.handler, "text": text}
    return [
        say.staff(chat, "duty.thanked", turn.world.town, case=turn.case, params=params)
        for chat in intake.holders(turn.case)
    ]
