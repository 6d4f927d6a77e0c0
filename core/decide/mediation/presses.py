"""Every press about a dispute, in one table with who may make it: who somebody is follows from the account, never from
the button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from core.decide import people, say
from core.decide.mediation import (
    agreement,
    asking,
    cards,
    consent,
    desk,
    ending,
    ledger,
    meeting,
    panel,
    papers,
    red,
    review,
    sending,
    visits,
)
from core.decide.mediation.turn import Med, begin
from core.district import Person
from core.mediation.life import NotInMediation
from core.messages import Answer, Pressed
from core.records.mediation import Dispute, Step
from core.world import Decision, World

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
    concerned = {*med.dispute.asked, *med.dispute.panel, med.dispute.owner}
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
    "med.avoid": _rule("staff", _avoid, "NEW/CONSENT/INFORMED/INQUIRY/TALK"),
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
    "med.meet": _rule("owner", meeting.meet, "TALK"),
    "med.slotfor": _rule("owner", meeting.chosen_for, "TALK"),
    "med.came": _rule("owner", meeting.came),
    "med.off": _rule("owner", meeting.off),
    "med.agree": _rule("owner", agreement.ask, "INQUIRY/TALK/AGREED"),
    "med.signed": _rule("owner", agreement.signed, "AGREED"),
    "med.done": _rule("owner", agreement.done, "PERFORM"),
    "med.paper": _rule("panel", papers.paper),
    "med.dossier": _rule("owner", papers.dossier, "FOLLOW/FILED"),
    "med.broken": _rule("owner", agreement.broken, "PERFORM"),
    "med.fail": _rule("owner", ending.fail, "INFORMED/INQUIRY/TALK/AGREED"),
    "med.again": _rule("owner", ending.again, "FAILED"),
    "med.extend": _rule("owner", ending.extend, "TALK"),
    "med.longerfor": _rule("owner", ending.longer_for, "TALK"),
    "med.panel": _rule("owner", panel.menu),
    "med.join": _rule("owner", panel.ask),
    "med.train": _rule("owner", panel.train),
    "med.learnfor": _rule("owner", panel.learn_for),
    "med.sit": _rule("staff", panel.sit),
    "med.tie": _rule("owner", desk.tie_ask),
    "med.hand": _rule("owner", lambda med, _, person: review.hand_on(med, person.id)),
    "med.freeze": _rule("panel", lambda med, _, person: red.freeze(med, person.id)),
    "med.well": _rule("owner", _visit("ok")),
    "med.trouble": _rule("owner", _visit("trouble")),
    "med.reopen": _rule("owner", lambda med, _, person: visits.reopened(med, person.id), "PERFORM/FOLLOW/FILED"),
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
    if index is None:
        return visits.flared_up(med, side) if word == "trouble" else Answer(kind="ans.thanks")
    return visits.said(med, side, index, word)


def _answer(med: Med, command: Pressed, side: str) -> Med | Answer:
    del command
    return med.to_side(side, "mediate.write")


def _other(med: Med, command: Pressed, side: str) -> Med | Answer:
    del command
    return review.objected(med, side)


SIDE: Mapping[str, BySide] = {
    "med.yes": _yes,
    "med.no": partial(_no, "no"),
    "med.out": partial(_no, "withdrawn"),
    "med.answer": _answer,
    "med.other": _other,
    "med.slot": meeting.chosen,
    "med.confirm": agreement.confirmed,
    "med.change": agreement.change,
    "med.did": agreement.did,
    "med.another": ending.another,
    "med.longer": ending.longer,
    "med.letlearn": panel.let_learn,
    "med.fine": partial(_said, "ok"),
    "med.bad": partial(_said, "trouble"),
}


# Questions with one answer; an hour may be chosen beside another, and the way to the mediator stays open.
ONCE = frozenset(SIDE) - {"med.answer", "med.slot", "med.out"}


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
    done = _lived(lambda: SIDE[_action(command)](begin(world, command), command, side))
    if isinstance(done, Answer) or _action(command) not in ONCE:
        return done
    return done.tell(cards.spent(command, dispute.party(side), world))


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


PRESSES: Mapping[str, Callable[[Pressed, World], Decision]] = {
    **dict.fromkeys((*STAFF, *SIDE), pressed),
    "med.table": ledger.table,
}
