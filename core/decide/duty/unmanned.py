"""Which hours have nobody, as records: those that were told already are known again, whole or in part."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core import gaps
from core.decide.duty import told
from core.gaps import Gap
from core.records import Hole
from core.roster import EXTRA
from core.world import World


def gaps_between(world: World, start: datetime, end: datetime) -> tuple[Gap, ...]:
    """All hours without anybody in a stretch of time, as the plan is now."""
    town = world.town
    return gaps.gaps(town.district, start, end, town.holidays, changes=world.presence.changes)


def hole_of(gap: Gap) -> Hole:
    """A shift without people as a whole, whoever stands in for which part of it."""
    start, end = (gap.shift.start, gap.shift.end) if gap.shift else (gap.start, gap.end)
    group = gap.shift.group if gap.shift else EXTRA
    return Hole(
        id=told.name_of(gap.team, group, start),
        due_at=start,
        team=gap.team,
        group=group,
        shift=gap.shift.shift if gap.shift else EXTRA,
        start=start,
        end=end,
        taker=gap.taker,
    )


def new_holes(found: Iterable[Gap], world: World) -> tuple[Hole, ...]:
    """Those that nobody was told of yet; one that was filled and is empty again is told again."""
    holes = {it.id: it for it in reversed(tuple(map(hole_of, found)))}
    filled = {it.id: it.version for it in world.of(Hole) if it.state == "filled"}
    fresh = (replace(it, version=filled.get(it.id, 0)) for it in holes.values() if known(it, world) is None)
    return tuple(sorted(fresh, key=lambda it: it.start))


def known(hole: Hole, world: World) -> Hole | None:
    """The gap as it was told, or the one that it is a part of."""
    same = (it for it in world.of(Hole) if it.team == hole.team and it.start <= hole.start and hole.end <= it.end)
    return next((it for it in sorted(same, key=lambda it: it.end - it.start) if it.state != "filled"), None)
