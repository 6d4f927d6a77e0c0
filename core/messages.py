"""Every word that travels: commands come in, notices and answers go out. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Lane(IntEnum):
    """The class of an outgoing message; strict: a lower number always goes first."""

    URGENT = 1
    INTERACTIVE = 2
    REMINDER = 3
    DIGEST = 4
    BROADCAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote or pressed; `language` is the client's code as Telegram gives it."""

    user_id: int
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place as Telegram sends it: WGS-84 degrees, accuracy in metres; `title`/`address` when it is a venue."""

    lat: float
    lng: float
    accuracy: float | None = None
    live: bool = False
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a decision has to be shown of the storage; loaded once, in the same transaction."""

    case: str | None = None
    user: int | None = None
    cases_of: int | None = None  # the reporter's cases, newest first
    message: tuple[int, int] | None = None  # (chat, message id) of a message of ours that was replied to or pressed
    case_of_message: bool = False  # the case that message is about, when `case` names none
    otherwise: str | None = None  # the case when that message is not known: the word that it was sent can be lost
    number: bool = False  # a fresh case number may be taken
    log: tuple[datetime, datetime] | None = None  # events of all cases alive in this window
    cases_open: bool = False  # all open cases (lists for staff)


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
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button of ours says; `round` tells a stale one (0 for buttons that do not age)."""

    action: str
    case: str = ""
    round: int = 0
    arg: str = ""


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
        return Needs(
            case=self.press.case if self.press and self.press.case else None,
            user=self.sender.user_id,
            cases_of=self.sender.user_id,
            message=(self.chat, self.message) if self.message is not None else None,
            number=True,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Command):
    """A case's `due_at` has come."""

    case: str

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One inline button: `label` is a text key (with `params`), `press` what it says, or `url`/`location`."""

    label: str
    press: Press | None = None
    url: str | None = None
    params: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message that must reach a chat; kept in the outbox in the same commit as the reason for it.

    `key` is unique for ever (a repeated command cannot send twice). `slot` names a living message of the chat:
    a notice with a slot that the chat already has is an edit of it, unless `again`. `params` are plain JSON; times
    are ISO strings with zone. `report` asks for a Delivered/Undelivered command. `photos` are file ids sent before
    the text. `menu`: the reply keyboard to show (resident, place, none). `force` opens a reply in the reader's client.
    """

    to: int
    kind: str
    key: str
    lane: Lane = Lane.INTERACTIVE
    params: Mapping[str, Json] = field(default_factory=dict)
    keys: tuple[tuple[Key, ...], ...] = ()
    menu: str | None = None
    force: bool = False
    slot: str | None = None
    again: bool = False
    edit: int | None = None  # an earlier message of ours that is rewritten, slot or not
    case: str | None = None
    language: str = "zh-Hans"
    silent: bool = False
    not_before: datetime | None = None
    report: bool = False
    photos: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    file: tuple[str, str] | None = None  # "video" or "document", and its file id
    spot: tuple[float, float] | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a press is answered with at once (at most 200 characters when rendered)."""

    kind: str
    params: Mapping[str, Json] = field(default_factory=dict)
    alert: bool = False
    language: str = "zh-Hans"
