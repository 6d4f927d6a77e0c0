"""The whole listening surface as one table: which update becomes which command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from telegram import Update
from telegram.ext import filters

from core.messages import Command
from handlers import group, presses, resident, standing

Moment = Callable[[datetime], datetime]  # Telegram's real date -> the bot's time
Parse = Callable[[Update, Moment], Command | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row: updates of `kind` that pass `filter` go to `parse`; None from it means understood, nothing to do."""

    name: str
    kind: Literal["message", "edited", "callback", "my_chat_member"]
    filter: filters.BaseFilter | None
    parse: Parse


PRIVATE, GROUP = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
NAMED = (
    filters.Entity("mention")
    | filters.Entity("text_mention")
    | filters.CaptionEntity("mention")
    | filters.CaptionEntity("text_mention")
)
SLASHED = filters.COMMAND | filters.CaptionRegex(r"^/[A-Za-z]")  # under a picture too

ROUTES: tuple[Route, ...] = (
    Route(name="migration", kind="message", filter=filters.StatusUpdate.MIGRATE, parse=standing.migrated),
    Route(name="order", kind="message", filter=PRIVATE & SLASHED, parse=resident.told),
    Route(name="word", kind="message", filter=PRIVATE & filters.TEXT, parse=resident.worded),
    Route(name="told", kind="message", filter=PRIVATE & ~filters.StatusUpdate.ALL, parse=resident.spoke),
    Route(name="group order", kind="message", filter=GROUP & SLASHED, parse=group.ordered),
    Route(name="group reply", kind="message", filter=GROUP & (filters.REPLY | NAMED), parse=group.spoke),
    Route(name="edited", kind="edited", filter=PRIVATE, parse=resident.edited),
    Route(name="press", kind="callback", filter=None, parse=presses.pressed),
    Route(name="standing", kind="my_chat_member", filter=None, parse=standing.changed),
)
