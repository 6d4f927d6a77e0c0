"""重点部位: places where it happens again and again, or where it was grave once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.figures.story import Story

SPAN = timedelta(days=30)
OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpot:
    """A place with its cases of the last 30 days. `kinds` are (category, count), most first; `reports` counts merged
    ones too, since each was another person who saw it."""

    place: str
    cases: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    severity: int
    reports: int


def spot(place: str, cases: Sequence[Story], merged: Sequence[Story]) -> HotSpot:
    """What happened at one place."""
    numbers = tuple(it.case for it in cases)
    return HotSpot(
        place=place,
        cases=numbers,
        kinds=tuple(Counter(it.category for it in cases).most_common()),
        severity=min(it.severity for it in cases),
        reports=len(numbers) + sum(it.into in numbers for it in merged),
    )


def hot_spots(known: Sequence[Story], end: datetime, most: int = 3) -> tuple[HotSpot, ...]:
    """The worst places of the 30 days before `end`: three cases or more, or one of severity 1."""
    recent = [it for it in known if end - SPAN <= it.reported_at < end]
    places: dict[str, list[Story]] = {}
    for it in recent:
        if it.place and not it.ended:
            places.setdefault(it.place, []).append(it)
    merged = [it for it in recent if it.ended == "merged"]
    found = (spot(place, cases, merged) for place, cases in places.items())
    hot = [it for it in found if len(it.cases) >= OFTEN or it.severity == 1]
    return tuple(sorted(hot, key=lambda it: (-len(it.cases), it.severity, it.place))[:most])
