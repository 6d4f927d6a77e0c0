"""点名: each shift is called over at its time. A reminder before it, then who is late, then who is absent (duty.md)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core import roster
from core.case import Event
from core.decide import dispatch, say
from core.decide.duty import told
from core.messages import Json, Lane, Notice
from core.records import Hole, Muster
from core.roster import BEFORE, Rostered, squad
from core.world import Decision, World

LATE = timedelta(minutes=5)
ABSENT = timedelta(minutes=15)
BEFORE_BELL = timedelta(minutes=30)  # a school guard is there, or late (F29)
ALARM = timedelta(minutes=10)  # before the bell: then somebody else has to go


def musters(world: World, until: datetime) -> tuple[Muster, ...]:
    """The calls for the shifts that begin by then and have none yet."""
    there = {_shift_of(it) for it in world.of(Muster)}
    return tuple(it for it in _all(world, until) if _shift_of(it) not in there)


def called(shift: Hole, world: World) -> bool:
    """Whether the call of a shift runs already."""
    return (shift.team, shift.group, shift.start) in {_shift_of(it) for it in world.of(Muster)}


def _shift_of(call: Muster) -> tuple[str, str, datetime]:
    return call.team, call.group, call.start


def _all(world: World, until: datetime) -> Iterator[Muster]:
    town = world.town
    for team in town.district.teams:
        shifts = roster.shifts_between(
            team, world.now, until, town.district, town.holidays, changes=world.presence.changes
        )
        yield from (call_of(it, world.now, it.bell) for it in shifts if it.start > world.now and it.members)


def call_of(shift: Rostered | Hole, now: datetime, bell: datetime | None = None) -> Muster:
    """The call of a shift, put down now: one that was called off or is over may be called once more."""
    return Muster(
        id=f"{told.name_of(shift.team, shift.group, shift.start)}.{now.astimezone(UTC):%m%d%H%M%S}",
        due_at=max(shift.start - BEFORE, now),
        team=shift.team,
        group=shift.group,
        start=shift.start,
        end=shift.end,
        bell=bell,
    )


def late_at(start: datetime, bell: datetime | None) -> datetime:
    """When somebody who has not signed in for a shift is late."""
    return max(bell - BEFORE_BELL, start) if bell else start + LATE


def absent_at(start: datetime, bell: datetime | None) -> datetime:
    """When they are absent and somebody else is needed."""
    return max(bell - ALARM, late_at(start, bell)) if bell else start + ABSENT


def due(call: Muster, world: World) -> Decision:
    """The next stage; a shift that is not in the plan any more is not called."""
    shift = told.shift_named(call.team, call.group, call.start, world)
    if shift is None:
        return Decision(records=(_over(call),))
    if world.now >= call.end:
        return Decision(records=(_over(call),), events=_begun(call, shift, world))
    return STAGES[call.stage](call, shift, world)


def _begun(call: Muster, shift: Rostered, world: World) -> tuple[Event, ...]:
    """The shift as it was planned when it began, once: 在岗率 is told from the log alone (figures.md)."""
    if call.stage not in {"", "reminded"}:
        return ()
    start, end, members = say.iso(shift.start), say.iso(shift.end), [*shift.members]
    return (told.line("shift", world, team=shift.team, start=start, end=end, members=members),)


def _over(call: Muster) -> Muster:
    return replace(call, stage="over", open=False, due_at=None)


def relieved(call: Muster) -> Muster:
    """Somebody came after all."""
    return _over(call)


def missing(shift: Rostered, world: World) -> tuple[str, ...]:
    """Who of a shift has not signed in."""
    return tuple(it for it in shift.members if not roster.signed_in(it, shift, world.now, world.presence))


def _remind(call: Muster, shift: Rostered, world: World) -> Decision:
    """The window for signing in opens; when the clock was late, the next stage says what is true now."""
    after = replace(call, stage="reminded", due_at=late_at(call.start, call.bell))
    if world.now >= call.start:
        return Decision(records=(after,))
    params: dict[str, Json] = {"team": shift.team, "shift": shift.shift, "start_at": say.iso(shift.start)}
    asked = (told.private(it, "duty.signin_remind", world, params, menu="staff") for it in missing(shift, world))
    return Decision(records=(after,), notices=told.sent(*asked))


def _late(call: Muster, shift: Rostered, world: World) -> Decision:
    """Five minutes past: whoever has not come is asked once more."""
    absent = missing(shift, world)
    begun = _begun(call, shift, world)
    if not absent:
        return Decision(records=(_over(call),), events=begun)
    params: dict[str, Json] = {"team": shift.team, "shift": shift.shift, "start_at": say.iso(shift.start)}
    late = (told.line("late", world, it, team=shift.team, start=say.iso(shift.start)) for it in absent)
    return Decision(
        records=(replace(call, stage="late", due_at=absent_at(call.start, call.bell)),),
        events=(*begun, *late),
        notices=told.sent(*(told.private(it, "duty.signin_missing", world, params, menu="staff") for it in absent)),
    )


def _absent(call: Muster, shift: Rostered, world: World) -> Decision:
    """A quarter of an hour past: the head is told; a post without anybody is taken over by its backup, who is told."""
    absent = missing(shift, world)
    if not absent:
        return Decision(records=(_over(call),))
    on_duty = dispatch.on_duty(world)
    empty = told.left_empty(call.team, world, on_duty)
    cover = told.cover_of(call.team, world, on_duty) or world.town.district.centre_team
    params: dict[str, Json] = {
        "team": shift.team,
        "shift": shift.shift,
        "people": [*absent],
        "others": [it for it in shift.members if it not in absent] or None,
        "cover": cover if empty else None,
    }
    covered = replace(call, stage="covered", cover=cover, due_at=call.end) if empty else _over(call)
    return Decision(
        records=(covered,),
        events=(
            *(told.line("absent", world, it, team=shift.team, start=say.iso(shift.start)) for it in absent),
            *((told.line("covered", world, team=shift.team, by=cover),) if empty else ()),
        ),
        notices=told.sent(
            told.to_heads(call.team, "duty.absent", world, params) if call.bell is None else None,
            *_alarm(call, absent, world),
            *(cover_asked(call.team, cover, call.end, world) if empty else ()),
        ),
    )


def _alarm(call: Muster, absent: tuple[str, ...], world: World) -> Iterator[Notice | None]:
    """护学岗 without its guard ten minutes before the bell: head, centre and the school know (F29)."""
    district = world.town.district
    team = district.team(call.team)
    school = district.key_place(team.school) if team else None
    if call.bell is None:
        return
    name, bell = school.name_zh if school else None, say.iso(call.bell)
    params: dict[str, Json] = {"team": call.team, "people": [*absent], "place": name, "bell_at": bell}
    head = district.head(call.team)
    for chat in (head.tg_id if head else None, district.centre_chat()):
        yield say.staff(chat, "guard.missing", world.town, lane=Lane.URGENT, params=params)
    contact = school.contact_chat if school else None
    yield say.staff(contact, "guard.coming", world.town, lane=Lane.URGENT, params={"place": name, "bell_at": bell})


def _ended(call: Muster, shift: Rostered, world: World) -> Decision:
    """The shift is over and nobody came."""
    del shift, world
    return Decision(records=(_over(call),))


STAGES: Mapping[str, Callable[[Muster, Rostered, World], Decision]] = {
    "": _remind,
    "reminded": _late,
    "late": _absent,
    "covered": _ended,
}


def cover_asked(team: str, cover: str, until: datetime | None, world: World) -> tuple[Notice | None, ...]:
    """A post has nobody: who stands in is told, and the post's own group how its new cases go meanwhile."""
    told_until = say.iso(until)
    return (
        told.group(cover, "duty.cover_asked", world, {"team": team, "until": told_until}),
        told.group(team, "duty.empty", world, {"team": team, "cover": cover, "until": told_until}),
    )


def incomplete(shift: Rostered, world: World) -> Notice | None:
    """小队不完整 (F70): said in the group while a 1+1+N patrol lacks a part; it works all the same."""
    team = world.town.district.team(shift.team)
    if team is None or not team.squad:
        return None
    lacking = squad.missing(roster.present(shift, world.now, world.presence), world.town.district)
    params: dict[str, Json] = {"team": team.id, "lacking": [*lacking]}
    return told.group(team.id, "duty.incomplete", world, params) if lacking else None
