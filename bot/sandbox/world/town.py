"""People and groups: adding them, changing who is in and who may do what, the move to a supergroup."""

import copy
import re
from typing import TYPE_CHECKING, Final, TypedDict

from bot.sandbox.world import members, updates
from bot.sandbox.world.chats import Chat, Topic
from bot.sandbox.world.refused import SandboxError
from bot.sandbox.world.users import Json, User

if TYPE_CHECKING:
    from bot.sandbox.world.world import World

PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")
SUPERGROUP_BASE: Final = -1_000_000_000_000

Pair = tuple[User, User]
"""Who changes a status, and whose status changes."""


class UserDetails(TypedDict, total=False):
    """What may be said of a person besides id and first name."""

    last_name: str
    username: str
    language_code: str
    is_bot: bool
    started: bool
    blocked: bool
    deactivated: bool


class ChatDetails(TypedDict, total=False):
    """What may be said of a group besides id and title.

    `permissions` are the group's, `bot_rights` the bot's own (administrator rights or a restricted member's
    permissions), `topics` a list of {"message_thread_id", "name", "closed"?}.
    """

    type: str
    members: list[int]
    bot: str
    bot_rights: dict[str, bool]
    permissions: dict[str, bool]
    is_forum: bool
    topics: list[Json]
    slow_mode_delay: int
    owner: int


class MemberDetails(TypedDict, total=False):
    """Whose status changes (`user_id`, the bot itself when absent), by whom, with which rights."""

    user_id: int | None
    by: int
    rights: dict[str, bool]


def add_user(world: "World", user_id: int, first_name: str, details: UserDetails) -> User:
    """Add or update a person and their private chat. Raises SandboxError for an id that is no person's."""
    if user_id <= 0:
        raise SandboxError("a person's id is positive")
    user = world.users.get(user_id) or User(id=user_id, first_name=first_name)
    user.first_name = first_name
    for name, value in details.items():
        setattr(user, name, value)
    world.users[user_id] = user
    if user_id not in world.chats:
        world.chats[user_id] = Chat(id=user_id, type="private", user=user)
    world.events.emit("chat", chat=world.chats[user_id].as_json())
    return user


def add_chat(world: "World", chat_id: int, title: str, details: ChatDetails) -> Chat:
    """Add or update a group, without telling the bot (see `set_member` for that). Raises SandboxError."""
    if chat_id >= 0:
        raise SandboxError("a group's id is negative")
    known = world.chats.get(chat_id)
    kind = details.get("type", known.type if known else "supergroup")
    if kind not in {"group", "supergroup"}:
        raise SandboxError(f"a chat of type {kind!r} can't be made, only group and supergroup")
    chat = known or Chat(id=chat_id, type=kind, title=title)
    chat.title, chat.type = title, kind
    chat.is_forum = details.get("is_forum", chat.is_forum)
    chat.slow_mode_delay = details.get("slow_mode_delay", chat.slow_mode_delay)
    chat.permissions.update(details.get("permissions", {}))
    _fill(world, chat, details)
    world.chats[chat_id] = chat
    world.events.emit("chat", chat=chat.as_json())
    return chat


def _fill(world: "World", chat: Chat, details: ChatDetails) -> None:
    try:
        if "bot" in details or "bot_rights" in details:
            chat.bot = members.member_of(details.get("bot", chat.bot.status), details.get("bot_rights"))
    except ValueError as reason:
        raise SandboxError(str(reason)) from None
    for user_id in details.get("members", []):
        world.user(user_id)
        chat.members.setdefault(user_id, members.member_of("member"))
    if "owner" in details:
        world.user(details["owner"])
        chat.members[details["owner"]] = members.member_of("creator")
    for topic in details.get("topics", []):
        chat.topics[topic["message_thread_id"]] = Topic(name=topic["name"], closed=topic.get("closed", False))
        chat.last_message_id = max(chat.last_message_id, topic["message_thread_id"])


def set_member(world: "World", chat_id: int, status: str, details: MemberDetails) -> None:
    """Change a status and tell the bot: my_chat_member or chat_member, and the service message of coming or going.

    Raises SandboxError.
    """
    chat = world.chat(chat_id)
    if chat.is_private:
        _block(world, chat, status)
        return
    try:
        new = members.member_of(status, details.get("rights"))
    except ValueError as reason:
        raise SandboxError(str(reason)) from None
    user_id = details.get("user_id")
    subject = world.bot if user_id is None else world.user(user_id)
    actor = world.user(details["by"]) if "by" in details else _actor(world, chat, subject)
    old = chat.bot if user_id is None else chat.members.get(subject.id, members.member_of("left"))
    if user_id is None:
        chat.bot = new
    else:
        chat.members[subject.id] = new
    _tell_of_change(world, chat, (actor, subject), old, new)
    _coming_and_going(world, chat, (actor, subject), old, new)


def start_group(world: "World", chat_id: int, user_id: int, payload: str, rights: list[str]) -> None:
    """Somebody taps a `startgroup` link and chooses a group: the bot is added, with the rights the link asks for, and
    the client says /start in their name.

    Raises SandboxError for who may not: members need the permission to invite, rights take an administrator.
    """
    chat = world.chat(chat_id)
    member = chat.members.get(user_id)
    if chat.is_private or member is None or not member.present:
        raise SandboxError(f"user {user_id} is not a member of group {chat_id}")
    if not member.is_admin and (rights or not chat.permissions.get("can_invite_users", False)):
        raise SandboxError(f"user {user_id} may not add the bot to {chat_id} like this")
    if not PAYLOAD.fullmatch(payload):
        raise SandboxError(f"not a payload of a link: {payload!r}")
    if rights:
        given = {
            name: name.removeprefix("can_") in rights or name == "can_manage_chat" for name in members.ADMIN_RIGHTS
        }
        set_member(world, chat_id, "administrator", {"by": user_id, "rights": given})
    elif not chat.bot.present:
        set_member(world, chat_id, "member", {"by": user_id})
    words = f"/start@{world.bot.username}" + (f" {payload}" if payload else "")
    world.say(chat_id, user_id, text=words)


def leave(world: "World", chat: Chat) -> None:
    """Let the bot leave a group by its own wish."""
    old, chat.bot = chat.bot, members.member_of("left")
    _tell_of_change(world, chat, (world.bot, world.bot), old, chat.bot)
    _coming_and_going(world, chat, (world.bot, world.bot), old, chat.bot)


def _block(world: "World", chat: Chat, status: str) -> None:
    user = world.user(chat.id)
    if status not in {"member", "kicked"}:
        raise SandboxError("in a private chat the bot is a member, or kicked when it is blocked")
    old = members.member_of("kicked" if user.blocked else "member")
    user.blocked = status == "kicked"
    if old.status != status:
        _tell_of_change(world, chat, (user, world.bot), old, members.member_of(status))


def _actor(world: "World", chat: Chat, subject: User) -> User:
    """Return who changes a status when it is not said: the person, or for the bot one who may."""
    if subject is not world.bot:
        return subject
    admins = [user_id for user_id, member in chat.members.items() if member.is_admin]
    return world.users[next(iter(admins or chat.members), world.bot.id)] if chat.members else world.bot


def _tell_of_change(world: "World", chat: Chat, people: Pair, old: members.Member, new: members.Member) -> None:
    actor, subject = people
    own = subject is world.bot
    if not own and not chat.bot.is_admin:
        return
    change = {
        "chat": chat.as_json(),
        "from": actor.as_json(),
        "date": int(world.clock()),
        "old_chat_member": members.member_json(subject, old),
        "new_chat_member": members.member_json(subject, new),
    }
    kind = "my_chat_member" if own else "chat_member"
    key = f"member:{chat.id}" if own else f"member_user:{subject.id}"
    world.updates.put(kind, change, key=key, expires=world.clock() + updates.DAY)
    world.events.emit("chat", chat=chat.as_json())


def _coming_and_going(world: "World", chat: Chat, people: Pair, old: members.Member, new: members.Member) -> None:
    if old.present == new.present:
        return
    actor, subject = people
    now = new.present
    person = subject.as_json()
    news: Json = {"new_chat_members": [person]} if now else {"left_chat_member": person}
    stored = world.store(chat, {"from": actor.as_json(), **news})
    if now or subject is world.bot or chat.bot.present:
        key = f"chat:{chat.id}"
        world.updates.put("message", stored.body, key=key, expires=stored.body["date"] + updates.DAY)


def migrate(world: "World", chat_id: int) -> int:
    """Turn a basic group into a supergroup: a new id, and a service message in the old and in the new chat.

    Raises SandboxError for what is no living basic group.
    """
    old = world.chat(chat_id)
    if old.type != "group" or old.migrated_to is not None:
        raise SandboxError(f"chat {chat_id} is no basic group that could be upgraded")
    new_id = SUPERGROUP_BASE + chat_id
    new = Chat(id=new_id, type="supergroup", title=old.title, bot=copy.deepcopy(old.bot))
    new.members, new.permissions = copy.deepcopy(old.members), dict(old.permissions)
    world.chats[new_id] = new
    sender = _actor(world, old, world.bot).as_json()
    world.tell(old, world.store(old, {"from": sender, "migrate_to_chat_id": new_id}))
    old.migrated_to = new_id
    world.tell(new, world.store(new, {"from": sender, "migrate_from_chat_id": chat_id}))
    world.events.emit("chat", chat=new.as_json(), migrated_from=chat_id)
    return new_id


def open_topic(world: "World", chat_id: int, name: str, *, closed: bool = False) -> int:
    """Open a topic in a forum and return its thread id. Raises SandboxError when the chat is no forum."""
    chat = world.chat(chat_id)
    if not chat.is_forum:
        raise SandboxError(f"chat {chat_id} is no forum")
    sender = _actor(world, chat, world.bot).as_json()
    created = {"name": name, "icon_color": 7322096}
    stored = world.store(chat, {"from": sender, "is_topic_message": True, "forum_topic_created": created})
    stored.body["message_thread_id"] = stored.id
    chat.topics[stored.id] = Topic(name=name, closed=closed)
    world.tell(chat, stored)
    return stored.id
