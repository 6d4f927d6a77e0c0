"""交接班: what one shift leaves to the next (duty.md; mechanism F14)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An open case on the sheet. A sealed one has its number and nothing else (privacy.md).

    `how`: moves (not on site yet: the next shift has it, its clocks run on), stays (on site: its handler finishes it),
    waits (the resident has the last word).
    """

    no: str
    how: str
    sealed: bool = False
    severity: int = 3
    category: str | None = None
    place: str | None = None
    person: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Record):
    """One change of shift at one post, at `at`. `to` is the team that takes over: its own next shift, or whoever stands
    in where none follows.

    `stage`: planned, told (the outgoing shift counts the gear), given (the incoming one is asked), late (the head was
    told). `gear`: what was counted, of the post's list; `whole`: whether all is there, None while nobody counted.
    """

    team: str
    at: datetime
    to: str = ""
    stage: str = "planned"
    before: str = ""  # the outgoing group
    after: str = ""  # the incoming group; empty where no shift follows
    cases: tuple[Left, ...] = ()
    gear: tuple[tuple[str, int], ...] = ()
    whole: bool | None = None
    notes: tuple[str, ...] = ()
    taken_by: str | None = None
    taken_at: datetime | None = None
