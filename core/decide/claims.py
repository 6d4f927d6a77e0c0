"""Who has a case, really: taken over from a colleague, asked for a sign of life, given back (mechanisms of dispatch).

A claim that nobody works on is worse than none, since everybody else believes it is cared for.
"""

from dataclasses import replace
from datetime import timedelta

from core import ladder
from core.case import Status
from core.decide import choice, dispatch, levels, patrol, say
from core.decide.actor import Actor, colleague
from core.decide.turn import Turn
from core.ladder import Due
from core.messages import Json, Key, Pressed, Spoke
from core.texts import CLAIM_REASONS
from core.world import Decision, World

HELD = frozenset({Status.ACK, Status.SITE})
SIGNS = ("alive:", "amber:", "silent_up:")


def alive(turn: Turn) -> Turn:
    """Whoever has the case has just done something about it: the question for a sign of life starts anew."""
    if turn.case.status not in HELD:
        return turn
    steps = tuple(it for it in turn.case.steps if not it.startswith(SIGNS))
    return turn.change(alive_at=turn.now, steps=steps)


def overtaken(command: Spoke, world: World) -> Decision | None:
    """A reply that came to us late, and after which the case has moved on, undoes nothing: both times are told."""
    case = world.case
    moments = (case.accepted_at, case.arrived_at, case.done_at, case.closed_at, case.reopened_at) if case else ()
    newest = max((it for it in moments if it is not None), default=None)
    if case is None or newest is None or command.at >= newest or world.now - command.at <= say.LATE:
        return None
    if case.sealed or colleague(world, command.sender.user_id) is None:
        return None
    if all(it.chat != command.chat for it in case.offers):
        return None
    params = {
        "at": say.iso(command.at),
        "seen_at": say.iso(world.now),
        "status": case.status.value,
        "person": case.handler,
    }
    told = say.staff(command.chat, "duty.late_reply", world.town, case=case, params=params)
    return Decision(notices=(told,) if told else ())


def take(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🙋 a colleague of the same team has it from now on: within the grace with a tap, later with a reason."""
    case, (reason,) = turn.case, choice.parts(command, 1)
    held = next((o for o in case.offers if o.state == "accepted" and o.team == actor.team), None)
    if case.status not in HELD or held is None or case.handler is None:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if case.handler == actor.person.id:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not in_grace(turn) and reason not in CLAIM_REASONS:
        keys = tuple((say.key("btn.reason", "mt", case, it, reason=it),) for it in CLAIM_REASONS)
        return choice.show(turn, command.chat, keys, "ans.choose_reason")
    turn = turn.log("claimed", actor=actor.person.id, before=case.handler, reason=reason or None)
    turn = patrol.held_by(alive(turn), actor.person, held)
    return turn.decide(say.answer(turn.world, "ans.accepted", no=case.no))


def in_grace(turn: Turn) -> bool:
    """Whether it was accepted just now: two colleagues who reach for it settle it by a tap."""
    case, grace = turn.case, timedelta(seconds=turn.world.town.district.options.claim_grace)
    return case.status is Status.ACK and case.accepted_at is not None and turn.now - case.accepted_at <= grace


def still(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """✋ 还在处理: said by anybody of the team that has it."""
    del command
    if turn.case.status not in HELD:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=turn.case.status.value))
    return alive(turn).log("alive", actor=actor.person.id).decide(say.answer(turn.world, "ans.ok"))


def release(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """放手: the next nearest post has it, the case's clocks run on; before arrival only, for who is there ends it."""
    del command
    case = turn.case
    if case.status is not Status.ACK:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    turn = turn.pass_others(None).log("released", actor=actor.person.id)
    turn = turn.change(
        handler=None, accepted_at=None, alive_at=None, shift_ends=None, handover=None, closing=None, question=None,
        round=case.round + 1,
    )  # fmt: skip
    return _onward(turn).decide(say.answer(turn.world, "ans.released"))


def _onward(turn: Turn) -> Turn:
    """The nearest that was not asked; when all were, the centre, which sees to it that somebody goes."""
    asked, centre = {o.team for o in turn.case.offers} | dispatch.stays(turn), turn.world.town.district.centre_team
    posts = dispatch.posts_by_distance(turn.world, turn.case)
    team, metres = next((it for it in posts if it[0] not in asked), (centre, None))
    if team == centre and turn.world.town.district.centre_chat() is None:
        team, metres = next(iter(posts), (turn.case.team or centre, None))  # the same again is better than nobody
    turn = turn.move("dispatched", team=team, metres=metres, reason="released")
    kind, rule = ("centre", "nobody") if team == centre else ("post", "next")
    return dispatch.to_team(turn, team, kind, metres, rule).change(team=team)


def asked(turn: Turn, due: Due) -> Turn:
    """还在处理吗: in the chat that has it, with three answers."""
    del due
    case, since = turn.case, ladder.last_sign(turn.case)
    row: tuple[Key, ...] = (say.key("btn.still", "st", case),)
    if not case.sealed:
        row = (*row, say.key("btn.need_backup", "bk", case))
    last = ((say.key("btn.release", "rl", case),),) if case.status is Status.ACK and not case.sealed else ()
    params: dict[str, Json] = {"person": case.handler, "over": levels.since(turn, since)}
    chat, town = levels.holder_chat(case), turn.world.town
    question = say.staff(chat, "duty.alive", town, case=case, lane=levels.lane(turn), keys=(row, *last), params=params)
    return turn.log("alive_asked", person=case.handler).tell(question)


def amber(turn: Turn, due: Due) -> Turn:
    """No answer: the card turns amber wherever it hangs, the grid head hears it."""
    del due
    keys = levels.keys(turn.case, decides=True)
    return turn.log("silent", person=turn.case.handler).tell(
        levels.to_head(turn, "ladder.silent", _silence(turn), keys)
    )


def put_up(turn: Turn, due: Due) -> Turn:
    """Still no answer: the community; an empty level is skipped and logged."""
    del due
    chat = None if turn.case.sealed else levels.chat_of_secretary(turn)
    if chat is None:
        return turn.log("skipped", level="silent_up", why="sealed" if turn.case.sealed else "nobody named")
    keys, lane, town = levels.keys(turn.case), levels.lane(turn), turn.world.town
    told = say.staff(chat, "ladder.silent", town, case=turn.case, lane=lane, keys=keys, params=_silence(turn))
    return turn.log("silent_up").tell(told)


def _silence(turn: Turn) -> dict[str, Json]:
    case = turn.case
    return {"team": case.team, "person": case.handler, "over": levels.since(turn, ladder.last_sign(case))}


def head_takes(turn: Turn, actor: Actor) -> Turn:
    """接管: the head has it in private, with the buttons of whoever handles a case."""
    account, team = actor.person.tg_id, f"person:{actor.person.id}"
    if account is None:
        return turn
    turn = turn.pass_others(None)
    if turn.case.status is Status.ACK:
        turn = turn.move("transferred", actor=actor.person.id, team=team, assigned=True)
    turn = turn.change(handover=None, round=turn.case.round + 1, handler=None, accepted_at=None, alive_at=None)
    turn = dispatch.to_person(turn, actor.person.id, account)
    offer = turn.case.offers[-1]
    return patrol.taken(turn, replace(actor, offer=offer, team=team), offer)
