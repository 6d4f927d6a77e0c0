"""Keyboards: which ones Telegram takes, and in whose words it refuses the others."""

from collections.abc import Callable
from typing import Any, Final

from bot.sandbox import errors
from bot.sandbox.entities import marks

Json = dict[str, Any]

MOST_BUTTONS: Final = 100
WIDEST_ROW: Final = 8  # PTB's InlineKeyboardMarkupLimit; the back end holds both, undocumented
DATA_BYTES: Final = 64
COPY_LIMIT: Final = 256
LARGEST_MARKUP: Final = 10_240
# what a plain keyboard may ask for, and the verb of the refusal in groups (ReplyMarkup.cpp:485-545)
PRIVATE_REQUESTS: Final = {
    "request_contact": ("phone number", "requested"),
    "request_location": ("location", "requested"),
    "request_poll": ("poll", "requested"),
    "web_app": ("Web App buttons", "used"),
    "request_users": ("users", "requested"),
    "request_chat": ("chats", "requested"),
}
INLINE_TYPES: Final = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def checked(markup: object, *, private: bool, inline_only: bool = False) -> Json | None:
    """Return the keyboard as Telegram keeps it, None when there is none (also an empty one).

    `private`: the chat is a private one. `inline_only`: an edit, where only inline keyboards may be. Raises ApiError.
    """
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise errors.ApiError(errors.MARKUP_OBJECT)
    kept: Json | None
    if rows := _rows(markup.get("keyboard"), errors.MARKUP_ROWS):
        kept = _reply(markup, rows, private=private)
    elif rows := _rows(markup.get("inline_keyboard"), errors.INLINE_ROWS):
        kept = _inline(rows, private=private)
    else:
        kept = _without_buttons(markup)
    if inline_only and kept is not None and "inline_keyboard" not in kept:
        raise errors.ApiError(errors.INLINE_EXPECTED)
    return kept


def _rows(rows: object, refusal: errors.Refusal) -> list[list[Any]]:
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise errors.ApiError(refusal)
    return [row for row in rows if row]


def _without_buttons(markup: Json) -> Json | None:
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True, **_flags(markup, "selective")}
    if markup.get("force_reply"):
        return {"force_reply": True, **_flags(markup, "selective", "input_field_placeholder")}
    return None


def _flags(markup: Json, *names: str) -> Json:
    return {name: markup[name] for name in names if markup.get(name)}


def _reply(markup: Json, rows: list[list[Any]], *, private: bool) -> Json:
    kept = [[_reply_button(button, private=private) for button in row] for row in rows]
    flags = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective", "input_field_placeholder")
    return {"keyboard": kept, **_flags(markup, *flags)}


def _reply_button(button: object, *, private: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise errors.ApiError(errors.KEYBOARD_BUTTON, reason="KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise errors.ApiError(errors.KEYBOARD_BUTTON, reason='Can\'t find field "text"')
    if not button["text"]:
        raise errors.ApiError(errors.BUTTON_TEXT_EMPTY)
    for name, (what, verb) in PRIVATE_REQUESTS.items():
        if button.get(name) and not private:
            raise errors.ApiError(errors.PRIVATE_ONLY, what=what, verb=verb)
    return button


def _inline(rows: list[list[Any]], *, private: bool) -> Json:
    kept = [[_inline_button(button, private=private) for button in row] for row in rows]
    if sum(map(len, kept)) > MOST_BUTTONS or max(map(len, kept)) > WIDEST_ROW:
        raise errors.ApiError(errors.MARKUP_INVALID)
    if sum(len(str(value)) for row in kept for button in row for value in button.values()) > LARGEST_MARKUP:
        raise errors.ApiError(errors.MARKUP_TOO_LONG)
    return {"inline_keyboard": kept}


def _inline_button(button: object, *, private: bool) -> Json:
    if not isinstance(button, dict):
        raise errors.ApiError(errors.INLINE_BUTTON, reason="InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise errors.ApiError(errors.INLINE_BUTTON, reason='Can\'t find field "text"')
    kind = next((name for name in INLINE_TYPES if _is_set(button, name)), None)
    if kind is None:
        reason = "Text buttons are unallowed in the inline keyboard"
        raise errors.ApiError(errors.INLINE_BUTTON, reason=reason)
    if not button["text"]:
        raise errors.ApiError(errors.INLINE_TEXT_EMPTY)
    check = CHECKS.get(kind)
    value = check(button[kind], private) if check else button[kind]
    style = _flags(button, "style", "icon_custom_emoji_id")
    return {"text": button["text"], kind: value, **style}


def _is_set(button: Json, name: str) -> bool:
    """Whether the button is of this type; an empty URL or callback_data counts as none (Client.cpp:9556-9568)."""
    return bool(button.get(name)) if name in {"url", "callback_data"} else name in button


def _data(value: object, _private: bool) -> object:
    if not isinstance(value, str) or not 0 < len(value.encode()) <= DATA_BYTES:
        raise errors.ApiError(errors.BUTTON_DATA_INVALID)
    return value


def _url(value: object, _private: bool) -> object:
    if marks.USER_LINK.match(str(value)):
        return value
    try:
        return marks.check_link(str(value))
    except ValueError as reason:
        raise errors.ApiError(errors.BUTTON_URL, url=value, reason=reason) from None


def _web_app(value: object, private: bool) -> object:
    if not private:
        raise errors.ApiError(errors.BUTTON_TYPE_INVALID)
    url = str(value.get("url", "")) if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        raise errors.ApiError(errors.BUTTON_URL, url=url, reason="Only HTTPS links are allowed")
    return value


def _copy(value: object, _private: bool) -> object:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 0 < len(text) <= COPY_LIMIT:
        raise errors.ApiError(errors.Refusal(400, "BUTTON_COPY_TEXT_INVALID"))
    return value


CHECKS: Final[dict[str, Callable[[object, bool], object]]] = {
    "callback_data": _data,
    "url": _url,
    "web_app": _web_app,
    "copy_text": _copy,
}


def has_data(markup: Json | None, data: str) -> bool:
    """Whether an inline keyboard has a button with this callback data."""
    rows = (markup or {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)
