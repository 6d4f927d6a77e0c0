"""A complaint about a colleague: a number, somebody whom it does not name, an answer by a working day's end, and the
next level when that does not satisfy (hazards.md, C01).

It goes to the grid head, unless they are complained about or nobody knows of which grid it is; then to the centre's
seats; then to whoever answers for the street. A night or a holiday counts for nothing: standards.md counts complaints
in working days.
"""

from dataclasses import replace
from datetime import datetime

from core import calendar, rights
from core.calendar import Span
from core.case import Event
from core.decide import levels, people, reading, relay, retelling, say
from core.district import Person
from core.messages import Json, Key, Ordered, Pressed, Spoke, record_ref
from core.records import Complaint
from core.records.complaint import Telling
from core.understand import Kind
from core.understand.lexicon import plainly
from core.world import Contact, Decision, World

WITHIN = Span(working_days=1)
SELDOM = Span(working_days=5)
OFTEN = 5  # times that it is told again each working day; from then on once a week, until somebody answers
LETTER = "T"  # 投诉; cases and disputes have others
LEVELS = ("head", "centre", "street")
CALLED = {"head": ("网格长", "grid head"), "centre": ("综治中心",)}  # who of a level is meant without a name
ANSWER, UNHAPPY = "complaint.answer", "complaint:"  # the latter: what the next message is taken for


def suggested(command: Spoke, world: World) -> Decision:
    """What was told as a suggestion: one about a colleague has its answer due, and no group reads it either."""
    complains = reading.hear(command, world.town).complains
    return taken(command, world) if complains else people.suggestion(command, world)


def taken(command: Spoke, world: World) -> Decision:
    """Read in private by the first level that has somebody whom it does not name; no group sees its words."""
    asked = retelling.question(command, world)
    level, seats = _first(asked, command, world)
    record = Complaint(
        id=LETTER + world.new_number()[1:],
        at=world.now,
        due_at=_due(world),
        name=relay.alias(command.sender.user_id),
        user=command.sender.user_id,
        seats=tuple(it.id for it in seats),
        level=level,
    )
    record = retelling.kept(record, command, world)
    sent = retelling.sent(record, command, world, record.said)
    told = people.tell(command, world, "complaint.noted", params=_state(record))
    passed = Event(kind="passed_on", at=world.now, actor="resident", data={"kind": Kind.COMPLAINT_STAFF.value})
    events = (passed, _logged("complaint_taken", record, world))
    return Decision(contact=_free(command, world), notices=(*sent, told), records=(record,), events=events)


def _first(asked: relay.Question, command: Spoke, world: World) -> tuple[str, tuple[Person, ...]]:
    found = ((level, _answering(level, asked, command, world)) for level in LEVELS)
    return next(((level, seats) for level, seats in found if seats), ("centre", ()))


def _answering(level: str, asked: relay.Question, command: Spoke, world: World) -> tuple[Person, ...]:
    """Who of a level can be asked: with an account, and not named, nor complained about as what they are."""
    if any(word in plainly(asked.text, world.town.lexicon) for word in CALLED.get(level, ())):
        return ()
    if level == "centre":
        return relay.seats(asked, world)
    found = _grid_head(command, world) if level == "head" else _of_street(world)
    return tuple(it for it in found if it.tg_id is not None and not relay.about(it.name, asked))


def _grid_head(command: Spoke, world: World) -> tuple[Person, ...]:
    """Of the place that is named, else of the newest report, which it most likely is about; nobody who handled it, and
    none beside a sealed report, of which the words may tell."""
    if any(it.sealed for it in world.cases):
        return ()
    case, place = next(iter(world.cases), None), reading.hear(command, world.town).meaning
    there = reading.spoken_place(place, world.town) if place is not None else None
    grid = there.grid if there and there.grid else case.place.grid if case and case.place else None
    head = world.town.district.grid_head(grid)
    mine = command.sender.user_id
    fit = head is not None and head.tg_id != mine and (case is None or case.handler != head.id)
    return (head,) if head is not None and fit else ()


def _of_street(world: World) -> tuple[Person, ...]:
    district = world.town.district
    head = district.head(district.centre_team)
    leaders = tuple(it for word in levels.DIRECTORS for it in district.with_role(word))
    return tuple(dict.fromkeys((*leaders, *((head,) if head else ()), *rights.administrators(world.town))))


def due(record: Complaint, world: World) -> Decision:
    """Nobody has answered: those who have it hear it again, and the head of the centre and the administrators. One that
    was left at its answer loses its words."""
    if not record.waits:
        return Decision(records=(retelling.wordless(record),), events=(_logged("complaint_over", record, world),))
    params: dict[str, Json] = {
        "no": record.id, "name": record.name, "since_at": say.iso(record.at), "people": list(record.seats) or None,
    }  # fmt: skip
    chats = [it.tg_id for it in _hearers(record, world)] or [world.town.district.centre_chat()]
    told = (say.staff(it, "complaint.late", world.town, params=params) for it in chats)
    again = replace(record, told=record.told + 1, due_at=_due(world, SELDOM if record.told + 1 >= OFTEN else WITHIN))
    late = _logged("complaint_late", again, world)
    return Decision(records=(again,), notices=tuple(it for it in told if it is not None), events=(late,))


def _due(world: World, within: Span = WITHIN) -> datetime:
    return calendar.due(world.now, within, "W", world.town.calendar)


def answered(command: Spoke, world: World) -> Decision | None:
    """A seat's reply to it reaches the writer with the question whether that will do; nobody is reminded any more."""
    record = world.record if isinstance(world.record, Complaint) else None
    decision = relay.answered(command, world, also=record.seats if record else ())
    if decision is None or not decision.notices or record is None:
        return decision
    done = retelling.settled(replace(record, answered_at=world.now), world)
    slot = f"{record_ref('complaint', record.id)}/{command.message}"
    (reply,) = decision.notices
    reply = replace(reply, kind=ANSWER, params={**reply.params, "no": record.id}, slot=slot, keys=(_verdicts(done),))
    return replace(decision, notices=(reply,), records=(done,), events=(_logged("complaint_answered", done, world),))


def _verdicts(record: Complaint) -> tuple[Key, ...]:
    about = record_ref("complaint", record.id)
    return (
        say.key_of("btn.complaint_fine", "kc", about, record.rounds),
        say.key_of("btn.complaint_up", "ku", about, record.rounds),
    )


def goes_on(command: Spoke, world: World) -> Decision | None:
    """The writer's reply to an answer goes to whoever gave it, as privately; where it names all of them, higher."""
    record = world.record
    if world.post is None or world.post.kind != ANSWER or not isinstance(record, Complaint):
        return None
    again = retelling.kept(record, command, world)
    if record.level == "centre" or not set(record.seats) <= set(again.named):
        seats = tuple(it for it in record.seats if it not in again.named)
        return _on(replace(again, seats=seats), command, world, "complaint_more", again.said[-1:])
    return _up(again, command, world) or _at_the_end(again, command, world)


def _on(record: Complaint, command: Spoke, world: World, event: str, tellings: tuple[Telling, ...]) -> Decision:
    """It waits again: for those who have it now, who read these of its words."""
    again = replace(record, open=True, waits=True, due_at=_due(world), told=0)
    told = people.tell(command, world, "complaint.noted", params=_state(again))
    sent = retelling.sent(again, command, world, tellings)
    events = (_logged(event, again, world),)
    return Decision(contact=_free(command, world), notices=(*sent, told), records=(again,), events=events)


def _up(record: Complaint, command: Spoke, world: World) -> Decision | None:
    """The next level has it from now on, with all that was said; None where there is none."""
    above = _above(record, world)
    if above is None:
        return None
    level, seats = above
    up = replace(record, level=level, seats=tuple(it.id for it in seats), rounds=record.rounds + 1)
    return _on(up, command, world, "complaint_up", up.said)


def _at_the_end(record: Complaint, command: Spoke, world: World) -> Decision:
    told = people.tell(command, world, "complaint.last", params={"no": record.id})
    return Decision(contact=_free(command, world), notices=(told,))


def fine(command: Pressed, world: World) -> Decision:
    """👌: it is settled."""
    record = _mine(command, world)
    if record is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    done = retelling.settled(replace(record, rounds=record.rounds + 1), world)
    events = (_logged("complaint_settled", record, world),)
    return Decision(records=(done,), events=events, answer=say.answer(world, "ans.thanks"))


def unhappy(command: Pressed, world: World) -> Decision:
    """☹️: what is wrong with the answer is asked for; it goes to the next level. After the last one it is said where
    else to turn."""
    record = _mine(command, world)
    if record is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    if _above(record, world) is None:
        told = people.tell(command, world, "complaint.last", params={"no": record.id})
        return Decision(notices=(told,), answer=say.answer(world, "ans.ok"))
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting=UNHAPPY + record.id, awaiting_until=world.now + people.AWAIT)
    told = people.tell(command, world, "complaint.why", params={"no": record.id})
    return Decision(contact=contact, notices=(told,), answer=say.answer(world, "ans.ok"))


def _mine(command: Pressed, world: World) -> Complaint | None:
    """The complaint of whoever presses, as its button knew it."""
    record, press = world.record, command.press
    if not isinstance(record, Complaint) or press is None or not retelling.wrote(record, command.sender.user_id):
        return None
    return record if press.round == record.rounds and _may_go_up(record) else None


def _may_go_up(record: Complaint) -> bool:
    """Answered, or late: whoever waits in vain need not wait on."""
    return record.answered_at is not None or record.told > 0


def _above(record: Complaint, world: World) -> tuple[str, tuple[Person, ...]] | None:
    """The next level with somebody who has not had it and is not named in it."""
    known = {*record.seats, *record.named}
    for level in LEVELS[LEVELS.index(record.level) + 1 :]:
        nobody = relay.Question(user=0, text="", language="", private=True)
        found = relay.seats(nobody, world) if level == "centre" else _of_street(world)
        fresh = tuple(it for it in found if it.tg_id is not None and it.id not in known)
        if fresh:
            return level, fresh
    return None


def why(command: Spoke, world: World) -> Decision | None:
    """What did not satisfy, in the writer's words: the next level has it from now on, with what was said before."""
    asked = people.awaited(world.contact, world) or ""
    record = world.look_up(Complaint, asked.removeprefix(UNHAPPY)) if asked.startswith(UNHAPPY) else None
    if record is None:
        return None
    told = retelling.kept(record, command, world)
    return _up(told, command, world) or _at_the_end(told, command, world)


def numbered(command: Ordered, world: World) -> Decision | None:
    """Its number alone: how it stands, for whoever wrote it; None for all other numbers."""
    if not command.rest.startswith(LETTER) or command.group:
        return None
    record = world.look_up(Complaint, command.rest)
    if record is None or not retelling.wrote(record, command.sender.user_id):
        return None
    state = {**_state(record), "since_at": say.iso(record.at)}
    keys = (_verdicts(record),) if _may_go_up(record) else ()
    if record.waits:
        return Decision(notices=(people.tell(command, world, "complaint.waits", params=state, keys=keys),))
    del state["until"]
    state["at"] = say.iso(record.answered_at)
    return Decision(notices=(people.tell(command, world, "complaint.over", params=state, keys=keys),))


def _state(record: Complaint) -> dict[str, Json]:
    return {"no": record.id, "level": record.level, "until": say.iso(record.due_at)}


def _free(command: Spoke, world: World) -> Contact:
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    return replace(say.unasked(contact), said="")


def _hearers(record: Complaint, world: World) -> tuple[Person, ...]:
    """Once each; nobody whom it names. Where that leaves nobody, the centre's group hears that there is one."""
    district = world.town.district
    head = district.head(district.centre_team)
    seats = tuple(it for name in record.seats if (it := district.member(name)))
    everybody = (*seats, *((head,) if head else ()), *rights.administrators(world.town))
    found = {it.id: it for it in everybody if it.tg_id and it.id not in record.named}
    return tuple(found.values())


def _logged(kind: str, record: Complaint, world: World) -> Event:
    return Event(kind=kind, at=world.now, data={"id": record.id, "times": record.told, "level": record.level})
