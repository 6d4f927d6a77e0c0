"""重点部位: places where it happens again and again, where it was grave once, or that nobody has looked at in time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.figures.near import Places
from core.figures.story import Story

SPAN = timedelta(days=30)
OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpot:
    """A place with its cases of the last 30 days. `kinds` are (category, count), most first; `reports` counts merged
    ones too, since each was another person who saw it; `days` from the first of them to the last, both included.
    `overdue`: an inspection of it was due and not done (then there may be no cases at all).
    """

    place: str
    cases: tuple[str, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    severity: int = 4
    reports: int = 0
    days: int = 0
    overdue: bool = False


def hot_spots(
    known: Sequence[Story], end: datetime, overdue: Iterable[str] = (), most: int | None = None
) -> tuple[HotSpot, ...]:
    """The places of the 30 days before `end` with three cases or more, one of severity 1, or an inspection overdue.

    Worst first: by cases, then by gravity. Sealed matters have no place here.
    """
    recent = [it for it in known if end - SPAN <= it.reported_at < end and not it.sealed]
    late = dict.fromkeys(overdue)
    merged = Counter(it.into for it in recent if it.ended == "merged")
    found = [spot(cases, merged, late) for cases in clusters(it for it in recent if it.place and not it.ended)]
    found += [HotSpot(place=place, overdue=True) for place in late if all(it.place != place for it in found)]
    hot = [it for it in found if len(it.cases) >= OFTEN or it.severity == 1 or it.overdue]
    return tuple(sorted(hot, key=lambda it: (-len(it.cases), it.severity, it.place))[:most])


def clusters(cases: Iterable[Story]) -> list[list[Story]]:
    """Cases at the same place, the place being that of the first."""
    places: Places[list[Story]] = Places()
    found: list[list[Story]] = []
    for it in cases:
        here = next(places.at(it), None)
        if here is None:
            here = []
            found.append(here)
            places.put(it, here)
        here.append(it)
    return found


def spot(cases: Sequence[Story], merged: Counter[str | None], late: dict[str, None]) -> HotSpot:
    """What happened at one place."""
    numbers = tuple(it.case for it in cases)
    place = Counter(it.place or "" for it in cases).most_common(1)[0][0]
    return HotSpot(
        place=place,
        cases=numbers,
        kinds=tuple(Counter(it.category for it in cases).most_common()),
        severity=min(it.severity for it in cases),
        reports=len(numbers) + sum(merged[it] for it in numbers),
        days=(cases[-1].reported_at - cases[0].reported_at).days + 1,
        overdue=place in late,
    )
