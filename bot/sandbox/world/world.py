"""The world: its parts, and the few ways in which all of them change together."""

from dataclasses import replace
from functools import partial
from typing import Any, Final, Unpack

from bot.sandbox import photos
from bot.sandbox.calls import Call, Calls
from bot.sandbox.entities import render
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.settings import Settings
from bot.sandbox.world import people, town, updates
from bot.sandbox.world.callbacks import Callbacks
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.clock import Clock
from bot.sandbox.world.files import Files
from bot.sandbox.world.flood import Flood
from bot.sandbox.world.messages import MEDIA, Stored, kind_of
from bot.sandbox.world.refused import SandboxError
from bot.sandbox.world.updates import Updates
from bot.sandbox.world.users import GROUP_ANONYMOUS_BOT, Json, User, anonymous_admin

__all__ = ["SandboxError", "World"]

CLOSED: Final = ("text", "caption")


class World:
    """Everything one bot can meet. All methods are synchronous and belong to the server's event loop."""

    def __init__(self, settings: Settings, bot_id: int) -> None:
        self.settings = settings
        self.clock = Clock()
        self.bot = User(id=bot_id, is_bot=True, first_name=settings.bot_name, username=settings.bot_username)
        self.users: dict[int, User] = {GROUP_ANONYMOUS_BOT: anonymous_admin()}
        self.chats: dict[int, Chat] = {}
        self.files = Files(bot_id, self.clock)
        self.updates = Updates()
        self.callbacks = Callbacks(settings.callback_lifetime)
        self.flood = Flood(settings)
        self.events = Events(settings.event_memory)
        self.calls = Calls(settings.call_memory)
        self.faults = Faults()
        self.profile: dict[tuple[str, str], Any] = {}
        self.commands: dict[tuple[str, str, str], list[Json]] = {}
        self.page: Any = {}
        self.last_message_id = 0
        self.injected: set[int] = set()

    # -- what people do (the actions behind POST /sandbox/…) ------------------------------------------------------

    def add_user(self, user_id: int, first_name: str, **details: Unpack[town.UserDetails]) -> User:
        """Add or update a person; `started` means that they have pressed Start."""
        return town.add_user(self, user_id, first_name, details)

    def add_chat(self, chat_id: int, title: str, **details: Unpack[town.ChatDetails]) -> Chat:
        """Add or update a group (negative id): its type, members (user ids), the bot's status and rights, topics."""
        return town.add_chat(self, chat_id, title, details)

    def say(self, chat_id: int, user_id: int, **what: Unpack[people.Speech]) -> Json:
        """Let a person write into a chat; return the Message. Private chat id = user id. Raises SandboxError."""
        return people.say(self, chat_id, user_id, what)

    def edit(self, chat_id: int, message_id: int, user_id: int, **what: Unpack[people.Change]) -> Json:
        """Let a person edit their message or move their live location; return the Message. Raises SandboxError."""
        return people.edit(self, chat_id, message_id, user_id, what)

    def press(self, chat_id: int, message_id: int, user_id: int, data: str, *, forged: bool = False) -> str:
        """Let a person press an inline button; return the callback query id.

        Raises SandboxError when no such button is there, unless the press is `forged`.
        """
        return people.press(self, chat_id, message_id, user_id, data, forged=forged)

    def react(self, chat_id: int, message_id: int, user_id: int, emoji: str | None) -> None:
        """Let a person set (or with None take back) a reaction. Raises SandboxError."""
        people.react(self, chat_id, message_id, user_id, emoji)

    def set_member(self, chat_id: int, status: str, **details: Unpack[town.MemberDetails]) -> None:
        """Change the bot's status (no user_id) or a person's; a blocked bot is "kicked" in the private chat."""
        town.set_member(self, chat_id, status, details)

    def start_group(self, chat_id: int, user_id: int, payload: str = "", rights: list[str] | None = None) -> None:
        """Follow a `startgroup` link into a group. Raises SandboxError."""
        town.start_group(self, chat_id, user_id, payload, rights or [])

    def migrate(self, chat_id: int) -> int:
        """Upgrade a basic group to a supergroup and return the new id. Raises SandboxError."""
        return town.migrate(self, chat_id)

    def open_topic(self, chat_id: int, name: str, *, closed: bool = False) -> int:
        """Open a topic in a forum and return its thread id. Raises SandboxError."""
        return town.open_topic(self, chat_id, name, closed=closed)

    def inject(self, update: Json) -> int | None:
        """Queue any object as an update, to see what the bot does with it; return its id."""
        fields = {name: value for name, value in update.items() if name != "update_id"}
        update_id = self.updates.put_raw(fields, key="injected", expires=self.clock() + updates.DAY)
        self.injected |= {update_id} if update_id is not None else set()
        return update_id

    def advance(self, seconds: float) -> None:
        """Move the clock forward. Raises ValueError for a negative step."""
        self.clock.advance(seconds)
        self.events.emit("clock", offset=self.clock.offset, now=self.clock())

    @property
    def refusals(self) -> list[Call]:
        """Return the calls Telegram would have refused, faults on demand left out."""
        return self.calls.refusals

    # -- what the parts have in common ----------------------------------------------------------------------------

    def chat(self, chat_id: int) -> Chat:
        """Return a chat that must be there. Raises SandboxError."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise SandboxError(f"there is no chat {chat_id}")
        return chat

    def user(self, user_id: int) -> User:
        """Return a person who must be there. Raises SandboxError."""
        user = self.users.get(user_id)
        if user is None:
            raise SandboxError(f"there is no user {user_id}")
        return user

    def store(self, chat: Chat, fields: Json, *, keyboard: Json | None = None) -> Stored:
        """Keep a new message and show it on the phones. `fields` lack only id, chat and date.

        Private chats and basic groups share one row of message ids, each supergroup has its own.
        """
        now = self.clock()
        if chat.type == "supergroup":
            chat.last_message_id += 1
            message_id = chat.last_message_id
        else:
            self.last_message_id += 1
            message_id = self.last_message_id
        body = {"message_id": message_id, "chat": chat.as_json(), "date": int(now), **fields}
        stored = Stored(body=body, kind=kind_of(body), at=now, keyboard=keyboard)
        chat.messages[message_id] = stored
        self.show("message", chat, stored)
        return stored

    def show(self, kind: str, chat: Chat, stored: Stored) -> None:
        """Tell the phones of a new ("message") or changed ("edit") message."""
        self.events.emit(kind, chat_id=chat.id, message=partial(self.view, replace(stored)))

    def tell(self, chat: Chat, stored: Stored, *, edited: bool = False) -> None:
        """Queue the update that tells the bot of a message, if it may see it."""
        if not chat.is_private and not chat.bot.present:
            return
        if people.is_visible(self, chat, stored):
            date: int = stored.body.get("edit_date") or stored.body["date"]
            kind = "edited_message" if edited else "message"
            self.updates.put(kind, stored.body, key=f"chat:{chat.id}", expires=date + updates.DAY)

    def view(self, stored: Stored) -> Json:
        """Return a message for the page: with its moment, its words as safe HTML and addresses of its files."""
        body = {**stored.body, "at": stored.at}
        if stored.keyboard is not None:
            body["reply_keyboard"] = stored.keyboard
        for name in CLOSED:
            if name in body:
                prefix = "" if name == "text" else "caption_"
                entities = body.get(f"{prefix}entities", [])
                body[f"{prefix}html"] = render.as_html(body[name], entities)
        if stored.kind in (*MEDIA, "sticker"):
            entry = body[stored.kind][-1] if stored.kind == "photo" else body[stored.kind]
            body["photo_url" if stored.kind == "photo" else "file_url"] = f"/sandbox/files/{entry['file_unique_id']}"
        return body

    def view_chat(self, chat_id: int, viewer: int | None) -> Json:
        """Return a chat for the page: messages, pinned ones, the keyboard the viewer sees. Raises SandboxError."""
        chat = self.chat(chat_id)
        return {
            "chat": chat.as_json(),
            "messages": [self.view(stored) for stored in chat.messages.values()],
            "reply_keyboard": chat.keyboards.of(viewer) if viewer is not None else chat.keyboards.common,
            "pinned": list(chat.pinned),
        }

    def sample(self, name: str) -> bytes:
        """Return a built-in picture by name. Raises SandboxError."""
        try:
            return photos.read(name)
        except KeyError:
            raise SandboxError(f"there is no sample picture {name!r}; there are {', '.join(photos.NAMES)}") from None
