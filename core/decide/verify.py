"""核查: a second person looks whether it is really done (rows 28, 35, 42): all of severity 1, all without a photo, a
fifth of the rest, and what a resident withdrew; never by whoever closed it."""

import hashlib
from dataclasses import replace

from core import ladder, rights
from core.case import Case, Verification
from core.decide import choice, draws, levels, say
from core.decide.turn import Turn, begin
from core.district import Person
from core.ladder import Due
from core.life import can
from core.messages import Lane, Notice, Pressed
from core.texts import CHECK_REASONS
from core.world import Decision, World

SAMPLED = 20  # of a hundred
RUNGS = ("confirm_warn", "confirm", "check")  # of core.ladder, while the resident is asked


def sampled(no: str, part: int = SAMPLED) -> bool:
    """Whether a case is among those that are looked at: drawn by its number, so that nobody can choose."""
    return int.from_bytes(hashlib.sha256(f"check|{no}".encode()).digest()[:8]) % 100 < part


def why(case: Case, *, photo: bool, withdrawn: bool = False) -> str | None:
    """Why it is looked at; None when it is not. Sealed matters are nobody else's to look at."""
    if case.sealed:
        return None
    reasons = (
        ("withdrawn", withdrawn),
        ("unreachable", case.unreachable),
        ("severity", case.severity == 1),
        ("no_photo", not photo),
        ("sample", sampled(case.no)),
    )
    return next((name for name, holds in reasons if holds), None)


def wanted(turn: Turn, closer: str, *, photo: bool, withdrawn: bool = False) -> Turn:
    """Asked when somebody says that it is done."""
    reason = why(turn.case, photo=photo, withdrawn=withdrawn)
    if reason is None:
        return turn
    check = Verification(why=reason, closer=closer, at=turn.now)
    turn = turn.change(check=check).log("check_asked", why=reason)
    return turn.tell(_ask(turn, check, _checker_chat(turn, closer)))


def _checker_chat(turn: Turn, closer: str) -> int | None:
    """The grid head; an inspector, then the centre, where the head closed it or there is none."""
    head = levels.head(turn)
    if head is not None and head.tg_id is not None and head.id != closer:
        return head.tg_id
    others = draws.inspectors(turn.world.town.district)
    return others[0] if others else levels.chat_of_street(turn)


def _ask(turn: Turn, check: Verification, chat: int | None) -> Notice | None:
    case = turn.case
    keys = ((say.key("btn.check_ok", "vy", case, "ok"), say.key("btn.check_not", "vy", case, "no")),)
    params = {
        "category": case.category,
        "place": case.place.label if case.place else None,
        "team": case.team,
        "result": case.result or None,
        "check": check.why,
    }
    notice = say.staff(chat, "check.ask", turn.world.town, case=case, keys=keys, lane=Lane.REMINDER, params=params)
    photos = (case.result_photo,) if case.result_photo else ()
    return replace(notice, photos=photos) if notice else None


def again(turn: Turn, due: Due) -> Turn:
    """Nobody looked in a day: the centre is asked too."""
    del due
    check, chat = turn.case.check, levels.chat_of_street(turn)
    if check is None or check.state != "asked":
        return turn
    return turn.log("check_late").tell(_ask(turn, check, chat))


def unseen(case: Case) -> bool:
    """Whether it must not close by itself, since nobody has looked: a matter of life, done without a photo, or for
    somebody who could not say that it is not (row 42: by a visit)."""
    check = case.check
    if check is None or check.state != "asked":
        return False
    return case.severity == 1 or check.why in {"no_photo", "unreachable"}


def once_more(turn: Turn, due: Due) -> Turn:
    """It stays, and the centre is asked anew each day until somebody has looked (rows 27, 28)."""
    steps = tuple(it for it in turn.case.steps if it != due.name)
    turn = turn.change(confirm_due=turn.now + ladder.CHECK, steps=steps)
    return again(turn, due)


def pressed(command: Pressed, world: World) -> Decision:
    """✔️ or ✖️ with a reason, by whoever may check and did not close it."""
    case = world.case
    if case is None or case.check is None or case.check.state != "asked":
        return Decision(answer=say.answer(world, "ans.already"))
    person = world.town.district.person(command.sender.user_id)
    if person is None or person.id in {case.check.closer, case.handler} or not _may(person, case, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    turn, (verdict, reason) = begin(world), choice.parts(command, 2)
    if verdict == "ok":
        return _passed(turn, person).decide(say.answer(world, "ans.thanks"))
    if reason not in CHECK_REASONS:
        keys = tuple((say.key("btn.reason", "vy", case, f"no/{it}", reason=it),) for it in CHECK_REASONS)
        asked = say.staff(command.chat, "check.why", world.town, case=case, keys=keys)
        return Decision(notices=tuple(it for it in (asked,) if it), answer=say.answer(world, "ans.choose_reason"))
    if not can(case.status, "check_failed"):
        return Decision(answer=say.answer(world, "ans.not_now", status=case.status.value))
    return _failed(turn, person, reason).decide(say.answer(world, "ans.ok"))


def _may(person: Person, case: Case, world: World) -> bool:
    district = world.town.district
    if rights.heads_grid(person, case, district) or draws.is_inspector(person, district):
        return True
    return rights.belongs(person, district.centre_team, district)


def _noted(turn: Turn, person: Person, state: str, reason: str = "") -> Turn:
    check = turn.case.check
    if check is None:
        return turn
    seen = replace(check, state=state, by=person.id, reason=reason)
    return turn.change(check=seen).log("checked", actor=person.id, passed=state == "passed", why=check.why)


def _passed(turn: Turn, person: Person) -> Turn:
    """It is done. Where the resident cannot be reached, a visit and a photo end the case (row 42)."""
    turn = _noted(turn, person, "passed")
    check = turn.case.check
    if check is None or check.why != "unreachable" or not can(turn.case.status, "closed_visited"):
        return turn
    turn = turn.move("closed_visited", actor=person.id).log("closed", auto=True)
    return turn.change(closed_at=turn.now, auto_closed=True, confirm_due=None)


def _failed(turn: Turn, person: Person, reason: str) -> Turn:
    """Back to the team, on site, with the old limit; the resident need not answer any more (row 28)."""
    turn = turn.move("check_failed", actor=person.id, reason=reason)
    turn = _noted(turn, person, "failed", reason)
    turn = turn.change(done_at=None, confirm_due=None, result="", result_photo=None)
    rungs = {f"{name}:{turn.case.reopened}" for name in RUNGS}  # the time between is gone through anew
    turn = turn.change(steps=tuple(it for it in turn.case.steps if it not in rungs))
    params = {"reason": reason, "by": person.id}
    town, chat = turn.world.town, levels.holder_chat(turn.case)
    told = say.staff(chat, "check.failed", town, case=turn.case, lane=levels.lane(turn), params=params)
    return turn.tell(told, say.reporter(turn.case, "case.checked_again"))
