"""An address that a map is asked about, because nobody here knows it (bot.maps)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(Record):
    """One question; `no`: the case. `query`: road and number, nothing else of what was said. It
    leaves no row once it was answered, or given up at `due_at`."""

    no: str
    query: str
    at: datetime
