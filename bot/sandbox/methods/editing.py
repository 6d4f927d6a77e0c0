"""Changes of messages the bot has sent."""

from typing import Final

from bot.sandbox import errors, markup
from bot.sandbox.methods import access, media, messages, sending
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world import content
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.messages import MEDIA, Stored
from bot.sandbox.world.users import Json

EDITABLE: Final = ("text", *MEDIA)
REPLACED: Final = (*MEDIA, "caption", "caption_entities", "show_caption_above_media")


def _editable(request: Request, *, markup_only: bool = False) -> tuple[Chat, Stored]:
    """Return the message to edit: the bot's own, not forwarded, without a reply keyboard (TDLib can_edit_message).

    A live place can be edited while it lives, other kinds than text and media only in their keyboard. Raises ApiError.
    """
    params = request.params
    if not params.text("chat_id") and not params.number("message_id"):
        raise errors.ApiError(errors.MESSAGE_ID_UNSPECIFIED)
    chat = access.chat(request, "edit")
    stored = access.message(request, chat, "edit")
    own = stored.body["from"]["id"] == request.world.bot.id
    if not own or stored.is_service or "forward_origin" in stored.body or stored.keyboard is not None:
        raise errors.ApiError(errors.NOT_EDITABLE)
    if not markup_only and stored.kind not in EDITABLE and not _lives(stored, request.world.clock()):
        raise errors.ApiError(errors.NOT_EDITABLE)
    return chat, stored


def _lives(stored: Stored, now: float) -> bool:
    period: int = stored.body.get("location", {}).get("live_period", 0)
    return bool(now - stored.body["date"] < period)


def _save(request: Request, chat: Chat, stored: Stored, dropped: tuple[str, ...], fields: Json) -> Json:
    """Replace fields and the inline keyboard (no keyboard given: it goes). Raises ApiError, or Wait."""
    keyboard = markup.checked(
        request.params.json("reply_markup", "reply keyboard markup"), private=chat.is_private, inline_only=True
    )
    kept = {name: value for name, value in stored.body.items() if name not in {*dropped, "reply_markup"}}
    body = kept | fields | ({"reply_markup": keyboard} if keyboard else {})
    if content.summary(body) == content.summary(stored.body):
        raise errors.ApiError(errors.NOT_MODIFIED)
    access.spend(request, chat, edit=True)
    stored.body = body | {"edit_date": int(request.world.clock())}
    request.world.show("edit", chat, stored)
    return stored.body


def _need(stored: Stored, kinds: tuple[str, ...], what: str) -> None:
    if stored.kind not in kinds:
        raise errors.ApiError(errors.NOTHING_TO_EDIT, kind=what)


def edit_text(request: Request) -> Json:
    """Replace the text of a text message. Raises ApiError."""
    words = sending.words(request)
    chat, stored = _editable(request)
    _need(stored, ("text",), "text")
    fields = content.text(words) | messages.preview(request)
    return _save(request, chat, stored, ("text", "entities", "link_preview_options"), fields)


def edit_caption(request: Request) -> Json:
    """Replace the caption of a photo, video, document or voice. Raises ApiError."""
    words = sending.caption(request)
    chat, stored = _editable(request)
    _need(stored, MEDIA, "caption")
    return _save(request, chat, stored, ("caption", "caption_entities"), content.caption(words))


def edit_media(request: Request) -> Json:
    """Replace the file and caption of a media message. Raises ApiError."""
    given = request.params.json("media")
    if not isinstance(given, dict):
        raise errors.ApiError(errors.MEDIA_TYPE, reason="expected an Object")
    fields = media.item(request, given)
    chat, stored = _editable(request)
    _need(stored, EDITABLE, "media")
    body = _save(request, chat, stored, (*REPLACED, "text", "entities"), fields)
    stored.kind = media.kind_of(given)
    return body


def edit_markup(request: Request) -> Json:
    """Replace the inline keyboard only. Raises ApiError."""
    chat, stored = _editable(request, markup_only=True)
    return _save(request, chat, stored, (), {})


def edit_live_location(request: Request) -> Json:
    """Move a live location. Raises ApiError."""
    params = request.params
    chat, stored = _editable(request)
    place = _live_place(stored)
    period = params.number("live_period") or place["live_period"]
    live = content.live_fields(period, params.number("heading"), params.number("proximity_alert_radius"))
    return _save(request, chat, stored, (), messages.place_of(request, live))


def stop_live_location(request: Request) -> Json:
    """Stop a live location where it is. Raises ApiError."""
    chat, stored = _editable(request)
    place = {name: value for name, value in _live_place(stored).items() if name != "live_period"}
    return _save(request, chat, stored, (), {"location": place})


def _live_place(stored: Stored) -> Json:
    place: Json = stored.body.get("location", {})
    if "live_period" not in place:
        raise errors.ApiError(errors.NOTHING_TO_EDIT, kind="live location")
    return place


METHODS: dict[str, Handler] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "editMessageLiveLocation": edit_live_location,
    "stopMessageLiveLocation": stop_live_location,
}
