"""👤 who told of it: to whoever has accepted it, by a tap, in private, on record (privacy.md, row 1)."""

from core.case import ENDED
from core.decide import say
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.messages import Json, Pressed
from core.world import Decision


def reporter(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The name alone, never the account: talking goes through 💬. Nobody's name where it was given without one."""
    del command
    case, world = turn.case, turn.world
    if case.status in ENDED or actor.person.tg_id is None or actor.person.id != case.handler:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if case.anonymous or case.erased_at is not None or not case.reporter_name:
        return Decision(answer=say.answer(world, "ans.nameless", alert=True))
    seen = f"looked_up:{actor.person.id}"
    if seen in case.steps:  # it stands in their chat already
        return Decision(answer=say.answer(world, "ans.already"))
    turn = turn.change(steps=(*case.steps, seen))
    told: dict[str, Json] = {"name": case.reporter_name}
    shown = say.staff(actor.person.tg_id, "duty.reporter", world.town, case=case, params=told)
    return turn.tell(shown).log("looked_up", actor=actor.person.id, what="reporter").decide(say.answer(world, "ans.ok"))
