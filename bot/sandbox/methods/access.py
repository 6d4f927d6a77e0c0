"""Who may do what where: chats, messages, threads, rights and flood limits of a call."""

from typing import Final, Literal

from bot.sandbox import errors
from bot.sandbox.methods.request import Request
from bot.sandbox.world.chats import GENERAL_TOPIC, Chat
from bot.sandbox.world.messages import Stored
from bot.sandbox.world.users import Json, User

Need = Literal["read", "edit", "write"]

# content -> permission it needs and its name in the refusal (TDLib MessageContent.cpp:6183-6340)
RIGHTS: Final = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video": ("can_send_videos", "videos"),
    "location": ("can_send_messages", "locations"),
    "live location": ("can_send_messages", "live locations"),
    "venue": ("can_send_messages", "venues"),
    "contact": ("can_send_messages", "contacts"),
    "sticker": ("can_send_other_messages", "stickers"),
}


def chat(request: Request, need: Need, name: str = "chat_id") -> Chat:
    """Return the chat a parameter names, if the bot may `need` it (Client.cpp, check_chat_access). Raises ApiError."""
    given = request.params.text(name)
    if not given:
        raise errors.ApiError(errors.CHAT_ID_EMPTY)
    try:
        found = request.world.chats.get(int(given))
    except ValueError:
        found = None
    if found is None:
        raise errors.ApiError(errors.CHAT_NOT_FOUND)
    _check(found, need)
    return found


def _check(found: Chat, need: Need) -> None:
    if found.user is not None:
        if found.user.deactivated and need != "read":
            raise errors.ApiError(errors.DEACTIVATED)
        return
    if found.migrated_to is not None and need != "read":
        raise errors.ApiError(errors.UPGRADED, migrate_to_chat_id=found.migrated_to)
    if found.deleted and need == "write":
        raise errors.ApiError(errors.GROUP_DELETED)
    if found.type == "group" and need == "read":
        return
    if found.bot.status == "kicked":
        raise errors.ApiError(errors.KICKED, kind=found.type)
    if not found.bot.present:
        raise errors.ApiError(errors.NOT_A_MEMBER, kind=found.type)


def message(request: Request, found: Chat, action: str, name: str = "message_id") -> Stored:
    """Return the message a parameter names; `action` completes "message to … not found". Raises ApiError."""
    stored = found.messages.get(request.params.number(name))
    if stored is None:
        raise errors.ApiError(errors.MESSAGE_NOT_FOUND, action=action)
    return stored


def user(request: Request, name: str = "user_id") -> User:
    """Return the user a parameter names. Raises ApiError."""
    number = request.params.number(name)
    if number <= 0:
        raise errors.ApiError(errors.USER_ID_INVALID, name=name)
    if number == request.world.bot.id:
        return request.world.bot
    found = request.world.users.get(number)
    if found is None:
        raise errors.ApiError(errors.USER_NOT_FOUND)
    return found


def thread(request: Request, found: Chat) -> Json:
    """Return the fields of the thread a message goes to, none outside forums. Raises ApiError."""
    number = request.params.number("message_thread_id")
    if not number or not found.is_forum:
        return {}
    topic = found.topics.get(number)
    if number == GENERAL_TOPIC or topic is None:
        raise errors.ApiError(errors.THREAD_NOT_FOUND)
    if topic.deleted:
        raise errors.ApiError(errors.TOPIC_DELETED)
    if topic.closed and not found.bot.is_admin:
        raise errors.ApiError(errors.TOPIC_CLOSED)
    return {"message_thread_id": number, "is_topic_message": True}


def rights(found: Chat, kind: str) -> None:
    """Refuse content the bot may not send here. Raises ApiError."""
    permission, what = RIGHTS[kind]
    if not found.allows(permission):
        raise errors.ApiError(errors.NO_RIGHTS, what=what)


def reachable(found: Chat) -> None:
    """Refuse to write to a person who can't be written to; Telegram's back end says so last. Raises ApiError."""
    person = found.user
    if person is None:
        return
    if person.is_bot:
        raise errors.ApiError(errors.TO_A_BOT)
    if person.blocked:
        raise errors.ApiError(errors.BLOCKED)
    if not person.started:
        raise errors.ApiError(errors.NEVER_STARTED)


def spend(request: Request, found: Chat, *, edit: bool = False, count: int = 1) -> None:
    """Take a call out of the flood budgets and the chat's slow mode. Raises Wait when its turn is not yet."""
    world, now = request.world, request.world.clock()
    slow = 0.0
    if found.slow_mode_delay and not edit and not found.bot.is_admin:
        slow = found.bot_spoke_at + found.slow_mode_delay - now
    wait = max(slow, world.flood.wait_for(found.id, now, edit=edit, count=count))
    if wait > 0:
        raise errors.Wait(wait)
    world.flood.spend(found.id, now, edit=edit, count=count)
    found.bot_spoke_at = found.bot_spoke_at if edit else now
