"""One notice as exactly one call of the Bot API."""

from dataclasses import dataclass
from typing import Any

from telegram.constants import MediaGroupLimit, MessageLimit

from bot.voice import Speech
from bot.voice import plain as without_marks
from core.messages import Notice
from storage.outbox import Claimed

FILES = {"video": "sendVideo", "document": "sendDocument"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A call, ready to go. `cost` is what it counts against the limits; `edits` the message that it changes."""

    method: str
    params: dict[str, Any]
    cost: int = 1
    edits: int | None = None
    plain: bool = False

    @property
    def looks(self) -> str:
        """What its readers see of a text message: words and keys."""
        return repr((self.params.get("text"), self.params.get("reply_markup")))


def cost_of(notice: Notice) -> int:
    """Every photo of an album is a message to Telegram's counters."""
    return max(1, len(notice.photos))


def wrap(row: Claimed, speech: Speech, *, plain: bool = False) -> Parcel:
    """The call for a claimed notice. `plain`: Telegram could not read our marks, so say it without."""
    notice = row.notice
    if len(notice.photos) > 1:
        return _album(notice, speech, plain)
    if notice.photos:
        return _send("sendPhoto", notice, speech, {"photo": notice.photos[0]} | _caption(speech.text, plain), plain)
    if notice.voices:
        return _send("sendVoice", notice, speech, {"voice": notice.voices[0]} | _caption(speech.text, plain), plain)
    if notice.file:
        kind, file = notice.file
        return _send(FILES[kind], notice, speech, {kind: file} | _caption(speech.text, plain), plain)
    if notice.spot:
        return _send("sendLocation", notice, speech, {"latitude": notice.spot[0], "longitude": notice.spot[1]}, plain)
    if notice.edit is not None:
        return _edit(notice.edit, notice, speech, plain)
    if row.slot_message is not None and not notice.again:
        return _edit(row.slot_message, notice, speech, plain)
    return _send("sendMessage", notice, speech, _text(speech.text, plain), plain)


def _send(method: str, notice: Notice, speech: Speech, content: dict[str, Any], plain: bool) -> Parcel:
    return Parcel(method=method, params=_envelope(notice) | content | _keyboard(speech), plain=plain)


def _edit(message: int, notice: Notice, speech: Speech, plain: bool) -> Parcel:
    params = {"chat_id": notice.to, "message_id": message} | _text(speech.text, plain) | _keyboard(speech)
    return Parcel(method="editMessageText", params=params, edits=message, plain=plain)


def _album(notice: Notice, speech: Speech, plain: bool) -> Parcel:
    """The words go with the first picture; an album carries no keys."""
    photos = notice.photos[: MediaGroupLimit.MAX_MEDIA_LENGTH]
    media: list[dict[str, Any]] = [{"type": "photo", "media": photo} for photo in photos]
    media[0] |= _caption(speech.text, plain)
    return Parcel(method="sendMediaGroup", params=_envelope(notice) | {"media": media}, cost=len(photos), plain=plain)


def _envelope(notice: Notice) -> dict[str, Any]:
    params: dict[str, Any] = {"chat_id": notice.to, "disable_notification": notice.silent}
    if notice.reply_to is not None:
        params["reply_parameters"] = {"message_id": notice.reply_to, "allow_sending_without_reply": True}
    return params


def _keyboard(speech: Speech) -> dict[str, Any]:
    return {} if speech.keyboard is None else {"reply_markup": speech.keyboard.to_dict()}


def _text(words: str, plain: bool) -> dict[str, Any]:
    marked = _marked("text", words, MessageLimit.MAX_TEXT_LENGTH, plain)
    return marked | {"link_preview_options": {"is_disabled": True}}


def _caption(words: str, plain: bool) -> dict[str, Any]:
    return _marked("caption", words, MessageLimit.CAPTION_LENGTH, plain) if words else {}


def _marked(name: str, words: str, limit: int, plain: bool) -> dict[str, Any]:
    """HTML when it fits, else plain words cut to the limit: a shortened card is better than none."""
    bare = without_marks(words)
    if plain or len(bare) > limit:
        return {name: bare if len(bare) <= limit else bare[: limit - 1] + "…"}
    return {name: words, "parse_mode": "HTML"}
