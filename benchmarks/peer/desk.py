"""What the stand-in knows of its one bot: updates that wait for it, and what it sent."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import orjson

from benchmarks.peer.flood import Flood

ME = {"id": 7_000_000_001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
SPOKEN = frozenset({"sendMessage", "sendPhoto", "sendMediaGroup", "sendVoice", "sendLocation", "editMessageText"})
TAG = re.compile(rb"(?:#|%23)(\d{4,})(?:#|%23)")  # a form escapes the sign
React = Callable[[str, dict[str, Any], int], None]


@dataclass(frozen=True, slots=True)
class Send:
    """A message or an edit that was accepted: when it arrived, where it goes, the tag in its words (0: none)."""

    at: float
    chat: int
    method: str
    tag: int


@dataclass(slots=True)
class Desk:
    """Updates by number, the first one `base`; `confirmed` is how many the bot has acknowledged by its offset."""

    base: int = 1
    updates: list[bytes] = field(default_factory=list)
    handed: int = 0
    confirmed: int = 0
    polls: int = 0
    first_poll: float | None = None
    sends: list[Send] = field(default_factory=list)
    calls: int = 0
    refused: int = 0
    flood: Flood | None = None
    react: React | None = None

    def poll(self, params: dict[str, Any]) -> bytes | None:
        """The next batch as an answer; None when there is nothing (the poll is then held)."""
        self.polls += 1
        start = max(0, int(params.get("offset") or 0) - self.base)
        limit = int(params.get("limit") or 100)
        self.confirmed = max(self.confirmed, min(start, len(self.updates)))
        batch = self.updates[start : start + limit]
        if not batch:
            return None
        if self.first_poll is None:
            self.first_poll = time.monotonic()
        self.handed = max(self.handed, start + len(batch))
        return b'{"ok":true,"result":[' + b",".join(batch) + b"]}"

    def say(self, method: str, params: dict[str, Any], raw: bytes) -> tuple[bytes, int]:
        """Any other call: the answer and its status."""
        self.calls += 1
        if method not in SPOKEN:
            return _plain(method), 200
        now, chat = time.monotonic(), int(params["chat_id"])
        if self.flood is not None and (wait := self.flood.wait(chat, now)) > 0:
            self.refused += 1
            return _too_many(wait), 429
        found = TAG.search(raw)
        self.sends.append(Send(now, chat, method, int(found[1]) if found else 0))
        message = int(params.get("message_id") or len(self.sends))
        if self.react is not None:
            self.react(method, params, message)
        return _accepted(chat, message, method), 200

    def stats(self) -> dict[str, Any]:
        """Figures for the measurement."""
        groups = [send.at for send in self.sends if send.chat < 0]
        return {
            "updates": len(self.updates),
            "handed": self.handed,
            "confirmed": self.confirmed,
            "polls": self.polls,
            "first_poll": self.first_poll,
            "sends": len(self.sends),
            "group_sends": len(groups),
            "first_send": self.sends[0].at if self.sends else None,
            "last_send": self.sends[-1].at if self.sends else None,
            "last_group_send": groups[-1] if groups else None,
            "calls": self.calls,
            "refused": self.refused,
        }

    def forget(self) -> None:
        """Count anew from here; updates and the offset go on."""
        self.first_poll, self.calls, self.refused = None, 0, 0
        self.sends.clear()


def params_of(body: bytes) -> dict[str, Any]:
    """The parameters of a call, sent as JSON or as a form."""
    if not body:
        return {}
    if body[:1] == b"{":
        params: dict[str, Any] = orjson.loads(body)
        return params
    return {key: values[-1] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}


def _plain(method: str) -> bytes:
    if method == "getMe":
        return orjson.dumps({"ok": True, "result": ME})
    if method == "getWebhookInfo":
        info = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        return orjson.dumps({"ok": True, "result": info})
    return b'{"ok":true,"result":true}'


def _too_many(wait: float) -> bytes:
    seconds = max(1, int(wait + 0.999))
    words = f"Too Many Requests: retry after {seconds}"
    return orjson.dumps({"ok": False, "error_code": 429, "description": words, "parameters": {"retry_after": seconds}})


def _accepted(chat: int, message: int, method: str) -> bytes:
    where = (
        {"id": chat, "type": "private", "first_name": "R"}
        if chat > 0
        else {"id": chat, "type": "supergroup", "title": "G"}
    )
    result: Any = {"message_id": message, "from": ME, "date": int(time.time()), "chat": where, "text": "ok"}
    return orjson.dumps({"ok": True, "result": [result] if method == "sendMediaGroup" else result})
