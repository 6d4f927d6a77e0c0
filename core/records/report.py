"""日报、周报、简报: what was told of a window, with the cases behind each figure, until somebody has read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from core.messages.json import Json
from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The cases behind a figure, and the figure as it is written. Of a share `kept` are those that made it; None for
    a mere count. `of`: what `cases` are the numbers of."""

    name: str
    text: str
    cases: tuple[str, ...]
    kept: tuple[str, ...] | None = None
    of: Literal["cases", "disputes", "both"] = "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One report as it was sent; `grid` None is the whole street. Open until it was read, or at noon went on.

    `told` is what it says, so that the deputy at noon reads the very same; `picture` what its picture shows.
    """

    kind: Literal["day", "week", "brief"]
    grid: str | None
    day: date
    chat: int
    told: Mapping[str, Json]
    picture: Mapping[str, Json] = field(default_factory=dict)
    lists: tuple[Listed, ...] = ()
    deputy: str | None = None  # who had it at noon
    read_by: str | None = None
    read_at: datetime | None = None

    def listed(self, name: str) -> Listed | None:
        """The list behind a figure."""
        return next((it for it in self.lists if it.name == name), None)

    @property
    def cases(self) -> tuple[str, ...]:
        """Every case behind any of its figures, once; a file of cases has no disputes in it."""
        return tuple(sorted({no for it in self.lists if it.of == "cases" for no in it.cases}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(Record):
    """Somebody asked for the short version every day at 17:20; the id is the person."""

    person: str
