"""A message in a private chat: what it is taken for, in order; the last is a report."""

from collections.abc import Callable
from dataclasses import replace

from core.case import ENDED, Case, Status
from core.decide import duty, intake, people, reading, say
from core.decide.turn import Turn
from core.messages import Spoke
from core.understand import Kind
from core.world import Decision, World

Taker = Callable[[Spoke, World], Decision | None]
BIGGEST = 20 * 1024 * 1024  # TELEGRAM.md 1.5: what a bot may download
SAFE_REPLIES = {"1": "police", "2": "safe", "3": "mistake"}  # emg.silent


def heard(command: Spoke, world: World) -> Decision:
    """The first taker that knows what to do with the message decides."""
    for taker in TAKERS:
        decision = taker(command, world)
        if decision is not None:
            return decision
    return intake.report(command, world)


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
    usable = command.text.strip() or command.photo or command.voice or command.video or command.spot
    if usable:
        return None
    kind = "err.no_file" if command.document else "err.sorry"
    return Decision(notices=(people.tell(command, world, kind, keys=((say.key("btn.human", "hu"),),)),))


def _staff_place(command: Spoke, world: World) -> Decision | None:
    return duty.place_of_staff(command, world) if command.spot is not None else None


def _silent_answer(command: Spoke, world: World) -> Decision | None:
    """1, 2 or 3 after the silent message: the officer is told, no sound is made (emg.silent)."""
    meant = SAFE_REPLIES.get(command.text.strip())
    case = next((c for c in world.cases if c.emergency == "silent" and c.status not in ENDED), None)
    if meant is None or case is None:
        return None
    turn = Turn(case=case, world=replace(world, case=case)).move("added", actor="resident", answer=meant)
    for chat in case.watchers:
        if chat > 0:
            turn = turn.tell(say.staff(chat, f"sealed.{meant}", world.town, case=case, lane=say.urgent(case)))
    return turn.tell(say.reporter(case, "emg.silent_noted")).decide()


def _awaited(command: Spoke, world: World) -> Decision | None:
    """The message was asked for: a question for a person, a suggestion. Danger is never put aside for that."""
    asked = people.awaited(world.contact, world)
    if asked not in {"human", "suggest"} or reading.hear(command, world.town).emergency:
        return None
    return people.to_centre(command, world) if asked == "human" else people.suggestion(command, world)


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
    params = {"status": case.status.value, "person": case.handler}
    turn = Turn(case=case, world=replace(world, case=case))
    told = say.reporter(case, "case.urge" if urge else "case.state", params=params)
    if not urge or case.status in {Status.DRAFT, Status.DONE}:
        return Decision(notices=(told,))
    turn = turn.move("urged", actor="resident").tell(told)
    for chat in intake.holders(case):
        turn = turn.tell(say.staff(chat, "duty.urged", world.town, case=case, lane=say.urgent(case)))
    return turn.decide()


TAKERS: tuple[Taker, ...] = (_edited, _nothing_usable, _staff_place, _silent_answer, _awaited, _status_words)
