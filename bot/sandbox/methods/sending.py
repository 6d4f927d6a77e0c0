"""The common road of all messages the bot sends."""

from bot.sandbox import errors, markup
from bot.sandbox.entities import text as texts
from bot.sandbox.entities.marks import Formatted
from bot.sandbox.methods import access
from bot.sandbox.methods.request import Request
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.messages import Stored
from bot.sandbox.world.users import Json


def deliver(request: Request, kind: str, contents: list[Json]) -> list[Stored]:
    """Check all that Telegram checks, in its order, then store one message per content.

    Raises ApiError, or Wait when the flood limits hold the call back; nothing has been stored then.
    """
    chat = access.chat(request, "write")
    context = access.thread(request, chat) | _reply(request, chat)
    access.rights(chat, kind)
    given = request.params.json("reply_markup", "reply keyboard markup")
    keyboard = markup.checked(given, private=chat.is_private)
    access.spend(request, chat, count=len(contents))
    access.reachable(chat)
    if request.params.flag("protect_content"):
        context["has_protected_content"] = True
    return [_store(request, chat, context | content, keyboard) for content in contents]


def _store(request: Request, chat: Chat, fields: Json, keyboard: Json | None) -> Stored:
    world = request.world
    inline = keyboard is not None and "inline_keyboard" in keyboard
    shown = {"reply_markup": keyboard} if inline else {}
    plain = None if inline else keyboard
    stored = world.store(chat, {"from": world.bot.as_json(), **fields, **shown}, keyboard=plain)
    if plain is not None:
        chat.keyboards.show(plain, _addressed(request, stored) if plain.get("selective") else frozenset())
        world.events.emit("markup", chat_id=chat.id, message_id=stored.id, keyboard=plain)
    return stored


def _addressed(request: Request, stored: Stored) -> frozenset[int]:
    """Return whom a selective keyboard is for: those mentioned and the author of the message replied to."""
    replied = stored.body.get("reply_to_message", {}).get("from", {})
    text = stored.body.get("text", "")
    named = {user.id for user in request.world.users.values() if user.username and f"@{user.username}" in text}
    spoken = {one["user"]["id"] for one in stored.body.get("entities", []) if one["type"] == "text_mention"}
    return frozenset({replied["id"]} if replied else ()) | named | spoken


def _reply(request: Request, chat: Chat) -> Json:
    """Return the field of the message replied to; none when it is gone and the bot does not mind. Raises ApiError."""
    given = request.params.json("reply_parameters")
    if given is None:
        message_id = request.params.number("reply_to_message_id")
        lenient = request.params.flag("allow_sending_without_reply")
    else:
        message_id, lenient = _reply_parameters(given)
    if message_id <= 0:
        return {}
    stored = chat.messages.get(message_id)
    if stored is not None:
        return {"reply_to_message": stored.quoted()}
    if lenient:
        return {}
    raise errors.ApiError(errors.REPLY_NOT_FOUND)


def _reply_parameters(given: object) -> tuple[int, bool]:
    if not isinstance(given, dict):
        raise errors.ApiError(errors.OBJECT_EXPECTED, what="reply parameters")
    if not given:
        return 0, False
    if "message_id" not in given:
        raise errors.ApiError(errors.FIELD_MISSING, name="message_id")
    try:
        return int(given["message_id"]), bool(given.get("allow_sending_without_reply"))
    except (TypeError, ValueError):
        raise errors.ApiError(errors.FIELD_NUMBER, name="message_id") from None


def words(request: Request) -> Formatted:
    """Return the text of a call. Raises ApiError."""
    params = request.params
    return texts.message_text(params.text("text"), params.text("parse_mode"), params.json("entities"))


def caption(request: Request) -> Formatted:
    """Return the caption of a call, empty when there is none. Raises ApiError."""
    params = request.params
    return texts.caption(params.text("caption"), params.text("parse_mode"), params.json("caption_entities"))
