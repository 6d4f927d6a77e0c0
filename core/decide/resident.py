"""The resident has the last word: solved or not, a rating, a withdrawal, a nudge (life.md rows 25, 26, 33, 35, 38)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import ladder
from core.case import Case, Status
from core.decide import dispatch, intake, more, pins, reading, say
from core.decide.turn import Turn
from core.life import can
from core.messages import Lane, Notice, Pressed, Spoke
from core.texts import RATINGS
from core.world import Decision, World

REOPEN_WITHIN = timedelta(days=30)  # life.md rows 26, 29
URGE_EVERY = timedelta(hours=2)  # life.md row 38
URGES_TILL_HEAD = 3
URGED = "urged@"


def solved(turn: Turn, command: Pressed) -> Decision:
    """✅ 解决了: closed, and the rating is asked (row 25)."""
    del command
    if not can(turn.case.status, "confirmed"):
        return turn.decide(say.answer(turn.world, "ans.already"))
    turn = turn.move("confirmed", actor="resident").log("answered", actor="resident", solved=True)
    turn = turn.log("closed", auto=False).change(closed_at=turn.now, confirm_due=None)
    return turn.tell(rating_question(turn.case)).decide(say.answer(turn.world, "ans.thanks"))


def rating_question(case: Case) -> Notice:
    """满意 ¦ 基本满意 ¦ 不满意."""
    keys = (tuple(say.key("btn.rate", "rt", case, rating, rating=rating) for rating in RATINGS),)
    return say.reporter(case, "case.rate", keys=keys, lane=Lane.INTERACTIVE)


def rate(turn: Turn, command: Pressed) -> Decision:
    """A rating, once; a later press changes nothing."""
    rating = command.press.arg if command.press else ""
    if rating not in RATINGS or turn.case.status is not Status.CLOSED:
        return Decision(answer=say.answer(turn.world, "ans.unknown"))
    if turn.case.rating is not None:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = turn.change(rating=rating).log("rated", actor="resident", rating=rating)
    for chat in intake.holders(turn.case):
        turn = turn.tell(say.staff(chat, "duty.confirmed", turn.world.town, case=turn.case, params={"rating": rating}))
    return turn.tell(say.reporter(turn.case, "case.rated")).decide(say.answer(turn.world, "ans.thanks"))


def not_solved(turn: Turn, command: Pressed) -> Decision:
    """❌ 还没解决 within 30 days: the same team again, the grid head too, an apology (row 26)."""
    del command
    case = turn.case
    since = case.closed_at or case.done_at
    if not can(case.status, "reopened") or since is None:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if turn.now - since > REOPEN_WITHIN:
        return Decision(answer=say.answer(turn.world, "ans.too_late", alert=True))
    return reopen(turn).decide(say.answer(turn.world, "ans.thanks"))


def reopen(turn: Turn) -> Turn:
    """Sent out again with a new round; its limits run from now, the old ones stay in the figures."""
    turn = turn.move("reopened", actor="resident").log("answered", actor="resident", solved=False)
    case = turn.case
    turn = turn.pass_others(None).change(
        reopened=case.reopened + 1, reopened_at=turn.now, round=case.round + 1, handler=None, accepted_at=None,
        arrived_at=None, done_at=None, closed_at=None, confirm_due=None, result="", result_photo=None, rating=None,
        auto_closed=False, shift_ends=None, handover=None, closing=None, told_received=True,
    )  # fmt: skip
    turn = dispatch.set_limits(turn, turn.now)
    turn = dispatch.to_officer(turn) if case.sealed else dispatch.back_to_team(turn)
    head = turn.world.town.district.grid_head(case.place.grid if case.place else None)
    turn = turn.watch(head.tg_id if head else None)
    return turn.tell(say.reporter(turn.case, "case.reopened", params={"person": head.id if head else None}))


def cancel(turn: Turn, command: Pressed) -> Decision:
    """撤销: not for sealed matters and severity 1, which a person may be forced to withdraw (rows 33-35)."""
    del command
    case = turn.case
    if case.sealed or case.severity == 1:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if can(case.status, "withdrawn"):
        return _withdraw(turn).decide(say.answer(turn.world, "ans.cancelled"))
    turn = turn.move("cancelled", actor="resident").pass_others(None).change(closed_at=turn.now, handover=None)
    return turn.tell(say.reporter(turn.case, "case.cancelled")).decide(say.answer(turn.world, "ans.cancelled"))


def _withdraw(turn: Turn) -> Turn:
    """“居民称已解决” after somebody had accepted: they see it in the card; without another word it closes (row 35)."""
    case = turn.case
    days = turn.world.town.district.options.confirm_days[case.severity]
    turn = turn.move("withdrawn", actor="resident").log("done", actor="resident", photo=False)
    turn = turn.change(
        done_at=turn.now, confirm_due=turn.now + timedelta(days=days), closing=None, handover=None
    ).settle_open("passed")
    return turn.watch(*intake.holders(turn.case)).tell(say.reporter(turn.case, "case.cancelled"))


def urge(turn: Turn, command: Pressed) -> Decision:
    """催办 by button."""
    del command
    status = turn.case.status.value
    if not can(turn.case.status, "urged"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=status))
    return nudge(turn).decide(say.answer(turn.world, "ans.thanks"))


def nudge(turn: Turn) -> Turn:
    """催办: passed on at most every two hours, the third time to the grid head too (row 38)."""
    case, town = turn.case, turn.world.town
    params = {"status": case.status.value, "person": case.handler}
    pushes = [datetime.fromisoformat(it.removeprefix(URGED)) for it in case.steps if it.startswith(URGED)]
    if pushes and turn.now - max(pushes) < URGE_EVERY:
        return turn.tell(say.reporter(case, "case.state", params=params))
    turn = turn.move("urged", actor="resident").change(steps=(*case.steps, f"{URGED}{turn.now.isoformat()}"))
    turn = turn.tell(say.reporter(case, "case.urge", params=params))
    head = town.district.grid_head(case.place.grid if case.place else None)
    higher = [head.tg_id] if head and head.tg_id and len(pushes) + 1 >= URGES_TILL_HEAD else []
    for chat in dict.fromkeys((*intake.holders(case), *higher)):
        turn = turn.tell(say.staff(chat, "duty.urged", town, case=case, lane=say.urgent(case)))
    return turn


def choose_kind(turn: Turn, command: Pressed) -> Decision:
    """One of the three kinds was tapped, or none of them."""
    arg = command.press.arg if command.press else ""
    case, town = turn.case, turn.world.town
    category = town.taxonomy.category(arg)
    if case.category is not None or case.status not in {Status.DRAFT, Status.NEW, Status.DISP}:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if category is None:
        turn = turn.change(asked="detail", guesses=()).tell(say.reporter(case, intake.detail_kind(case)))
        return turn.decide(say.answer(turn.world, "ans.ok"))
    fresh = reading.with_severity(_as(case, arg), town, turn.now)
    turn = turn.change(category=arg, severity=fresh.severity, raised=fresh.raised, sealed=fresh.sealed)
    turn = turn.log("kind_chosen", actor="resident", category=arg)
    turn = intake.proceed(turn) if case.status is Status.DRAFT else more.settled(turn, case)
    return turn.decide(say.answer(turn.world, "ans.ok"))


def _as(case: Case, category: str) -> Case:
    return replace(case, category=category)


def choose_place(turn: Turn, command: Pressed) -> Decision:
    """One of two places with like names was tapped, or which of pin and words is right."""
    case, chosen = turn.case, command.press.arg if command.press else ""
    if chosen in {"pin", "text"}:
        return _choose_pin(turn, chosen)
    place = reading.compound_place(chosen, turn.world.town)
    if place is None or chosen not in case.rivals or case.status not in {Status.DRAFT, Status.NEW, Status.DISP}:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = turn.change(place=place, rivals=()).log("place_chosen", actor="resident", compound=chosen)
    turn = intake.proceed(turn) if case.status is Status.DRAFT else more.settled(turn, case)
    return turn.decide(say.answer(turn.world, "ans.ok"))


def _choose_pin(turn: Turn, which: str) -> Decision:
    case = turn.case
    if case.conflict is None or case.status not in ladder.WORKING | {Status.DRAFT, Status.NEW}:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = replace(turn, case=pins.chosen(case, which)).log("place_chosen", actor="resident", which=which)
    turn = intake.proceed(turn) if case.status is Status.DRAFT else more.settled(turn, case)
    return turn.decide(say.answer(turn.world, "ans.ok"))


def another(command: Pressed, world: World) -> Decision:
    """🆕 the last addition was a matter of its own: it becomes a case."""
    case = world.case
    if case is None or not case.words or world.number is None or len(case.messages) < 2:
        return Decision(answer=say.answer(world, "ans.already"))
    if any(it.no != case.no and case.messages[-1] in it.messages for it in world.cases):
        return Decision(answer=say.answer(world, "ans.already"))
    spoke = Spoke(
        at=world.now, sender=command.sender, chat=command.sender.user_id, message=case.messages[-1], text=case.words[-1]
    )
    opened = intake.take(reading.hear(spoke, world.town), world, None)
    return replace(opened, answer=say.answer(world, "ans.ok"))
