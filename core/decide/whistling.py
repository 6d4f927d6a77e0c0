"""The buttons of a whistle on the town's side: the patrol calls, the grid head or the centre signs (life.md row 17)."""

from core.case import Whistle
from core.decide import choice, levels, say, whistle
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.life import can
from core.messages import Pressed
from core.texts import WHISTLE_REASONS
from core.world import Decision

SIGNED_FROM = 3  # severities 1 and 2 need no signature


def call(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """📣: which department, which whistle, why; in danger it is always the urgent one."""
    dept, kind, reason = choice.parts(command, 3)
    case = turn.case
    if not can(case.status, "whistled") or any(it.state == "asked" for it in case.whistles):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if not dept:
        return choice.show(turn, command.chat, whistle.choices(turn), "ans.choose_target")
    if dept not in {it.id for it in whistle.callable_for(turn)}:
        return Decision(answer=say.answer(turn.world, "ans.no_target"))
    kind = "urgent" if case.severity < SIGNED_FROM else kind
    if kind not in whistle.KINDS:
        keys = tuple((say.key("btn.whistle_kind", "wh", case, f"{dept}/{it}", whistle=it),) for it in whistle.KINDS)
        return choice.show(turn, command.chat, keys, "ans.choose_reason")
    if reason not in WHISTLE_REASONS:
        found = tuple((say.key("btn.reason", "wh", case, f"{dept}/{kind}/{it}", reason=it),) for it in WHISTLE_REASONS)
        return choice.show(turn, command.chat, found, "ans.choose_reason")
    asked = Whistle(serial=len(case.whistles) + 1, dept=dept, kind=kind, reason=reason, by=actor.person.id, at=turn.now)
    return _ask(turn.change(whistles=(*case.whistles, asked)), actor, asked)


def _ask(turn: Turn, actor: Actor, asked: Whistle) -> Decision:
    """In danger, and by the grid head, at once; else the grid head signs first."""
    if turn.case.severity < SIGNED_FROM or actor.over:
        turn = whistle.blow(turn, asked, actor.person.id)
        return turn.decide(say.answer(turn.world, "ans.whistled", target=asked.dept))
    turn = turn.log("whistle_asked", actor=actor.person.id, whistle=asked.serial, dept=asked.dept, reason=asked.reason)
    turn = whistle.to_sign(turn, asked, levels.chat_of_head(turn) or levels.chat_of_street(turn))
    return turn.decide(say.answer(turn.world, "ans.to_sign"))


def sign(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The grid head, or the centre when the head is silent, says yes or no."""
    serial, verdict = choice.parts(command, 2)
    asked = next((it for it in turn.case.whistles if str(it.serial) == serial and it.state == "asked"), None)
    if asked is None or not can(turn.case.status, "whistled"):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not actor.over:
        return Decision(answer=say.answer(turn.world, "ans.not_yours", alert=True))
    if verdict == "yes":
        turn = whistle.blow(turn, asked, actor.person.id)
        return turn.decide(say.answer(turn.world, "ans.whistled", target=asked.dept))
    turn = whistle.became(turn, asked, state="refused")
    turn = turn.log("whistle_refused", actor=actor.person.id, whistle=asked.serial)
    told = say.staff(
        levels.holder_chat(turn.case), "whistle.refused", turn.world.town, case=turn.case, params={"target": asked.dept}
    )
    return turn.tell(told).decide(say.answer(turn.world, "ans.ok"))
