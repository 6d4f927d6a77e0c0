"""勤务一屏: what the centre's one screen showed last (mechanism F07)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Record):
    """The pinned message of the centre's chat. `shown` is a digest of what stands there, so that nothing is said twice.

    `until`: when the picture changes although nobody does anything (a change of shift, an absence that ends). The clock
    does not look at it (`due_at` stays None): a day that is walked through would stop there again and again.
    """

    shown: str = ""
    shown_at: datetime | None = None
    until: datetime | None = None
