"""What became of a message matters for the case: the reporter hears only what was really delivered (case.received);
a chat that cannot be reached is told to the level above, and its case moves on (TELEGRAM.md 1.2)."""

from core import ladder
from core.case import ENDED, Offer, Status
from core.decide import dispatch, patrol, say
from core.decide.turn import Turn, begin
from core.messages import Delivered, Lane, Undelivered
from core.world import Decision, World

CARDS = frozenset({"card", "card.sealed_number"})


def delivered(command: Delivered, world: World) -> Decision:
    """The first card that arrived: now the resident may be told who has the case."""
    case = world.case
    if case is None or command.kind not in CARDS or case.told_received or case.status in ENDED:
        return Decision()
    offered = next((o for o in case.offers if o.chat == command.chat and o.state in {"open", "accepted"}), None)
    if offered is None:
        return Decision()
    turn = begin(world).change(told_received=True)
    turn = turn.log("delivered", assignment=offered.serial)
    if case.status is not Status.DISP:
        return turn.decide()  # somebody was quicker than Telegram's word: the reporter knows who has it
    if case.sealed:
        return turn.tell(say.reporter(case, "case.received_sealed")).decide()
    what = {"category": case.category, "place": case.place.label if case.place else None}
    if offered.kind == "centre":
        return turn.tell(say.reporter(case, "case.received_centre", params=what, menu="resident")).decide()
    limit = int(dispatch.promised(case, world).total_seconds())
    params = {**what, "station": offered.team, "limit": limit}
    return turn.tell(say.reporter(case, "case.received", params=params, menu="resident")).decide()


def undelivered(command: Undelivered, world: World) -> Decision:
    """A chat is out of reach. If it was asked to take the case, the centre hears it at once and the case goes on."""
    case = world.case
    if case is None or case.status in ENDED:
        return Decision()
    turn = begin(world)
    offer = next((o for o in reversed(case.offers) if o.chat == command.chat and o.state in {"open", "accepted"}), None)
    if offer is None or command.kind in CARDS:  # or each change of the card would fail, and be told, for ever
        turn = turn.change(watchers=tuple(chat for chat in case.watchers if chat != command.chat))
    turn = turn.log("unreachable", chat=command.chat, notice=command.kind, why=command.why)
    if offer is None or command.kind not in CARDS:
        return turn.decide()
    if command.chat == world.town.district.centre_chat():
        head = world.town.district.grid_head(case.place.grid if case.place else None)
        return turn.watch(head.tg_id if head else None).decide()  # the offer stands: its ladder must go on
    return _move_on(turn, command, offer).decide()


def _move_on(turn: Turn, command: Undelivered, offer: Offer) -> Turn:
    """The centre hears it; who has accepted keeps the case, what was only asked goes to the next."""
    town = turn.world.town
    params = {"station": offer.team, "why": command.why}
    centre = town.district.centre_chat()
    turn = turn.tell(say.staff(centre, "centre.unreachable", town, case=turn.case, lane=Lane.URGENT, params=params))
    if offer.state == "accepted" or turn.case.status is Status.DONE:
        return turn
    if turn.case.handover is not None and turn.case.handover.offer == offer.serial:
        return patrol.give_back(turn, None)
    turn = turn.settle(offer.serial, "passed")
    if turn.case.status is not Status.DISP or ladder.first_open(turn.case):
        return turn
    return _next_post(turn)


def _next_post(turn: Turn) -> Turn:
    """Nobody is asked any more: the nearest post that was not asked yet, else the centre."""
    town = turn.world.town
    if turn.case.sealed:
        return dispatch.sealed_to_centre(turn)
    before = len(turn.case.offers)
    turn = dispatch.call_backup(turn, "post")
    if len(turn.case.offers) > before:
        return turn.change(team=turn.case.offers[-1].team)
    return dispatch.to_team(turn, town.district.centre_team, "centre").change(team=town.district.centre_team)
