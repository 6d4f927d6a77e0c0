"""Talks: free hours of the nearest room are offered to both sides, the first that suits both is booked (mechanism F13).

Each side sees the hours and its own answer, never the other's.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from core.decide.mediation import about
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation import rooms
from core.messages import Answer, Key, Lane, Pressed
from core.records.mediation import SIDES, Dispute, RoomDay, Session, Slot

NONE = "none"


def meet(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """📅 Three free hours, to both sides at once."""
    del command
    if _waiting(med) is not None:
        return Answer(kind="ans.already")
    room = rooms.room_of(med.dispute, med.world.town.district)
    if room is None:
        return med.to_person(person.id, "med.no_room")
    taken = partial(med.world.look_up, RoomDay)
    slots = rooms.free(room.id, med.now, med.world.town.calendar, taken, busy=_engaged(med))
    if not slots:
        return med.to_person(person.id, "med.no_room")
    session = Session(serial=len(med.dispute.sessions) + 1, slots=slots)
    med = med.change(sessions=(*med.dispute.sessions, session)).log("med_offered", person.id, room=room.id)
    for side in SIDES:
        med = _offered(med, session, side)
    return med


def _engaged(med: Med) -> frozenset[datetime]:
    others = (it for it in med.world.every(Dispute) if it.id != med.dispute.id)
    return rooms.engaged(med.dispute.team_of_mediators(), others)


def _offered(med: Med, session: Session, side: str) -> Med:
    """To the side itself; for one without an account to the mediator, who asks by phone."""
    there = med.dispute.party(side).user is not None
    action, tail = ("slot", "") if there else ("slotfor", f".{side}")
    keys = [
        (_key(med, "btn.med_slot", action, f"{session.serial}.{index}{tail}", slot_at=it.at.isoformat()),)
        for index, it in enumerate(session.slots)
    ]
    keys.append((_key(med, "btn.med_no_slot", action, f"{session.serial}.{NONE}{tail}"),))
    room = session.slots[0].room
    if there:
        return med.to_side(side, "mediate.slots", keys=tuple(keys), room=room, place=_place(session))
    return med.to_person(med.dispute.owner, "med.slots_for", keys=tuple(keys), no=med.dispute.id, side=side)


def _key(med: Med, label: str, action: str, arg: str, **params: str) -> Key:
    return about.key(label, action, med.dispute, arg, **params)


def _waiting(med: Med) -> Session | None:
    return next((it for it in med.dispute.sessions if it.state in {"offered", "booked"}), None)


def chosen(med: Med, command: Pressed, side: str) -> Med | Answer:
    """A side says that an hour suits it, or that none does."""
    serial, _, which = (command.press.arg if command.press else "").partition(".")
    return _answered(med, side, serial, which.partition(".")[0])


def chosen_for(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The mediator has asked a side that is not here."""
    del person
    parts = (command.press.arg if command.press else "").split(".")
    if len(parts) != 3 or parts[2] not in SIDES or med.dispute.party(parts[2]).user is not None:
        return Answer(kind="ans.stale")
    return _answered(med, parts[2], parts[0], parts[1])


def _answered(med: Med, side: str, serial: str, which: str) -> Med | Answer:
    session = _waiting(med)
    if session is None or session.state != "offered" or str(session.serial) != serial:
        return Answer(kind="ans.stale")
    answered = tuple(dict.fromkeys((*session.answered, side)))
    if which == NONE:
        med = _with(med, replace(session, answered=answered, state="off")).log("med_no_slot", None)
        return med.to_mediators("med.no_slot", no=med.dispute.id, side=side)
    index = int(which) if which.isdecimal() else len(session.slots)
    if index >= len(session.slots):
        return Answer(kind="ans.stale")
    slot = session.slots[index]
    fits = replace(slot, free=tuple(dict.fromkeys((*slot.free, side))))
    slots = (*session.slots[:index], fits, *session.slots[index + 1 :])
    session = replace(session, slots=slots, answered=answered)
    return _booked(_with(med, session), session, index) if set(fits.free) == set(SIDES) else _with(med, session)


def _place(session: Session) -> str:
    return f"slots{session.serial}"


def _with(med: Med, session: Session) -> Med:
    """The talk as it is now; hours that are no longer to be chosen lose their buttons."""
    before = next(it for it in med.dispute.sessions if it.serial == session.serial)
    sessions = tuple(session if it.serial == session.serial else it for it in med.dispute.sessions)
    med = med.change(sessions=sessions)
    for side in SIDES if before.state == "offered" != session.state else ():
        med = med.to_side(side, "mediate.slots", room=session.slots[0].room, place=_place(session))
    return med


def _booked(med: Med, session: Session, index: int) -> Med:
    """It suits both: the room is theirs, unless another talk was quicker, there or of their mediator's."""
    slot, town = session.slots[index], med.world.town.calendar
    known = med.world.look_up(RoomDay, rooms.day_id(slot.room, slot.at, town))
    day = rooms.book(known, slot, med.dispute.id, town) if slot.at not in _engaged(med) else None
    if day is None:
        med = _with(med, replace(session, state="off")).log("med_room_taken", None)
        return med.to_mediators("med.room_taken", no=med.dispute.id)
    med = _with(med, replace(session, state="booked", chosen=index)).with_record(day)
    med = med.log("med_booked", None, room=slot.room, at=slot.at.isoformat())
    return _told(med, slot, "mediate.meeting", "med.meeting", Lane.INTERACTIVE)


def _told(med: Med, slot: Slot, to_sides: str, to_mediators: str, lane: Lane) -> Med:
    for side in SIDES:
        med = med.to_side(side, to_sides, lane=lane, room=slot.room, meet_at=slot.at.isoformat())
    return med.to_mediators(to_mediators, lane=lane, no=med.dispute.id, room=slot.room, meet_at=slot.at.isoformat())


def remind(med: Med, serial: int) -> Med:
    """A day before."""
    session = _waiting(med)
    if session is None or session.serial != serial or session.booked is None:
        return med
    return _told(med, session.booked, "mediate.meeting_soon", "med.meeting", Lane.REMINDER)


def over(med: Med, serial: int) -> Med:
    """It should have been: who came?"""
    keys = tuple(
        (about.key("btn.med_came", "came", med.dispute, f"{serial}.{who}", came=who),)
        for who in ("both", "a", "b", "nobody")
    )
    return med.to_person(med.dispute.owner, "med.who_came", keys=keys, no=med.dispute.id)


def came(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Kept in the file; an hour that nobody or one side came to is a no-show."""
    serial, _, who = (command.press.arg if command.press else "").partition(".")
    session = next((it for it in med.dispute.sessions if str(it.serial) == serial and it.state == "booked"), None)
    if session is None or who not in {"both", "a", "b", "nobody"}:
        return Answer(kind="ans.stale")
    sides = {"both": SIDES, "nobody": ()}.get(who, (who,))
    state = "held" if who == "both" else "missed"
    med = _with(med, replace(session, state=state, came=tuple(sides)))
    return med.log("med_met", person.id, came=list(sides), state=state)


def lapsed(med: Med, serial: int) -> Med:
    """The hours that were offered are too near now, and no common one was found."""
    session = _waiting(med)
    if session is None or session.serial != serial or session.state != "offered":
        return med
    med = _with(med, replace(session, state="off")).log("med_no_slot", None)
    return med.to_mediators("med.slots_lapsed", no=med.dispute.id)


def off(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Called off by the mediator."""
    del command
    return called_off(med, person.id) if _waiting(med) is not None else Answer(kind="ans.stale")


def called_off(med: Med, actor: str | None = None) -> Med:
    """No meeting takes place: the room is free again, both sides hear it and nothing more. Nothing where there is none.

    Red freezes it too: nobody may bring both sides together until the police agree (disputes.md, Grades).
    """
    session = _waiting(med)
    if session is None:
        return med
    slot, town = session.booked, med.world.town.calendar
    med = _with(med, replace(session, state="off")).log("med_called_off", actor)
    if slot is None:
        return med
    day = med.world.look_up(RoomDay, rooms.day_id(slot.room, slot.at, town))
    med = med.with_record(rooms.release(day, slot, med.dispute.id, town)) if day is not None else med
    return _told(med, slot, "mediate.meeting_off", "med.meeting_off", Lane.INTERACTIVE)
