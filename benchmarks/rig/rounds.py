"""Rounds in which configurations take turns (A B C A B C …), and ratios within the same round.

A machine that is busy for a minute slows all of a round, so a ratio inside it still means something; figures of
different rounds or of another table do not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Figure = TypeVar("Figure")


def interleaved(
    runs: Mapping[str, Callable[[], Figure]], rounds: int, say: Callable[[str], None] = lambda _: None
) -> dict[str, list[Figure]]:
    """Every run once per round, in their order; the figures by name, one per round."""
    found: dict[str, list[Figure]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            say(f"round {turn + 1}/{rounds}: {name}")
            found[name].append(run())
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of rounds with their ends."""

    mid: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        """Raises ValueError when there are none."""
        if not figures:
            raise ValueError("no rounds")
        return cls(median(figures), min(figures), max(figures))


def ratio(top: Sequence[float], bottom: Sequence[float]) -> Spread:
    """The median of the ratios round by round. Raises ValueError when there are not as many of both."""
    return Spread.of([a / b for a, b in zip(top, bottom, strict=True)])


def percentile(figures: Sequence[float], share: float) -> float:
    """The smallest figure that `share` (0 to 1) of all do not exceed. Raises ValueError when there are none."""
    if not figures:
        raise ValueError("no figures")
    ordered = sorted(figures)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]
