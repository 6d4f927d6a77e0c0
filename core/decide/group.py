"""Replies in a group to a message of ours: 收到, a proof, an answer to a resident (life.md rows 10, 15, 24)."""

from core.case import Offer, Status
from core.decide import (
    called,
    claims,
    closing,
    corrections,
    departments,
    handover,
    patrol,
    relay,
    samples,
    say,
    talk,
    tasks,
)
from core.decide.actor import RECEIVED, Actor, colleague, for_chat
from core.decide.turn import Turn, begin
from core.life import can
from core.messages import Answer, Spoke
from core.world import Decision, World

ARRIVE_KINDS = frozenset({"duty.arrive_need"})


def replied(command: Spoke, world: World) -> Decision:
    """A reply in a group; whatever is no answer to us is none of our business (privacy.md: no keyword watching)."""
    if command.edited or (world.post is None and command.about is None):
        return Decision()
    for taker in (relay.answered, tasks.replied, handover.replied, samples.replied, departments.replied):
        answered = taker(command, world)
        if answered is not None:
            return answered
    if world.case is None:
        return called.again(command, world) or _which(command, world)
    overtaken = claims.overtaken(command, world)
    if overtaken is not None:
        return overtaken
    actor = for_chat(world, world.case, command.sender.user_id, command.chat)
    if isinstance(actor, Answer):
        return Decision()
    turn = begin(world)
    return corrections.replied(turn, actor, command) or about_case(turn, actor, command).decide()


def _which(command: Spoke, world: World) -> Decision:
    """Which case is meant, where a message of a busy group holds several; nothing to anything else."""
    if world.post is None or world.post.kind != "bundle" or colleague(world, command.sender.user_id) is None:
        return Decision()
    told = say.staff(command.chat, "bundle.which", world.town)
    return Decision(notices=(told,) if told else ())


def about_case(turn: Turn, actor: Actor, command: Spoke) -> Turn:
    """What a colleague's reply to one of our messages means for the case; from its handler's team it is a sign of life
    as well."""
    ours = actor.team == turn.case.team and turn.case.handler is not None
    return _meant(claims.alive(turn) if ours else turn, actor, command)


def _meant(turn: Turn, actor: Actor, command: Spoke) -> Turn:
    text = command.text.strip().lower().rstrip("。.!~")
    if text in RECEIVED and actor.offer and actor.offer.state == "open" and _may_be_taken(turn, actor.offer):
        return patrol.taken(turn, actor, actor.offer)  # a yes to a transfer as well
    if actor.team != turn.case.team:
        return turn
    asked = turn.world.post.kind if turn.world.post else ""
    if asked in talk.ASKS:
        return talk.ask(turn, actor, command)
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
