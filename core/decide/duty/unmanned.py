"""Which hours have nobody, as records: those that were told already are known again, whole or in part."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from core import gaps
from core.decide.duty import told
from core.gaps import Gap
from core.records import Hole
from core.roster import EXTRA
from core.world import World


def gaps_between(world: World, start: datetime, end: datetime) -> tuple[Gap, ...]:
    """All hours without anybody in a stretch of time, as the plan is now, in whole minutes."""
    town, start = world.town, start.replace(second=0, microsecond=0)
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
    untold = (_untold(it, world) for it in holes.values() if known(it, world) is None)
    fresh = (replace(it, version=filled.get(it.id, 0)) for it in untold if it.start < it.end)
    return tuple(sorted(fresh, key=lambda it: it.start))


def _untold(hole: Hole, world: World) -> Hole:
    """What is left of hours by the pattern when those are taken off that were told before: a look sees two days, and
    what goes on beyond them is found again the next day. A shift stays whole.
    """
    start = hole.start
    for it in sorted(_of_post(hole, world), key=lambda it: it.start):
        start = max(start, it.end) if it.start <= start else start
    if hole.group != EXTRA or start == hole.start:
        return hole
    return replace(hole, id=told.name_of(hole.team, hole.group, start), start=start, due_at=start)


def told_of(gap: Gap, world: World) -> Hole:
    """The gap as it was told, whole or in its first part; else as it is to be told."""
    hole = hole_of(gap)
    parts = (it for it in _of_post(hole, world) if it.start <= hole.start < it.end)
    return known(hole, world) or next(parts, None) or new_holes((gap,), world)[0]


def still(hole: Hole, world: World) -> bool:
    """Whether nobody is due in these hours even now: the town's file may have been changed meanwhile."""
    return any(it.team == hole.team for it in gaps_between(world, hole.start, hole.end))


def _of_post(hole: Hole, world: World) -> Iterator[Hole]:
    return (it for it in world.of(Hole) if it.team == hole.team and it.state != "filled")


def known(hole: Hole, world: World) -> Hole | None:
    """The gap as it was told, or the one that it is a part of."""
    same = (it for it in _of_post(hole, world) if it.start <= hole.start and hole.end <= it.end)
    return min(same, key=lambda it: it.end - it.start, default=None)
