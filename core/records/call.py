"""A call for help at a case: to posts (支援), to guards (联呼), to volunteers (mechanisms F09, F51)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One who was asked. `kind`: post, guard, volunteer. `name`: a team, compound or account id.

    `coming`: None while nobody answered. `minutes`: how long it will take, as they said.
    """

    kind: str
    name: str
    metres: int | None = None
    coming: bool | None = None
    minutes: int | None = None
    person: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Record):
    """All calls of one case: its id is the case's number. `team` sees who comes; `at` is the newest call."""

    team: str
    at: datetime
    asked: tuple[Asked, ...] = ()
    counted: bool = False  # whether the answers within the limit were counted since the newest call
