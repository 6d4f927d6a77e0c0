"""People who press soon: the patrol accepts, settles and proves, the resident confirms. So whole cases are driven."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import orjson

from benchmarks.peer.desk import Desk

NEXT = {"ac": "patrol", "dn": "patrol", "ok": "resident"}  # buttons that are pressed when they are seen, and by whom
READING = 0.2  # seconds between a message and the answer to it: nobody is quicker than the bot's own note of it
PHOTO = [{"file_id": "proof", "file_unique_id": "proof", "width": 90, "height": 90}]


class Players:
    """Looks at every message with buttons and presses the next one of the case, each once."""

    def __init__(self, desk: Desk, patrols: dict[int, int], add: Callable[[list[bytes]], None]) -> None:
        self._desk, self._patrols, self._add = desk, patrols, add
        self._pressed: set[str] = set()
        self._loop = asyncio.get_running_loop()

    def react(self, _method: str, params: dict[str, Any], message: int) -> None:
        """Somebody reads this message."""
        markup = params.get("reply_markup")
        if isinstance(markup, dict) and markup.get("force_reply"):
            self._prove(int(params["chat_id"]), message)
        elif isinstance(markup, dict):
            for row in markup.get("inline_keyboard", ()):
                for button in row:
                    self._press(button.get("callback_data", ""), int(params["chat_id"]), message)

    def _press(self, data: str, chat: int, message: int) -> None:
        action = data.split("|")[1] if data.count("|") == 4 else ""
        if action not in NEXT or data in self._pressed:
            return
        self._pressed.add(data)
        query = {"id": str(len(self._pressed)), "from": self._person(chat), "chat_instance": "1", "data": data}
        self._put("callback_query", {**query, "message": {**_message(chat, message), "from": _BOT, "text": "card"}})

    def _prove(self, chat: int, message: int) -> None:
        """A reply with a picture."""
        prompt = {**_message(chat, message), "from": _BOT, "text": "办结请附"}
        number = len(self._desk.updates) + 1_000_000
        photo = {**_message(chat, number), "from": self._person(chat), "photo": PHOTO, "caption": "已清走"}
        self._put("message", {**photo, "reply_to_message": prompt})

    def _person(self, chat: int) -> dict[str, Any]:
        user = self._patrols.get(chat, chat)
        return {"id": user, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}

    def _put(self, kind: str, content: dict[str, Any]) -> None:
        self._loop.call_later(READING, self._arrive, kind, content)

    def _arrive(self, kind: str, content: dict[str, Any]) -> None:
        number = self._desk.base + len(self._desk.updates)
        self._add([orjson.dumps({"update_id": number, kind: content})])


_BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


def _message(chat: int, number: int) -> dict[str, Any]:
    where = (
        {"id": chat, "type": "private", "first_name": "R"}
        if chat > 0
        else {"id": chat, "type": "supergroup", "title": "G"}
    )
    return {"message_id": number, "date": int(time.time()), "chat": where}
