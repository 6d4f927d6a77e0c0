"""What a decision is shown (World) and what it gives back (Decision)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self, TypeVar

from core.case import Case, Event
from core.messages import Answer, Json, Notice
from core.records import Record
from core.roster import Away, Presence, SignIn
from core.town import Town

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person as the chat knows them, resident or staff. `awaiting` is what their next message will be taken for."""

    user_id: int
    name: str = ""
    language: str | None = None  # chosen by /language; else the client's
    awaiting: str | None = None  # human | signin | arrive:NO | suggest | …
    awaiting_until: datetime | None = None
    said: str = ""  # the last words that were not understood, kept so that a person can be asked
    greeted: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message of ours in a chat, as remembered: what it was about, so that a reply to it is understood."""

    chat: int
    message: int
    kind: str
    slot: str | None = None
    case: str | None = None
    params: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An event of a case, with its case's number."""

    case: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything a decision may look at; loaded once, in the transaction that will also save the outcome."""

    now: datetime
    town: Town
    presence: Presence = field(default_factory=Presence)
    case: Case | None = None
    contact: Contact | None = None
    cases: tuple[Case, ...] = ()
    open_cases: tuple[Case, ...] = ()
    post: Post | None = None
    number: str | None = None
    log: tuple[LogLine, ...] = ()
    record: Record | None = None
    records: tuple[Record, ...] = ()
    bot_name: str = ""

    def of(self, kind: type[AnyRecord]) -> tuple[AnyRecord, ...]:
        """The open records of one kind, of those that the command asked to see."""
        return tuple(it for it in self.records if isinstance(it, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be remembered and said; saved whole or not at all."""

    case: Case | None = None
    contact: Contact | None = None
    sign_ins: tuple[SignIn, ...] = ()
    aways: tuple[Away, ...] = ()
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer: Answer | None = None
    records: tuple[Record, ...] = ()
    forget: int | None = None  # a resident who is to be forgotten: ended cases now, open ones when they end

    def also(self, *notices: Notice) -> Self:
        """The same decision with more to say."""
        return replace(self, notices=(*self.notices, *notices))
