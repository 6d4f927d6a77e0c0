"""The sheet of the centre: on or off, what waits by compound, how much was dealt with in the last hour."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from core.case import Case, Status
from core.decide import say
from core.ladder import WORKING
from core.messages import Json, Key, Notice, record_ref
from core.records.storm import ONLY, Storm
from core.world import World

REF = record_ref("storm", ONLY)
HOURS = (6, 12, 24)
SHOWN = 20  # compounds; the rest is counted
BACKLOG = WORKING | {Status.NEW}
DONE, LATELY = "done", timedelta(hours=1)


def sheet(storm: Storm, world: World, *, edit: int | None = None) -> Notice | None:
    """How it stands now; `edit`: the message that it is written over."""
    waiting = [it for it in world.open_cases if it.status in BACKLOG]
    rows = _rows(waiting, world)
    params: dict[str, Json] = {
        "at": say.iso(world.now), "on": storm.open, "by": storm.by, "since_at": say.iso(storm.since),
        "until": say.iso(storm.until), "waiting": len(waiting), "rows": rows[:SHOWN],
        "more": len(rows) - SHOWN if len(rows) > SHOWN else None,
        "sealed": sum(it.sealed for it in waiting) or None, "done": done_lately(world),
    }  # fmt: skip
    shown = say.staff(world.town.district.centre_chat(), "storm.sheet", world.town, params=params, keys=keys(storm))
    return replace(shown, edit=edit) if shown else None


def keys(storm: Storm) -> tuple[tuple[Key, ...], ...]:
    """6, 12, 24 hours from now; off while it is on; and the sheet anew."""
    hours = tuple(say.key_of("btn.storm_hours", "sw", REF, storm.serial, str(it), hours=it) for it in HOURS)
    off = (say.key_of("btn.storm_off", "sw", REF, storm.serial, "off"),) if storm.open else ()
    return (hours, (*off, say.key_of("btn.storm_look", "sw", REF, storm.serial, "look")))


def done_lately(world: World) -> int:
    """Cases that were dealt with in the last hour; the log holds whole histories of what moved in it."""
    return len({it.case for it in world.log if it.event.kind == DONE and it.event.at > world.now - LATELY})


def _rows(waiting: Iterable[Case], world: World) -> list[Json]:
    """One line for each compound or, outside of them, each grid, the fullest first. A sealed one names no place
    (privacy.md)."""
    found: defaultdict[str | None, list[Case]] = defaultdict(list)
    for case in waiting:
        if not case.sealed:
            found[_where(case, world)].append(case)
    lines = sorted(found.items(), key=lambda it: (-len(it[1]), it[0] or ""))
    return [
        {
            "place": where, "open": len(cases), "urgent": sum(it.severity <= say.LOUD_UP_TO for it in cases) or None,
            "opened_at": say.iso(min(it.opened_at for it in cases)),
        }
        for where, cases in lines
    ]  # fmt: skip


def _where(case: Case, world: World) -> str | None:
    district, place = world.town.district, case.place
    if place is None:
        return None
    compound, grid = district.compound(place.compound), district.grid(place.grid)
    if compound is not None:
        return compound.name_zh or compound.name_en
    return (grid.name_zh or grid.name_en) if grid else None
