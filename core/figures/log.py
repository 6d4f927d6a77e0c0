"""The log that all figures come from: one entry per event of a case, never edited.

Kinds and what their `data` holds (moments may be datetimes or ISO 8601 texts):

| kind | data |
|---|---|
| reported | category, severity, grid, source (resident, patrol, device, department), place?; `at`: first message |
| limits | arrive_due, close_due: the limits from now on, None where there is none |
| assigned | assignment (a number within the case), team, ack_due, reason? (`backup`, `support`: asked in addition) |
| accepted | assignment, person; no person means a machine accepted, which counts for nobody |
| declined, arrived, resumed, reopened, spam, cancelled, whistled, drill, test | nothing |
| done | photo |
| closed | auto: nobody answered in time |
| merged | into |
| rated | rating (satisfied, mostly, unsatisfied) |
| answered | solved: which of 解决了 and 还没解决 was tapped |
| held | until |
| corrected | category?, severity?, grid? |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of one case."""

    case: str
    at: datetime
    kind: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time; its end is outside."""

    start: datetime
    end: datetime

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies inside; None does not."""
        return at is not None and self.start <= at < self.end


def when(value: object) -> datetime | None:
    """A moment out of an entry's data."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else None


def words(value: object) -> str | None:
    """A text out of an entry's data; None where there is none."""
    return str(value) if value else None


def number(value: object, default: int) -> int:
    """A whole number out of an entry's data."""
    return value if isinstance(value, int) else default
