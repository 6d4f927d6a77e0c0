"""What Telegram says to a call, as a value.

Texts are compared lower-case and by part, since they drift; numbers come from `parameters`, never from a text.
"""

from dataclasses import dataclass
from typing import Any

from telegram.error import NetworkError, TelegramError

from bot.transport import NotSent, Patience, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Accepted. `message` is the id of the (first) message, None where the method gives none."""

    message: int | None = None
    result: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Certainly not done; ask again in `seconds`. `flood`: because too much was sent."""

    seconds: float
    flood: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """This chat cannot be reached: blocked, kicked, deleted, no rights."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The group has become a supergroup with another id."""

    chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The message to edit is no longer there or cannot be edited: say it anew."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Telegram cannot parse our marks: say it as plain text."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Refused for a reason of its own; asking again would be refused again."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nobody knows whether it was done: cut off, or no answer in time."""

    why: str


Reply = Sent | Later | Gone | Moved | Lost | Unreadable | Rejected | Unknown

SAME = ("message is not modified",)
LOST = ("message to edit not found", "message can't be edited", "there is no text in the message to edit",
        "message_id_invalid")  # fmt: skip
UNREADABLE = ("can't parse entities", "can't find end of the entity", "unsupported start tag", "unclosed start tag")
# 400s that speak of the chat and not of the message; every 403 does.
CLOSED = ("chat not found", "not enough rights", "have no write access", "have no rights to send",
          "chat_write_forbidden", "chat_restricted", "chat_admin_required", "need administrator rights",
          "user not found", "topic_closed", "topic_deleted", "message thread not found", "peer_id_invalid",
          "input_user_deactivated", "user_is_blocked")  # fmt: skip
GONE_AFTER_SENDING = "sent message was immediately deleted"
OVERTAXED = (502, 503)  # the front could not reach the server behind it


def read_reply(status: int, body: bytes) -> Reply:
    """An HTTP answer of the Bot API as a value. `status` equals its error_code; fronts may answer in HTML."""
    try:
        answer = Transport.parse_json_payload(body)
    except TelegramError:
        answer = None
    if not isinstance(answer, dict):
        return _without_words(status)
    if answer.get("ok") is True:
        return Sent(message=_message_id(answer.get("result")), result=answer.get("result"))
    return _refusal(status, str(answer.get("description", "")), answer.get("parameters") or {})


def _without_words(status: int) -> Reply:
    return Later(seconds=3, why=f"HTTP {status}") if status in OVERTAXED else Unknown(why=f"HTTP {status}, no JSON")


def _refusal(status: int, words: str, parameters: dict[str, Any]) -> Reply:
    if "migrate_to_chat_id" in parameters:
        return Moved(chat=int(parameters["migrate_to_chat_id"]))
    if status == 429:
        return Later(seconds=float(parameters.get("retry_after", 3)), flood=True, why=words)
    if status >= 500:
        return _trouble(status, words)
    if status in {401, 404, 421}:  # the token, not the message: the poller or the doctor speaks of it
        return Later(seconds=30, why=words)
    if status == 403:
        return Gone(why=words)
    return _bad_request(words)


def _trouble(status: int, words: str) -> Reply:
    if GONE_AFTER_SENDING in words.lower():
        return Gone(why=words)  # it was sent, and the group's own guard removed it at once
    return Later(seconds=3, why=words) if status in OVERTAXED else Unknown(why=words)


def _bad_request(words: str) -> Reply:
    low = words.lower()
    if any(part in low for part in SAME):
        return Sent()
    for parts, kind in ((LOST, Lost), (UNREADABLE, Unreadable), (CLOSED, Gone)):
        if any(part in low for part in parts):
            return kind(why=words)
    return Rejected(why=words)


def _message_id(result: Any) -> int | None:
    first = result[0] if isinstance(result, list) and result else result
    return first.get("message_id") if isinstance(first, dict) else None


class Telegram:
    """Raw calls with answers as values; never raises for what the network or the server does."""

    def __init__(self, transport: Transport, api_url: str, token: str) -> None:
        self._transport = transport
        self._base = f"{api_url}/bot{token}/"

    async def call(self, method: str, params: dict[str, Any], patience: Patience | None = None) -> Reply:
        """Call a method. Files travel as file ids, so that every body is JSON."""
        try:
            return read_reply(*await self.raw(method, params, patience))
        except NotSent as error:
            return Later(seconds=2, why=str(error))
        except NetworkError as error:
            return Unknown(why=str(error))

    async def raw(self, method: str, params: dict[str, Any], patience: Patience | None = None) -> tuple[int, bytes]:
        """The bare HTTP answer. Raises NotSent, TimedOut, NetworkError."""
        return await self._transport.exchange("POST", self._base + method, params, patience)

    async def answer_press(self, callback: str, text: str = "", *, alert: bool = False) -> Reply:
        """Stop the spinner of a pressed button, with words (at most 200 characters) or without."""
        params: dict[str, Any] = {"callback_query_id": callback}
        if text:
            params |= {"text": text[:200], "show_alert": alert}
        return await self.call("answerCallbackQuery", params)
