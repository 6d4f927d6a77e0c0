"""The methods of Bot API 10.0 and their parameters (`spec.json`: method -> parameter -> required)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import orjson

from bot.sandbox import errors

SPEC: Final[dict[str, dict[str, bool]]] = orjson.loads(Path(__file__).with_name("spec.json").read_bytes())
NAMES: Final = {name.lower(): name for name in SPEC}
# still taken by the server though the documentation has dropped them
LEGACY: Final = frozenset({"reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"})
# how Telegram calls a required parameter that is missing; the rest is `parameter "x" is required`
MISSING: Final = {
    "chat_id": errors.CHAT_ID_EMPTY,
    "text": errors.TEXT_EMPTY,
    "user_id": errors.USER_ID_INVALID,
    "latitude": errors.VALUE_EMPTY,
    "longitude": errors.VALUE_EMPTY,
    "message_id": errors.MESSAGE_ID_UNSPECIFIED,
    "callback_query_id": errors.QUERY_TOO_OLD,
    "action": errors.ACTION_INVALID,
}
NOT_CHECKED: Final = frozenset(
    {"url", "media", "commands", "photo", "document", "voice", "video"}
)  # empty means something, or the method has words of its own


def canonical(method: str) -> str | None:
    """Return the documented name of a method written in any case, None when Telegram has no such method."""
    return NAMES.get(method.lower())


def check_known(method: str, names: Iterable[str]) -> None:
    """Refuse parameters that the method does not have.

    Telegram ignores them without a word; here they are refused, since they are a bug of the bot. Raises ApiError.
    """
    known = SPEC[method]
    for name in names:
        if name not in known and name not in LEGACY:
            raise errors.ApiError(errors.UNKNOWN_PARAMETER, method=method, name=name)


def check_required(method: str, given: Iterable[str]) -> None:
    """Refuse a call that lacks a required parameter, in Telegram's words where they are known. Raises ApiError."""
    present = set(given)
    for name, required in SPEC[method].items():
        if required and name not in present and name not in NOT_CHECKED:
            refusal = MISSING.get(name, errors.REQUIRED)
            raise errors.ApiError(refusal, name=name)
