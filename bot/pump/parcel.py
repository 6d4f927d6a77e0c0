"""One notice as exactly one call of the Bot API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram.constants import MediaGroupLimit, MessageLimit

from bot.answers import Kind
from bot.exports.workshop import Made
from bot.telegram import Upload
from bot.voice import Speech
from bot.voice import plain as without_marks
from core.messages import Notice
from storage.taking import Claimed

Ways = frozenset[Kind]  # other ways than the usual one, as Telegram's answers have asked for them
USUAL: Ways = frozenset()

FILES = {"video": "sendVideo", "document": "sendDocument", "photo": "sendPhoto"}
SHORTER = 4  # so many times, when Telegram counts in another way than we do


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A call, ready to go. `cost` is what it counts against the limits; `edits` the message that it changes; `ways`
    how it differs from the usual, since Telegram would not take it as it was. `made` is the file that it brings along.
    """

    method: str
    params: dict[str, Any]
    cost: int = 1
    edits: int | None = None
    ways: Ways = USUAL
    made: Made | None = None

    @property
    def upload(self) -> Upload | None:
        """The bytes of a file that Telegram does not have yet."""
        made = self.made
        if made is None or made.file_id is not None:
            return None
        return Upload(field=made.field, name=made.name, mime=made.mime, data=made.data)

    @property
    def looks(self) -> str:
        """What its readers see of a text message: words and keys."""
        return repr((self.params.get("text"), self.params.get("reply_markup")))

    def can(self, way: Kind) -> bool:
        """Whether saying it in this other way would be another call than this one."""
        return way not in self.ways and DIFFERS[way](self)


# Whether a call has what another way leaves out.
DIFFERS: Mapping[Kind, Callable[[Parcel], bool]] = {
    Kind.PLAIN: lambda it: it.ways.isdisjoint({Kind.PLAIN, Kind.SHORT}),
    Kind.SHORT: lambda _it: True,
    Kind.WORDS: lambda it: it.method not in {"sendMessage", "editMessageText"},
    Kind.SINGLY: lambda it: it.method == "sendMediaGroup",
    Kind.LOOSE: lambda it: "reply_parameters" in it.params,
    Kind.KEYLESS: lambda it: "reply_markup" in it.params,
}


def cost_of(notice: Notice) -> int:
    """Every photo of an album is a message to Telegram's counters."""
    return max(1, len(notice.photos))


def wrap(row: Claimed, speech: Speech, ways: Ways = USUAL, made: Made | None = None) -> Parcel:
    """The call for a claimed notice, said in other ways than usual when Telegram has asked for that; `made` is the file
    that it asked for."""
    notice, words = row.notice, speech.text
    if Kind.KEYLESS in ways:
        speech = replace(speech, keyboard=None)
    if Kind.WORDS in ways:
        return _send("sendMessage", row, speech, _text(words, ways), ways)
    if made is not None:
        known = {} if made.file_id is None else {made.field: made.file_id}
        parcel = _send(FILES[made.field], row, speech, known | _caption(words, ways), ways)
        return replace(parcel, made=made)
    if len(notice.photos) > 1:
        return _album(row, words, ways)
    if notice.photos:
        return _send("sendPhoto", row, speech, {"photo": notice.photos[0]} | _caption(words, ways), ways)
    if notice.voices:
        return _send("sendVoice", row, speech, {"voice": notice.voices[0]} | _caption(words, ways), ways)
    if notice.file:
        kind, file = notice.file
        return _send(FILES[kind], row, speech, {kind: file} | _caption(words, ways), ways)
    if notice.spot:
        return _send("sendLocation", row, speech, {"latitude": notice.spot[0], "longitude": notice.spot[1]}, ways)
    message = edited_message(row)
    if message is not None:
        return _edit(message, notice, speech, ways)
    return _send("sendMessage", row, speech, _text(words, ways), ways)


def only_pins(notice: Notice) -> bool:
    """Whether a notice says nothing and pins an earlier message of ours: one call does not do both."""
    return notice.pin and notice.edit is not None


LEAVE = "leave"  # the kind of a notice that says nothing: the bot goes


def going(notice: Notice) -> Parcel:
    """The call by which the bot leaves a group."""
    return Parcel(method="leaveChat", params={"chat_id": notice.to})


def pinned(notice: Notice) -> Parcel:
    """The call that pins, without a sound: nobody has to look."""
    params = {"chat_id": notice.to, "message_id": notice.edit, "disable_notification": True}
    return Parcel(method="pinChatMessage", params=params)


def edited_message(row: Claimed) -> int | None:
    """The message that a notice of words changes, None when it is a new one."""
    if row.notice.edit is not None:
        return row.notice.edit
    return None if row.notice.again else row.slot_message


def _send(method: str, row: Claimed, speech: Speech, content: dict[str, Any], ways: Ways) -> Parcel:
    return Parcel(method=method, params=_envelope(row, ways) | content | _keyboard(speech), ways=ways)


def _edit(message: int, notice: Notice, speech: Speech, ways: Ways) -> Parcel:
    params = {"chat_id": notice.to, "message_id": message} | _text(speech.text, ways) | _keyboard(speech)
    return Parcel(method="editMessageText", params=params, edits=message, ways=ways)


def _album(row: Claimed, words: str, ways: Ways) -> Parcel:
    """The words go with the first picture; an album carries no keys."""
    photos = row.notice.photos[: MediaGroupLimit.MAX_MEDIA_LENGTH]
    media: list[dict[str, Any]] = [{"type": "photo", "media": photo} for photo in photos]
    media[0] |= _caption(words, ways)
    return Parcel(method="sendMediaGroup", params=_envelope(row, ways) | {"media": media}, cost=len(photos), ways=ways)


def _envelope(row: Claimed, ways: Ways) -> dict[str, Any]:
    """Where it goes. What costs money is asked for by an operator and tried once: no repetition may pay again."""
    notice = row.notice
    params: dict[str, Any] = {"chat_id": notice.to, "disable_notification": notice.silent}
    if notice.reply_to is not None and Kind.LOOSE not in ways:
        params["reply_parameters"] = {"message_id": notice.reply_to, "allow_sending_without_reply": True}
    if notice.paid and row.first_try:
        params["allow_paid_broadcast"] = True
    return params


def _keyboard(speech: Speech) -> dict[str, Any]:
    return {} if speech.keyboard is None else {"reply_markup": speech.keyboard}


def _text(words: str, ways: Ways) -> dict[str, Any]:
    marked = _marked("text", words, MessageLimit.MAX_TEXT_LENGTH, ways)
    return marked | {"link_preview_options": {"is_disabled": True}}


def _caption(words: str, ways: Ways) -> dict[str, Any]:
    return _marked("caption", words, MessageLimit.CAPTION_LENGTH, ways) if words else {}


def _marked(name: str, words: str, limit: int, ways: Ways) -> dict[str, Any]:
    """HTML when it fits, else plain words cut to the limit: a shortened card is better than none."""
    if len(words) <= limit and ways.isdisjoint({Kind.PLAIN, Kind.SHORT}):
        return {name: words, "parse_mode": "HTML"}
    bare, room = without_marks(words), limit // SHORTER if Kind.SHORT in ways else limit
    if not ways.isdisjoint({Kind.PLAIN, Kind.SHORT}) or len(bare) > room:
        return {name: bare if len(bare) <= room else bare[: room - 1] + "…"}
    return {name: words, "parse_mode": "HTML"}
