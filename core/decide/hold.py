"""延期: asked before the limit with a reason and a new date, signed by the grid head; the clock stands still until then
(life.md rows 22-23)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import calendar, ladder
from core.case import Case, Hold, Status
from core.decide import choice, levels, say
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.ladder import Due
from core.life import can
from core.messages import Pressed
from core.texts import HOLD_REASONS
from core.world import Decision, World

DAYS = (1, 2, 3, 5, 7, 14)
SHOWN = 4


def ask(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """⏳: until when, why; once, before the limit, by one more limit at most."""
    until, reason = choice.parts(command, 2)
    case, dates = turn.case, dates_for(turn.case, turn.world)
    if not can(case.status, "held"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if case.hold is not None or not dates:
        return Decision(answer=say.answer(turn.world, "ans.no_hold", alert=True))
    if until not in dates:
        keys = tuple((say.key("btn.hold_until", "hd", case, it, until=say.iso(at)),) for it, at in dates.items())
        return choice.show(turn, command.chat, keys, "ans.choose_date")
    if reason not in HOLD_REASONS:
        found = tuple((say.key("btn.reason", "hd", case, f"{until}/{it}", reason=it),) for it in HOLD_REASONS)
        return choice.show(turn, command.chat, found, "ans.choose_reason")
    hold = Hold(by=actor.person.id, reason=reason, at=turn.now, until=dates[until])
    turn = turn.change(hold=hold)
    if actor.over:
        return _granted(turn, hold, actor.person.id).decide(say.answer(turn.world, "ans.held"))
    turn = turn.log("hold_asked", actor=actor.person.id, until=say.iso(hold.until), reason=reason)
    return _to_sign(turn, hold, levels.chat_of_head(turn) or levels.chat_of_street(turn)).decide(
        say.answer(turn.world, "ans.to_sign")
    )


def dates_for(case: Case, world: World) -> dict[str, datetime]:
    """The new ends that may be asked for: the close of some working day, at most one more limit; none when too late."""
    town = world.town
    if case.close_due is None or world.now >= case.close_due:
        return {}
    most = case.close_due + (case.close_due - ladder.counted_from(case))
    today = calendar.local(world.now, town.district.zone).date()
    ends = {
        str(days): calendar.moment(today + timedelta(days=days), town.district.options.work_day_end, town.district.zone)
        for days in DAYS
    }
    within = {days: end for days, end in ends.items() if case.close_due < end <= most}
    return dict(list(within.items())[:SHOWN]) or {"most": most}


def _to_sign(turn: Turn, hold: Hold, chat: int | None) -> Turn:
    verdicts = (("btn.sign", "yes"), ("btn.sign_not", "no"))
    keys = (tuple(say.key(label, "hs", turn.case, it) for label, it in verdicts),)
    params = {"by": hold.by, "reason": hold.reason, "until": say.iso(hold.until)}
    asked = say.staff(
        chat, "hold.sign", turn.world.town, case=turn.case, keys=keys, params=params, lane=levels.lane(turn)
    )
    return turn.tell(asked).watch(chat, loud=False)


def sign(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The grid head, or the centre when the head is silent, says yes or no."""
    hold, (verdict,) = turn.case.hold, choice.parts(command, 1)
    if hold is None or hold.state != "asked" or not can(turn.case.status, "held"):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not actor.over:
        return Decision(answer=say.answer(turn.world, "ans.not_yours", alert=True))
    if hold.until <= turn.now:
        return Decision(answer=say.answer(turn.world, "ans.stale"))
    if verdict == "yes":
        return _granted(turn, hold, actor.person.id).decide(say.answer(turn.world, "ans.held"))
    turn = turn.change(hold=replace(hold, state="refused")).log("hold_refused", actor=actor.person.id)
    told = say.staff(levels.holder_chat(turn.case), "hold.refused", turn.world.town, case=turn.case)
    return turn.tell(told).decide(say.answer(turn.world, "ans.ok"))


def _granted(turn: Turn, hold: Hold, signed: str) -> Turn:
    """The clock stands still; the resident hears why and until when (row 22)."""
    turn = turn.move("held", actor=signed, until=say.iso(hold.until), reason=hold.reason)
    due = max(turn.case.close_due or hold.until, hold.until)
    turn = turn.change(hold=replace(hold, state="on"), close_due=due, handover=None)
    params = {"reason": hold.reason, "until": say.iso(hold.until)}
    told = say.staff(levels.holder_chat(turn.case), "hold.on", turn.world.town, case=turn.case, params=params)
    turn = turn.tell(told)
    return turn if turn.case.sealed else turn.tell(say.reporter(turn.case, "case.extended", params=params))


def resume(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """▶️ the team goes on before the date (row 23)."""
    del command
    if turn.case.status is not Status.HOLD:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    return _resumed(turn, actor.person.id).decide(say.answer(turn.world, "ans.ok"))


def over(turn: Turn, due: Due) -> Turn:
    """The date has come: the case is the team's again, with the clock running (row 23)."""
    del due
    turn = _resumed(turn, None)
    return turn.tell(
        say.staff(levels.holder_chat(turn.case), "hold.over", turn.world.town, case=turn.case, lane=levels.lane(turn))
    )


def _resumed(turn: Turn, actor: str | None) -> Turn:
    turn = turn.move("resumed", actor=actor)
    return turn.change(hold=replace(turn.case.hold, state="over")) if turn.case.hold else turn


def unsigned(turn: Turn, due: Due) -> Turn:
    """The grid head did not sign in time: the centre may."""
    del due
    hold = turn.case.hold
    return turn if hold is None else _to_sign(turn.log("unsigned"), hold, levels.chat_of_street(turn))
