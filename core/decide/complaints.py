"""A complaint about a colleague has an answer due: in a day, then it is told again, and to those above the seats."""

from dataclasses import replace
from datetime import timedelta

from core import rights
from core.case import Event
from core.decide import people, reading, relay, say
from core.district import Person
from core.messages import Json, Spoke, record_ref
from core.records import Complaint
from core.understand import Kind
from core.world import Decision, World

WITHIN = timedelta(hours=24)
MOST = 5  # times that it is told again; then it ends, and the log says that nobody answered


def suggested(command: Spoke, world: World) -> Decision:
    """What was told as a suggestion: one about a colleague has its answer due, and no group reads it either."""
    complains = reading.hear(command, world.town).complains
    return taken(command, world) if complains else people.suggestion(command, world)


def taken(command: Spoke, world: World) -> Decision:
    """Read in private by whoever sits at the centre and is not named in it; no group sees its words."""
    asked = relay.Question(
        user=command.sender.user_id,
        text=command.text,
        language=say.personal_language(world, command.sender.language),
        photo=command.photo,
        voice=command.voice,
        private=True,
    )
    alias, everybody = relay.alias(command.sender.user_id), world.town.district.people
    record = Complaint(
        id=f"{alias[-4:]}-{int(command.at.timestamp())}-{command.message}",
        at=world.now,
        due_at=world.now + WITHIN,
        name=alias,
        seats=tuple(it.id for it in relay.seats(asked, world)),
        named=tuple(it.id for it in everybody if relay.about(it.name, asked)),
    )
    slot = record_ref("complaint", record.id)
    sent = tuple(replace(it, slot=slot) if it.kind == relay.QUESTION else it for it in relay.ask(asked, world))
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting=None, awaiting_until=None, said="")
    told = people.tell(command, world, "complaint.noted")
    passed = Event(kind="passed_on", at=world.now, actor="resident", data={"kind": Kind.COMPLAINT_STAFF.value})
    events = (passed, _logged("complaint_taken", record, world))
    return Decision(contact=contact, notices=(*sent, told), records=(record,), events=events)


def due(record: Complaint, world: World) -> Decision:
    """Nobody has answered: those who have it hear it again, and the head of the centre and the administrators."""
    if record.told >= MOST:
        return Decision(
            records=(replace(record, open=False, due_at=None),),
            events=(_logged("complaint_unanswered", record, world),),
        )
    params: dict[str, Json] = {
        "name": record.name, "since_at": say.iso(record.at), "people": list(record.seats) or None,
    }  # fmt: skip
    chats = [it.tg_id for it in _hearers(record, world)] or [world.town.district.centre_chat()]
    told = (say.staff(it, "complaint.late", world.town, params=params) for it in chats)
    again = replace(record, told=record.told + 1, due_at=world.now + WITHIN)
    late = _logged("complaint_late", record, world)
    return Decision(records=(again,), notices=tuple(it for it in told if it is not None), events=(late,))


def answered(command: Spoke, world: World) -> Decision | None:
    """A seat's reply to it: it is answered, and nobody is reminded any more."""
    decision, record = relay.answered(command, world), world.record
    if decision is None or not decision.notices or not isinstance(record, Complaint) or not record.open:
        return decision
    done = replace(record, open=False, due_at=None)
    return replace(decision, records=(done,), events=(_logged("complaint_answered", record, world),))


def _hearers(record: Complaint, world: World) -> tuple[Person, ...]:
    """Once each; nobody whom it names. Where that leaves nobody, the centre's group hears that there is one."""
    district = world.town.district
    head = district.head(district.centre_team)
    seats = tuple(it for name in record.seats if (it := district.member(name)))
    everybody = (*seats, *((head,) if head else ()), *rights.administrators(world.town))
    found = {it.id: it for it in everybody if it.tg_id and it.id not in record.named}
    return tuple(found.values())


def _logged(kind: str, record: Complaint, world: World) -> Event:
    return Event(kind=kind, at=world.now, data={"id": record.id, "times": record.told})
