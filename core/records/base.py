"""What all records share: an identity, a version against two writers, and when the clock has to look at it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something beside the cases that goes its own way: a swap, a hand-over, a spot check.

    `id` is unique within its kind. `open` while somebody owes something or it still counts; a closed one is kept.
    `due_at`: when the clock looks at it; None when nobody waits. `version` is the storage's: never touch it.
    """

    id: str
    version: int = 0
    open: bool = True
    due_at: datetime | None = None
