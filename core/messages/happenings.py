"""What happens by itself, as commands: the clock, and what became of a message."""

from dataclasses import dataclass
from datetime import date, datetime

from core.messages.commands import Command
from core.messages.needs import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Command):
    """A case's `due_at` has come."""

    case: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDue(Command):
    """A record's `due_at` has come (core.records)."""

    kind: str
    id: str

    def needs(self) -> Needs:
        """The record, and all open cases: what is handed over or asked about is mostly theirs."""
        return Needs(record=(self.kind, self.id), cases_open=True)


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
    """A notice about a case can never reach this chat (blocked, kicked, no rights); `why` is Telegram's word."""

    case: str
    chat: int
    kind: str
    why: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue(Command):
    """The daily digest of a grid for the local day `day` is due."""

    grid: str
    day: date
    window: tuple[datetime, datetime]

    def needs(self) -> Needs:
        """The log of the last 30 days up to the window's end (hot spots look back that far)."""
        return Needs(log=self.window)
