"""Before the town is live: it is set up, and everybody else is told whom to call meanwhile. Nothing is half served."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.decide import clinic, orders, people, records, say, setup
from core.messages import Command, Examined, Ordered, Pressed, RecordDue, Spoke, StatusChanged
from core.world import Decision, World

PRESSES: Mapping[str, Callable[[Pressed, World], Decision]] = {"su": setup.pressed, "lg": orders.set_language}
ORDERS: Mapping[str, Callable[[Ordered, World], Decision]] = {
    "setup": setup.ordered,
    "language": orders.language,
    "doctor": clinic.ask,
}


def _spoke(command: Spoke, world: World) -> Decision:
    if command.group:
        return setup.group.replied(command, world) or Decision()
    if command.edited:
        return Decision()
    return setup.heard(command, world) or _told(command, world)


def _ordered(command: Ordered, world: World) -> Decision:
    if command.group:
        return setup.group.started(command, world) or Decision()
    if command.word in ORDERS:
        return ORDERS[command.word](command, world)
    contact = None
    if command.word == "start":  # colleagues press it before the town is live, and are to be reached when it is
        contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), reachable=True)
    return replace(_told(command, world), contact=contact)


def _told(command: Spoke | Ordered, world: World) -> Decision:
    """Not yet, and the numbers that always help: whoever writes here may be in danger."""
    return Decision(notices=(people.tell(command, world, "setup.closed"),))


def _pressed(command: Pressed, world: World) -> Decision:
    press = PRESSES.get(command.press.action) if command.press else None
    return press(command, world) if press else Decision(answer=say.answer(world, "ans.stale"))


def _standing(command: StatusChanged, world: World) -> Decision:
    return setup.group.invited(command, world) or Decision()


DECIDE: Mapping[type[Command], Callable[[Any, World], Decision]] = {
    Spoke: _spoke,
    Ordered: _ordered,
    Pressed: _pressed,
    StatusChanged: _standing,
    RecordDue: records.due,
    Examined: clinic.done,
}


def decided(command: Command, world: World) -> Decision:
    """What there is to do in a town that does not work yet."""
    decide = DECIDE.get(type(command))
    return decide(command, world) if decide else Decision()
