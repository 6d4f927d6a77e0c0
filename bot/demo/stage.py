"""People with phones in a sandbox: they write, press and wait for what they should see. For the demo and for tests."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.world import World

T = TypeVar("T")
Message = dict[str, Any]
CONTENTS = {"photo", "document", "voice", "video", "sticker", "location", "venue", "contact"}
PATIENCE = 60.0  # real seconds: what has not come by then, on however slow a machine, will not come


class NotSeen(Exception):  # noqa: N818  # a play that went otherwise, told to whoever watches it
    """Something that had to appear in a chat did not; the text says what, where, and what was there instead."""


class Stage:
    """A play in a sandbox world. `since` is the event after which things count as new: the last thing anybody did."""

    def __init__(self, world: World, patience: float = PATIENCE) -> None:
        self.world = world
        self.patience = patience
        self.since = 0

    def phone(self, user: int, chat: int | None = None) -> "Phone":
        """The phone of a person, looking at a chat (their own with the bot when none is named)."""
        return Phone(stage=self, user=user, chat=chat if chat is not None else user)

    async def until(self, look: Callable[[], T | None], what: Callable[[], str]) -> T:
        """Wait until `look` finds something; woken by what happens in the world, never by a sleep."""
        found = look()
        if found is not None:
            return found
        try:
            async with asyncio.timeout(self.patience):
                async for _ in self.world.events.follow(self.world.events.last):
                    found = look()
                    if found is not None:
                        return found
        except TimeoutError:
            found = look()
            if found is not None:
                return found
        raise NotSeen(what())

    def acted(self) -> None:
        """Somebody did something: only what comes after it is new."""
        self.since = self.world.events.last


@dataclass(frozen=True, slots=True)
class Phone:
    """One person looking at one chat."""

    stage: Stage
    user: int
    chat: int

    def says(self, text: str, **what: Any) -> Message:
        """Write a text (or with `photo=`, `location=` … something else; then the text is its caption)."""
        self.stage.acted()
        if not what.keys() & CONTENTS:
            return self.stage.world.say(self.chat, self.user, text=text, **what)
        if text:
            what["caption"] = text
        return self.stage.world.say(self.chat, self.user, **what)

    def sends_place(self, lat: float, lng: float) -> Message:
        """Send a position."""
        self.stage.acted()
        return self.stage.world.say(self.chat, self.user, location={"latitude": lat, "longitude": lng})

    def shares_place(self, lat: float, lng: float, minutes: int = 60) -> Message:
        """Share a live position."""
        self.stage.acted()
        place = {"latitude": lat, "longitude": lng, "live_period": minutes * 60}
        return self.stage.world.say(self.chat, self.user, location=place)

    def moves(self, shared: Message, lat: float, lng: float) -> None:
        """The live position is another now."""
        self.stage.acted()
        place = {"latitude": lat, "longitude": lng}
        self.stage.world.edit(self.chat, shared["message_id"], self.user, location=place)

    def stops_sharing(self, shared: Message) -> None:
        """The live position ends."""
        self.stage.acted()
        self.stage.world.edit(self.chat, shared["message_id"], self.user, stop_live=True)

    def replies(self, message: Message, text: str = "", **what: Any) -> Message:
        """Reply to a message."""
        return self.says(text, reply_to_message_id=message["message_id"], **what)

    async def sees(self, *words: str) -> Message:
        """Wait for a message of the bot, new or edited since the last action, that holds all the words."""
        return await self.stage.until(lambda: self._seen(words), lambda: self._missed(words))

    def has(self, *words: str) -> Message | None:
        """What `sees` would find now, without waiting."""
        return self._seen(words)

    async def presses(self, label: str, on: Message | None = None) -> str:
        """Press the newest inline button with this label, and wait for the answer; its text."""
        found = await self.stage.until(
            lambda: self._button(label, on), lambda: f"no button “{label}” in chat {self.chat}; {self._there()}"
        )
        self.stage.acted()
        query = self.stage.world.press(self.chat, found[0], self.user, found[1])
        answer = await self.stage.world.callbacks.wait(query, self.stage.patience)
        if answer is None:
            raise NotSeen(f"the press of “{label}” was never answered")
        return str(answer.get("text") or "")

    async def follows(self, label: str, group: int) -> None:
        """Tap the newest link with this label and choose a group, as Telegram lets people do (`startgroup`)."""
        link = await self.stage.until(
            lambda: self._link(label), lambda: f"no link “{label}” in chat {self.chat}; {self._there()}"
        )
        query = parse_qs(urlsplit(link).query)
        rights = [it for it in query.get("admin", [""])[0].split("+") if it]
        self.stage.acted()
        self.stage.world.start_group(group, self.user, query["startgroup"][0], rights)

    def _link(self, label: str) -> str | None:
        for message in reversed(self.messages()):
            for button in (it for row in _rows(message) for it in row if label in it["text"] and "url" in it):
                return str(button["url"])
        return None

    def buttons(self) -> tuple[str, ...]:
        """The labels of all inline buttons in the chat, oldest message first."""
        return tuple(b["text"] for m in self.messages() for row in _rows(m) for b in row)

    def messages(self) -> list[Message]:
        """Everything in the chat, oldest first."""
        messages: list[Message] = self.stage.world.view_chat(self.chat, self.user)["messages"]
        return messages

    def _seen(self, words: tuple[str, ...]) -> Message | None:
        for event in reversed(self.stage.world.events.after(self.stage.since)):
            if event.body["type"] in {"message", "edit"} and event.body["chat_id"] == self.chat:
                message: Message = event.body["message"]()
                if message.get("from", {}).get("is_bot") and all(word in text_of(message) for word in words):
                    return message
        return None

    def _button(self, label: str, on: Message | None) -> tuple[int, str] | None:
        for message in reversed(self.messages()):
            if on is not None and message["message_id"] != on["message_id"]:
                continue
            for row in _rows(message):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    def _missed(self, words: tuple[str, ...]) -> str:
        return f"“{' … '.join(words)}” did not appear in chat {self.chat}; {self._there()}"

    def _there(self) -> str:
        last = [text_of(message)[:200] for message in self.messages()[-4:]]
        return f"the last messages there: {last}"


def text_of(message: Message) -> str:
    """The words of a message or of its picture."""
    return str(message.get("text") or message.get("caption") or "")


def _rows(message: Message) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return rows
