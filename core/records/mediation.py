"""调解: one dispute from its asking to its filing, and the rooms in which both sides meet (disputes.md; mechanism F48).

A dispute is a record and no case: who may read which part of it differs from side to side, and nothing of it may get
into a list, a search or a group by being like a case. What each side said is kept on that side's own notes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from core.records.base import Record

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")


class Step(StrEnum):
    """Where a dispute stands (disputes.md, the twelve steps)."""

    NEW = "NEW"  # 已登记
    REFUSED = "REFUSED"  # 不予受理
    CONSENT = "CONSENT"  # 受理了,等双方同意
    INFORMED = "INFORMED"  # 双方同意,权利义务已告知
    INQUIRY = "INQUIRY"  # 调查
    TALK = "TALK"  # 调解
    AGREED = "AGREED"  # 谈成了,等双方确认文本
    FAILED = "FAILED"  # 未达成
    PERFORM = "PERFORM"  # 履行
    WITHDRAWN = "WITHDRAWN"  # 一方不愿或撤回
    FOLLOW = "FOLLOW"  # 回访
    FILED = "FILED"  # 归档
    RED = "RED"  # 冻结:民警先到


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side. `user` is the account, None for somebody who is met or phoned; `name` is what the mediator calls them.

    `consent`: "" (not asked), asked, yes, no, withdrawn, silent. `how`: self, in_person or phone; `by`: the person who
    wrote it down. `informed_at`: when the rights were told. `confirmed`: the agreement's serial that they agreed to.
    """

    user: int | None = None
    name: str = ""
    language: str = "zh-Hans"
    consent: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    how: str = ""
    by: str = ""
    informed_at: datetime | None = None
    confirmed: int = 0
    confirmed_at: datetime | None = None
    trainee: str = ""  # the person who learns, if they agree that this one sits in
    extend: bool = False  # whether they agree to thirty more days
    objected: bool = False  # whether they have asked for somebody else, which they may once
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note of one of the four steps. `step`: look, listen, ask, root. `side`: whose words or about whom; empty for
    what is about both. `by`: a person id, or the side itself."""

    step: str
    at: datetime
    by: str
    text: str
    side: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time in a room: a station's mediation room, from `at`. `free`: the sides that said it suits them."""

    room: str
    at: datetime
    free: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A talk. `state`: offered, booked, held, missed, off. `answered`: the sides that have chosen. `came`: who came."""

    serial: int
    slots: tuple[Slot, ...]
    state: str = "offered"
    chosen: int | None = None  # index of the slot
    answered: tuple[str, ...] = ()
    came: tuple[str, ...] = ()

    @property
    def booked(self) -> Slot | None:
        """The slot that was found."""
        return self.slots[self.chosen] if self.chosen is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one side (or `both`) has promised, until when. `proof`: a file, or how it was seen."""

    text: str
    side: str
    due: datetime
    done_at: datetime | None = None
    proof: str = ""
    visited: bool = False  # not performed a week after it was due: the mediator was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was agreed. `serial` grows with every new wording; `effect_at`: when both had confirmed it."""

    serial: int
    terms: tuple[Term, ...]
    written_at: datetime
    effect_at: datetime | None = None
    oral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """回访. `result`: ok, trouble, or nothing yet; `said`: what each side answered by itself."""

    due: datetime
    done_at: datetime | None = None
    result: str = ""
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Record):
    """One dispute; its id is its number. `round` tells a stale button.

    `grade`: 绿 黄 橙 红. `named`: it goes to named people only, never to a group with more than its number (orange,
    red, family and relationship matters). `chat` and `team`: the post that was asked. `owner` has it until it is filed
    (一调到底); `panel` sits in with the owner, `asked` were asked for it, `conflicts` may not (回避).
    `steps`: rungs of its ladder that were climbed, each once. `back`: the step it stood at when it was frozen.
    """

    round: int = 0
    step: Step = Step.NEW
    opened_at: datetime
    source: str = "resident"  # resident | patrol | worker
    by: str = ""  # the colleague who wrote it down
    kind: str = "MO04"
    grade: str = "绿"
    signals: tuple[str, ...] = ()
    named: bool = False
    grid: str | None = None
    compound: str | None = None
    stairwell: str = ""
    lat: float | None = None
    lng: float | None = None
    a: Party = Party()
    b: Party = Party()
    team: str | None = None
    chat: int | None = None
    owner: str | None = None
    owned_at: datetime | None = None
    panel: tuple[str, ...] = ()
    trainees: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    contacted_at: datetime | None = None
    accepted_at: datetime | None = None
    moved_at: datetime | None = None  # when it came to the step where it stands
    extended: bool = False
    invite: str = ""  # the code by which the other side comes in; empty when there is none
    guest: Party | None = None  # who has come in by the code and is not known to be the other side yet
    notes: tuple[Note, ...] = ()
    sessions: tuple[Session, ...] = ()
    agreement: Agreement | None = None
    reason: str = ""  # why it was refused, failed or ended
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    visits: tuple[Visit, ...] = ()
    reopened: int = 0
    linked: tuple[str, ...] = ()
    back: str = ""
    released_by: str = ""
    filed_at: datetime | None = None
    steps: tuple[str, ...] = ()
    forget: tuple[str, ...] = ()  # sides that want to be forgotten when it is over

    def party(self, side: str) -> Party:
        """One side."""
        return self.a if side == "a" else self.b

    def side_of(self, user: int) -> Side | None:
        """Which side an account is; None for everybody else."""
        return next((it for it in SIDES if self.party(it).user == user), None)

    @property
    def on_the_spot(self) -> bool:
        """Whether a colleague settled it where it broke out: no consents, no agreement, only a visit (F17)."""
        return self.settled_at is not None and self.accepted_at is None

    def team_of_mediators(self) -> tuple[str, ...]:
        """The owner and whoever sits in: the only ones who read the notes."""
        return (*((self.owner,) if self.owner else ()), *self.panel)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDay(Record):
    """A mediation room on one day; its id is `ST2.20261120`. `taken`: minutes after midnight, and whose talk it is.

    A record of its own: two mediators who want the same hour write the same row, and one of them has to look again.
    """

    taken: tuple[tuple[int, str], ...] = ()
