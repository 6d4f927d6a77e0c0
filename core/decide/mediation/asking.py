"""A quarrel is told: a dispute is made of it at once, and only what is missing is asked (disputes.md, steps 1 and 2).

Words of danger go before everything: they are a hazard and never wait for a mediator. What may not be mediated is
refused kindly, with where to go; a person of the centre is one tap away, since a word may mislead a machine.
"""

from dataclasses import replace

from core.case import Event
from core.decide import people, reading, say
from core.decide.mediation import consent, relay, sending
from core.decide.mediation.turn import Med, about
from core.distance import Point
from core.mediation import signals
from core.mediation.life import ENDED
from core.messages import Endangered, Notice, Ordered, Pressed, Spoke
from core.records.mediation import Dispute, Note, Party, Step
from core.understand import Understanding, is_sealed
from core.world import Contact, Decision, World

WAITS = "mediate"  # Contact.awaiting: the next message is the quarrel
ABOUT = "med:"  # with a number: it was asked to be written to that dispute's mediator
PERHAPS = "med?"  # with a number: what comes next may belong to it
OTHER = "MO04"
LETTER = "M"  # of a number: cases have another one
LONGEST = 2000
NAMED = frozenset({"橙", "红"})  # grades of which named people alone know more than the number
SHOWN = 5


def ask(command: Ordered, world: World) -> Decision:
    """🤝 要调解: tell in a sentence; colleagues may write it right behind the command."""
    if command.rest:
        words = Spoke(
            at=command.at, sender=command.sender, chat=command.chat, message=command.message, text=command.rest
        )
        return told(words, world)
    contact = _awaits(WAITS, command.sender.user_id, command.sender.name, world)
    staff = world.town.district.person(command.sender.user_id) is not None
    kind = "med.ask_staff" if staff else "mediate.ask"
    theirs = () if staff else mine(command, world)
    return Decision(contact=contact, notices=(people.tell(command, world, kind), *theirs))


def mine(command: Ordered | Pressed, world: World) -> tuple[Notice, ...]:
    """How the asker's own disputes stand, each with the way to its mediator and the way out."""
    user = command.sender.user_id
    found = (it for it in world.every(Dispute) if it.side_of(user) is not None and it.step not in ENDED)
    return tuple(
        people.tell(
            command, world, "mediate.mine", keys=consent.out(it),
            params={"no": it.id, "category": it.kind, "step": it.step.value, "person": it.owner},
        )
        for it in sorted(found, key=lambda it: it.opened_at)[-SHOWN:]
    )  # fmt: skip


def _awaits(what: str, user: int, name: str, world: World) -> Contact:
    contact = say.contact_of(world, user, name)
    return replace(contact, awaiting=what, awaiting_until=world.now + people.AWAIT)


def told(command: Spoke, world: World) -> Decision:
    """The quarrel in words (a voice or picture may come along): refused, added to the one there is, or a new one."""
    meaning = reading.read(command.text, world.town, command.at)
    why = signals.refusal(command.text, world.town.lexicon)
    person = world.town.district.person(command.sender.user_id)
    known = None if person else _open_one(command.sender.user_id, meaning, world)
    added = more(command, world, known.id) if known is not None else None
    if added is not None:
        return added
    if why is not None and person is None:
        return _refused(command, world, why)
    return _taken(command, world, meaning)


def _open_one(user: int, meaning: Understanding, world: World) -> Dispute | None:
    """A dispute of theirs that the words may belong to: “楼上那家说不来” is no second quarrel."""
    mine = [it for it in world.every(Dispute) if it.side_of(user) is not None and it.step not in ENDED]
    other = meaning.guess.best if meaning.guess.sure else OTHER
    same = (it for it in mine if other == OTHER or (other or OTHER)[:2] == it.kind[:2])
    return max(same, key=lambda it: it.opened_at, default=None)


def _refused(command: Spoke, world: World, why: str) -> Decision:
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(say.unasked(contact), said=command.text[: people.SAID])
    notice = people.tell(
        command, world, "mediate.not_ours", params={"refusal": why}, keys=((say.key("btn.human", "hu"),),)
    )
    line = Event(kind="med_not_ours", at=world.now, actor="resident", data={"why": why})
    return Decision(contact=contact, notices=(notice,), events=(line,))


def _taken(command: Spoke, world: World, meaning: Understanding) -> Decision:
    """It has a number from now on; whoever asked is asked for their consent, and for a place where none was named."""
    med = about(_new(command, world, meaning), replace(world, record=None), command)
    grade, why = med.dispute.grade, list(med.dispute.signals)
    med = med.log("med_opened", med.dispute.by or "resident", 1, category=med.dispute.kind, source=med.dispute.source)
    med = med.log("med_graded", None, grade=grade, why=why)
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    if med.dispute.by:
        return _by_colleague(med, contact)
    med = _answered(med)
    awaiting = PERHAPS + med.dispute.id
    contact = replace(contact, awaiting=awaiting, awaiting_until=world.now + people.AWAIT, said="")
    return sending.start(med).decide(contact=contact)


def _new(command: Spoke, world: World, meaning: Understanding) -> Dispute:
    """All that the words say. A colleague who writes it down is no side of it."""
    town, user = world.town, command.sender.user_id
    person = town.district.person(user)
    likely = (it for it in (meaning.guess.best or OTHER, *meaning.guess.three) if it in town.taxonomy.disputes)
    kind = next((it for it in likely if it != OTHER), OTHER)  # “评评理” alone says nothing of what it is about
    grade, why = signals.grade_of(town.taxonomy.disputes[kind].grade, command.text, town.lexicon)
    side = Party(user=user, name="", language=say.personal_language(world, command.sender.language), consent="asked",
                 asked_at=world.now)  # fmt: skip
    dispute = Dispute(
        id=LETTER + world.new_number()[1:], opened_at=world.now, moved_at=world.now, kind=kind, grade=grade,
        signals=why, named=grade in NAMED or meaning.sealed or is_sealed(kind, town.lexicon),
        source=_source(person.role) if person else "resident", by=person.id if person else "",
        a=Party() if person else side,
        notes=(_first_note(command, by=person.id if person else "a"),),
    )  # fmt: skip
    return placed(dispute, meaning, world)


def _source(role: str) -> str:
    return "worker" if "网格" in role else "patrol"


def _first_note(command: Spoke, *, by: str) -> Note:
    side = "a" if by == "a" else ""
    return Note(step="listen", side=side, by=by, at=command.at, text=command.text[:LONGEST], files=relay.files(command))


def placed(dispute: Dispute, meaning: Understanding, world: World) -> Dispute:
    """The dispute with the place that was named; what is known already stays."""
    place, read = reading.spoken_place(meaning, world.town), meaning.place
    if place is None or dispute.compound is not None:
        return dispute
    home = f"{read.compound}/{read.building}/{read.unit}" if read.building and read.unit else ""
    return replace(
        dispute, compound=place.compound, grid=place.grid, lat=place.lat, lng=place.lng, stairwell=home
    )  # fmt: skip


def at_spot(dispute: Dispute, command: Spoke, world: World) -> Dispute:
    """The same with a position that was sent."""
    spot = command.spot
    if spot is None:
        return dispute
    return replace(dispute, lat=spot.lat, lng=spot.lng, grid=world.town.grids.find(Point(spot.lat, spot.lng)))


def _answered(med: Med) -> Med:
    """Numbers first where it is dangerous; else how it goes on, and the question whether they agree."""
    dispute = med.dispute
    if dispute.grade == "红":
        return med.to_side("a", "mediate.red", no=dispute.id)
    limit = int(sending.contact_within(med).total_seconds())
    med = med.to_side("a", "mediate.received", no=dispute.id, category=dispute.kind, limit=limit)
    return med.to_side("a", "med.consent", room=sending.room(med), keys=consent.keys(dispute))


def _by_colleague(med: Med, contact: Contact) -> Decision:
    """Seen on the spot: settled there and then, or it goes its way; two taps (mechanism F17)."""
    contact = say.unasked(contact)
    if med.dispute.grade == "红":
        return sending.start(med.change(asked=(med.dispute.by,))).decide(contact=contact)
    return sending.on_the_spot(med).decide(contact=contact)


def more(command: Spoke, world: World, no: str) -> Decision | None:
    """What follows the first message: the place that was missing, who the other side is, what else there is to say."""
    dispute = world.record if isinstance(world.record, Dispute) else world.look_up(Dispute, no)
    goes_on = dispute is not None and dispute.step not in ENDED
    side = dispute.side_of(command.sender.user_id) if dispute is not None and goes_on else None
    if dispute is None or side is None:
        return None
    homeless = dispute.chat is None and dispute.owner is None and dispute.lat is None
    found = _now_placed(dispute, command, world) if homeless else dispute
    med = relay.heard(about(found, replace(world, record=dispute), command), side, command)
    if homeless and found.lat is not None and med.dispute.step is Step.NEW and not med.dispute.named:
        med = sending.start(med)
    return med.decide()


def _now_placed(dispute: Dispute, command: Spoke, world: World) -> Dispute:
    text = command.text.strip()
    named = placed(dispute, reading.read(text, world.town, command.at), world) if text else dispute
    return at_spot(named, command, world)


def alarmed(command: Spoke, world: World, decision: Decision) -> Decision:
    """Danger told in the middle of a talk is a report, and freezes the talk as well."""
    asked = people.awaited(world.contact, world) or ""
    record = world.post.record if world.post else None
    no = (
        record[1]
        if record and record[0] == "med"
        else asked[len(ABOUT) :]
        if asked.startswith((ABOUT, PERHAPS))
        else ""
    )
    dispute = world.look_up(Dispute, no) if no else None
    side = dispute.side_of(command.sender.user_id) if dispute and dispute.step not in ENDED else None
    if dispute is None or side is None:
        return decision
    found = signals.reds(command.text, world.town.lexicon) or ("threat",)
    told = Endangered(at=command.at, dispute=dispute.id, side=side, text=command.text[:LONGEST], signals=found)
    return replace(decision, then=(*decision.then, told))


def _about(world: World) -> str:
    """The number of the dispute that is being talked of: by what was replied to, else by what was asked."""
    record, asked = world.post.record if world.post else None, people.awaited(world.contact, world) or ""
    if record is not None and record[0] == "med":
        return record[1]
    return asked[len(ABOUT) :] if asked.startswith((ABOUT, PERHAPS)) else ""
