"""What people do, as commands that want a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.messages.needs import Needs
from core.messages.people import Sender, Spot

RECORD = "#"  # no case number begins with it
# Which open records a word or a press wants to see beside its own: see core.records.
RECORDS_OF_WORD: Mapping[str, frozenset[str]] = {}
RECORDS_OF_PRESS: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that wants a decision."""

    at: datetime  # when it was meant (message date), in the bot's time

    def needs(self) -> Needs:
        """What has to be loaded before deciding."""
        return Needs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke(Command):
    """A message of a person: in private, or in a group (`group` is True) as a reply to one of ours.

    `reply_to` is the id of the message that is replied to, `about` the case number that is read in it. Files travel by
    Telegram's file ids.
    """

    sender: Sender
    chat: int
    message: int
    group: bool = False
    text: str = ""
    photo: str | None = None
    voice: str | None = None
    video: str | None = None
    document: str | None = None
    document_bytes: int = 0
    sticker: str | None = None
    spot: Spot | None = None
    album: str | None = None
    reply_to: int | None = None
    about: str | None = None
    edited: bool = False
    forwarded: bool = False

    def needs(self) -> Needs:
        """The sender, the sender's cases, the message replied to, and a number for a new case."""
        replied = (self.chat, self.reply_to) if self.reply_to is not None else None
        return Needs(
            user=self.sender.user_id,
            cases_of=None if self.group else self.sender.user_id,
            message=replied,
            otherwise=self.about if self.group else None,
            case_of_message=True,  # an officer goes on with a sealed case by replies in private
            number=not self.group,
            cases_open=self.spot is not None and not self.group,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Command):
    """A command such as /start or its Chinese word; `word` without the slash, `rest` what follows it."""

    sender: Sender
    chat: int
    message: int
    group: bool = False
    word: str
    rest: str = ""

    def needs(self) -> Needs:
        """The sender and the sender's cases; all open cases for staff lists."""
        return Needs(
            user=self.sender.user_id,
            cases_of=self.sender.user_id,
            number=not self.group,
            cases_open=self.word in {"cases", "duty"},
            records=RECORDS_OF_WORD.get(self.word, frozenset()),
        )


def record_ref(kind: str, name: str) -> str:
    """A record as a button names it where another names a case: `#swap#17`."""
    return f"{RECORD}{kind}{RECORD}{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button of ours says; `round` tells a stale one (0 for buttons that do not age)."""

    action: str
    case: str = ""  # a case number, or a record (`record_ref`)
    round: int = 0
    arg: str = ""

    @property
    def record(self) -> tuple[str, str] | None:
        """Kind and id of the record that the button is about; None when it is about a case or nothing."""
        if not self.case.startswith(RECORD):
            return None
        kind, _, name = self.case.removeprefix(RECORD).partition(RECORD)
        return kind, name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Command):
    """An inline button was pressed. `press` is None when its data is not ours (a forged or very old one)."""

    sender: Sender
    chat: int
    message: int | None
    callback: str
    press: Press | None

    def needs(self) -> Needs:
        """The case named by the button, the presser, the presser's cases and the message it hangs on."""
        record = self.press.record if self.press else None
        return Needs(
            case=self.press.case if self.press and self.press.case and record is None else None,
            user=self.sender.user_id,
            cases_of=self.sender.user_id,
            message=(self.chat, self.message) if self.message is not None else None,
            number=True,
            record=record,
            records=RECORDS_OF_PRESS.get(self.press.action, frozenset()) if self.press else frozenset(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Command):
    """The bot's standing in a chat changed (blocked, started, kicked, made administrator)."""

    chat: int
    group: bool
    present: bool
    title: str = ""
    who: Sender | None = None

    def needs(self) -> Needs:
        """The person, when it is a private chat."""
        return Needs(user=None if self.group else self.chat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated(Command):
    """A group became a supergroup: its id changes everywhere, in one transaction."""

    old: int
    new: int
