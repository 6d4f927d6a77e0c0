"""What the clock keeps beside the cases: the next list of overdue slight matters, the policy, missing years."""

from dataclasses import dataclass
from datetime import date

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(Record):
    """The next list of what is overdue of slight matters, at 08:30 or 16:30 (life.md, ladder); there is one, always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Record):
    """The district's choice of ladder and limits that the centre knows of; `serial` counts its changes, so that an
    old question about them cannot be answered any more."""

    text: str
    serial: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Record):
    """A year's holiday table that was sent in and waits for somebody to say that it is used."""

    year: int
    off: tuple[date, ...]
    work: tuple[date, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTable(Record):
    """A year whose holidays nobody has given; its id is the year. `told`: when the centre heard of it last."""

    told: date
