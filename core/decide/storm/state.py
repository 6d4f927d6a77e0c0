"""Whether the mode is on, and what a case that begins in it keeps of it."""

from datetime import datetime

from core.policy import in_storm
from core.records import name_of
from core.records.storm import ONLY, Storm
from core.world import World

RECORD = (name_of(Storm), ONLY)  # the one that says it


def is_on(world: World) -> bool:
    """Whether a case that begins now begins in storm mode. Raises RecordNeeded."""
    return until(world) is not None


def until(world: World) -> datetime | None:
    """When the mode ends that is on now; None while it is off. Raises RecordNeeded."""
    known = world.look_up(Storm, ONLY)
    ends = known.until if known is not None and known.open else None
    return ends if ends is not None and world.now < ends else None


def policy(world: World) -> str:
    """What a case that begins now keeps (`Case.policy`). Raises RecordNeeded."""
    chosen = world.town.district.options.policy
    return in_storm(chosen) if is_on(world) else chosen
