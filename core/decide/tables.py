"""放假安排: a year's holiday table sent as a file by the centre, shown before it is used, used when somebody says so.

The district's own table goes over the official one; limits of running cases stay as they were promised.
"""

from dataclasses import replace
from datetime import date, timedelta

from core import calendar, rights, yeartable
from core.calendar import YearTable
from core.case import Event
from core.decide import people, say
from core.decide.actor import colleague
from core.district import Person
from core.messages import Json, Ordered, Pressed, Spoke, record_ref
from core.records.lists import Table
from core.world import Decision, World
from core.yeartable import Reading

A_DAY = timedelta(days=1)  # a table nobody says yes to is forgotten
SHOWN = 8  # lines with a flaw, days that differ
VERDICTS = (("btn.table_use", "yes"), ("btn.table_drop", "no"))


def state(command: Ordered, world: World) -> Decision:
    """/holidays: which years are known and from where, and how a table is sent."""
    if colleague(world, command.sender.user_id) is None:
        return Decision(notices=(people.tell(command, world, "err.unknown_command", menu="resident"),))
    today = calendar.local(world.now, world.town.district.zone).date()
    items: list[Json] = [_year(year, world) for year in (today.year, today.year + 1)]
    params: dict[str, Json] = {"items": items, "year": str(today.year + 1)}
    return Decision(notices=(people.tell(command, world, "table.state", params=params),))


def _year(year: int, world: World) -> dict[str, Json]:
    known = world.town.calendar
    source = "given" if year in known.tables else "official" if year in known.holidays.years else "none"
    table = known.tables.get(year) or YearTable(
        off=frozenset(it for it in known.holidays.off if it.year == year),
        work_weekend=frozenset(it for it in known.holidays.work_weekend if it.year == year),
    )
    return {"year": str(year), "source": source, **(_days(table) if source != "none" else {})}


def _days(table: YearTable) -> dict[str, Json]:
    return {
        "off": [[first.isoformat(), last.isoformat()] for first, last in yeartable.spans(table.off)],
        "count": len(table.off),
        "work": [[first.isoformat(), last.isoformat()] for first, last in yeartable.spans(table.work_weekend)],
    }


def heard(command: Spoke, world: World) -> Decision | None:
    """A small text file of somebody of the centre that reads like such a table; None for anything else."""
    person = colleague(world, command.sender.user_id)
    if command.paper is None or person is None or not _may(person, world):
        return None
    if not command.paper:
        return Decision(notices=(people.tell(command, world, "table.unread"),))
    if not yeartable.looks_like(command.paper):
        return None
    reading = yeartable.read(command.paper, calendar.local(world.now, world.town.district.zone).date())
    return _flawed(command, world, reading) if reading.flaws else _shown(command, world, reading, person)


def _may(person: Person, world: World) -> bool:
    return rights.belongs(person, world.town.district.centre_team, world.town.district)


def _flawed(command: Spoke, world: World, reading: Reading) -> Decision:
    lines: list[Json] = [{"line": it.line, "kind": it.kind, "text": it.text} for it in reading.flaws[:SHOWN]]
    params: dict[str, Json] = {"items": lines, "count": len(reading.flaws)}
    return Decision(notices=(people.tell(command, world, "table.flaws", params=params),))


def _shown(command: Spoke, world: World, reading: Reading, person: Person) -> Decision:
    """The preview; what was sent before and not used yet is put away."""
    before = tuple(replace(it, open=False, due_at=None) for it in world.of(Table))
    fresh = Table(
        id=f"{reading.year}.{command.chat}.{command.message}",
        year=reading.year,
        off=tuple(sorted(reading.table.off)),
        work=tuple(sorted(reading.table.work_weekend)),
        by=person.id,
        due_at=world.now + A_DAY,
    )
    ref = record_ref("table", fresh.id)
    keys = (tuple(say.key_of(label, "yt", ref, 0, arg) for label, arg in VERDICTS),)
    params: dict[str, Json] = {
        "year": str(reading.year),
        **_days(reading.table),
        "changed": _changed(reading, world),
        "few": reading.few or None,
    }
    return Decision(
        records=(*before, fresh), notices=(people.tell(command, world, "table.preview", params=params, keys=keys),)
    )


def _changed(reading: Reading, world: World) -> Json:
    """The days to come that would be other than now, where the year is known."""
    now = world.town.calendar
    if not calendar.year_known(reading.year, now):
        return []
    fresh = replace(now, tables={**now.tables, reading.year: reading.table})
    first = max(date(reading.year, 1, 1), calendar.local(world.now, now.zone).date())
    days = (first + timedelta(days=n) for n in range((date(reading.year + 1, 1, 1) - first).days))
    other = [it for it in days if calendar.working_day(it, now) is not calendar.working_day(it, fresh)]
    return [{"until": it.isoformat(), "off": not calendar.working_day(it, fresh)} for it in other[:SHOWN]]


def pressed(command: Pressed, world: World) -> Decision:
    """✅ used from now on, or put away; once, by somebody of the centre."""
    person, table = colleague(world, command.sender.user_id), world.record
    if person is None or not _may(person, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if not isinstance(table, Table) or not table.open:
        return Decision(answer=say.answer(world, "ans.stale"))
    verdict = command.press.arg if command.press else ""
    if verdict not in {it for _, it in VERDICTS}:
        return Decision(answer=say.answer(world, "ans.unknown"))
    closed = replace(table, open=False, due_at=None)
    kind = "table.used" if verdict == "yes" else "table.dropped"
    own = people.tell(command, world, kind, params={"year": str(table.year), "by": person.id}, edit=command.message)
    decision = Decision(records=(closed,), notices=(own,), answer=say.answer(world, "ans.ok"))
    return _used(decision, table, person, world) if verdict == "yes" else decision


def _used(decision: Decision, table: Table, person: Person, world: World) -> Decision:
    """The whole centre hears it: every limit in working days counts by it from now on."""
    off, work = ([it.isoformat() for it in days] for days in (table.off, table.work))
    data = {"year": table.year, "off": off, "work": work}
    given = Event(kind="table_given", at=world.now, actor=person.id, data=data)
    params: dict[str, Json] = {"year": str(table.year), "by": person.id}
    told = say.staff(world.town.district.centre_chat(), "table.used", world.town, params=params)
    fresh = YearTable(off=frozenset(table.off), work_weekend=frozenset(table.work))
    return replace(
        decision, events=(given,), tables={table.year: fresh}, notices=(*decision.notices, *((told,) if told else ()))
    )


def due(table: Table, world: World) -> Decision:
    """Nobody said yes in a day: it is not used."""
    del world
    return Decision(records=(replace(table, open=False, due_at=None),))
