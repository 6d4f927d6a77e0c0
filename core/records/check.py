"""督察查岗: drawn checks of the posts, and the week's draw itself (duty.md, 督察; mechanism F25)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw(Record):
    """The draw of one ISO week (its id, `2026-W47`): with the seed anybody can draw again and must find the same.

    Open until the week is over, then the inspectors are told the seed. `drawn`: team, moment.
    """

    seed: str
    drawn: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one member of the shift answered. Of a place only the metres off the post are kept (privacy.md).

    `at`: when both place and photo were there; None until then. `reason`: why somebody may rightly be elsewhere.
    """

    person: str
    metres: int | None = None
    placed: bool = False
    inside: bool = False  # at the post or within the team's own area: a patrol on its round is on duty
    live: bool = False
    photo: str | None = None
    at: datetime | None = None
    reason: str = ""  # away | case
    result: str = ""  # present | excused | absent, proposed when the time is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Record):
    """One check of one team. `stage`: planned, asked, judged (the inspectors sign), signed."""

    team: str
    at: datetime
    stage: str = "planned"
    asked_at: datetime | None = None
    replies: tuple[Reply, ...] = ()
    signed: tuple[str, ...] = ()
