"""Whether the mode is on, and what a case that begins in it keeps of it."""

from core.policy import in_storm
from core.records.storm import ONLY, Storm
from core.world import World


def is_on(world: World) -> bool:
    """Whether a case that begins now begins in storm mode. Raises RecordNeeded."""
    known = world.look_up(Storm, ONLY)
    return known is not None and known.open and known.until is not None and world.now < known.until


def policy(world: World) -> str:
    """What a case that begins now keeps (`Case.policy`). Raises RecordNeeded."""
    chosen = world.town.district.options.policy
    return in_storm(chosen) if is_on(world) else chosen
