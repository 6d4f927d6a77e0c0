"""For how long: a role ends by itself, told before; somebody stands in for another from one day to another."""

from dataclasses import replace
from datetime import timedelta

from core import calendar
from core.decide import people, say
from core.decide.roles import about, leaving
from core.decide.roles.inviting import LASTS, WARNED
from core.district import Person
from core.messages import Json, Key, Notice, Pressed
from core.records import Member, StandIn
from core.roles import KNOWN
from core.world import Decision, World

A_DAY = timedelta(days=1)
STANDS = (1, 3, 7, 14)  # days


def lasts(command: Pressed, world: World) -> Decision:
    """⏳ 30 or 90 days from now, or for ever (0)."""
    name, _, days = (command.press.arg if command.press else "").partition(":")
    person = about.known(name, world)
    if person is None or days not in {str(it) for it in (0, *LASTS)}:
        return Decision(answer=say.answer(world, "ans.stale"))
    by = command.sender.user_id
    until = world.now + timedelta(days=int(days)) if int(days) else None
    known = world.look_up(Member, person.id) or Member(
        id=person.id, role=KNOWN, account=person.tg_id, name=person.name, since=world.now, by=by
    )
    member = replace(known, by=by, until=until, warned=False, due_at=until - WARNED if until else None)
    event = about.event("role_lasts", by, world, person=person.id, until=say.iso(until))
    told = say.staff(person.tg_id, "role.lasts", world.town, params={"until": say.iso(until)})
    own = about.screen(
        command, world, "role.lasts_set", [about.back(name, "pp.one")], person=person.id, until=say.iso(until)
    )
    return replace(own, records=(member,), events=(event,), notices=(*own.notices, *((told,) if told else ())))


def due(member: Member, world: World) -> Decision:
    """Three days before the end it is told to both; at the end it ends, and nothing stays with nobody."""
    person = world.town.district.member(member.id)
    if member.until is None or person is None or member.gone:
        return Decision(records=(replace(member, due_at=None),))
    if world.now < member.until:
        warned = replace(member, warned=True, due_at=member.until)
        return Decision(records=(warned,), notices=_warned(member, person, world))
    heirs = leaving.heirs(person, world)
    if not heirs:  # nobody else is there at all
        return Decision(records=(replace(member, due_at=world.now + A_DAY),))
    decision = leaving.left(person, heirs[0], member.by, world, "expired")
    ended = _to_giver(member, "role.ended", {"name": person.name, "who": heirs[0].id}, world)
    return replace(decision, notices=(*decision.notices, ended))


def _warned(member: Member, person: Person, world: World) -> tuple[Notice, ...]:
    params: dict[str, Json] = {"until": say.iso(member.until)}
    own = say.staff(person.tg_id, "role.ends", world.town, params=params)
    keys = (tuple(say.key("btn.role_days", "pp.days", None, f"{person.id}:{it}", days=it) for it in LASTS),)
    giver = replace(_to_giver(member, "role.ends_of", {**params, "person": person.id}, world), keys=keys)
    return tuple(it for it in (own, giver) if it is not None)


def _to_giver(member: Member, kind: str, params: dict[str, Json], world: World) -> Notice:
    key = f"member:{member.id}:{kind}:{say.iso(member.until)}"
    return Notice(to=member.by, kind=kind, key=key, params=params, language=say.staff_language(world.town))


def stand_in(command: Pressed, world: World) -> Decision:
    """🔁 who stands in, from when, for how long: their offices only, each keeps their own shifts."""
    arg, page = about.page_of(command)
    of_id, _, rest = arg.partition(":")
    name, _, when = rest.partition(":")
    of, person = about.known(of_id, world), world.town.district.member(name)
    if of is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    if person is None or person == of or person.tg_id is None:
        found = leaving.heirs(of, world)
        keys = [say.key("btn.role_name", "pp.for", None, f"{of_id}:{it.id}", name=it.name) for it in found]
        rows = [*about.paged(keys, page, "pp.for", of_id), about.back(of_id, "pp.one")]
        return about.screen(command, world, "role.stand_who", rows, person=of.id)
    span = _span(when)
    if span is None:
        return about.screen(command, world, "role.stand_when", _whens(arg, of_id), person=person.id, who=of.id)
    return _stands(command, of, person, span, world)


def _whens(arg: str, of_id: str) -> list[list[Key]]:
    first = arg if arg.count(":") == 1 else ":".join(arg.split(":")[:2])
    rows = [
        [say.key(f"btn.role_{start}", "pp.for", None, f"{first}:{start}.{days}", days=days) for days in STANDS]
        for start in ("now", "tomorrow")
    ]
    return [*rows, about.back(of_id, "pp.for")]


def _span(when: str) -> tuple[bool, int] | None:
    """Whether it begins tomorrow, and for how many days; None for nothing that a button of ours says."""
    start, _, days = when.partition(".")
    return (start == "tomorrow", int(days)) if start in {"now", "tomorrow"} and days in map(str, STANDS) else None


def _stands(command: Pressed, of: Person, person: Person, span: tuple[bool, int], world: World) -> Decision:
    tomorrow, days = span
    zone, by = world.town.district.zone, command.sender.user_id
    today = calendar.local(world.now, zone).date()
    since = calendar.moment(today + A_DAY, 0, zone) if tomorrow else world.now
    until = calendar.moment(today + timedelta(days=days + tomorrow), 0, zone)
    record = StandIn(
        id=f"{of.id}.{person.id}.{since:%y%m%d%H%M%S}", person=person.id, of=of.id, since=since, until=until, by=by,
        on=not tomorrow, due_at=until if not tomorrow else since,
    )  # fmt: skip
    params: dict[str, Json] = {"person": person.id, "who": of.id, "since": say.iso(since), "until": say.iso(until)}
    event = about.event("role_stands_in", by, world, **params)
    told = _to_both(record, "role.stands_in", params, world)
    own = about.screen(command, world, "role.stands_in", [about.back(of.id, "pp.one")], **params)
    return replace(own, records=(record,), events=(event,), notices=(*own.notices, *told))


def _to_both(record: StandIn, kind: str, params: dict[str, Json], world: World) -> tuple[Notice, ...]:
    found = (world.town.district.member(it) for it in (record.person, record.of))
    told = (say.staff(it.tg_id, kind, world.town, params=params) for it in found if it is not None)
    return tuple(it for it in told if it is not None)


def stand_in_due(record: StandIn, world: World) -> Decision:
    """It begins, or it ends: whose offices they were has them again."""
    params: dict[str, Json] = {"person": record.person, "who": record.of, "until": say.iso(record.until)}
    if not record.on and world.now < record.until:
        begun = replace(record, on=True, due_at=record.until)
        event = about.event("role_stand_begins", record.by, world, person=record.person, of=record.of)
        return Decision(records=(begun,), events=(event,), notices=_to_both(record, "role.stand_begins", params, world))
    ended = replace(record, on=False, open=False, due_at=None)
    event = about.event("role_stand_ends", record.by, world, person=record.person, of=record.of)
    return Decision(records=(ended,), events=(event,), notices=_to_both(record, "role.stand_ends", params, world))


def stand_end(command: Pressed, world: World) -> Decision:
    """⏹ before its time."""
    record = world.look_up(StandIn, command.press.arg if command.press else "")
    if record is None or not record.open:
        return Decision(answer=say.answer(world, "ans.stale"))
    ended = stand_in_due(replace(record, on=True, until=world.now), world)
    told = people.tell(
        command, world, "role.stand_ends", params={"person": record.person, "who": record.of}, edit=command.message
    )
    return replace(ended, notices=(*ended.notices, told), answer=say.answer(world, "ans.ok"))
