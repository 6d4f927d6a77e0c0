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
    REF = "REF"  # 已吹哨: a department was called in
    HOLD = "HOLD"  # 延期: the clock stands still until a date that the grid head approved
    DONE = "DONE"  # 待确认: the handler says so, the resident has the last word
    CLOSED = "CLOSED"  # 已结案
    REJECTED = "REJECTED"  # 不予受理
    CANCELLED = "CANCELLED"  # 已撤销
    MERGED = "MERGED"  # 已并案: its reporter follows an older case about the same matter
    SPAM = "SPAM"  # 无效: two persons agreed


ENDED = frozenset({Status.CLOSED, Status.REJECTED, Status.CANCELLED, Status.MERGED, Status.SPAM})


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
class Why:
    """Why a team was asked, as it was known then.

    `rule`: nearest, primary (its duty area), fixed (定点), joint (联勤), school (护学岗), load, second, backup,
    backup_order, transfer, again, centre, officer, nobody, no_place, outside,
    watched. `seen_at`: since when its people are
    where they were measured from, None for the post's own place. `until`: when its shift goes home. `declined` and
    `silent`: teams that were asked before. `absent` is a nearer post without anybody on duty, `busier` a nearer one
    that had more to do, `guarding` a nearer one that holds the gate of a school, each with its metres.
    """

    rule: str
    seen_at: datetime | None = None
    until: datetime | None = None
    declined: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    absent: tuple[str, int] | None = None
    busier: tuple[str, int] | None = None
    guarding: tuple[str, int] | None = None


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
    why: Why | None = None


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
class Whistle:
    """One department called in (吹哨, life.md rows 17-21).

    `kind`: urgent, daily, hard, by which it must report in until `due`. `state`: asked (waits for the grid head's
    signature), refused, open, in (报到), returned (退回, with its `ground`), done. `asked`: what its department's next
    reply is (the kind of the text that asked for it).
    """

    serial: int
    dept: str
    kind: str
    reason: str
    by: str
    at: datetime
    due: datetime | None = None
    state: str = "asked"
    ground: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A delay that was asked for (延期, life.md rows 22-23). `state`: asked, refused, on, over."""

    by: str
    reason: str
    at: datetime
    until: datetime
    state: str = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A level of the ladder has answered (说明, or 已知,按计划): it rests until `until`, if there is one."""

    by: str
    at: datetime
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the reporter was asked by whoever has the case, and until when an answer is waited for."""

    by: str
    chat: int
    at: datetime
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """核查 by a second person (row 28). `why`: severity, sample, no_photo, withdrawn, unreachable. `closer`: who is not
    asked. `state`: asked, passed, failed. `reason`: why it did not pass."""

    why: str
    closer: str
    at: datetime
    state: str = "asked"
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Somebody holds it for spam or malice (life.md row 36). `side`: head or centre; the other has to agree.

    `state`: asked, agreed, refused, appealed (once; then it is no spam any more).
    """

    by: str
    side: str
    reason: str
    at: datetime
    state: str = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A place that nobody has said and the reporter is asked about. `why`: picture (where a photograph was taken),
    bounds (words that fit no building there is), map (a geocoder's answer)."""

    place: Place
    why: str


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
    health: tuple[str, ...] = ()  # what is told of somebody's health, as written: no group reads it (privacy.md)
    acute: bool = False  # something happens to them now: who comes has to read it all (core.decide.cards)
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
    helpers: tuple[str, ...] = ()  # ids of who was brought into a sealed one by name (core.decide.helpers)
    emergency: str | None = None
    asked: str | None = None  # place | kind | detail
    round: int = 0
    offers: tuple[Offer, ...] = ()
    watchers: tuple[int, ...] = ()
    unheard: tuple[int, ...] = ()  # chats that should hold the card and cannot be reached
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
    whistles: tuple[Whistle, ...] = ()
    hold: Hold | None = None
    policy: str | None = None  # what its district had chosen when it began (core.policy); None: whatever it chooses now
    alive_at: datetime | None = None  # the handler's last sign of life after accepting
    known: Known | None = None
    question: Question | None = None
    late: tuple[str, ...] = ()  # rungs of a slight matter that wait for the next list of overdue ones
    reopened: int = 0
    reopened_at: datetime | None = None  # its limits are counted anew from here (life.md row 26)
    rating: str | None = None
    auto_closed: bool = False
    told_received: bool = False
    forget: bool = False  # the reporter asked to be forgotten: erased as soon as it ends
    erased_at: datetime | None = None
    conflict: Place | None = None  # what the words say where the pin says otherwise, until the resident says which
    supposed: Supposed | None = None
    rivals: tuple[str, ...] = ()  # compounds that the words may mean, until the resident says which
    similar: tuple[str, ...] = ()  # numbers of cases that may be the same matter; nobody has said so yet
    linked: tuple[str, ...] = ()  # numbers of cases and disputes that have to do with it
    joined: tuple[str, ...] = ()  # numbers of the cases that were merged into it
    reporters: int = 1  # people who told of it
    also: tuple[str, ...] = ()  # where else it is, by those who joined
    into: str | None = None  # the case that it was merged into
    merged_at: datetime | None = None
    check: Verification | None = None
    doubt: Doubt | None = None
    unreachable: bool = False  # its reporter has blocked the bot
    rest_until: datetime | None = None  # hours of it are lost (storage.copies): nobody is called late before this
    anonymous: bool = False  # nobody who handles it may ask who told of it
    watched: bool = False  # its reporter had three reports put away: the centre reads it first (core.decide.fairness)
    group: int | None = None  # the residents' group in which it was told; it hears 已受理 and 已解决, no more
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a case's append-only history; figures are computed from these alone."""

    kind: str
    at: datetime
    actor: str | None = None  # person id, "resident", or None for the bot
    row: int | None = None  # the row of life.md
    data: Mapping[str, object] = field(default_factory=dict)
