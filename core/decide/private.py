"""A message in a private chat: what it is taken for, in order; the last is a report."""

from collections.abc import Callable
from dataclasses import replace

from core.case import ENDED, Case, Status
from core.decide import (
    checks,
    complaints,
    corrections,
    duty,
    group,
    helpers,
    intake,
    lastword,
    mediation,
    people,
    privacy,
    reading,
    relay,
    resident,
    say,
    setup,
    tables,
    talk,
    tasks,
    thanks,
    volunteers,
    whereabouts,
)
from core.decide.actor import for_chat
from core.decide.turn import Turn, begin
from core.life import can
from core.messages import Answer, Spoke
from core.understand import Kind
from core.world import Decision, World

Taker = Callable[[Spoke, World], Decision | None]
BIGGEST = 20 * 1024 * 1024  # TELEGRAM.md 1.5: what a bot may download
STAFF_KINDS = ("card", "duty.", "evidence", "fix.", "sealed.")
WITHDRAWALS = frozenset({"撤销", "撤回", "取消", "撤銷", "cancel", "withdraw"})
SAFE_REPLIES = {"1": "police", "2": "safe", "3": "mistake"}  # emg.silent


def heard(command: Spoke, world: World) -> Decision:
    """The first taker that knows what to do with the message decides."""
    for taker in TAKERS:
        decision = taker(command, world)
        if decision is not None:
            return decision
    decision = intake.report(command, world)
    return mediation.alarmed(command, world, decision) if reading.hear(command, world.town).emergency else decision


def _edited(command: Spoke, world: World) -> Decision | None:
    """An edited report keeps both texts in the case; an edit of anything else changes nothing (row 37)."""
    if not command.edited:
        return None
    case = next((c for c in world.cases if command.message in c.messages and c.status not in ENDED), None)
    if case is None or not command.text.strip() or command.text.strip() in case.words:
        return Decision()
    return intake.take(reading.hear(command, world.town), world, case)


def _nothing_usable(command: Spoke, world: World) -> Decision | None:
    """A sticker, a file that is too big, a game: said so, with a way on."""
    if command.document_bytes > BIGGEST:
        return Decision(notices=(people.tell(command, world, "err.big_file"),))
    usable = command.text.strip() or command.photo or command.voice or command.video or command.document or command.spot
    if usable:
        return None
    return Decision(notices=(people.tell(command, world, "err.sorry", keys=((say.key("btn.human", "hu"),),)),))


def _colleagues_reply(command: Spoke, world: World) -> Decision | None:
    """An officer goes on with a case by replies in private, as others do in their group."""
    if world.case is None or command.edited or not _of_a_card(command, world):
        return None
    actor = for_chat(world, world.case, command.sender.user_id, command.chat)
    if isinstance(actor, Answer):
        return None
    corrected = corrections.replied(begin(world), actor, command)
    if corrected is not None or actor.offer is None:
        return corrected
    return group.about_case(begin(world), actor, command).decide()


def _of_a_card(command: Spoke, world: World) -> bool:
    """A reply to a message for staff, or to one whose sending was never confirmed and that names the case."""
    if world.post is None:
        return command.about is not None
    return world.post.kind.startswith(STAFF_KINDS)


def _staff_place(command: Spoke, world: World) -> Decision | None:
    """A colleague's place is a sign-in or an arrival, unless they are just telling where something is."""
    telling = any(c.status is Status.DRAFT and c.place is None for c in world.cases)
    asked = people.awaited(world.contact, world) or ""
    if command.spot is None or (telling and asked != "signin" and not asked.startswith("arrive:")):
        return None
    return duty.place_of_staff(command, world)


def _silent_answer(command: Spoke, world: World) -> Decision | None:
    """1, 2 or 3 after the silent message: the officer is told, no sound is made (emg.silent)."""
    meant = SAFE_REPLIES.get(command.text.strip())
    case = next((c for c in world.cases if c.emergency == "silent" and c.status not in ENDED), None)
    if meant is None or case is None:
        return None
    turn = Turn(case=case, world=replace(world, case=case)).move("added", actor="resident", answer=meant)
    in_private = tuple(chat for chat in intake.holders(case) if chat > 0)
    for chat in in_private:
        turn = turn.tell(say.staff(chat, f"sealed.{meant}", world.town, case=case, lane=say.urgent(case)))
    if not in_private:
        turn = turn.watch(
            world.town.district.centre_chat()
        )  # the number rings there again: whoever takes it calls back
    return turn.tell(say.reporter(case, "emg.silent_noted")).decide()


def _talk(command: Spoke, world: World) -> Decision | None:
    """An answer of the centre to a question, given in private; or the asker's reply to one."""
    if relay.continues(world) and not reading.hear(command, world.town).emergency:
        return people.to_centre(command, world)
    return complaints.goes_on(command, world) or complaints.answered(command, world)


def _awaited(command: Spoke, world: World) -> Decision | None:
    """The message was asked for: a question for a person, a suggestion. Danger is never put aside for that."""
    case = talk.awaited_case(world)
    if case is not None:
        contact = say.unasked(say.contact_of(world, command.sender.user_id))
        taken = intake.take(reading.hear(command, world.town), world, case)
        return replace(taken, contact=contact)
    asked = people.awaited(world.contact, world)
    heard = reading.hear(command, world.town)
    if heard.emergency:
        return None
    about = complaints.why(command, world) or mediation.awaited(asked, heard, world)
    if about is not None or asked not in {"human", "suggest"}:
        return about
    return people.to_centre(command, world) if asked == "human" else complaints.suggested(command, world)


def _withdrawal(command: Spoke, world: World) -> Decision | None:
    """“撤销” typed: the case replied to, else the newest open one, as if its button was tapped (rows 33-35)."""
    if command.text.strip().rstrip("。.!") not in WITHDRAWALS or command.photo:
        return None
    about = world.post.case if world.post else None
    case = next((c for c in world.cases if c.status not in ENDED and about in {None, c.no}), None)
    if case is None:
        return None
    decision = resident.withdraw(Turn(case=case, world=replace(world, case=case)))
    return replace(decision, answer=None)


def _status_words(command: Spoke, world: World) -> Decision | None:
    """“怎么样了” and “快点”: the newest open case answers."""
    if not command.text.strip() or command.photo:
        return None
    meaning = reading.read(command.text, world.town, command.at)
    if meaning.emergency is not None or meaning.kind not in {Kind.STATUS, Kind.URGE}:
        return None
    case = next((c for c in world.cases if c.status not in ENDED), None)
    if case is None:
        return Decision(notices=(people.tell(command, world, "mine.none", menu="resident"),))
    return _state_of(case, world, urge=meaning.kind is Kind.URGE)


def _state_of(case: Case, world: World, *, urge: bool) -> Decision:
    if urge and can(case.status, "urged"):
        return resident.nudge(Turn(case=case, world=replace(world, case=case))).decide()
    params = {"status": case.status.value, "person": case.handler}
    return Decision(notices=(say.reporter(case, "case.state", params=params),))


def _of_mediation(command: Spoke, world: World) -> Decision | None:
    """A reply to anything about a dispute. Danger is never put aside for that."""
    return None if reading.hear(command, world.town).emergency else mediation.replied(command, world)


TAKERS: tuple[Taker, ...] = (
    whereabouts.moved,
    _edited,
    setup.heard,
    _of_mediation,
    _talk,
    tasks.replied,
    helpers.heard,
    _colleagues_reply,
    _nothing_usable,
    tables.heard,
    volunteers.heard,
    checks.heard,
    _staff_place,
    whereabouts.shared,
    _silent_answer,
    privacy.heard,
    thanks.heard,
    _awaited,
    lastword.heard,
    _withdrawal,
    _status_words,
)
