"""What people do in their chats: write, send, edit, press, react."""

import base64
import re
from typing import TYPE_CHECKING, Final, TypedDict

from bot.sandbox import errors, markup
from bot.sandbox.entities import text as texts
from bot.sandbox.world import content, town, updates
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.messages import MEDIA, Stored
from bot.sandbox.world.refused import SandboxError
from bot.sandbox.world.users import GROUP_ANONYMOUS_BOT, Json, User

if TYPE_CHECKING:
    from bot.sandbox.world.world import World

DATA_URL: Final = re.compile(r"data:(?P<mime>[\w.+/-]*)(?:;[\w=.-]+)*?(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL)
COMMAND: Final = re.compile(r"/\w+(?:@(?P<bot>\w+))?")
VOICE: Final = b"OggS sandbox voice"
VIDEO: Final = b"ftyp sandbox video"
STICKER: Final = b"RIFF____WEBP sandbox sticker "


class Speech(TypedDict, total=False):
    """What a person sends; one content, and how it is sent (see the control API)."""

    text: str
    photo: str
    document: Json
    voice: bool
    video: bool
    sticker: str
    location: Json
    venue: Json
    contact: Json
    caption: str
    reply_to_message_id: int
    message_thread_id: int
    media_group_id: str
    forward_from: int
    anonymous_admin: bool


class Change(TypedDict, total=False):
    """What a person changes in their message."""

    text: str
    caption: str
    location: Json
    stop_live: bool


def say(world: "World", chat_id: int, user_id: int, what: Speech) -> Json:
    """Store the message, queue its update, fold the writer's keyboard. Raises SandboxError."""
    user, chat = world.user(user_id), world.chat(chat_id)
    _check_presence(world, chat, user, what)
    stored = world.store(
        chat, {**_sender(world, chat, user, what), **_context(world, chat, what), **_content(world, what)}
    )
    chat.keyboards.used(user_id)
    world.tell(chat, stored)
    return stored.body


def _check_presence(world: "World", chat: Chat, user: User, what: Speech) -> None:
    if chat.is_private:
        if chat.id != user.id:
            raise SandboxError(f"chat {chat.id} is the private chat of another person than {user.id}")
        if user.blocked and not what.get("text", "").startswith("/start"):
            raise SandboxError(f"user {user.id} has blocked the bot; /start or a member change unblocks it")
        if user.blocked:
            town.set_member(world, chat.id, "member", {})
        user.started = True
    elif chat.migrated_to is not None:
        raise SandboxError(f"chat {chat.id} was upgraded to {chat.migrated_to}")
    elif not (member := chat.members.get(user.id)) or not member.present:
        raise SandboxError(f"user {user.id} is not a member of chat {chat.id}")


def _sender(world: "World", chat: Chat, user: User, what: Speech) -> Json:
    if not what.get("anonymous_admin"):
        return {"from": user.as_json()}
    if chat.is_private:
        raise SandboxError("nobody is anonymous in a private chat")
    return {"from": world.users[GROUP_ANONYMOUS_BOT].as_json(), "sender_chat": chat.as_json()}


def _context(world: "World", chat: Chat, what: Speech) -> Json:
    fields: Json = {}
    if thread := what.get("message_thread_id"):
        if thread not in chat.topics:
            raise SandboxError(f"chat {chat.id} has no topic {thread}")
        fields |= {"message_thread_id": thread, "is_topic_message": True}
    if source := what.get("forward_from"):
        sender = world.user(source).as_json()
        fields["forward_origin"] = {"type": "user", "date": int(world.clock()), "sender_user": sender}
    if replied := what.get("reply_to_message_id"):
        if replied not in chat.messages:
            raise SandboxError(f"chat {chat.id} has no message {replied} to reply to")
        fields["reply_to_message"] = chat.messages[replied].quoted()
    if group := what.get("media_group_id"):
        fields["media_group_id"] = group
    return fields


def _content(world: "World", what: Speech) -> Json:
    try:
        words = content.caption(texts.caption(what.get("caption", ""), "", None))
        if "text" in what:
            return content.text(texts.message_text(what["text"], "", None))
        if "photo" in what:
            return content.file(world.files.add("photo", _bytes(world, what["photo"]))) | words
        if "document" in what:
            return _document(world, what["document"]) | words
        if what.get("voice"):
            return content.file(world.files.add("voice", VOICE)) | words
        if what.get("video"):
            return content.file(world.files.add("video", VIDEO)) | words
        return _small_content(world, what)
    except errors.ApiError as refused:
        raise SandboxError(f"Telegram would not take this message: {refused.text}") from None


def _small_content(world: "World", what: Speech) -> Json:
    if "sticker" in what:
        kept = world.files.add("sticker", STICKER + what["sticker"].encode(), mime_type="image/webp")
        return content.sticker(what["sticker"], kept)
    if "location" in what:
        return _place(what["location"])
    if "venue" in what:
        place = what["venue"]
        return content.venue(place["latitude"], place["longitude"], place["title"], place["address"])
    if "contact" in what:
        return {"contact": what["contact"]}
    raise SandboxError("a message needs a content: text, photo, document, voice, video, sticker, location, …")


def _place(place: Json) -> Json:
    live = content.live_fields(place["live_period"]) if place.get("live_period") else None
    return content.location(
        place["latitude"], place["longitude"], accuracy=place.get("horizontal_accuracy") or 0.0, live=live
    )


def _document(world: "World", given: Json) -> Json:
    """Return a document; `file_size` may claim more than there is, to try what is too big to download."""
    data = _bytes(world, given["data"]) if "data" in given else b"sandbox document"
    name, mime = given.get("file_name", "document.txt"), given.get("mime_type", "")
    return content.file(world.files.add("document", data, name=name, mime_type=mime, size=given.get("file_size")))


def _bytes(world: "World", given: str) -> bytes:
    """Return the bytes of `sample:<name>` or of a data URL."""
    if given.startswith("sample:"):
        return world.sample(given.removeprefix("sample:"))
    found = DATA_URL.fullmatch(given)
    if found is None:
        raise SandboxError("a file is given as sample:<name> or as a data URL")
    try:
        return base64.b64decode(found["data"]) if found["base64"] else found["data"].encode()
    except ValueError:
        raise SandboxError("the data URL is not valid base64") from None


def is_visible(world: "World", chat: Chat, stored: Stored) -> bool:
    """Whether the bot sees a message: all in private and as administrator, else what privacy mode lets through."""
    if chat.is_private or chat.bot.is_admin or not world.settings.privacy_mode or stored.is_service:
        return True
    replied = stored.body.get("reply_to_message")
    if replied and replied.get("from", {}).get("id") == world.bot.id:
        return True
    command = COMMAND.match(stored.body.get("text", ""))
    return command is not None and (command["bot"] or world.bot.username).lower() == world.bot.username.lower()


def edit(world: "World", chat_id: int, message_id: int, user_id: int, what: Change) -> Json:
    """Change a person's own message; the bot hears of it unless nothing changed. Raises SandboxError."""
    chat = world.chat(chat_id)
    stored = chat.messages.get(message_id)
    if stored is None or stored.body["from"]["id"] != user_id:
        raise SandboxError(f"user {user_id} has no message {message_id} in chat {chat_id}")
    before = content.summary(stored.body)
    changed = {**stored.body, **_changed(stored, what), "edit_date": int(world.clock())}
    stored.body = {name: value for name, value in changed.items() if value != []}
    if content.summary(stored.body) != before:
        world.show("edit", chat, stored)
        world.tell(chat, stored, edited=True)
    return stored.body


def _changed(stored: Stored, what: Change) -> Json:
    try:
        if "text" in what and stored.kind == "text":
            return {"entities": [], **content.text(texts.message_text(what["text"], "", None))}
        if "caption" in what and stored.kind in MEDIA:
            return content.caption(texts.caption(what["caption"], "", None))
    except errors.ApiError as refused:
        raise SandboxError(f"Telegram would not take this message: {refused.text}") from None
    place = stored.body.get("location", {})
    if "live_period" not in place:
        raise SandboxError(f"message {stored.id} can't be changed so")
    moved = {**place, **what.get("location", {})}
    if what.get("stop_live"):
        moved.pop("live_period")
    return {"location": moved}


def press(world: "World", chat_id: int, message_id: int, user_id: int, data: str, *, forged: bool) -> str:
    """Queue the callback query of a press. A message that is gone is told as inaccessible (date 0)."""
    user, chat = world.user(user_id), world.chat(chat_id)
    stored = chat.messages.get(message_id)
    if not forged and (stored is None or not markup.has_data(stored.body.get("reply_markup"), data)):
        raise SandboxError(f"message {message_id} in chat {chat_id} has no button {data!r}")
    now = world.clock()
    query_id = world.callbacks.open(user_id, chat_id, now)
    query = {
        "id": query_id,
        "from": user.as_json(),
        "message": stored.body if stored else {"chat": chat.as_json(), "message_id": message_id, "date": 0},
        "chat_instance": str(7_000_000_000 + abs(chat_id)),
        "data": data,
    }
    world.updates.put("callback_query", query, key=f"press:{user_id}", expires=now + updates.CALLBACK_LIFE)
    return query_id


def react(world: "World", chat_id: int, message_id: int, user_id: int, emoji: str | None) -> None:
    """Queue a message_reaction (only sent to a bot that asked for it and administers the group)."""
    user, chat = world.user(user_id), world.chat(chat_id)
    if message_id not in chat.messages:
        raise SandboxError(f"chat {chat_id} has no message {message_id}")
    change = {
        "chat": chat.as_json(),
        "message_id": message_id,
        "user": user.as_json(),
        "date": int(world.clock()),
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    if chat.is_private or chat.bot.is_admin:
        world.updates.put("message_reaction", change, key=f"react:{chat_id}", expires=world.clock() + updates.DAY)
