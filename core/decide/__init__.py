"""Decides: one small function per command, in one table; what comes back is saved whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.decide import daily, group, orders, outcome, presses, private, records, say, tick
from core.life import NotInLife
from core.messages import (
    Answer,
    Command,
    Delivered,
    DigestDue,
    Lane,
    Migrated,
    Notice,
    Ordered,
    Pressed,
    RecordDue,
    Spoke,
    StatusChanged,
    Tick,
    Undelivered,
)
from core.world import Decision, World

__all__ = ["decide"]


def _spoke(command: Spoke, world: World) -> Decision:
    return group.replied(command, world) if command.group else private.heard(command, world)


def _status(command: StatusChanged, world: World) -> Decision:
    """Blocked or back: remembered of whom we know; who was forgotten and then blocks us stays forgotten."""
    if command.group or world.contact is None:
        return Decision()
    return Decision(contact=replace(world.contact, reachable=command.present))


def _migrated(command: Migrated, world: World) -> Decision:
    """The storage rewrites the ids; there is nothing to decide."""
    del command, world
    return Decision()


DECIDE: Mapping[type[Command], Callable[[Any, World], Decision]] = {
    Spoke: _spoke,
    Ordered: orders.ordered,
    Pressed: presses.pressed,
    StatusChanged: _status,
    Migrated: _migrated,
    Tick: tick.ticked,
    Delivered: outcome.delivered,
    Undelivered: outcome.undelivered,
    DigestDue: daily.due,
    RecordDue: records.due,
}


def decide(command: Command, world: World) -> Decision:
    """What `command` changes and says in this world. Pure: may be called again after a clash of versions."""
    try:
        decision = DECIDE[type(command)](command, world)
    except NotInLife:
        if not isinstance(command, Pressed):
            return Decision()
        status = world.case.status.value if world.case else ""
        decision = Decision(answer=say.answer(world, "ans.not_now", status=status))
    return replace(
        decision, notices=_with_keys(decision, command, world), answer=_in_their_language(decision, command, world)
    )


def _in_their_language(decision: Decision, command: Command, world: World) -> Answer | None:
    """A resident's press is answered in the resident's language, a colleague's in the district's."""
    if decision.answer is None or not isinstance(command, Pressed):
        return decision.answer
    if world.town.district.person(command.sender.user_id) is not None:
        return decision.answer
    return replace(decision.answer, language=say.personal_language(world, command.sender.language))


def _with_keys(decision: Decision, command: Command, world: World) -> tuple[Notice, ...]:
    """Each notice gets the key under which it is sent once for ever; at night only what is urgent sounds."""
    seed = _seed(decision, command)
    clock = world.now.astimezone(world.town.district.zone)
    night = world.town.district.options.quiet_hours.holds(clock.hour * 60 + clock.minute)
    return tuple(
        replace(
            notice,
            key=notice.key or f"{seed}:{index}",
            silent=notice.silent or (night and notice.lane >= Lane.REMINDER),
        )
        for index, notice in enumerate(decision.notices)
    )


def _seed(decision: Decision, command: Command) -> str:
    if decision.case is not None:
        return f"c{decision.case.no}.{decision.case.version}"
    match command:
        case Spoke() | Ordered():
            return f"m{command.chat}.{command.message}.{command.at.timestamp():.0f}"
        case Pressed():
            return f"p{command.callback}"
        case DigestDue():
            return f"d{command.grid}.{command.day.isoformat()}"
        case _:
            return f"{type(command).__name__}.{command.at.timestamp():.6f}"
