"""不是隐患: what was taken for a hazard is a question, a suggestion or praise. The case ends, its words go to the
centre, and are kept as a lesson (`python -m bot lessons`)."""

from core.case import Case
from core.decide import cards, choice, corrections, relay, say
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.messages import Key, Pressed
from core.understand import Kind
from core.world import Decision

REASON = "kind"  # of the event `rejected`, beside which `kind` says what it is
KINDS = (Kind.SUGGESTION, Kind.INQUIRY, Kind.PRAISE)


def no_hazard(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """By whoever may turn a report away; never danger, nor what others have joined (row 8)."""
    (kind,) = choice.parts(command, 1)
    case = turn.case
    refused = corrections.barred(turn, actor)
    if refused is not None:
        return refused
    if kind not in KINDS:
        return choice.show(turn, command.chat, (_choices(case),), "ans.choose_change")
    turn = corrections.turned_away(turn.move("rejected", actor=actor.person.id, reason=REASON, kind=kind))
    passed = relay.ask(_asked(case), turn.world)
    told = say.reporter(turn.case, "case.other_kind")
    return turn.tell(told, *passed).decide(say.answer(turn.world, "ans.ok"))


def _choices(case: Case) -> tuple[Key, ...]:
    return tuple(say.key(f"btn.kind_{it.value}", "nk", case, it.value) for it in KINDS)


def _asked(case: Case) -> relay.Question:
    photo = case.photos[0] if case.photos else None
    return relay.Question(user=case.reporter, text=cards.as_written(case), language=case.language, photo=photo)
