"""The resident has the last word: solved or not, a rating, a withdrawal, a nudge (life.md rows 25, 26, 33, 35, 38)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from core import ladder
from core.case import Case, Status
from core.decide import (
    again,
    company,
    intake,
    joining,
    more,
    pins,
    questions,
    reading,
    say,
    sealing,
    supposing,
    thanks,
    verify,
)
from core.decide.turn import Turn
from core.life import can
from core.messages import Lane, Notice, Pressed, Spoke
from core.texts import RATINGS
from core.world import Decision, World

URGE_EVERY = timedelta(hours=2)  # life.md row 38
URGES_TILL_HEAD = 3
URGED = "urged@"
CANCEL_ASKED = "cancel_asked"  # the step that keeps whoever has it from being told twice


def solved(turn: Turn, command: Pressed | Spoke) -> Decision:
    """✅ 解决了: closed, and the rating is asked (row 25)."""
    if not can(turn.case.status, "confirmed"):
        return turn.decide(say.answer(turn.world, "ans.already"))
    turn = turn.move("confirmed", actor="resident").log("answered", actor="resident", solved=True)
    turn = turn.log("closed", auto=False).change(closed_at=turn.now, confirm_due=None)
    who = command.sender.user_id
    language = say.personal_language(turn.world, command.sender.language)
    asked = replace(rating_question(turn.case), to=who, language=language)
    turn = sealing.tidied(turn.tell(asked, *_others_told(turn, who)))
    return turn.decide(say.answer(turn.world, "ans.thanks"))


def _others_told(turn: Turn, but: int) -> Iterator[Notice]:
    """Whoever else told of it hears that one of them called it solved, and may still say otherwise."""
    case = turn.case
    told = say.reporter(case, "case.closed_together", keys=((say.key("btn.not_solved", "re", case),),))
    everybody = (told, *(company.passed_on(told, it) for it in company.members(case, turn.world)))
    yield from (it for it in everybody if it.to != but)


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
    keys = thanks.offered(turn.case, rating)
    return turn.tell(say.reporter(turn.case, "case.rated", keys=keys)).decide(say.answer(turn.world, "ans.thanks"))


def not_solved(turn: Turn, command: Pressed | Spoke) -> Decision:
    """❌ 还没解决 within 30 days: the same team again, the grid head too, an apology (row 26)."""
    del command
    case = turn.case
    since = case.closed_at or case.done_at
    if not can(case.status, "reopened") or since is None:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if turn.now - since > again.WITHIN:
        return Decision(answer=say.answer(turn.world, "ans.too_late", alert=True))
    return again.reopen(turn).decide(say.answer(turn.world, "ans.thanks"))


def cancel(turn: Turn, command: Pressed) -> Decision:
    """撤销: not for sealed matters and severity 1, which a person may be forced to withdraw (rows 33-35)."""
    del command
    return withdraw(turn)


def withdraw(turn: Turn) -> Decision:
    """The same, by button or by word."""
    case = turn.case
    if case.sealed or case.severity == 1:
        return _asked_to_cancel(turn)
    if case.joined:
        return turn.tell(say.reporter(case, "case.cancel_others")).decide(say.answer(turn.world, "ans.ok"))
    if can(case.status, "withdrawn"):
        return _withdraw(turn).decide(say.answer(turn.world, "ans.cancelled"))
    turn = turn.move("cancelled", actor="resident").pass_others(None).change(closed_at=turn.now, handover=None)
    return turn.tell(say.reporter(turn.case, "case.cancelled")).decide(say.answer(turn.world, "ans.cancelled"))


def _asked_to_cancel(turn: Turn) -> Decision:
    """It stays: somebody may have been made to say so. Whoever has it finds out, once (row 34)."""
    case, world = turn.case, turn.world
    if not can(case.status, "cancel_asked"):
        return Decision(answer=say.answer(world, "ans.not_now", status=case.status.value))
    if CANCEL_ASKED in case.steps:
        return Decision(answer=say.answer(world, "ans.cancel_noted"))
    turn = turn.move("cancel_asked", actor="resident").change(steps=(*case.steps, CANCEL_ASKED))
    for chat in intake.holders(case) or (world.town.district.centre_chat(),):
        turn = turn.tell(say.staff(chat, "duty.cancel_asked", world.town, case=case, lane=say.urgent(case)))
    return turn.tell(say.reporter(case, "case.cancel_noted")).decide(say.answer(world, "ans.cancel_noted"))


def _withdraw(turn: Turn) -> Turn:
    """“居民称已解决” after somebody had accepted: they see it in the card; without another word it closes (row 35)."""
    case = turn.case
    days = turn.world.town.district.options.confirm_days[case.severity]
    turn = turn.move("withdrawn", actor="resident").log("done", actor="resident", photo=False)
    turn = turn.change(
        done_at=turn.now, confirm_due=turn.now + timedelta(days=days), closing=None, handover=None
    ).settle_open("passed")
    turn = turn.watch(*intake.holders(turn.case)).tell(say.reporter(turn.case, "case.cancelled"))
    return verify.wanted(turn, case.handler or "", photo=False, withdrawn=True)


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
        turn = turn.change(asked="detail", guesses=()).tell(say.reporter(case, questions.detail_kind(case)))
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
    if chosen in {supposing.YES, supposing.NO}:
        return _say_where(turn, chosen)
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


def _say_where(turn: Turn, which: str) -> Decision:
    """Whether it is at the supposed place. After a no the place is asked for, of an alarm on its way as well."""
    case = turn.case
    if case.supposed is None or reading.known_place(case) or case.status not in ladder.WORKING | {
        Status.DRAFT, Status.NEW
    }:  # fmt: skip
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = replace(turn, case=supposing.answered(case, which))
    turn = turn.log("place_chosen", actor="resident", supposed=case.supposed.why, right=which == supposing.YES)
    if case.status is Status.DRAFT:
        turn = intake.proceed(turn)
    elif which == supposing.YES:
        turn = joining.beside(more.settled(turn, case))
    else:
        turn = turn.tell(questions.need_place(turn.case))
    return turn.decide(say.answer(turn.world, "ans.ok"))


def another(command: Pressed, world: World) -> Decision:
    """🆕 the last addition was a matter of its own: it becomes a case."""
    case = world.case
    if case is None or not case.words or len(case.messages) < 2:
        return Decision(answer=say.answer(world, "ans.already"))
    if any(it.no != case.no and case.messages[-1] in it.messages for it in world.cases):
        return Decision(answer=say.answer(world, "ans.already"))
    spoke = Spoke(
        at=world.now, sender=command.sender, chat=command.sender.user_id, message=case.messages[-1], text=case.words[-1]
    )
    opened = intake.take(reading.hear(spoke, world.town), world, None)
    return replace(opened, answer=say.answer(world, "ans.ok"))
