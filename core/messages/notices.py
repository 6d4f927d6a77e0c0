"""What the bot says: notices on their way, and answers to presses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from core.messages.commands import Press
from core.messages.json import Json


class Lane(IntEnum):
    """The class of an outgoing message; strict: a lower number always goes first."""

    URGENT = 1
    INTERACTIVE = 2
    REMINDER = 3
    DIGEST = 4
    BROADCAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One inline button: `label` is a text key (with `params`), `press` what it says, or `url`/`location`."""

    label: str
    press: Press | None = None
    url: str | None = None
    params: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that is made when it is sent: a picture of figures, a table of cases. `kind` names its maker."""

    kind: str
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
    commands: str | None = None  # whose list "/" shows in this chat from now on: resident, staff, head
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
    attachment: Attachment | None = None
    spot: tuple[float, float] | None = None
    pin: bool = False  # once it stands in the chat it is pinned there, without a sound; with `edit`, just that is done
    reply_to: int | None = None
    leaves: bool = False  # once it is said, or cannot be, the bot leaves this group
    paid: bool = False  # past Telegram's limits for Stars: by an operator's word for this one message, never by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a press is answered with at once (at most 200 characters when rendered)."""

    kind: str
    params: Mapping[str, Json] = field(default_factory=dict)
    alert: bool = False
    language: str = "zh-Hans"
