"""任务: what the centre asks a post to do, beside the cases (mechanism F07)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.records.base import Record

Stage = Literal["sent", "taken", "done", "withdrawn", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What somebody of the post answered. `what`: text, photo, voice, video or document."""

    person: str
    at: datetime
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """One task of one post, or of one of its people (`to`), who has it in private.

    `by` gave it, in the centre's `message`, to which all that comes back is a reply. `text` is masked as for every
    group. `files`: how many pictures, voices and films went with it. `reminded`: 0, then 1 when whoever has it was
    reminded, 2 when the head of the post was told.
    """

    team: str
    by: str
    at: datetime
    message: int
    to: str | None = None
    text: str = ""
    files: int = 0
    stage: Stage = "sent"
    reminded: int = 0
    person: str | None = None  # who took it
    taken_at: datetime | None = None
    done_by: str | None = None
    done_at: datetime | None = None
    answers: tuple[Reported, ...] = ()
