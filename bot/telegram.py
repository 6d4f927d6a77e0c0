"""What Telegram says to a call, as a value.

Which answer means what is a table (bot/answers.py); here it becomes a value that says what to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError

from bot.answers import OTHER_WAYS, Kind, kind_of
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
class Shut:
    """The whole bot is refused (token, address): no message at all can be sent now."""

    why: str


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
class Removed:
    """It was sent, and somebody's guard in the group took it away at once: to send it again would end the same."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """Not so, but perhaps in another way: plain, shorter, without picture, buttons or topic."""

    how: Kind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Refused for a reason of its own; asking again would be refused again."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unable:
    """The bot lacks a right for it, though it may write there: it cannot pin."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nobody knows whether it was done: cut off, or no answer in time."""

    why: str


Reply = Sent | Later | Shut | Gone | Moved | Lost | Removed | Otherwise | Rejected | Unable | Unknown

AT_ONCE = Patience(pool=0.1, connect=0.3, write=0.1, read=1.8)  # twice this is less than an update may take
SOON = 3.0  # seconds, where Telegram does not say when to ask again


def read_reply(status: int, body: bytes) -> Reply:
    """An HTTP answer of the Bot API as a value. `status` equals its error_code; fronts may answer in HTML."""
    try:
        answer = Transport.parse_json_payload(body)
    except TelegramError:
        answer = None
    if not isinstance(answer, dict):
        return _refusal(status, f"HTTP {status}, no JSON", {})
    if answer.get("ok") is True:
        return Sent(message=_message_id(answer.get("result")), result=answer.get("result"))
    parameters = answer.get("parameters")
    return _refusal(status, str(answer.get("description", "")), parameters if isinstance(parameters, dict) else {})


def _refusal(status: int, words: str, parameters: dict[str, Any]) -> Reply:
    if "migrate_to_chat_id" in parameters:
        return Moved(chat=int(parameters["migrate_to_chat_id"]))
    kind = kind_of(status, words)
    if kind in OTHER_WAYS:
        return Otherwise(how=kind, why=words)
    return MADE[kind](words, parameters)


# How the value of each kind of answer is made, from its words and its parameters.
MADE: Mapping[Kind, Callable[[str, dict[str, Any]], Reply]] = {
    Kind.DONE: lambda _words, _given: Sent(),
    Kind.LATER: lambda words, _given: Later(seconds=SOON, why=words),
    Kind.FLOOD: lambda words, given: Later(seconds=float(given.get("retry_after", SOON)), flood=True, why=words),
    Kind.TOKEN: lambda words, _given: Shut(why=words),
    Kind.GONE: lambda words, _given: Gone(why=words),
    Kind.MOVED: lambda words, _given: Gone(why=words),  # nobody said where to
    Kind.ANEW: lambda words, _given: Lost(why=words),
    Kind.REMOVED: lambda words, _given: Removed(why=words),
    Kind.REFUSED: lambda words, _given: Rejected(why=words),
    Kind.NO_RIGHT: lambda words, _given: Unable(why=words),
    Kind.UNKNOWN: lambda words, _given: Unknown(why=words),
}


def _message_id(result: Any) -> int | None:
    first = result[0] if isinstance(result, list) and result else result
    return first.get("message_id") if isinstance(first, dict) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that Telegram does not have yet; `field` is the parameter that it stands for."""

    field: str
    name: str
    mime: str
    data: bytes


def form(params: dict[str, Any], upload: Upload) -> aiohttp.FormData:
    """A call that brings a file along; whatever is no text travels as JSON within it."""
    made = aiohttp.FormData(default_to_multipart=True)
    for name, value in params.items():
        made.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    made.add_field(upload.field, upload.data, filename=upload.name, content_type=upload.mime)
    return made


class Telegram:
    """Raw calls with answers as values; never raises for what the network or the server does."""

    def __init__(self, transport: Transport, api_url: str, token: str) -> None:
        self._transport = transport
        self._base, self._files = f"{api_url}/bot{token}/", f"{api_url}/file/bot{token}/"

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        patience: Patience | None = None,
        upload: Upload | None = None,
        left: Callable[[], None] | None = None,
    ) -> Reply:
        """Call a method. Files travel as file ids, so that the body is JSON; but for one that was just made.
        `left` is told when the request leaves."""
        body = params if upload is None else form(params, upload)
        try:
            return read_reply(*await self._transport.exchange("POST", self._base + method, body, patience, left))
        except NotSent as error:
            return Later(seconds=2, why=str(error))
        except NetworkError as error:
            return Unknown(why=str(error))

    async def raw(self, method: str, params: dict[str, Any], patience: Patience | None = None) -> tuple[int, bytes]:
        """The bare HTTP answer. Raises NotSent, TimedOut, NetworkError."""
        return await self._transport.exchange("POST", self._base + method, params, patience)

    async def fetch(self, file: str) -> bytes | None:
        """The bytes of a small file that somebody sent; None when it cannot be had at once: an update waits for it."""
        found = await self.call("getFile", {"file_id": file}, AT_ONCE)
        path = found.result.get("file_path") if isinstance(found, Sent) and isinstance(found.result, dict) else None
        if path is None:
            return None
        try:
            status, body = await self._transport.exchange("GET", f"{self._files}{path}", patience=AT_ONCE)
        except NetworkError:
            return None
        return body if status == HTTPStatus.OK else None

    async def answer_press(self, callback: str, text: str = "", *, alert: bool = False) -> Reply:
        """Stop the spinner of a pressed button, with words (at most 200 characters) or without."""
        params: dict[str, Any] = {"callback_query_id": callback}
        if text:
            params |= {"text": text[:200], "show_alert": alert}
        return await self.call("answerCallbackQuery", params)
