"""An open case that the audit found broken is put right: its due moment reckoned anew, and somebody asked to care."""

from dataclasses import replace

from core.audit import NOT_ASKED, asked_chat
from core.case import ENDED, Offer, Status
from core.decide import dispatch, limits
from core.decide.turn import Turn, begin
from core.ladder import WORKING
from core.messages import Repair
from core.world import Decision, World


def repaired(command: Repair, world: World) -> Decision:
    """Only what is still as it was found; the due moment is reckoned anew by every decision that changes a case."""
    if world.case is None or world.case.status in ENDED:
        return Decision()
    turn = begin(world)
    if world.case.close_due is None and world.case.status in WORKING:
        turn = limits.note(turn)  # without one nothing would ever be owed
    asked = asked_chat(world.case)
    if asked is None or (asked == command.lost and asked != NOT_ASKED):
        turn = _to_centre(turn, asked)
    return turn.decide()


def _to_centre(turn: Turn, lost: int | None) -> Turn:
    """The centre is asked: to take it while nobody has, else beside whoever has it and cannot be told anything."""
    district = turn.world.town.district
    centre = district.centre_chat()
    if centre is None or centre == lost:
        return turn  # nobody is left to be asked; the audit says so where it can
    turn = turn.log("repaired", chat=lost)
    if turn.case.status is not Status.DISP:
        return dispatch.to_team(turn, district.centre_team, "backup")
    turn = turn.change(offers=_passed(turn, lost), handover=None)
    if turn.case.sealed:
        return dispatch.sealed_to_centre(turn)
    return dispatch.to_centre(turn, "unreachable" if lost else "nobody")


def _passed(turn: Turn, lost: int | None) -> tuple[Offer, ...]:
    asked = {"open", "accepted"}
    return tuple(
        replace(it, state="passed") if it.chat == lost and it.state in asked else it for it in turn.case.offers
    )
