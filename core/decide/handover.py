"""交接班 at a change of shift: what is open, what gear is there, what to know; taken over by a tap (duty.md).

Ten minutes before, the outgoing shift counts the gear and adds notes; at the change the incoming one is asked. What is
not on site yet moves by itself with its clocks running (life.md row 14), the sheet only tells of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from core import rights, roster
from core.case import Case, Event, Status
from core.decide import dispatch, gear, say, sheets
from core.district import Person, Team
from core.messages import Json, Lane, Notice, Pressed, Spoke, record_ref
from core.records.handover import Handover, Left
from core.roster import Rostered
from core.understand import public_form
from core.world import Decision, World

BEFORE = timedelta(minutes=10)  # the outgoing shift has time to count
TAKEN_WITHIN = timedelta(minutes=20)  # duty.md, 交接班
GIVEN_UP = timedelta(hours=12)
TOO_LATE = timedelta(hours=2)  # after an outage: a sheet of long ago would only confuse (life.md row 44)
LONGEST_NOTE, MOST_NOTES = 200, 5
# Health, crime and petition labels have no place in a hand-over (duty.md, privacy.md): the writer is told so.
LABELS = ("精神病", "神经病", "艾滋", "吸毒人员", "前科", "刑释", "上访户", "重点人员", "残废", "疯子", "低保户")


def plan(day: date, world: World) -> tuple[Handover, ...]:
    """The changes of shift of a day that are still to come and not put down yet."""
    known = {it.id for it in world.of(Handover)}
    fresh = (
        _planned(team, at) for team in world.town.district.teams if _hands_over(team) for at in _ends(team, day, world)
    )
    return tuple(it for it in fresh if it.at > world.now and it.id not in known)


def _hands_over(team: Team) -> bool:
    """Only posts and the centre have cases to leave to the next shift."""
    return team.chat_id is not None and (team.station is not None or team.kind == "centre")


def _ends(team: Team, day: date, world: World) -> tuple[datetime, ...]:
    """The moments of a day at which a shift of the team ends."""
    town = world.town
    first = day - timedelta(days=roster.days_back(team, town.district) + 1)
    days = (first + timedelta(days=ahead) for ahead in range((day - first).days + 1))
    ends = (it.end for one in days for it in roster.shifts_on(team, one, town.district, town.holidays))
    return tuple(sorted({at for at in ends if at.astimezone(town.district.zone).date() == day}))


def _planned(team: Team, at: datetime) -> Handover:
    return Handover(id=f"{team.id}.{at:%y%m%d%H%M}", team=team.id, at=at, due_at=at - BEFORE)


def due(record: Handover, world: World) -> Decision:
    """The next stage of a change of shift."""
    if record.stage in {"planned", "told"} and world.now - record.at > TOO_LATE:
        return _ended(record, world, "handover_skipped")
    return STAGES[record.stage](record, world)


def _ended(record: Handover, world: World, kind: str) -> Decision:
    closed = replace(record, open=False, due_at=None)
    return Decision(records=(closed,), events=(_event(kind, record, world),))


def _event(kind: str, record: Handover, world: World, actor: str | None = None, **data: object) -> Event:
    return Event(kind=kind, at=world.now, actor=actor, data={"handover": record.id, "team": record.team, **data})


def _shift(record: Handover, at: datetime, world: World) -> Rostered | None:
    team = world.town.district.team(record.team)
    running = (
        roster.rostered(team, at, world.town.district, world.town.holidays, world.presence.changes) if team else ()
    )
    return running[0] if running else None


def _filled(record: Handover, world: World) -> Handover:
    """Who goes, who comes, who takes over, what is open: as it is now."""
    before, after = _shift(record, record.at - timedelta(seconds=1), world), _shift(record, record.at, world)
    return replace(
        record,
        before=before.group if before else "",
        after=after.group if after else "",
        to=record.team if after else _stands_in(record.team, world),
        cases=tuple(_left(case, record) for case in world.open_cases if _belongs(case, record, world)),
    )


def _stands_in(name: str, world: World) -> str:
    """Where no shift follows: the first of the post's backups that is on duty, else the centre."""
    district, on = world.town.district, {it.team for it in dispatch.on_duty(world)}
    team = district.team(name)
    return (roster.taker(team, on, district) if team else None) or district.centre_team


def _belongs(case: Case, record: Handover, world: World) -> bool:
    """Open with the post; a sealed one also when one of its people has it; and what left it at this very change."""
    if case.status not in {Status.DISP, Status.ACK, Status.SITE, Status.DONE}:
        return False
    ours = {it.id for it in world.town.district.members(record.team)}
    if case.team == record.team or (case.sealed and case.handler in ours):
        return True
    moved = case.status is Status.DISP and bool(case.offers) and case.offers[-1].at >= record.at
    return moved and case.no in {it.no for it in record.cases}


def _left(case: Case, record: Handover) -> Left:
    if case.sealed:
        return Left(no=case.no, how="sealed", sealed=True)
    goes_home = case.shift_ends is None or case.shift_ends <= record.at
    how = {Status.SITE: "stays", Status.DONE: "waits"}.get(case.status, "moves")
    return Left(
        no=case.no,
        how="stays" if case.status is Status.ACK and not goes_home else how,
        severity=case.severity,
        category=case.category,
        place=case.place.label if case.place else None,
        person=case.handler,
        due_at=case.close_due,
    )


def _prepare(record: Handover, world: World) -> Decision:
    """The outgoing shift is asked to count and to add what the next one must know."""
    if world.now >= record.at:
        return _give(record, world)
    record = replace(_filled(record, world), stage="told", due_at=record.at)
    shown = (
        sheets.sheets(record, world) if record.before else ()
    )  # or the plan was changed: no shift ends here any more
    return Decision(records=(record,), notices=shown)


def _give(record: Handover, world: World) -> Decision:
    """The change: whoever comes (or stands in) is asked to take over."""
    was_told = record.stage == "told"
    record = replace(_filled(record, world), stage="given", due_at=world.now + TAKEN_WITHIN)
    if not record.before or (not record.after and not record.cases):
        return _ended(record, world, "handover_skipped")
    old = sheets.left_behind(record, world) if was_told else ()
    return Decision(
        records=(record,),
        notices=(*old, *sheets.sheets(record, world)),
        events=(_event("handover_given", record, world, to=record.to, cases=[it.no for it in record.cases]),),
    )


def _late(record: Handover, world: World) -> Decision:
    """Nobody took over: the head of the post is told, the centre where there is none; the sheet can be taken still."""
    late = replace(record, stage="late", due_at=record.at + GIVEN_UP)
    told = () if _empty(record, world) else _reminder(record, world)
    return Decision(records=(late,), notices=told, events=(_event("handover_late", record, world),))


def _empty(record: Handover, world: World) -> bool:
    """Nothing open, nothing to know, all gear counted and there: a reminder of that is noise, and noise teaches heads
    to overlook the next one. Gear that nobody counted may be missing."""
    counted = record.whole or (record.whole is None and not gear.wanted(record, world))
    return bool(counted) and not (record.cases or record.notes)


def _reminder(record: Handover, world: World) -> tuple[Notice, ...]:
    head = world.town.district.head(record.team)
    chat = head.tg_id if head and head.tg_id else world.town.district.centre_chat()
    params: dict[str, Json] = {"station": record.team, "at": say.iso(record.at), "count": len(record.cases)}
    told = say.staff(chat, "handover.late", world.town, params=params, lane=Lane.REMINDER)
    return (told,) if told else ()


def _give_up(record: Handover, world: World) -> Decision:
    return _ended(record, world, "handover_untaken")


STAGES: Mapping[str, Callable[[Handover, World], Decision]] = {
    "planned": _prepare,
    "told": _give,
    "given": _late,
    "late": _give_up,
}


def count(command: Pressed, world: World) -> Decision:
    """🧰: all there, or a reply says what is missing."""
    record, person = _pressed(command, world)
    if record is None or person is None:
        return _refused(world, record)
    if command.press is not None and command.press.arg == "ok":
        return _changed(replace(record, whole=True), world, person, "gear_counted", whole=True)
    ask = say.staff(
        command.chat, "handover.gear_ask", world.town, force=True,
        params={"person": person.id, "gear": gear.listed(gear.wanted(record, world))},
    )  # fmt: skip
    slot = f"{record_ref('handover', record.id)}/gear.{command.callback}"  # by which the reply finds the record
    asked = replace(ask, slot=slot) if ask else None
    return Decision(notices=(asked,) if asked else (), answer=say.answer(world, "ans.reply_gear"))


def take(command: Pressed, world: World) -> Decision:
    """已交接: somebody of the incoming shift who is there, or the head."""
    record, person = _pressed(command, world)
    if record is None or person is None:
        return _refused(world, record)
    if record.taken_by is not None:
        return Decision(answer=say.answer(world, "ans.taken_over", person=record.taken_by))
    if record.stage not in {"given", "late"}:
        return Decision(answer=say.answer(world, "ans.stale"))
    if not rights.may_act(person, record.to, world.town.district, dispatch.on_duty(world)):
        return Decision(answer=say.answer(world, "ans.not_on_duty", alert=True))
    taken = replace(record, taken_by=person.id, taken_at=world.now, open=False, due_at=None)
    minutes = round((world.now - record.at).total_seconds() / 60)
    return _changed(taken, world, person, "handover_taken", minutes=minutes, whole=record.whole)


def _pressed(command: Pressed, world: World) -> tuple[Handover | None, Person | None]:
    """The record, and the colleague when it is theirs to touch."""
    record = world.record if isinstance(world.record, Handover) else None
    person = world.town.district.person(command.sender.user_id)
    return record, person if record is not None and _may(person, record, world) else None


def _may(person: Person | None, record: Handover, world: World) -> bool:
    return person is not None and any(
        rights.belongs(person, team, world.town.district) for team in (record.team, record.to) if team
    )


def _refused(world: World, record: Handover | None) -> Decision:
    if record is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    return Decision(answer=say.answer(world, "ans.not_yours", alert=True))


def _changed(record: Handover, world: World, person: Person, kind: str, **data: object) -> Decision:
    """The record as it is now, on its sheet and in the log."""
    return Decision(
        records=(record,),
        notices=(*sheets.sheets(record, world), *(gear.missing(record, world) if kind == "gear_counted" else ())),
        events=(_event(kind, record, world, person.id, **data),),
        answer=say.answer(world, "ans.ok"),
    )


def replied(command: Spoke, world: World) -> Decision | None:
    """A reply to the sheet: numbers count the gear, anything else is a note. None when it is about something else."""
    record = world.record if isinstance(world.record, Handover) else None
    person = world.town.district.person(command.sender.user_id)
    text = public_form(command.text.strip())[:LONGEST_NOTE]
    if record is None or person is None or not text or not record.open or not _may(person, record, world):
        return None
    counted = gear.read(text, gear.wanted(record, world))
    if counted:
        record = gear.counted(record, counted, world)
        decision = _changed(record, world, person, "gear_counted", whole=record.whole, missing=gear.told(record, world))
    else:
        record = replace(record, notes=(*record.notes, text)[-MOST_NOTES:])
        decision = _changed(record, world, person, "handover_noted")
    return replace(decision, answer=None).also(*_warning(command, world, text))


def _warning(command: Spoke, world: World, text: str) -> tuple[Notice, ...]:
    if not any(word in text for word in LABELS):
        return ()
    told = say.staff(command.chat, "handover.no_labels", world.town)
    return (replace(told, reply_to=command.message),) if told else ()
