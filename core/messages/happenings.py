"""What happens by itself, as commands: the clock, and what became of a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.messages.commands import ON_SCREEN, SCREEN, Command
from core.messages.needs import Needs

# Which open records are shown beside the one that is due: see core.records.
RECORDS_OF_DUE: Mapping[str, frozenset[str]] = {"look": frozenset({"hole"})}

OF_THE_LOG = frozenset({"brief"})  # which are told from today's log
OF_CASES = frozenset({"call", "check", "handover", "member", "overdue"})  # which look at the open cases
A_DAY, A_WEEK, LOOK_BACK = timedelta(hours=26), timedelta(days=7), timedelta(days=30)  # a day may have 25 hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Command):
    """A case's `due_at` has come."""

    case: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTold(Command):
    """The lists of what is overdue have named this case."""

    case: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApplied(Command):
    """The centre wants this running case to go by the ladder and limits of now."""

    case: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Command):
    """The audit found an open case broken; `lost` is the chat in which it was asked and nobody can be reached."""

    case: str
    lost: int | None = None

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDue(Command):
    """A record's `due_at` has come (core.records)."""

    kind: str
    id: str

    def needs(self) -> Needs:
        """The record, and all open cases where it is about them."""
        return Needs(
            record=(self.kind, self.id),
            cases_open=self.kind in OF_CASES,
            records=RECORDS_OF_DUE.get(self.kind, frozenset()),
            apart=(self.at - LOOK_BACK, self.at) if self.kind in OF_THE_LOG else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDue(Command):
    """Something has changed that the centre's screen shows, or a minute of it is over."""

    def needs(self) -> Needs:
        """What stands there, and the hours without anybody; what teams have to do is counted, not loaded."""
        return Needs(record=SCREEN, records=ON_SCREEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Command):
    """Telegram accepted a notice about a case that asked for word of it (`Notice.report`)."""

    case: str
    chat: int
    kind: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered(Command):
    """A notice about a case will never reach this chat; `why` is Telegram's word.

    `gone`: nothing at all can reach the chat (blocked, kicked, no rights).
    """

    case: str
    chat: int
    kind: str
    why: str
    gone: bool = False

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed(Command):
    """A notice about a case that asked for word of it has to wait for `seconds` or more."""

    case: str
    chat: int
    kind: str
    seconds: int

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatGone(Command):
    """Nothing can reach a chat any more; `why` is Telegram's word."""

    chat: int
    why: str

    def needs(self) -> Needs:
        """The chat; what its person has reported."""
        return Needs(chat=self.chat, cases_of=self.chat if self.chat > 0 else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatBack(Command):
    """A chat that could not be reached can be written to again."""

    chat: int

    def needs(self) -> Needs:
        """The chat; what its person has reported."""
        return Needs(chat=self.chat, cases_of=self.chat if self.chat > 0 else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regained(Command):
    """The same for one of the cases that have to do with the chat."""

    case: str
    chat: int

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue(Command):
    """The daily digests of all grids for the local day `day` are due: one reading of the log serves them all."""

    day: date
    window: tuple[datetime, datetime]

    def needs(self) -> Needs:
        """What happened beside the cases; these are asked for when the figures are made."""
        return Needs(apart=(self.window[0] - LOOK_BACK, self.window[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDue(Command):
    """The weekly reports for the week that began on the Monday `day` are due."""

    day: date
    window: tuple[datetime, datetime]

    def needs(self) -> Needs:
        """What happened beside the cases in that week and the one before it, and of the eight weeks before it what
        happened when."""
        start, end = self.window
        return Needs(apart=(start - A_WEEK - LOOK_BACK, end), counts=(start - 8 * A_WEEK, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBegins(Command):
    """A day of the town begins, or its district was loaded: changes of shift and spot checks are put down as records.

    `seed` is the one for the draw of the day's ISO week, `month_seed` that of its month: each made of a secret, so that
    nobody can foretell it, not even from the other, and kept.
    """

    day: date
    seed: str
    month_seed: str

    def needs(self) -> Needs:
        """What is put down already."""
        return Needs(
            records=frozenset({"handover", "check", "draw", "muster", "look", "sampling", "overdue", "ruling", "year"}),
            cases_open=True,
        )
