"""What a level of the ladder answers: 接管, 说明, or 已知,按计划 with a date (life.md, ladder)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import calendar, ladder
from core.case import ENDED, Case, Known, Status
from core.decide import choice, claims, levels, say
from core.decide.actor import colleague, for_chat
from core.decide.turn import Turn, begin
from core.district import Person
from core.messages import Answer, Notice, Pressed
from core.texts import EXPLAIN_REASONS
from core.world import Decision, World

DAYS = (1, 2, 3, 5, 7)
OPEN = ladder.WORKING | {Status.NEW}


def take_over(command: Pressed, world: World) -> Decision:
    """🙋 接管: the grid head, or the deputy, goes by themselves; before anybody is on site."""
    case = world.case
    if case is None or case.status in ENDED:
        return Decision(answer=say.answer(world, "ans.stale"))
    actor = for_chat(world, case, command.sender.user_id, command.chat)
    if isinstance(actor, Answer):
        return Decision(answer=actor)
    if not actor.over or case.sealed:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if _stale(command, case):
        return Decision(answer=say.answer(world, "ans.stale"))
    if case.status not in {Status.DISP, Status.ACK} or case.handler == actor.person.id:
        return Decision(answer=say.answer(world, "ans.not_now", status=case.status.value))
    turn = claims.head_takes(begin(world), actor)
    return turn.decide(say.answer(world, "ans.accepted", no=case.no))


def plan(command: Pressed, world: World) -> Decision:
    """📅 已知,按计划: a date is chosen; until then the ladder stands still. The case's own clock does not."""
    case, person, refused = _level(command, world)
    if case is None or person is None:
        return Decision(answer=refused)
    if case.severity == 1:
        return Decision(answer=say.answer(world, "ans.no_plan", alert=True))
    (days,), dates = choice.parts(command, 1), dates_for(world)
    if days not in dates:
        keys = tuple((say.key("btn.plan_until", "kn", case, it, until=say.iso(at)),) for it, at in dates.items())
        asked = say.staff(command.chat, "plan.ask", world.town, case=case, keys=keys)
        return _menu(world, asked, "ans.choose_date")
    known = Known(by=person.id, at=world.now, until=dates[days], reason=case.known.reason if case.known else "")
    until = say.iso(known.until)
    turn = begin(world).change(known=known, late=()).log("planned", actor=person.id, until=until)
    turn = _said(turn, command, "plan.noted", {"by": person.id, "until": until})
    return turn.decide(say.answer(world, "ans.planned", until=until))


def explain(command: Pressed, world: World) -> Decision:
    """💬 说明: a reason, which the next level is told; the ladder goes on."""
    case, person, refused = _level(command, world)
    if case is None or person is None:
        return Decision(answer=refused)
    (reason,) = choice.parts(command, 1)
    if reason not in EXPLAIN_REASONS:
        keys = tuple((say.key("btn.reason", "ex", case, it, reason=it),) for it in EXPLAIN_REASONS)
        asked = say.staff(command.chat, "explain.ask", world.town, case=case, keys=keys)
        return _menu(world, asked, "ans.choose_reason")
    before = case.known or Known(by=person.id, at=world.now)
    turn = begin(world).change(known=replace(before, by=person.id, at=world.now, reason=reason))
    turn = turn.log("explained", actor=person.id, reason=reason)
    turn = _said(turn, command, "explain.noted", {"by": person.id, "reason": reason})
    return turn.decide(say.answer(world, "ans.ok"))


def dates_for(world: World) -> dict[str, datetime]:
    """The dates that can be promised: the morning of some day of the coming week."""
    zone = world.town.district.zone
    today = calendar.local(world.now, zone).date()
    return {str(days): calendar.moment(today + timedelta(days=days), ladder.MORNING_AT, zone) for days in DAYS}


def _level(command: Pressed, world: World) -> tuple[Case | None, Person | None, Answer]:
    """The open case and the person of one of its levels; else why not."""
    case, person = world.case, colleague(world, command.sender.user_id)
    if case is None or case.status not in OPEN or _stale(command, case):
        return None, None, say.answer(world, "ans.stale")
    if person is None or case.sealed or not levels.oversees(person, case, world):
        return None, None, say.answer(world, "ans.not_yours", alert=True)
    return case, person, say.answer(world, "ans.ok")


def _stale(command: Pressed, case: Case) -> bool:
    return command.press is None or command.press.round != case.round


def _menu(world: World, asked: Notice | None, answer: str) -> Decision:
    """The choice as a message of its own: what was pressed may be a list of several cases."""
    return Decision(notices=(asked,) if asked else (), answer=say.answer(world, answer))


def _said(turn: Turn, command: Pressed, kind: str, params: dict[str, str | None]) -> Turn:
    """The menu becomes what was chosen; whoever has the case reads it too."""
    town, case = turn.world.town, turn.case
    own = say.staff(command.chat, kind, town, case=case, params=params)
    holder = levels.holder_chat(case)
    edited: Notice | None = replace(own, edit=command.message) if own and command.message else own
    other = say.staff(holder, kind, town, case=case, params=params) if holder != command.chat else None
    return turn.tell(edited, other)
