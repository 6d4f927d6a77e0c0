"""Duty (duty.md): signing in, the call of a shift, being away, swaps and leave, hours without anybody, the board."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from core.calendar import DAY, moment
from core.decide.duty import away, holes, muster, swap
from core.decide.duty.away import at_post
from core.decide.duty.board import board
from core.decide.duty.signin import ASKED, place_of_staff, sign_out
from core.messages import Pressed
from core.records import Record
from core.world import Decision, World

__all__ = ["ASKED", "DUE", "PRESSES", "at_post", "board", "of_day", "place_of_staff", "sign_out"]

AHEAD = timedelta(hours=1)  # a shift soon after midnight is reminded of before it

PRESSES: Mapping[str, Callable[[Pressed, World], Decision]] = {
    "lr": away.reason,
    "lm": away.minutes,
    "lb": away.back,
    "xs": swap.chosen_shift,
    "xl": swap.leave,
    "xc": swap.chosen_partner,
    "xy": swap.answered,
    "xn": swap.answered,
    "xa": swap.decided,
    "xr": swap.decided,
    "xw": swap.withdraw,
    "gf": holes.opened,
    "ga": holes.candidates,
    "gp": holes.asked,
    "gy": holes.comes,
    "gn": holes.comes,
    "gh": holes.handed,
}
DUE: Mapping[str, Callable[[Any, World], Decision]] = {
    "hole": holes.due,
    "look": holes.due_look,
    "muster": muster.due,
    "swap": swap.due,
    "watch": away.due,
}


def of_day(world: World) -> tuple[Record, ...]:
    """What a day of the town needs to be put down: the calls of its shifts, and the look for the next day's gaps."""
    day = world.now.astimezone(world.town.district.zone).date()
    return (*muster.musters(world, moment(day, DAY, world.town.district.zone) + AHEAD), *holes.look_of(world))
