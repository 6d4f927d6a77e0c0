"""Replies in a group to a message of ours: 收到, a proof, an answer to a resident (life.md rows 10, 15, 24)."""

from core.case import Offer, Status
from core.decide import closing, patrol, relay
from core.decide.actor import Actor, for_chat
from core.decide.turn import Turn, begin
from core.life import can
from core.messages import Answer, Spoke
from core.world import Decision, World

RECEIVED = frozenset({"收到", "签收", "已签收", "好的收到", "收到了", "ok", "got it", "accept"})
ARRIVE_KINDS = frozenset({"duty.arrive_need"})


def replied(command: Spoke, world: World) -> Decision:
    """A reply in a group; whatever is no answer to us is none of our business (privacy.md: no keyword watching)."""
    if command.edited or (world.post is None and command.about is None):
        return Decision()
    answered = relay.answered(command, world)
    if answered is not None:
        return answered
    if world.case is None:
        return Decision()
    actor = for_chat(world, world.case, command.sender.user_id, command.chat)
    if isinstance(actor, Answer):
        return Decision()
    return about_case(begin(world), actor, command).decide()


def about_case(turn: Turn, actor: Actor, command: Spoke) -> Turn:
    """What a colleague's reply to one of our messages means for the case."""
    text = command.text.strip().lower().rstrip("。.!~")
    if text in RECEIVED and actor.offer and actor.offer.state == "open" and _may_be_taken(turn, actor.offer):
        return patrol.taken(turn, actor, actor.offer)  # a yes to a transfer as well
    if actor.team != turn.case.team:
        return turn
    asked = turn.world.post.kind if turn.world.post else ""
    if command.photo and turn.case.status is Status.ACK and (asked in ARRIVE_KINDS or turn.case.closing is None):
        return closing.on_site(turn, actor.person.id, "photo")
    if turn.case.closing is not None and can(turn.case.status, "done") and (command.photo or command.text):
        return closing.evidence(turn, actor.person.id, command)
    if command.photo and turn.case.status is Status.SITE:
        return closing.evidence(turn, actor.person.id, command)
    return turn


def _may_be_taken(turn: Turn, offer: Offer) -> bool:
    """Offered to anybody who is quick, or to this team as a transfer."""
    return turn.case.status is Status.DISP or (offer.kind == "transfer" and can(turn.case.status, "transferred"))
