"""A hazard case: its values. Its life is in core.life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands; escalation is a position beside it (`Case.steps`), never a status."""

    DRAFT = "DRAFT"  # 草稿: the resident is still telling
    NEW = "NEW"  # 待受理: told, nobody has it yet
    DISP = "DISP"  # 待签收: offered to a team
    ACK = "ACK"  # 已签收
    SITE = "SITE"  # 处置中
    DONE = "DONE"  # 待确认: the handler says so, the resident has the last word
    CLOSED = "CLOSED"  # 已结案
    REJECTED = "REJECTED"  # 不予受理
    CANCELLED = "CANCELLED"  # 已撤销


ENDED = frozenset({Status.CLOSED, Status.REJECTED, Status.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is: WGS-84 degrees when known, and words.

    `label` is what a group may see (building level, no flat number: privacy.md), `words` what the resident wrote.
    """

    label: str
    words: str = ""
    lat: float | None = None
    lng: float | None = None
    grid: str | None = None
    compound: str | None = None
    precision: str = "words"  # pin | building | compound | key_place | words
    raw: tuple[float, float] | None = None  # a pin as it was sent, latitude first, before any conversion
    datum: str = "wgs84"  # as what `raw` was read: wgs84 | gcj02 | bd09


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One assignment of a case to a team or a person (figures.md counts assignments, not cases).

    `team` is a team id, or `person:P065` for a named officer. `due` is when a person must have accepted.
    `state`: open, accepted, declined, passed (another took it or it went on).
    """

    serial: int
    team: str
    chat: int
    kind: str  # post | second | backup | centre | officer | transfer
    at: datetime
    due: datetime | None
    metres: int | None = None
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A transfer or a decline that waits for its target; the first holder keeps the case until then (首问负责)."""

    target: str  # team id
    offer: int  # serial of the offer made to the target
    by: str  # person id
    reason: str  # reason code, "transfer" when none was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The proof that is being collected for 办结 (life.md row 24): a photo or the reason why there is none."""

    by: str
    photo: str | None = None
    line: str = ""
    disposition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One report on its way. `no` is its number and identity; `version` guards against two writers.

    `round` grows with every new assignment to another team, so that a button of an earlier round is known to be stale.
    `watchers` are the chats that hold its living card. `steps` are the ladder steps already done, each once.
    """

    no: str
    version: int = 0
    status: Status = Status.DRAFT
    reporter: int
    reporter_name: str = ""
    language: str = "zh-Hans"
    source: str = "resident"
    opened_at: datetime
    heard_at: datetime  # the reporter's last word
    words: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # "video" or "document", and its file id
    messages: tuple[int, ...] = ()  # ids of the reporter's messages, to find edits and replies
    album: str | None = None
    place: Place | None = None
    category: str | None = None
    guesses: tuple[str, ...] = ()
    severity: int = 3
    raised: tuple[str, ...] = ()
    sealed: bool = False
    emergency: str | None = None
    asked: str | None = None  # place | kind | detail
    round: int = 0
    offers: tuple[Offer, ...] = ()
    watchers: tuple[int, ...] = ()
    team: str | None = None
    handler: str | None = None
    handover: Handover | None = None
    refusals: int = 0
    transfers: int = 0
    accepted_at: datetime | None = None
    shift_ends: datetime | None = None  # when the shift that accepted it goes home (life.md row 14)
    arrived_at: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None
    arrive_due: datetime | None = None
    close_due: datetime | None = None
    confirm_due: datetime | None = None
    steps: tuple[str, ...] = ()
    route_at: datetime | None = None  # sev 3-4 at night wait for the morning (life.md ladder, step 0)
    closing: Closing | None = None
    result: str = ""
    result_photo: str | None = None
    reopened: int = 0
    reopened_at: datetime | None = None  # its limits are counted anew from here (life.md row 26)
    rating: str | None = None
    auto_closed: bool = False
    told_received: bool = False
    forget: bool = False  # the reporter asked to be forgotten: erased as soon as it ends
    erased_at: datetime | None = None
    conflict: Place | None = None  # what the words say where the pin says otherwise, until the resident says which
    rivals: tuple[str, ...] = ()  # compounds that the words may mean, until the resident says which
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a case's append-only history; figures are computed from these alone."""

    kind: str
    at: datetime
    actor: str | None = None  # person id, "resident", or None for the bot
    row: int | None = None  # the row of life.md
    data: Mapping[str, object] = field(default_factory=dict)
