"""A complaint about a colleague (hazards.md, C01) under a number that can be quoted: with its words and its writer only
as long as somebody may have to decide on it."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One message of whoever complains, as it was written; file ids of a picture and a voice."""

    text: str = ""
    photo: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Record):
    """`name` is the made-up one of the writer, `seats` who got it in private, `named` whose names stand in it: they
    hear nothing of it. `level`: head (网格长), centre, street. `told`: how often it was told again. `answered_at`: when
    its level last answered. `rounds`: how often it was not satisfied. `waits` while an answer is owed. `said` are its
    words for the next level: kept, with the `user` (else 0) who wrote them, while it is `open`, and that is until some
    time after an answer that was left at that.
    """

    at: datetime
    name: str
    seats: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    told: int = 0
    level: str = "centre"
    answered_at: datetime | None = None
    rounds: int = 0
    said: tuple[Telling, ...] = ()
    waits: bool = True
    user: int = 0
