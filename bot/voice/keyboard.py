"""Keyboards: the buttons under a message, and the reply keyboards that stand for the commands.

They are written as Telegram takes them: building PTB's objects and taking them apart again is a fifth of what saying a
card costs.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.voice import markup
from bot.voice.speaker import Speaker
from core.messages import Key, Notice
from handlers import buttons

Keyboard = Mapping[str, Any]

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
        return {"inline_keyboard": [[_button(key, told) for key in row] for row in notice.keys if row]}
    if notice.force:
        return {"force_reply": True, "selective": True}
    return menu(notice.menu, told) if notice.menu and notice.to > 0 else None


def _button(key: Key, speaker: Speaker) -> dict[str, str]:
    text = markup.cut(speaker.insist(key.label, key.params), LABEL_LIMIT)
    if key.url is not None:
        return {"text": text, "url": key.url}
    if key.press is None:
        raise ValueError(f"a button that does nothing: {key.label}")
    return {"text": text, "callback_data": buttons.encode(key.press)}


def menu(name: str, speaker: Speaker) -> Keyboard:
    """A reply keyboard; "none" takes it away. In private chats only: Telegram refuses location buttons in groups."""
    if name == "none":
        return {"remove_keyboard": True}
    rows = [[_menu_button(label, speaker) for label in row] for row in MENUS[name]]
    return {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}


def _menu_button(label: str, speaker: Speaker) -> dict[str, Any]:
    asks = {"request_location": True} if label in ASKS_LOCATION else {}
    return {"text": speaker.insist(label, {}), **asks}
