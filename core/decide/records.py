"""Records: what the clock does with each kind when its moment has come (core.records)."""

from collections.abc import Callable, Mapping
from typing import Any

from core.messages import RecordDue
from core.records import Record, kind_of
from core.world import Decision, World

Due = Callable[[Any, World], Decision]

DUE: Mapping[str, Due] = {}


def due(command: RecordDue, world: World) -> Decision:
    """Done for the record as it is now; one that was closed or put off meanwhile is left alone."""
    del command
    record = world.record
    if record is None or not _waits(record, world):
        return Decision()
    return DUE[kind_of(record)](record, world)


def _waits(record: Record, world: World) -> bool:
    return record.open and record.due_at is not None and record.due_at <= world.now
