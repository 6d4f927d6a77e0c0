"""点名: a shift is called over when it begins."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Muster(Record):
    """Who of a shift has come. `stage` is what was done last: "" nothing yet, reminded, late, covered, over.

    `cover` is the team that was told to stand in while nobody has come. `bell`: when the school begins that the shift
    guards.
    """

    team: str
    group: str
    start: datetime
    end: datetime
    bell: datetime | None = None
    stage: str = ""
    cover: str | None = None
