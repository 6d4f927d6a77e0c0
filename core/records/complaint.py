"""A complaint about a colleague that waits for an answer (hazards.md, C01): never with the words, nor the account."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Record):
    """`name` is the made-up one of the writer, `seats` who got it in private, `named` whose names stand in it: they
    hear nothing of it. `told`: how often it was told again."""

    at: datetime
    name: str
    seats: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    told: int = 0
