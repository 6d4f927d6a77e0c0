"""Keyboards: the buttons under a message, and the reply keyboards that stand for the commands."""

from collections.abc import Mapping
from types import MappingProxyType

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.voice import markup
from bot.voice.speaker import Speaker
from core.messages import Key, Notice
from handlers import buttons

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply

LABEL_LIMIT = 40  # what fits a phone's width; Telegram itself would cut it in the middle of a word

MENUS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "resident": (("menu.report", "menu.mediate"), ("menu.my_cases", "menu.human"), ("menu.location",)),
        "place": (("menu.location",), ("menu.human",)),
        "check": (("menu.location",),),
        "staff": (("menu.signin", "menu.signout"), ("menu.duty", "menu.cases"), ("menu.away", "menu.swap")),
    }
)
ASKS_LOCATION = frozenset({"menu.location", "menu.signin"})


def of(notice: Notice, speaker: Speaker) -> Keyboard | None:
    """The one keyboard a message can have: its buttons, else a forced reply, else the menu."""
    told = speaker.plainly()
    if notice.keys:
        return InlineKeyboardMarkup([[_button(key, told) for key in row] for row in notice.keys if row])
    if notice.force:
        return ForceReply(selective=True)
    return menu(notice.menu, told) if notice.menu and notice.to > 0 else None


def _button(key: Key, speaker: Speaker) -> InlineKeyboardButton:
    text = markup.cut(speaker.insist(key.label, key.params), LABEL_LIMIT)
    if key.url is not None:
        return InlineKeyboardButton(text, url=key.url)
    if key.press is None:
        raise ValueError(f"a button that does nothing: {key.label}")
    return InlineKeyboardButton(text, callback_data=buttons.encode(key.press))


def menu(name: str, speaker: Speaker) -> Keyboard:
    """A reply keyboard; "none" takes it away. In private chats only: Telegram refuses location buttons in groups."""
    if name == "none":
        return ReplyKeyboardRemove()
    rows = [[_menu_button(label, speaker) for label in row] for row in MENUS[name]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, is_persistent=True)


def _menu_button(label: str, speaker: Speaker) -> KeyboardButton:
    return KeyboardButton(speaker.insist(label, {}), request_location=True if label in ASKS_LOCATION else None)
