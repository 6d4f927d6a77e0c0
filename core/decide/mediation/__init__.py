"""调解: what people say and press about a dispute, and what its clock does (disputes.md; mechanisms F16, F17, F48).

Every press says who may make it, in one table; who somebody is follows from the account, never from the button.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from core.decide import people, say
from core.decide.mediation import asking, clock, consent, desk, red, relay, review, sending, visits
from core.decide.mediation.turn import Med, about, begin
from core.district import Person
from core.mediation.life import ENDED, NotInMediation
from core.messages import Answer, Endangered, Ordered, Pressed, Spoke
from core.records.mediation import Dispute, Note, Party, Step
from core.world import Decision, World

__all__ = ["DUE", "PRESSES", "alarmed", "ask", "awaited", "endangered", "linked", "pressed", "replied", "told"]

ask, told, alarmed = asking.ask, asking.told, asking.alarmed
ByMediator = Callable[[Med, Pressed, Person], Med | Answer]
BySide = Callable[[Med, Pressed, str], Med | Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may press: owner, panel (the owner and whoever sits in), police, or anyone of the staff (`does` looks).
    `steps`: where it means anything; empty for everywhere."""

    who: str
    does: ByMediator
    steps: frozenset[Step] = frozenset()


def _rule(who: str, does: ByMediator, steps: str = "") -> Rule:
    return Rule(who=who, does=does, steps=frozenset(Step(it) for it in steps.split("/") if it))


def _take(med: Med, command: Pressed, person: Person) -> Med | Answer:
    return review.take(med, person, command.chat)


def _avoid(med: Med, command: Pressed, person: Person) -> Med | Answer:
    del command
    concerned = {*med.dispute.asked, med.dispute.owner}
    return review.avoid(med, person) if person.id in concerned else Answer(kind="ans.not_yours", alert=True)


def _plain(does: Callable[[Med, Person], Med]) -> ByMediator:
    def doing(med: Med, command: Pressed, person: Person) -> Med:
        del command
        return does(med, person)

    return doing


def _refusing(med: Med, command: Pressed, person: Person) -> Med | Answer:
    why = command.press.arg if command.press else ""
    return review.refuse(med, person, why) if why in review.GROUNDS else Answer(kind="ans.stale")


def _of_writer(does: Callable[[Med, Person], Med]) -> ByMediator:
    """By the colleague who wrote it down, before anybody has it."""

    def doing(med: Med, command: Pressed, person: Person) -> Med | Answer:
        del command
        if person.id != med.dispute.by:
            return Answer(kind="ans.not_yours", alert=True)
        return does(med, person) if med.dispute.owner is None and med.dispute.team is None else Answer(kind="ans.stale")

    return doing


def _send(med: Med, person: Person) -> Med:
    del person
    return sending.start(med)


def _visit(word: str) -> ByMediator:
    def doing(med: Med, command: Pressed, person: Person) -> Med | Answer:
        index = _open_visit(med, command)
        return Answer(kind="ans.already") if index is None else visits.done(med, index, word, person.id)

    return doing


def _open_visit(med: Med, command: Pressed) -> int | None:
    given = command.press.arg if command.press else ""
    index = int(given) if given.isdecimal() else -1
    open_one = 0 <= index < len(med.dispute.visits) and med.dispute.visits[index].done_at is None
    return index if open_one else None


def _release(med: Med, person: Person) -> Med:
    """Frozen before anybody had it: now named mediators are asked."""
    med = red.release(med, person)
    return sending.ask_named(med) if med.dispute.owner is None and med.dispute.step is Step.NEW else med


def _stop(med: Med, person: Person) -> Med:
    """The police say that there is nothing to mediate: it ends here, for both sides."""
    return consent.ends(med, "a", "stopped", person.id)


STAFF: Mapping[str, Rule] = {
    "med.take": _rule("staff", _take),
    "med.avoid": _rule("staff", _avoid, "NEW/CONSENT"),
    "med.spot": _rule("staff", _of_writer(review.settled_here), "NEW"),
    "med.send": _rule("staff", _of_writer(_send), "NEW"),
    "med.accept": _rule("owner", _plain(review.accept), "NEW"),
    "med.refuse": _rule("owner", _plain(review.refuse_menu), "NEW"),
    "med.refusing": _rule("owner", _refusing, "NEW"),
    "med.reached": _rule("owner", _plain(review.reached), "NEW"),
    "med.write": _rule("panel", desk.write),
    "med.notes": _rule("panel", desk.notes),
    "med.note": _rule("panel", desk.note),
    "med.read": _rule("panel", desk.read),
    "med.consents": _rule("owner", desk.consents, "CONSENT"),
    "med.declines": _rule("owner", desk.declines, "CONSENT"),
    "med.invite": _rule("owner", desk.invite),
    "med.them": _rule("panel", desk.them),
    "med.stranger": _rule("panel", desk.stranger),
    "med.inquire": _rule("owner", desk.inquire, "INFORMED"),
    "med.talks": _rule("owner", desk.talks, "INQUIRY"),
    "med.well": _rule("owner", _visit("ok")),
    "med.trouble": _rule("owner", _visit("trouble")),
    "med.file": _rule("owner", lambda med, _, person: visits.file(med, person.id), "FOLLOW"),
    "med.seen": _rule("police", _plain(red.seen), "RED"),
    "med.release": _rule("police", _plain(_release), "RED"),
    "med.stop": _rule("police", _plain(_stop), "RED"),
}


def _yes(med: Med, command: Pressed, side: str) -> Med | Answer:
    del command
    if med.dispute.party(side).consent != "asked":
        return Answer(kind="ans.already")
    return consent.yes(med, side)


def _no(how: str, med: Med, command: Pressed, side: str) -> Med | Answer:
    del command
    if med.dispute.step not in consent.MAY_WITHDRAW:
        return Answer(kind="ans.stale")
    return consent.ends(med, side, how)


def _said(word: str, med: Med, command: Pressed, side: str) -> Med | Answer:
    index = _open_visit(med, command)
    return Answer(kind="ans.thanks") if index is None else visits.said(med, side, index, word)


def _answer(med: Med, command: Pressed, side: str) -> Med | Answer:
    del command
    return med.to_side(side, "mediate.write")


SIDE: Mapping[str, BySide] = {
    "med.yes": _yes,
    "med.no": partial(_no, "no"),
    "med.out": partial(_no, "withdrawn"),
    "med.answer": _answer,
    "med.fine": partial(_said, "ok"),
    "med.bad": partial(_said, "trouble"),
}


def pressed(command: Pressed, world: World) -> Decision:
    """Exactly one of: done, already done, not yours, superseded."""
    press, dispute = command.press, world.record
    if press is None or not isinstance(dispute, Dispute):
        return Decision(answer=say.answer(world, "ans.stale"))
    found = _by_side(command, world, dispute) if press.action in SIDE else _by_staff(command, world, dispute)
    if isinstance(found, Answer):
        return Decision(answer=say.answer(world, found.kind, alert=found.alert, **found.params))
    contact = None
    if press.action == "med.answer":
        contact = replace(
            say.contact_of(world, command.sender.user_id), awaiting=asking.ABOUT + dispute.id,
            awaiting_until=world.now + people.AWAIT,
        )  # fmt: skip
    return found.decide(say.answer(world, "ans.ok"), contact)


def _by_side(command: Pressed, world: World, dispute: Dispute) -> Med | Answer:
    side = dispute.side_of(command.sender.user_id)
    if side is None or command.chat != command.sender.user_id:
        return Answer(kind="ans.not_yours", alert=True)
    return _lived(lambda: SIDE[_action(command)](begin(world, command), command, side))


def _by_staff(command: Pressed, world: World, dispute: Dispute) -> Med | Answer:
    rule, person = STAFF.get(_action(command)), world.town.district.person(command.sender.user_id)
    if rule is None or person is None or not _may(rule.who, person, command, begin(world, command)):
        return Answer(kind="ans.not_yours", alert=True)
    if rule.steps and dispute.step not in rule.steps:
        return Answer(kind="ans.stale")
    return _lived(lambda: rule.does(begin(world, command), command, person))


def _action(command: Pressed) -> str:
    return command.press.action if command.press else ""


def _may(who: str, person: Person, command: Pressed, med: Med) -> bool:
    """Everything but taking it happens in the mediator's own chat: a group would read along."""
    if who == "staff":
        return True
    police = red.officer(med)
    allowed = {
        "owner": (med.dispute.owner,),
        "panel": med.dispute.team_of_mediators(),
        "police": (police.id if police else None,),
    }
    return command.chat == person.tg_id and person.id in allowed[who]


def _lived(doing: Callable[[], Med | Answer]) -> Med | Answer:
    try:
        return doing()
    except NotInMediation:
        return Answer(kind="ans.stale")


PRESSES: Mapping[str, Callable[[Pressed, World], Decision]] = dict.fromkeys((*STAFF, *SIDE), pressed)
DUE: Mapping[str, Callable[[Dispute, World], Decision]] = {"med": clock.due}


def replied(command: Spoke, world: World) -> Decision | None:
    """A reply in private to anything about a dispute: a side to its mediator, a mediator to one side or with a note.
    None when it is about something else. In a group nothing is taken: others read along."""
    named = world.post.record if world.post else None
    if named is None or named[0] != "med" or world.post is None:
        return None
    dispute = world.record
    if command.edited or command.group or not isinstance(dispute, Dispute):
        return Decision()
    side = dispute.side_of(command.sender.user_id)
    if side is not None:
        return asking.more(command, world, dispute.id) if dispute.open else None
    person = world.town.district.person(command.sender.user_id)
    if person is None or person.id not in dispute.team_of_mediators():
        return Decision()
    return _by_reply(begin(world, command), person, command)


def _by_reply(med: Med, person: Person, command: Spoke) -> Decision:
    """What was asked for decides: a note, or words to the side that the message came from."""
    post = med.world.post
    side = post.params.get("side") if post else None
    if post is not None and post.kind == desk.NOTE:
        return desk.noted(med, person, command, str(post.params["four"]), str(side or "")).decide()
    if post is not None and post.kind in {relay.WRITE, relay.SAID} and side in {"a", "b"}:
        return relay.written(med, person, str(side), command).decide()
    return med.to_person(person.id, "med.reply_how").decide()


def endangered(command: Endangered, world: World) -> Decision:
    """A side has told of danger: its words are kept, the talks are frozen, the police know of the quarrel too."""
    dispute = world.record
    if not isinstance(dispute, Dispute) or dispute.step in ENDED | {Step.RED}:
        return Decision()
    note = Note(step="listen", side=command.side, by=command.side, at=command.at, text=command.text)
    med = relay.with_note(begin(world, command), note)
    return red.freeze(med.change(signals=(*dispute.signals, *command.signals))).decide()


def awaited(asked: str | None, command: Spoke, world: World) -> Decision | None:
    """The message was asked for: the quarrel itself, or more about one."""
    if asked == asking.WAITS and command.text.strip():
        return told(command, world)
    if asked is not None and asked.startswith(asking.ABOUT):
        return asking.more(command, world, asked.removeprefix(asking.ABOUT))
    return None


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
