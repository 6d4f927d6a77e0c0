"""资料抽查: closed cases of a month that inspectors ask about again by telephone (duty.md, 督察; mechanism F25)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling(Record):
    """The draw of one month (its id, `2026-11`), made when it is over; its seed was fixed when it began."""

    seed: str
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of one case: whether what its team wrote is true (属实), and in whose eyes."""

    no: str
    true: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Record):
    """The drawn cases of one team, as they were drawn; `notes`: number of a case, and words."""

    team: str
    month: str
    numbers: tuple[str, ...]
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
