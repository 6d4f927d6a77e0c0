"""Who may what, decided in chat: invitations, roles with an end, stand-ins, and what becomes of whoever leaves."""

from collections.abc import Callable, Mapping
from typing import Any

from core.decide import say
from core.decide.roles import about, inviting, lasting, leaving, screen
from core.decide.roles.handing import handed_on
from core.decide.roles.inviting import invitation, linked
from core.decide.roles.screen import audit, ordered
from core.messages import Pressed
from core.world import Decision, World

__all__ = ["DUE", "PRESSES", "audit", "handed_on", "invitation", "linked", "ordered"]

Press = Callable[[Pressed, World], Decision]


def _in_private(press: Press) -> Press:
    def pressed(command: Pressed, world: World) -> Decision:
        if not about.private(command):
            return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
        return press(command, world)

    return pressed


PRESSES: Mapping[str, Press] = {
    name: _in_private(press)
    for name, press in {
        "pp": screen.home,
        "pp.new": inviting.new,
        "pp.lasts": inviting.changed,
        "pp.void": inviting.void,
        "pp.undo": leaving.undo,
        "pp.who": screen.who,
        "pp.one": screen.one,
        "pp.days": lasting.lasts,
        "pp.for": lasting.stand_in,
        "pp.end": lasting.stand_end,
        "pp.out": leaving.ask,
        "pp.go": leaving.go,
    }.items()
}
DUE: Mapping[str, Callable[[Any, World], Decision]] = {
    "invite": inviting.over,
    "member": lasting.due,
    "stand": lasting.stand_in_due,
}
