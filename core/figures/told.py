"""The cases that a window's figures are made of, and how many more are only there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.figures.log import Entry
from core.figures.story import Story
from core.figures.telling import stories

LISTED = 120  # of those that are not closed: nobody turns more pages in a chat
# What a report wants of the log itself, though it belongs to a case.
LINES = frozenset({"thanked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """Open cases that somebody works on and that owe nothing in a window: nothing has happened to them since it began
    to look back. No figure but 闭环率(累计) knows of them. `first`: the most urgent, of these the oldest."""

    count: int = 0
    first: tuple[str, ...] = ()


NOTHING = Resting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The cases as they stood at some moments, in the order of their first messages, and `lines` of their log.

    `resting`: the others that are open, by grid (None: all); a grid that has none is left out.
    """

    at: Mapping[datetime, Sequence[Story]]
    lines: tuple[Entry, ...] = ()
    resting: Mapping[str | None, Resting] = field(default_factory=dict)


def told(entries: Iterable[Iterable[Entry]], moments: Sequence[datetime]) -> Told:
    """Read the log case by case, each in its order: of a case its lines are forgotten before those of the next are
    read, for a day of a town has a hundred thousand."""
    found: dict[datetime, list[Story]] = {at: [] for at in moments}
    lines: list[Entry] = []
    for case in map(tuple, entries):
        lines += [it for it in case if it.kind in LINES]
        for at, until_then in found.items():
            until_then.extend(stories(case, at).values())
    in_order = {at: tuple(sorted(known, key=lambda it: it.reported_at)) for at, known in found.items()}
    return Told(at=in_order, lines=tuple(lines))
