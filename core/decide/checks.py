"""督察查岗: five minutes for a place and a picture, a proposed result, two signatures (duty.md; mechanism F25)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from core import roster
from core.case import Case, Event, Status
from core.decide import draws, people, say
from core.distance import Point, metres
from core.district import Person
from core.figures.checks import RESULTS
from core.messages import Json, Key, Notice, Press, Pressed, Spoke, Spot, record_ref
from core.records.check import Check, Reply
from core.world import Decision, World

WITHIN = timedelta(minutes=5)
HEARD_AFTER = timedelta(minutes=10)  # a late answer is still taken, and told as late
SIGNED_WITHIN = timedelta(days=7)
NEAR = 150.0  # metres off the post
SIGNATURES = 2


def due(record: Check, world: World) -> Decision:
    """The drawn moment, the end of the five minutes, or the end of waiting for signatures."""
    return STAGES[record.stage](record, world)


def _event(kind: str, record: Check, world: World, actor: str | None = None, **data: object) -> Event:
    return Event(kind=kind, at=world.now, actor=actor, data={"check": record.id, "team": record.team, **data})


def _ask(record: Check, world: World) -> Decision:
    """Everybody whom the plan has on duty is asked in private, also whoever never came."""
    town, team = world.town, world.town.district.team(record.team)
    planned = roster.rostered(team, world.now, town.district, town.holidays, world.presence.changes) if team else ()
    people_on = [town.district.member(person) for shift in planned for person in shift.members]
    asked = [it for it in people_on if it is not None and it.tg_id is not None]
    if not asked or world.now - record.at > WITHIN:  # after an outage: nobody can answer for an hour that is over
        void = replace(record, open=False, due_at=None)
        return Decision(records=(void,), events=(_event("check_void", record, world),))
    notices = (say.staff(it.tg_id, "duty.spotcheck", town) for it in asked)
    record = replace(
        record, stage="asked", asked_at=world.now, due_at=world.now + WITHIN,
        replies=tuple(Reply(person=it.id, reason=_reason(it, (), world)) for it in asked),
    )  # fmt: skip
    return Decision(
        records=(record,),
        events=tuple(_event("check_sent", record, world, person=it.id) for it in asked),
        notices=tuple(replace(it, menu="check") for it in notices if it is not None),
    )


def _reason(person: Person, cases: tuple[Case, ...], world: World) -> str:
    """Why somebody may rightly be elsewhere: signed away, or with a case."""
    if roster.is_away(person.id, world.now, world.presence):
        return "away"
    busy = any(it.handler == person.id and it.status in {Status.ACK, Status.SITE} for it in cases)
    return "case" if busy else ""


def heard(command: Spoke, world: World) -> Decision | None:
    """A place or a picture in private, from somebody who was asked and has not answered; None for anything else."""
    person = world.town.district.person(command.sender.user_id)
    record = next((it for it in world.of(Check) if person and _waits(it, person, world)), None)
    if record is None or person is None or command.edited:
        return None
    reply = _heard(next(it for it in record.replies if it.person == person.id), command, record, world)
    replies = tuple(reply if it.person == person.id else it for it in record.replies)
    record = replace(record, replies=replies)
    if reply.at is None:
        missing = "photo" if reply.placed else "place"
        told = people.tell(command, world, "duty.spotcheck_more", params={"missing": missing}, menu="check")
        return Decision(records=(record,), notices=(told,))
    return _answered(command, record, reply, world)


def _waits(record: Check, person: Person, world: World) -> bool:
    mine = any(it.person == person.id and it.at is None for it in record.replies)
    return mine and record.asked_at is not None and world.now <= record.asked_at + WITHIN + HEARD_AFTER


def _heard(reply: Reply, command: Spoke, record: Check, world: World) -> Reply:
    if command.spot is not None:
        off, inside = _where(command.spot, record.team, world)
        reply = replace(reply, placed=True, metres=off, inside=inside, live=command.spot.live)
    if command.photo:
        reply = replace(reply, photo=command.photo)
    return replace(reply, at=world.now) if reply.placed and reply.photo else reply


def _where(spot: Spot, team: str, world: World) -> tuple[int | None, bool]:
    """Metres off the post, and whether that is at the post or in the team's own area. A team without a post and an
    area is nowhere in the wrong place."""
    found = world.town.district.team(team)
    station = world.town.district.station(found.station) if found else None
    here = Point(spot.lat, spot.lng)
    off = round(metres(here, found.point)) if found and found.point else None
    area = station.grids if station else found.covers if found else ()
    inside = (off is not None and off <= NEAR) or world.town.grids.find(here) in area or (off is None and not area)
    return off, inside


def _answered(command: Spoke, record: Check, reply: Reply, world: World) -> Decision:
    """All there. When it was the last of the shift the result need not wait for the clock."""
    seconds = int((world.now - (record.asked_at or world.now)).total_seconds())
    in_time = seconds <= WITHIN.total_seconds()
    event = _event(
        "check_answered", record, world, reply.person,
        person=reply.person, metres=reply.metres, inside=reply.inside, in_time=in_time, seconds=seconds,
    )  # fmt: skip
    told = people.tell(command, world, "duty.spotcheck_done" if in_time else "duty.spotcheck_late", menu="staff")
    if record.stage == "asked" and all(it.at is not None for it in record.replies):
        record = replace(record, due_at=world.now)
    shown = report(record, world) if record.stage == "judged" else ()
    return Decision(records=(record,), events=(event,), notices=(told, *shown))


def _judge(record: Check, world: World) -> Decision:
    """The time is over: a result is proposed by rule, the inspectors see it and sign."""
    replies = tuple(_judged(it, world) for it in record.replies)
    record = replace(record, stage="judged", replies=replies, due_at=world.now + SIGNED_WITHIN)
    chats = draws.inspectors(world.town.district)
    pictures = tuple(_picture(chat, it, world) for chat in chats for it in replies if it.photo)
    return Decision(records=(record,), notices=(*pictures, *report(record, world)))


def _judged(reply: Reply, world: World) -> Reply:
    person = world.town.district.member(reply.person)
    reason = reply.reason or (_reason(person, world.open_cases, world) if person else "")
    if reply.at is not None and reply.inside:
        return replace(reply, result="present", reason=reason)
    return replace(reply, result="excused" if reason else "absent", reason=reason)


def _picture(chat: int, reply: Reply, world: World) -> Notice:
    return Notice(
        to=chat, kind="check.photo", key="", params={"person": reply.person}, photos=(reply.photo or "",),
        language=say.staff_language(world.town), silent=True,
    )  # fmt: skip


def report(record: Check, world: World) -> tuple[Notice, ...]:
    """The living sheet of a check with the inspectors, late and absent ones marked."""
    told = (
        say.staff(chat, "check.result", world.town, params=_told(record), keys=_keys(record))
        for chat in draws.inspectors(world.town.district)
    )
    return tuple(replace(it, slot=record_ref("check", record.id)) for it in told if it is not None)


def _told(record: Check) -> dict[str, Json]:
    rows: list[Json] = [
        {
            "person": it.person, "outcome": it.result, "metres": it.metres, "why": it.reason or None, "live": it.live,
            "seconds": _seconds(it, record),
        }
        for it in record.replies
    ]  # fmt: skip
    return {"station": record.team, "at": say.iso(record.asked_at), "rows": rows, "signed": [*record.signed]}


def _seconds(reply: Reply, record: Check) -> int | None:
    if reply.at is None or record.asked_at is None:
        return None
    return int((reply.at - record.asked_at).total_seconds())


def _keys(record: Check) -> tuple[tuple[Key, ...], ...]:
    if len(record.signed) >= SIGNATURES or not record.open:
        return ()
    ref = record_ref("check", record.id)
    changes = tuple(
        (Key(label="btn.check_change", press=Press(action="ky", case=ref, arg=f"{index}.{after}"),
             params={"person": it.person, "outcome": after}),)
        for index, it in enumerate(record.replies)
        for after in (_next(it.result),)
        if not record.signed
    )  # fmt: skip
    return (*changes, (Key(label="btn.check_sign", press=Press(action="ks", case=ref)),))


def _next(result: str) -> str:
    return RESULTS[(RESULTS.index(result) + 1) % len(RESULTS)] if result in RESULTS else RESULTS[0]


def change(command: Pressed, world: World) -> Decision:
    """An inspector finds otherwise than the rule, before anybody signed."""
    record = _inspected(command, world)
    if isinstance(record, Decision):
        return record
    arg = command.press.arg if command.press else ""
    index, _, result = arg.partition(".")
    if not index.isdecimal() or int(index) >= len(record.replies) or result not in RESULTS or record.signed:
        return Decision(answer=say.answer(world, "ans.already" if record.signed else "ans.unknown"))
    changed = replace(record.replies[int(index)], result=result)
    replies = tuple(changed if at == int(index) else it for at, it in enumerate(record.replies))
    record = replace(record, replies=replies)
    person = world.town.district.person(command.sender.user_id)
    event = _event("check_changed", record, world, person.id if person else None, person=changed.person, result=result)
    return Decision(
        records=(record,), events=(event,), notices=report(record, world), answer=say.answer(world, "ans.ok")
    )


def sign(command: Pressed, world: World) -> Decision:
    """Two inspectors sign; then it counts, and who was checked learns the result."""
    record = _inspected(command, world)
    person = world.town.district.person(command.sender.user_id)
    if isinstance(record, Decision) or person is None:
        return record if isinstance(record, Decision) else Decision(answer=say.answer(world, "ans.stale"))
    if person.id in record.signed:
        return Decision(answer=say.answer(world, "ans.sign_other", alert=True))
    record = replace(record, signed=(*record.signed, person.id))
    events: tuple[Event, ...] = (_event("check_signed", record, world, person.id),)
    told: tuple[Notice, ...] = ()
    if len(record.signed) >= SIGNATURES:
        told, events = _results(record, world), (*events, *_counted(record, world))
        kept = tuple(replace(it, photo=None) for it in record.replies)  # the pictures have done their work
        record = replace(record, stage="signed", open=False, due_at=None, replies=kept)
    return Decision(
        records=(record,), events=events, notices=(*report(record, world), *told), answer=say.answer(world, "ans.ok")
    )


def _inspected(command: Pressed, world: World) -> Check | Decision:
    """The check, for an inspector who was not checked; else why not."""
    record = world.record if isinstance(world.record, Check) else None
    person = world.town.district.person(command.sender.user_id)
    if record is None or record.stage != "judged":
        return Decision(answer=say.answer(world, "ans.stale"))
    checked = {it.person for it in record.replies}
    if person is None or person.id in checked or not draws.is_inspector(person, world.town.district):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    return record


def _counted(record: Check, world: World) -> tuple[Event, ...]:
    return tuple(
        _event("check_result", record, world, person=it.person, result=it.result, by=[*record.signed])
        for it in record.replies
    )


def _results(record: Check, world: World) -> tuple[Notice, ...]:
    """Each sees their own, the head of the post those of the post."""
    district, head = world.town.district, world.town.district.head(record.team)
    told: list[Notice | None] = []
    for it in record.replies:
        params: dict[str, Json] = {"at": say.iso(record.asked_at), "person": it.person, "outcome": it.result}
        readers = {found.tg_id for found in (district.member(it.person), head) if found is not None}
        told += [say.staff(chat, "check.told", world.town, params=params) for chat in sorted(filter(None, readers))]
    return tuple(it for it in told if it is not None)


def _unsigned(record: Check, world: World) -> Decision:
    """Nobody signed in a week: it does not count, and that is on record."""
    closed = replace(record, open=False, due_at=None)
    return Decision(records=(closed,), events=(_event("check_unsigned", record, world),))


STAGES: Mapping[str, Callable[[Check, World], Decision]] = {"planned": _ask, "asked": _judge, "judged": _unsigned}
