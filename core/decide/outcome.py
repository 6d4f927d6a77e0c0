"""What became of a message matters for the case: the reporter hears only what was really delivered (case.received);
a chat that cannot be reached is told to the level above, and its case moves on (TELEGRAM.md 1.2)."""

from dataclasses import replace

from core import ladder
from core.case import ENDED, Offer, Status
from core.decide import dispatch, limits, patrol, say, standing, why
from core.decide.turn import Turn, begin
from core.messages import Delayed, Delivered, Lane, Undelivered
from core.world import Decision, World

CARDS = frozenset({"card", "card.sealed_number"})
URGENT_UP_TO = 2  # severities that do not wait for a slow chat
TOO_LONG = 60  # seconds
WAITS = "waits"  # the step that keeps the reporter from being told twice


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
    limit = int(limits.promised(case, world).total_seconds())
    params = {**what, "station": offered.team, "nearby": why.about(offered), "limit": limit}
    return turn.tell(say.reporter(case, "case.received", params=params, menu="resident")).decide()


def undelivered(command: Undelivered, world: World) -> Decision:
    """A card, or a whole chat, is out of reach. If it was asked to take the case, the centre hears it at once and the
    case goes on."""
    case = world.case
    if case is None or case.status in ENDED:
        return Decision()
    offer = next((o for o in reversed(case.offers) if o.chat == command.chat and o.state in {"open", "accepted"}), None)
    lost = command.gone or command.kind in CARDS
    if command.gone and offer is None and command.chat in case.unheard:
        return Decision()  # told before
    turn = begin(world)
    if command.gone:
        turn = standing.without(turn, command.chat)
    elif offer is None or lost:  # or each change of the card would fail, and be told, for ever
        turn = turn.change(watchers=tuple(chat for chat in case.watchers if chat != command.chat))
    turn = turn.log("unreachable", chat=command.chat, notice=command.kind, why=command.why)
    if offer is None or not lost:
        return turn.decide()
    if command.chat == world.town.district.centre_chat():
        head = world.town.district.grid_head(case.place.grid if case.place else None)
        return turn.watch(head.tg_id if head else None).decide()  # the offer stands: its ladder must go on
    return _move_on(turn, command, offer).decide()


def delayed(command: Delayed, world: World) -> Decision:
    """The card has to wait, by Telegram's will. The reporter hears so, once; what is urgent is shown to one more post,
    for the ladder would come too late."""
    case = world.case
    if case is None or case.status is not Status.DISP or case.told_received or command.kind not in CARDS:
        return Decision()
    if WAITS in case.steps or not any(o.chat == command.chat and o.state == "open" for o in case.offers):
        return Decision()
    turn = begin(world).change(steps=(*case.steps, WAITS)).log("delayed", chat=command.chat, seconds=command.seconds)
    if case.severity <= URGENT_UP_TO and command.seconds >= TOO_LONG and not case.sealed:
        turn = dispatch.call_backup(turn)
    kind = "case.received_sealed" if case.sealed else "case.received_wait"
    return turn.tell(say.reporter(case, kind, params={} if case.sealed else {"limit": command.seconds})).decide()


def _move_on(turn: Turn, command: Undelivered, offer: Offer) -> Turn:
    """The centre hears it, unless it has heard of the chat; who has accepted keeps the case, what was only asked goes
    to the next."""
    town = turn.world.town
    params = {"station": offer.team, "why": command.why}
    centre = town.district.centre_chat()
    if command.kind != "chat" or standing.team_of(command.chat, turn.world) is None:
        turn = turn.tell(say.staff(centre, "centre.unreachable", town, case=turn.case, lane=Lane.URGENT, params=params))
    if offer.state == "accepted" or turn.case.status is Status.DONE:
        return _go_on_apart(turn, offer) if command.gone else turn
    if turn.case.handover is not None and turn.case.handover.offer == offer.serial:
        return patrol.give_back(turn, None)
    turn = turn.settle(offer.serial, "passed")
    if turn.case.status is not Status.DISP or ladder.first_open(turn.case):
        return turn
    return _next_post(turn)


def _go_on_apart(turn: Turn, offer: Offer) -> Turn:
    """Whoever has accepted goes on in private, with the same buttons, and the centre looks on: it may send another."""
    district = turn.world.town.district
    person = district.member(turn.case.handler)
    turn = turn.watch(district.centre_chat(), loud=False)
    if person is None or person.tg_id is None or offer.chat == person.tg_id:
        return turn
    there = tuple(replace(o, chat=person.tg_id) if o.serial == offer.serial else o for o in turn.case.offers)
    return turn.change(offers=there).watch(person.tg_id)


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
