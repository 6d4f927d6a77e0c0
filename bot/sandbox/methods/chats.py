"""What the bot asks of chats and does in them besides writing."""

from typing import Final

from bot.sandbox import errors
from bot.sandbox.methods import access
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world import members, town
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.users import Json

ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
REACTION_LIST: Final = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS: Final = frozenset(REACTION_LIST.split())
TWO_DAYS: Final = 48 * 3600


def get_chat(request: Request) -> Json:
    """Return the ChatFullInfo. Raises ApiError."""
    chat = access.chat(request, "read")
    info = {**chat.as_json(), "accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if not chat.is_private:
        info["permissions"] = chat.permissions
    if chat.slow_mode_delay:
        info["slow_mode_delay"] = chat.slow_mode_delay
    if chat.pinned:
        info["pinned_message"] = chat.messages[chat.pinned[-1]].quoted()
    return info


GIFTS: Final = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat_member(request: Request) -> Json:
    """Return the ChatMember of a user. Raises ApiError for strangers."""
    chat, person = access.chat(request, "edit"), access.user(request)
    if person is request.world.bot:
        return members.member_json(person, chat.bot)
    if chat.is_private:
        if person.id != chat.id:
            raise errors.ApiError(errors.MEMBER_NOT_FOUND)
        return members.member_json(person, members.member_of("member"))
    member = chat.members.get(person.id, members.member_of("left"))
    return members.member_json(person, member)


def get_chat_administrators(request: Request) -> list[Json]:
    """Return the administrators of a group, the bot among them if it is one. Raises ApiError."""
    chat = access.chat(request, "edit")
    if chat.is_private:
        raise errors.ApiError(errors.NO_ADMINISTRATORS)
    world = request.world
    people = [(world.users[user_id], member) for user_id, member in chat.members.items()]
    return [members.member_json(user, member) for user, member in [*people, (world.bot, chat.bot)] if member.is_admin]


def get_chat_member_count(request: Request) -> int:
    """Return how many are in the chat, the bot included. Raises ApiError."""
    chat = access.chat(request, "edit")
    if chat.is_private:
        return 2
    return sum(member.present for member in [*chat.members.values(), chat.bot])


def leave_chat(request: Request) -> bool:
    """Leave a group; the bot hears of it by my_chat_member. Raises ApiError."""
    chat = access.chat(request, "edit")
    if chat.is_private:
        raise errors.ApiError(errors.NOT_IN_PRIVATE)
    town.leave(request.world, chat)
    return True


def pin(request: Request) -> bool:
    """Pin a message; a service message tells the chat. Raises ApiError."""
    chat = access.chat(request, "edit")
    stored = access.message(request, chat, "pin")
    _check_may_pin(chat)
    access.spend(request, chat, edit=True)
    world = request.world
    chat.pinned = [number for number in chat.pinned if number != stored.id] + [stored.id]
    world.tell(chat, world.store(chat, {"from": world.bot.as_json(), "pinned_message": stored.quoted()}))
    world.events.emit("pin", chat_id=chat.id, message_id=stored.id, pinned=True)
    return True


def unpin(request: Request) -> bool:
    """Unpin a message, the latest pinned one when none is named. Raises ApiError."""
    chat = access.chat(request, "edit")
    _check_may_pin(chat)
    number = request.params.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise errors.ApiError(errors.MESSAGE_NOT_FOUND, action="unpin")
    chat.pinned.remove(number)
    request.world.events.emit("pin", chat_id=chat.id, message_id=number, pinned=False)
    return True


def _check_may_pin(chat: Chat) -> None:
    """Pinning takes the right of an administrator, or a group that lets everybody pin. Raises ApiError."""
    allowed = chat.bot.rights.get("can_pin_messages", False) if chat.bot.status == "administrator" else None
    if not chat.is_private and not (chat.allows("can_pin_messages") if allowed is None else allowed):
        raise errors.ApiError(errors.NO_PIN_RIGHTS)


def delete_message(request: Request) -> bool:
    """Delete a message: the bot's own within 48 hours, others' as an administrator who may. Raises ApiError."""
    chat = access.chat(request, "edit")
    stored = access.message(request, chat, "delete")
    own = stored.body["from"]["id"] == request.world.bot.id
    moderator = chat.bot.status == "administrator" and chat.bot.rights.get("can_delete_messages", False)
    young = stored.body["date"] > request.world.clock() - TWO_DAYS
    if not (moderator or (young and (own or chat.is_private))):
        raise errors.ApiError(errors.NOT_DELETABLE)
    del chat.messages[stored.id]
    chat.pinned = [number for number in chat.pinned if number != stored.id]
    request.world.events.emit("delete", chat_id=chat.id, message_id=stored.id)
    return True


def send_chat_action(request: Request) -> bool:
    """Show that the bot is typing or the like. Raises ApiError."""
    action = request.params.text("action")
    if action not in ACTIONS:
        raise errors.ApiError(errors.ACTION_INVALID)
    chat = access.chat(request, "write")
    access.thread(request, chat)
    access.reachable(chat)
    request.world.events.emit("typing", chat_id=chat.id, action=action)
    return True


def set_message_reaction(request: Request) -> bool:
    """Set the bot's one reaction on a message, or take it back. Raises ApiError."""
    chat = access.chat(request, "edit")
    stored = access.message(request, chat, "react")
    given = request.params.json("reaction") or []
    if not isinstance(given, list) or len(given) > 1:
        raise errors.ApiError(errors.REACTIONS_TOO_MANY)
    emoji = [str(one.get("emoji", "")).rstrip("\ufe0f") if isinstance(one, dict) else "" for one in given]
    if any(one not in REACTIONS for one in emoji):
        raise errors.ApiError(errors.REACTION_INVALID)
    request.world.events.emit("reaction", chat_id=chat.id, message_id=stored.id, emoji=emoji)
    return True


METHODS: dict[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}
