"""What a decision is shown (World) and what it gives back (Decision)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self, TypeVar

from core.calendar import YearTable
from core.case import Case, Event, Place
from core.distance import Point
from core.duplicates import cell_of
from core.figures.log import Window
from core.figures.told import Told
from core.messages import Answer, Command, Json, Notice, Press
from core.positions import Position
from core.records import Record, name_of
from core.roster import Away, Change, Presence, SignIn
from core.routing import Load
from core.search import Found, Query, Scope
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
    anonymous: bool = False  # their reports go without a name, to handlers too
    minor: bool = False  # says to be under 14: no profile (privacy.md)
    unpublished: tuple[str, ...] = ()  # numbers of cases whose word of thanks is to stand in no report any more
    home: Place | None = None  # 我家, to the building; kept by consent, gone when it is withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message of ours in a chat, as remembered: what it was about, so that a reply to it is understood."""

    chat: int
    message: int
    kind: str
    slot: str | None = None
    case: str | None = None
    params: dict[str, Json] = field(default_factory=dict)

    @property
    def record(self) -> tuple[str, str] | None:
        """Kind and id of the record that the message is about: its slot is `record_ref`, perhaps with `/` and more."""
        return Press(action="", case=self.slot.partition("/")[0]).record if self.slot else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An event of a case, with its case's number."""

    case: str
    event: Event


class NumberNeeded(LookupError):  # noqa: N818 - reads as what it says
    """A case is opened: give the world a fresh number and decide again. Most commands need none, so none is taken
    before. `near`: the kind and place of the case where they are told already, `records`: kind and id of those that a
    new case looks at. They are given with it, or they would be asked for next."""

    def __init__(self, near: tuple[str, Point] | None = None, records: Collection[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.near, self.records = near, records


class LoadsNeeded(LookupError):  # noqa: N818 - reads as what it says
    """Posts are about equally near: say what these teams have to do and decide again. Mostly one is nearest by far,
    and nobody is counted."""

    def __init__(self, teams: Collection[str]) -> None:
        super().__init__(*teams)
        self.teams = frozenset(teams)


class CasesNeeded(LookupError):  # noqa: N818 - reads as what it says
    """A list is shown: give the world these cases and decide again. Which they are stands in a record."""

    def __init__(self, numbers: Collection[str]) -> None:
        super().__init__(*numbers)
        self.numbers = frozenset(numbers)


class SearchNeeded(LookupError):  # noqa: N818 - reads as what it says
    """Cases are looked for: give the world what is found and decide again. Who may find what is decided first."""

    def __init__(self, scope: Scope, query: Query) -> None:
        super().__init__(scope, query)
        self.scope, self.query = scope, query


class NearNeeded(LookupError):  # noqa: N818 - reads as what it says
    """A case's kind and place are known: give the world what lies near it and decide again."""

    def __init__(self, category: str, point: Point) -> None:
        super().__init__(category, point)
        self.category, self.point = category, point


class ToldNeeded(LookupError):  # noqa: N818 - reads as what it says
    """Figures are made: give the world the cases that a window needs, as they stood at these moments of it, and decide
    again. Who may read them is decided first."""

    def __init__(self, window: Window, moments: tuple[datetime, ...]) -> None:
        super().__init__(window, moments)
        self.window, self.moments = window, moments


class ClosedNeeded(LookupError):  # noqa: N818 - reads as what it says
    """A month is over: give the world what was closed in it and decide again."""

    def __init__(self, start: datetime, end: datetime) -> None:
        super().__init__(start, end)
        self.window = start, end


class RecordNeeded(LookupError):  # noqa: N818 - reads as what it says
    """One record is looked at whose id only the decision knows: give the world this one and decide again."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, name


class RecordsNeeded(LookupError):  # noqa: N818 - reads as what it says
    """All open records of a kind are looked at: give them to the world and decide again. Few commands want them, so
    that an ordinary message does not pay for them."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class DocumentNeeded(LookupError):  # noqa: N818 - reads as what it says
    """The district's file itself is looked at: give it to the world and decide again."""


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
    positions: Mapping[str, Position] = field(default_factory=dict)  # by person, the newest of each
    known: Mapping[str, Case | None] = field(default_factory=dict)  # by number, those asked about
    counts: tuple[LogLine, ...] = ()  # see Needs.counts
    nearby: Mapping[tuple[str, str], tuple[Case, ...]] = field(default_factory=dict)  # by kind and cell, asked about
    told: Mapping[tuple[Window, tuple[datetime, ...]], Told] = field(default_factory=dict)
    closed: Mapping[tuple[datetime, datetime], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    loads: Mapping[str, Load | None] = field(default_factory=dict)  # by team, None for nothing; those asked about
    track: tuple[Position, ...] = ()  # of the person who asks, newest first
    found: Mapping[tuple[Scope, Query], Found] = field(default_factory=dict)  # what was looked for
    record: Record | None = None
    records: tuple[Record, ...] = ()
    looked_up: Mapping[tuple[str, str], Record | None] = field(default_factory=dict)  # by kind and id, those asked for
    all_open: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)  # by kind, those asked for
    bot_name: str = ""
    code: str = ""  # drawn anew for each command: what nobody can guess, for a link

    def new_number(self, near: tuple[str, Point] | None = None, records: Collection[tuple[str, str]] = ()) -> str:
        """The number for a case that is opened. Raises NumberNeeded when none was taken yet."""
        if self.number is None:
            raise NumberNeeded(near, records)
        return self.number

    reachable: bool = True  # the chat that the command asked for
    document: str | None = None  # the district's file, as `file` gives it
    served: bool = False  # whether we ever told that chat anything about the town's work
    there: tuple[Case, ...] = ()  # open cases that have to do with that chat

    def file(self) -> str:
        """The district's file without what was decided in chat about its people; empty before the first. Raises
        DocumentNeeded."""
        if self.document is None:
            raise DocumentNeeded
        return self.document

    def loads_of(self, teams: Collection[str]) -> Mapping[str, Load | None]:
        """What these teams have to do. Raises LoadsNeeded when somebody has not been asked about yet."""
        if not self.loads.keys() >= set(teams):
            raise LoadsNeeded(teams)
        return self.loads

    def cases_of(self, numbers: Collection[str]) -> tuple[Case, ...]:
        """These cases in this order, without those that are not there. Raises CasesNeeded."""
        if not self.known.keys() >= set(numbers):
            raise CasesNeeded(numbers)
        return tuple(found for no in numbers if (found := self.known[no]) is not None)

    def told_of(self, window: Window, *moments: datetime) -> Told:
        """The cases that figures of this window are made of, as they stood at these moments; none: at its end. Raises
        ToldNeeded."""
        wanted = (window, moments or (window.end,))
        if wanted not in self.told:
            raise ToldNeeded(*wanted)
        return self.told[wanted]

    def closed_between(self, start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
        """Number and team of the cases that were closed in a window, by number; sealed ones never. Raises
        ClosedNeeded."""
        if (start, end) not in self.closed:
            raise ClosedNeeded(start, end)
        return self.closed[start, end]

    def search(self, scope: Scope, query: Query) -> Found:
        """The cases of this scope that are looked for. Raises SearchNeeded."""
        if (scope, query) not in self.found:
            raise SearchNeeded(scope, query)
        return self.found[scope, query]

    def near_to(self, category: str, point: Point) -> tuple[Case, ...]:
        """Cases of this kind in the cells around a point that may be the same matter (`core.duplicates`), the oldest
        first; sealed ones never. Raises NearNeeded."""
        found = self.nearby.get((category, cell_of(point)))
        if found is None:
            raise NearNeeded(category, point)
        return found

    def look_up(self, kind: type[AnyRecord], name: str) -> AnyRecord | None:
        """One record, open or not. Raises RecordNeeded."""
        key = (name_of(kind), name)
        if key not in self.looked_up:
            raise RecordNeeded(*key)
        found = self.looked_up[key]
        return found if isinstance(found, kind) else None

    def every(self, kind: type[AnyRecord]) -> tuple[AnyRecord, ...]:
        """All open records of one kind, whether or not the command asked to see them. Raises RecordsNeeded."""
        name = name_of(kind)
        if name not in self.all_open:
            raise RecordsNeeded(name)
        return tuple(it for it in self.all_open[name] if isinstance(it, kind))

    def of(self, kind: type[AnyRecord]) -> tuple[AnyRecord, ...]:
        """The open records of one kind, of those that the command asked to see."""
        return tuple(it for it in self.records if isinstance(it, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a chat can be written to from now on; an empty title keeps the known one."""

    chat: int
    reachable: bool
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be remembered and said; saved whole or not at all."""

    case: Case | None = None
    contact: Contact | None = None
    sign_ins: tuple[SignIn, ...] = ()
    aways: tuple[Away, ...] = ()
    changes: tuple[Change, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer: Answer | None = None
    records: tuple[Record, ...] = ()
    chats: tuple[Standing, ...] = ()
    tables: Mapping[int, YearTable] = field(default_factory=dict)  # holidays of a year, from now on
    district: str | None = None  # the document of the district from now on
    then: tuple[Command, ...] = ()  # what follows from it, decided one by one in the same transaction
    forget: int | None = None  # a resident who is to be forgotten: ended cases now, open ones when they end

    def also(self, *notices: Notice) -> Self:
        """The same decision with more to say."""
        return replace(self, notices=(*self.notices, *notices))
