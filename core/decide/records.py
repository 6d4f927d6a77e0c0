"""Records: what the clock does with each kind when its moment has come (core.records)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.decide import (
    calls,
    checks,
    complaints,
    daily,
    draws,
    duty,
    handover,
    maps,
    mediation,
    overdue,
    reports,
    roles,
    rulings,
    samples,
    setup,
    storm,
    tables,
    tasks,
)
from core.messages import DayBegins, RecordDue
from core.records import Record, kind_of
from core.world import Decision, World

Due = Callable[[Any, World], Decision]

DUE: Mapping[str, Due] = {
    "brief": daily.brief,
    "call": calls.due,
    "check": checks.due,
    "complaint": complaints.due,
    "draw": draws.over,
    "handover": handover.due,
    "lookup": maps.given_up,
    "table": tables.due,
    "task": tasks.due,
    "report": reports.due,
    "storm": storm.due,
    "firstcode": setup.code.due,
    "sample": samples.over,
    "sampling": samples.drawn,
    "overdue": overdue.due,
    **duty.DUE,
    **mediation.DUE,
    **roles.DUE,
}


def due(command: RecordDue, world: World) -> Decision:
    """Done for the record as it is now; one that was closed or put off meanwhile is left alone."""
    del command
    record = world.record
    if record is None or not _waits(record, world):
        return Decision()
    return DUE[kind_of(record)](record, world)


def _waits(record: Record, world: World) -> bool:
    return record.open and record.due_at is not None and record.due_at <= world.now


def day_begins(command: DayBegins, world: World) -> Decision:
    """What the day will bring is put down: changes of shift, and on a new week's first day its draw."""
    drawn, sampled = draws.plan(command, world), samples.plan(command, world)
    ruled, asked = rulings.of_day(world)
    planned = (*handover.plan(command.day, world), *duty.of_day(world), *overdue.of_day(world), *ruled)
    return replace(
        drawn,
        records=(*drawn.records, *sampled.records, *planned),
        events=(*drawn.events, *sampled.events),
        notices=(*drawn.notices, *asked),
        then=mediation.orphans(world),
    )
