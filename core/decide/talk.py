"""Whoever has a case asks the reporter, the reporter answers; neither sees the other's account (🙋).

The question has a time limit: after it both are told, and the case goes on with what is known. An answer is an
addition to the case like any other (life.md row 37), so that a place or a danger in it is understood.
"""

from dataclasses import replace

from core import calendar
from core.case import ENDED, Case, Question, Status
from core.deadlines import in_force
from core.decide import cards, claims, evidence, levels, people, say
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.ladder import Due
from core.messages import Json, Lane, Notice, Pressed, Spoke
from core.understand import public_form
from core.world import Decision, World

NEED = "duty.question_need"
TYPED_ONLY = "sealed.typed_only"
ASKS = frozenset({NEED, "duty.answered", TYPED_ONLY})  # a reply to these is a question to the reporter
MAY_ASK = frozenset({Status.ACK, Status.SITE, Status.REF, Status.HOLD})
LONGEST = 1000
ANSWER = "answer:"  # what the reporter's next message is taken for after the reply button


def begin_question(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """💬 问居民: the question is written, spoken or photographed as a reply."""
    if turn.case.status not in MAY_ASK or turn.case.erased_at is not None:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=turn.case.status.value))
    params = {"person": actor.person.id}
    ask = say.staff(command.chat, NEED, turn.world.town, case=turn.case, params=params, force=True)
    return Decision(notices=(ask,) if ask else (), answer=say.answer(turn.world, "ans.write_question"))


def ask(turn: Turn, actor: Actor, command: Spoke) -> Turn:
    """The question goes to the reporter, with a button to answer it; a number or an account in it stays behind."""
    case, text = turn.case, command.text.strip()
    if case.sealed and not text:
        return turn.tell(say.staff(command.chat, TYPED_ONLY, turn.world.town, case=case, force=True))
    if case.status not in MAY_ASK or not (text or command.photo or command.voice):
        return turn
    town = in_force(case.policy, turn.world.town)
    after = town.ladder.answer.after[case.severity]
    if after is None:
        return turn
    due = calendar.due(turn.now, *after, town.calendar)
    question = Question(by=actor.person.id, chat=command.chat, at=turn.now, due=due)
    turn = claims.alive(turn).change(question=question).log("asked_reporter", actor=actor.person.id, until=say.iso(due))
    told = say.reporter(
        case,
        "relay.question",
        lane=say.urgent(case),
        keys=((say.key("btn.answer", "an", case),),),
        params={"text": public_form(text)[:LONGEST] or None, "until": say.iso(due)},
        photos=(command.photo,) if command.photo and not case.sealed else (),
    )
    told = replace(told, voices=(command.voice,) if command.voice and not (command.photo or case.sealed) else ())
    heard = say.staff(command.chat, "duty.question_sent", town, case=case, params={"until": say.iso(due)})
    return turn.tell(told, heard)


def will_answer(turn: Turn, command: Pressed) -> Decision:
    """↩️ the reporter wants to answer: the next message is the answer, whatever it holds."""
    case, world = turn.case, turn.world
    if case.status in ENDED:
        return Decision(answer=say.answer(world, "ans.not_now", status=case.status.value))
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting=f"{ANSWER}{case.no}", awaiting_until=world.now + people.AWAIT)
    prompt = say.reporter(case, "relay.write")
    return Decision(contact=contact, notices=(replace(prompt, force=True),), answer=say.answer(world, "ans.ok"))


def awaited_case(world: World) -> Case | None:
    """The case that the next message of this person answers a question about."""
    asked = people.awaited(world.contact, world) or ""
    number = asked.removeprefix(ANSWER) if asked.startswith(ANSWER) else None
    return next((it for it in world.cases if it.no == number and it.status not in ENDED), None)


def unanswered(turn: Turn, due: Due) -> Turn:
    """The time is over: both are told, the case goes on."""
    del due
    asked, town = turn.case.question, turn.world.town
    if asked is None:
        return turn
    turn = turn.change(question=None).log("question_over", person=asked.by)
    handler = say.staff(asked.chat, "duty.unanswered", town, case=turn.case, lane=levels.lane(turn))
    return turn.tell(handler, say.reporter(turn.case, "relay.over", lane=Lane.REMINDER))


def shown(case: Case, chat: int, world: World) -> tuple[Notice, ...]:
    """Pictures and voice for whoever has the case: in private to the handler where their group may not see them."""
    handler = world.town.district.member(case.handler)
    hidden = chat < 0 and case.severity > evidence.GROUP_PICTURES_UP_TO and case.category is not None
    if not hidden or handler is None or handler.tg_id is None or case.sealed:
        return evidence.show(case, world, chat)
    return evidence.show(case, world, handler.tg_id)


def passed(case: Case, text: str, chat: int, world: World) -> Notice | None:
    """The reporter's words as whoever has the case reads them: as an answer while one is waited for."""
    words: dict[str, Json] = {"text": cards.masked(text, case) if chat < 0 else text}
    kind = "duty.answered" if case.question is not None else "duty.added"
    return say.staff(chat, kind, world.town, case=case, params=words)
