"""Words and places, copies and forwards."""

from typing import Final

from bot.sandbox import errors
from bot.sandbox.entities import text as texts
from bot.sandbox.methods import access, sending
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world import content
from bot.sandbox.world.messages import CONTENT
from bot.sandbox.world.users import Json

CARRIED: Final[tuple[str, ...]] = (*CONTENT, "entities", "caption", "caption_entities")


def send_message(request: Request) -> Json:
    """Send a text of 1 to 4096 characters. Raises ApiError."""
    words = sending.words(request)
    return sending.deliver(request, "text", [content.text(words) | preview(request)])[0].body


def preview(request: Request) -> Json:
    """Return the field of the link preview options a call gives. Raises ApiError."""
    options = request.params.json("link_preview_options")
    if options is None and request.params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return {"link_preview_options": options} if options else {}


def place_of(request: Request, live: Json | None) -> Json:
    """Return the location field that a call's latitude and longitude tell. Raises ApiError."""
    params = request.params
    return content.location(
        params.real("latitude"), params.real("longitude"), accuracy=params.real("horizontal_accuracy"), live=live
    )


def send_location(request: Request) -> Json:
    """Send a place, live when live_period is given. Raises ApiError."""
    params = request.params
    live = None
    if period := params.number("live_period"):
        live = content.live_fields(period, params.number("heading"), params.number("proximity_alert_radius"))
    return sending.deliver(request, "live location" if live else "location", [place_of(request, live)])[0].body


def send_venue(request: Request) -> Json:
    """Send a place with a name and an address. Raises ApiError."""
    params = request.params
    fields = content.venue(
        params.real("latitude"), params.real("longitude"), params.text("title"), params.text("address")
    )
    return sending.deliver(request, "venue", [fields])[0].body


def send_contact(request: Request) -> Json:
    """Send a phone contact. Raises ApiError."""
    names = ("phone_number", "first_name", "last_name")
    fields = {name: request.params.text(name) for name in names if request.params.text(name)}
    return sending.deliver(request, "contact", [{"contact": fields}])[0].body


def copy_message(request: Request) -> Json:
    """Send the content of a message as one's own; return its MessageId. Raises ApiError."""
    source = access.chat(request, "read", "from_chat_id")
    stored = access.message(request, source, "copy")
    if stored.is_service:
        raise errors.ApiError(errors.NOT_COPYABLE)
    fields = {name: stored.body[name] for name in CARRIED if name in stored.body}
    if "caption" in request.params:
        fields.pop("caption", None)
        fields.pop("caption_entities", None)
        fields |= content.caption(sending.caption(request))
    return {"message_id": sending.deliver(request, stored.kind, [fields])[0].id}


def forward_message(request: Request) -> Json:
    """Forward a message with its origin. Raises ApiError."""
    source = access.chat(request, "read", "from_chat_id")
    stored = access.message(request, source, "forward")
    if stored.is_service:
        raise errors.ApiError(errors.NOT_FORWARDABLE)
    if stored.body.get("has_protected_content"):
        raise errors.ApiError(errors.PROTECTED)
    fields = {name: stored.body[name] for name in CARRIED if name in stored.body}
    own = {"type": "user", "date": stored.body["date"], "sender_user": stored.body["from"]}
    fields["forward_origin"] = stored.body.get("forward_origin", own)
    return sending.deliver(request, stored.kind, [fields])[0].body


def answer_callback_query(request: Request) -> bool:
    """Answer a press, once and in time; the words (up to 200) pop up on the presser's phone. Raises ApiError."""
    params, world = request.params, request.world
    if len(params.text("text")) > texts.ANSWER_LIMIT:
        raise errors.ApiError(errors.ANSWER_TOO_LONG)
    answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "url": params.text("url")}
    query_id = params.text("callback_query_id")
    press = world.callbacks.answer(query_id, answer, world.clock())
    told = {"callback_query_id": query_id, "user_id": press.user_id, "chat_id": press.chat_id}
    world.events.emit("answer", **told, **answer)
    return True


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "answerCallbackQuery": answer_callback_query,
}
