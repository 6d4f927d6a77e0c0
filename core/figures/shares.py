"""How figures are held and shown: shares with their base, spreads, never a percentage of a handful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import fmean, median

SMALL = 10


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, each with the cases that were counted."""

    n: int
    of: int
    ids: tuple[str, ...] = ()
    of_ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        return share_text(self)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, median and the 90th of a hundred (nearest rank) of n values; None without any. `ids` are their cases."""

    mean: float | None
    median: float | None
    p90: float | None
    n: int
    ids: tuple[str, ...] = ()


def share(kept: Iterable[str], base: Iterable[str]) -> Share:
    """A share of ids; an id may count more than once, as with two assignments of one case."""
    ids, of_ids = tuple(kept), tuple(base)
    return Share(len(ids), len(of_ids), ids, of_ids)


def share_text(it: Share) -> str:
    """`3/4` below ten, `86 %(43/50)` from ten on, `—` without a base: the same in every language (figures.md)."""
    if it.of == 0:
        return "—"
    if it.of < SMALL:
        return f"{it.n}/{it.of}"
    return f"{(200 * it.n + it.of) // (2 * it.of)} %({it.n}/{it.of})"


def spread(values: Mapping[str, float]) -> Spread:
    """Mean, median and P90 of the values of some cases."""
    if not values:
        return Spread(None, None, None, 0)
    ranked = sorted(values.values())
    high = ranked[ceil(0.9 * len(ranked)) - 1]
    return Spread(fmean(ranked), median(ranked), high, len(ranked), tuple(values))
