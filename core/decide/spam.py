"""无效: two persons agree that a report is a prank or false, one of the centre and the grid head; the reporter hears so
and can object, which brings it back to the centre (life.md row 36). Danger words are never put away like that."""

from dataclasses import replace

from core import rights
from core.case import Case, Doubt, Status
from core.decide import choice, dispatch, levels, say
from core.decide.actor import Actor, oversees
from core.decide.turn import Turn
from core.life import can
from core.messages import Pressed
from core.texts import SPAM_REASONS
from core.world import Decision

GRAVE = 1  # a severity that nobody puts away


def doubt(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🗑 无效: why; then the other side is asked."""
    (reason,) = choice.parts(command, 1)
    case = turn.case
    if not can(case.status, "spam") or not _may_be_spam(case):
        return Decision(answer=say.answer(turn.world, "ans.no_spam", alert=True))
    if not oversees(actor, turn.world):
        return Decision(answer=say.answer(turn.world, "ans.not_yours", alert=True))
    if case.doubt is not None and case.doubt.state == "asked":
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if reason not in SPAM_REASONS:
        keys = tuple((say.key("btn.reason", "sm", case, it, reason=it),) for it in SPAM_REASONS)
        return choice.show(turn, command.chat, keys, "ans.choose_reason")
    side = _side(turn, actor)
    raised = Doubt(by=actor.person.id, side=side, reason=reason, at=turn.now)
    turn = turn.change(doubt=raised).log("spam_asked", actor=actor.person.id, reason=reason, side=side)
    return _to_other_side(turn, raised).decide(say.answer(turn.world, "ans.to_sign"))


def _may_be_spam(case: Case) -> bool:
    """Not what may be danger, not what others have told of too, not what was found right after an objection."""
    appealed = case.doubt is not None and case.doubt.state == "appealed"
    return not (case.emergency or case.sealed or case.severity == GRAVE or case.joined or appealed)


def _side(turn: Turn, actor: Actor) -> str:
    return "head" if rights.heads_grid(actor.person, turn.case, turn.world.town.district) else "centre"


def _to_other_side(turn: Turn, raised: Doubt) -> Turn:
    """The grid head, or the centre; where there is no grid head, another seat of the centre."""
    centre = levels.chat_of_street(turn)
    chat = centre if raised.side == "head" else levels.chat_of_head(turn) or centre
    keys = (tuple(say.key(label, "sg", turn.case, it) for label, it in (("btn.sign", "yes"), ("btn.sign_not", "no"))),)
    params = {"by": raised.by, "reason": raised.reason}
    asked = say.staff(chat, "spam.sign", turn.world.town, case=turn.case, keys=keys, params=params)
    return turn.tell(asked).watch(chat, loud=False)


def sign(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The second person says yes or no."""
    raised, (verdict,) = turn.case.doubt, choice.parts(command, 1)
    if raised is None or raised.state != "asked" or not can(turn.case.status, "spam"):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not oversees(actor, turn.world) or actor.person.id == raised.by or not _other_side(turn, actor, raised):
        return Decision(answer=say.answer(turn.world, "ans.sign_other", alert=True))
    if verdict != "yes":
        turn = turn.change(doubt=replace(raised, state="refused")).log("spam_refused", actor=actor.person.id)
        return turn.decide(say.answer(turn.world, "ans.ok"))
    turn = turn.move("spam", actor=actor.person.id, reason=raised.reason, first=raised.by).pass_others(None)
    agreed = replace(raised, state="agreed")
    turn = turn.change(doubt=agreed, closed_at=turn.now, handover=None, closing=None, similar=())
    keys = ((say.key("btn.appeal", "ap", turn.case),),)
    return turn.tell(say.reporter(turn.case, "case.spam", keys=keys)).decide(say.answer(turn.world, "ans.ok"))


def _other_side(turn: Turn, actor: Actor, raised: Doubt) -> bool:
    """The centre alone may agree with itself, by another person, and only where the grid has no head to be asked."""
    return _side(turn, actor) != raised.side or levels.chat_of_head(turn) is None


def appeal(turn: Turn, command: Pressed) -> Decision:
    """🙋 the reporter objects, once: the centre has it again, and nobody may put it away a second time."""
    del command
    raised = turn.case.doubt
    if turn.case.status is not Status.SPAM or raised is None:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = turn.move("appealed", actor="resident")
    turn = turn.change(
        doubt=replace(raised, state="appealed"), closed_at=None, round=turn.case.round + 1, team=None, handler=None,
        accepted_at=None, arrived_at=None, shift_ends=None,
    )  # fmt: skip
    turn = dispatch.to_centre(turn, "appeal")
    return turn.tell(say.reporter(turn.case, "case.appealed")).decide(say.answer(turn.world, "ans.thanks"))
