"""Hours of a post without anybody, and the daily look for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(Record):
    """Once a day, the next day's hours without anybody are looked for and told."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole(Record):
    """Hours in which nobody is rostered at a post that should have somebody.

    `taker` stands in if nothing is done (None: nobody does). told: the heads know; asking: `asked[-1]` was asked to
    come; handed: the taker was told; filled: somebody comes; begun: it began as it was. `pieces`: in how many parts
    people are asked for it; the parts are gaps of their own, and it is filled when they are. It stays open to its end,
    so that the hours are not found a second time.
    """

    team: str
    group: str
    shift: str
    start: datetime
    end: datetime
    taker: str | None = None
    asked: tuple[str, ...] = ()
    state: Literal["told", "asking", "handed", "filled", "begun"] = "told"
    pieces: int = 0
