"""分段: where nobody may take the whole of a gap, parts of it that somebody may take (duty.md: rest and hours hold).

A part is extra duty of its own, whatever shift it lies in: naming that shift would put whoever comes into all of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from core.decide.duty import partners, told
from core.records import Hole
from core.records.leave import Duty
from core.roster import EXTRA
from core.world import World

PIECES = (2, 3, 4)  # of 24 hours: halves, then shifts as other posts have them, then quarters
SHORTEST = timedelta(hours=3)  # nobody comes in for less


def duty_of(hole: Hole) -> Duty:
    """The hours as a change of the plan names them."""
    return Duty(team=hole.team, group=hole.group, shift=hole.shift, start=hole.start, end=hole.end)


def offered(hole: Hole, world: World) -> tuple[Hole, ...]:
    """The parts that are still to be filled, in order of time; () when nobody could take any.

    The fewest parts of which each has somebody; else as many as anybody could take.
    """
    if hole.pieces:
        return tuple(it for it in _known(cut(hole, hole.pieces), world) if it.state != "filled")
    plans = [cut(hole, count) for count in PIECES if (hole.end - hole.start) / count >= SHORTEST]
    taken = [tuple(it for it in plan if _wanted(it, world)) for plan in plans]
    whole = (plan for plan, some in zip(plans, taken, strict=True) if len(some) == len(plan))
    return next(whole, None) or max(zip(plans, taken, strict=True), key=_covered, default=((), ()))[0]


def _covered(found: tuple[tuple[Hole, ...], tuple[Hole, ...]]) -> float:
    plan, some = found
    return len(some) / len(plan)


def _wanted(part: Hole, world: World) -> bool:
    return next(partners.rested(duty_of(part), world), None) is not None


def cut(hole: Hole, pieces: int) -> tuple[Hole, ...]:
    """A gap in equal parts; each a gap of its own."""
    length = (hole.end - hole.start) / pieces
    return tuple(
        replace(
            hole,
            id=f"{hole.id}.{index}",
            version=0,
            due_at=hole.start + index * length,
            start=hole.start + index * length,
            end=hole.start + (index + 1) * length,
            group=EXTRA,
            shift=EXTRA,
            state="told",
            asked=(),
            pieces=0,
        )
        for index in range(pieces)
    )


def _known(parts: Iterable[Hole], world: World) -> tuple[Hole, ...]:
    known = {it.id: it for it in world.of(Hole)}
    return tuple(known.get(it.id, it) for it in parts)


def keys(parts: Iterable[Hole]) -> told.Keys:
    """A button for each part."""
    return tuple(
        (told.button("btn.part", "ga", it, start_at=it.start.isoformat(), until=it.end.isoformat()),) for it in parts
    )


def filled_with(hole: Hole, world: World) -> tuple[Hole, ...]:
    """The gap that was cut up is filled with the last of its parts."""
    above = hole.id.rpartition(".")[0]
    whole = next((it for it in world.of(Hole) if it.pieces and it.id == above), None)
    left = [it for it in offered(whole, world) if it.id != hole.id] if whole else [hole]
    return () if whole is None or left else (replace(whole, state="filled"),)
