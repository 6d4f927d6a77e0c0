"""A complaint about a colleague (hazards.md, C01) under a number that can be quoted: never with the words, nor the
account."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Record):
    """`name` is the made-up one of the writer, `seats` who got it in private, `named` whose names stand in it: they
    hear nothing of it. `level`: head (网格长), centre, street. `told`: how often it was told again. `answered_at`: when
    its level last answered. `rounds`: how often it was not satisfied."""

    at: datetime
    name: str
    seats: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    told: int = 0
    level: str = "centre"
    answered_at: datetime | None = None
    rounds: int = 0
