"""调解: what people say and press about a dispute, and what its clock does (disputes.md; mechanisms F16, F17, F48)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from core.decide import people, say
from core.decide.mediation import agreement, asking, cards, clock, desk, ledger, red, relay, review
from core.decide.mediation.presses import PRESSES
from core.decide.mediation.turn import Med, about, begin
from core.decide.reading import Heard
from core.district import Person
from core.mediation import forgetting
from core.mediation.life import ENDED, ENDS_THE_TALKS
from core.messages import Endangered, Ordered, Orphaned, PartyGone, Spoke, Tied
from core.records.mediation import Dispute, Note, Party, Step
from core.understand import Kind
from core.world import Decision, World

__all__ = [
    "DUE",
    "PRESSES",
    "alarmed",
    "ask",
    "awaited",
    "endangered",
    "linked",
    "orphaned",
    "orphans",
    "parties_gone",
    "party_gone",
    "replied",
    "tied",
    "told",
]  # fmt: skip

ask, told, alarmed, mine = asking.ask, asking.told, asking.alarmed, asking.mine
book = ledger.ordered
DUE: Mapping[str, Callable[[Dispute, World], Decision]] = {"med": clock.due}


def replied(command: Spoke, world: World) -> Decision | None:
    """A reply in private to anything about a dispute: a side to its mediator, a mediator to one side or with a note.
    None when it is about something else. In a group nothing is taken: others read along."""
    dispute = _named(command, world)
    if dispute is None:
        return None
    if command.edited or command.group:
        return Decision()
    world = replace(world, record=dispute)
    side = dispute.side_of(command.sender.user_id)
    if side is not None:
        return asking.more(command, world, dispute.id)
    person = world.town.district.person(command.sender.user_id)
    if person is None or person.id not in dispute.team_of_mediators():
        return Decision()
    return _by_reply(begin(world, command), person, command)


def _named(command: Spoke, world: World) -> Dispute | None:
    """The dispute that the message replied to is about; by the number that stands in it where we do not know the
    message (any more): else words for a mediator would be taken for a report and shown to a group."""
    record = world.post.record if world.post else None
    if record is not None:
        return world.record if record[0] == "med" and isinstance(world.record, Dispute) else None
    number = command.about or ""
    return world.look_up(Dispute, number) if world.post is None and number.startswith(asking.LETTER) else None


def _by_reply(med: Med, person: Person, command: Spoke) -> Decision:
    """What was asked for decides: a note, or words to the side that the message came from."""
    post = med.world.post
    side = post.params.get("side") if post else None
    if post is not None and post.kind == desk.NOTE:
        return desk.noted(med, person, command, str(post.params["four"]), str(side or "")).decide()
    if post is not None and post.kind == desk.TIE:
        return desk.tie(med, person, command)
    if post is not None and post.kind == agreement.WRITE and person.id == med.dispute.owner:
        return _terms(med, person, command)
    if post is not None and post.kind in {relay.WRITE, relay.SAID} and side in {"a", "b"}:
        return relay.written(med, person, str(side), command).decide()
    if post is not None and post.kind == cards.CARD:
        return desk.jotted(med, person, command).decide()
    return med.to_person(person.id, "med.reply_how").decide()


def _terms(med: Med, person: Person, command: Spoke) -> Decision:
    """The wording of the agreement, as long as it is still talked about."""
    open_still = med.dispute.step in {Step.INQUIRY, Step.TALK, Step.AGREED}
    return (agreement.written(med, person, command) if open_still else med.to_person(person.id, "med.closed")).decide()


def parties_gone(user: int, world: World, *, back: bool) -> tuple[PartyGone, ...]:
    """What a lost (or found) private chat means for the disputes of its person."""
    mine = (it for it in world.every(Dispute) if it.step not in ENDED and it.side_of(user) is not None)
    return tuple(PartyGone(at=world.now, dispute=it.id, user=user, back=back) for it in mine)


def party_gone(command: PartyGone, world: World) -> Decision:
    """A side has blocked the bot, or is back: its mediators go there or phone."""
    dispute = world.record
    side = dispute.side_of(command.user) if isinstance(dispute, Dispute) else None
    if not isinstance(dispute, Dispute) or side is None or dispute.party(side).reachable is command.back:
        return Decision()
    med = begin(world, command).party(side, reachable=command.back)
    med = med.log("med_party_back" if command.back else "med_party_lost", None, side=side)
    return (med if command.back else med.to_mediators("med.party_lost", no=dispute.id, side=side)).decide()


def orphans(world: World) -> tuple[Orphaned, ...]:
    """Disputes whose mediator is in the town's file no longer, looked for each day and when a file was loaded."""
    lost = (it for it in world.every(Dispute) if it.step not in ENDED and clock.is_orphan(it, world))
    return tuple(Orphaned(at=world.now, dispute=it.id) for it in lost)


def orphaned(command: Orphaned, world: World) -> Decision:
    """Somebody else has it in the same moment."""
    if not isinstance(world.record, Dispute) or not clock.is_orphan(world.record, world):
        return Decision()
    return review.hand_on(begin(world, command), None).decide()


def forgotten(user: int, world: World) -> tuple[Dispute, ...]:
    """What goes at a person's word: of what is over all of theirs; of what goes on it goes when it ends, since the
    other side has a right to what was agreed."""
    return tuple(map(partial(_without, user), (it for it in world.every(Dispute) if it.side_of(user) is not None)))


def _without(user: int, dispute: Dispute) -> Dispute:
    side = dispute.side_of(user) or "a"
    if dispute.step not in ENDED and not _nobody_elses(dispute, side):
        return replace(dispute, forget=tuple(dict.fromkeys((*dispute.forget, side))))
    return forgetting.without_words_of(forgetting.without_side(dispute, side), side)


def _nobody_elses(dispute: Dispute, side: str) -> bool:
    """Whether the talks are over, nothing was agreed and no other side ever came in: only a visit is left."""
    over = dispute.step in ENDS_THE_TALKS | {Step.FOLLOW} and dispute.agreement is None
    return over and dispute.party("b" if side == "a" else "a").user is None


def tied(command: Tied, world: World) -> Decision:
    """It names the case, as the case names it."""
    dispute = world.record
    if not isinstance(dispute, Dispute) or command.case in dispute.linked or dispute.step in ENDED:
        return Decision()
    med = begin(world, command).change(linked=(*dispute.linked, command.case))
    return med.log("med_linked", command.by, to_case=command.case).heard().decide()


def endangered(command: Endangered, world: World) -> Decision:
    """A side has told of danger: its words are kept, the talks are frozen, the police know of the quarrel too."""
    dispute = world.record
    if not isinstance(dispute, Dispute) or dispute.step in ENDED | {Step.RED}:
        return Decision()
    note = Note(step="listen", side=command.side, by=command.side, at=command.at, text=command.text)
    med = relay.with_note(begin(world, command), note)
    return red.freeze(med.change(signals=(*dispute.signals, *command.signals))).decide()


def awaited(asked: str | None, heard: Heard, world: World) -> Decision | None:
    """The message was asked for: the quarrel itself, or more about one.

    Who has just told of a quarrel may tell of a hazard next; whoever pressed to write to the mediator writes to the
    mediator, whatever the words look like: a wrong guess would show them to a group.
    """
    if asked == asking.WAITS and heard.command.text.strip():
        return told(heard.command, world)
    if asked is None or not asked.startswith((asking.ABOUT, asking.PERHAPS)):
        return None
    hazard = heard.meaning is not None and heard.meaning.kind is Kind.HAZARD and heard.meaning.guess.sure
    if hazard and asked.startswith(asking.PERHAPS):
        return None
    return asking.more(heard.command, world, asked[len(asking.ABOUT) :])


def linked(command: Ordered, world: World) -> Decision | None:
    """/start with the other side's link. Whoever opens it learns nothing before the mediator says who they are."""
    if not command.rest.startswith(desk.LINK):
        return None
    no, _, code = command.rest.removeprefix(desk.LINK).partition("_")
    dispute = world.look_up(Dispute, no)
    user, staff = command.sender.user_id, world.town.district.person(command.sender.user_id) is not None
    contact = replace(say.contact_of(world, user, command.sender.name), greeted=True, reachable=True)
    if dispute is None or staff or dispute.side_of(user) is not None:
        return Decision(contact=contact, notices=(people.tell(command, world, "mediate.link_over"),))
    language = say.personal_language(world, command.sender.language)
    guest = Party(user=user, name=command.sender.name, language=language)
    med = desk.opened(about(dispute, replace(world, record=dispute), command), code, guest)
    if med is None:
        return Decision(contact=contact, notices=(people.tell(command, world, "mediate.link_over"),))
    hello = people.tell(command, world, "mediate.guest")
    privacy = people.tell(command, world, "start.privacy", params={"days": 30})
    return med.tell(hello, privacy).decide(contact=contact)
