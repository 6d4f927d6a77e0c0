"""What is said after an outage, and to whoever pressed too long ago to be answered, as commands."""

from dataclasses import dataclass
from datetime import datetime

from core.messages.commands import Command
from core.messages.needs import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Command):
    """The bot is back; a chat of colleagues hears once what may have been lost (life.md row 44).

    `at` is when it came back, `over` how many seconds it was away, `open` how many cases have buttons in the chat,
    `shown` how many of their cards follow, `urgent` whether one of these is. `restored`: since when all that happened
    is forgotten, because the database was put back from a copy.
    """

    chat: int
    over: int
    open: int
    shown: int
    urgent: bool
    restored: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Command):
    """The bot is back; a chat gets the buttons of a case anew, since a press may have been lost (life.md row 44)."""

    case: str
    chat: int
    over: int

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard(Command):
    """A press was decided, but Telegram would not take the answer any more: the card has to say how it stands."""

    case: str
    chat: int

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)
