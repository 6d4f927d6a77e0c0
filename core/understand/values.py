"""What a message was understood to mean: frozen values, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What the writer wants; only hazard and dispute open a case."""

    HAZARD = "hazard"
    DISPUTE = "dispute"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    COMPLAINT_STAFF = "complaint_staff"
    PRIVACY = "privacy"
    STATUS = "status"
    URGE = "urge"
    CHAT = "chat"
    PRANK = "prank"
    SPAM = "spam"
    ABUSE = "abuse"
    UNCLEAR = "unclear"
    HUMAN = "human"


# hazards.md, last paragraph: S01 建议, Q01 咨询, P01 表扬, C01 投诉工作人员
CODES: Mapping[Kind, str] = MappingProxyType(
    {Kind.SUGGESTION: "S01", Kind.INQUIRY: "Q01", Kind.PRAISE: "P01", Kind.COMPLAINT_STAFF: "C01"}
)


class Manner(StrEnum):
    """How the first answer to an emergency must sound (wording.md `emg.*`)."""

    TOP = "top"
    GAS = "gas"
    SILENT = "silent"
    SELFHARM = "selfharm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Emergency:
    """A danger to life. `numbers` are to be shown in this order. It is `sure` where words say so that mean nothing
    else; where not, the case is handled no slower, only asked about more carefully."""

    kind: str
    category: str
    numbers: tuple[str, ...]
    manner: Manner
    words: str
    sure: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """The likeliest category codes, best first; `sure` is False when the writer should be asked among `three`."""

    best: str | None = None
    sure: bool = False
    three: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Severity:
    """Level 1 (critical) to 4 (minor), and the rules of hazards.md that raised it above the table's default."""

    level: int
    raised_because: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceReading:
    """A place as written. Ids are the gazetteer's; `candidates` holds several compound ids when the words fit them all.

    `between` are two buildings named as a gap, `spot` a gate or corner, `relative` words like 我家楼下 that need the
    sender's home, `fuzzy` a name that was misspelt or shortened.
    """

    compound: str | None = None
    building: int | None = None
    unit: int | None = None
    floor: int | None = None
    room: int | None = None
    key_place: str | None = None
    words: str = ""
    candidates: tuple[str, ...] = ()
    outside_bounds: bool = False
    between: tuple[int, int] | None = None
    spot: str | None = None
    relative: bool = False
    fuzzy: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Understanding:
    """All that one message says. `exposure`: the writer names somebody before others; such words are never repeated.

    `matters` holds the parts of a message that tells of several cases, else it is empty.
    """

    kind: Kind
    guess: Guess = field(default_factory=Guess)
    emergency: Emergency | None = None
    severity: Severity | None = None
    place: PlaceReading = field(default_factory=PlaceReading)
    sealed: bool = False
    exposure: bool = False
    matters: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The category of a case; what is no case has the code of its kind (hazards.md, last paragraph), or none."""
        return CODES.get(self.kind, self.guess.best)
