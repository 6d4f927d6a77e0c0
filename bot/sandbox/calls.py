"""The record of every Bot API call, and of those that Telegram would have refused."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(slots=True, kw_only=True)
class Call:
    """One call as it was made and answered. `at` is the world's time; `injected` marks an answer that a fault made.

    `params` holds the values by name (JSON values still as text when they came in a form); `result` is JSON text where
    it was passed through as such (getUpdates).
    """

    n: int
    at: float
    method: str
    params: dict[str, Any] = field(repr=False)
    ok: bool | None = None
    result: Any = field(default=None, repr=False)
    error: dict[str, Any] | None = None
    injected: str = ""
    strict: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the call for `GET /sandbox/calls`."""
        told = {"n": self.n, "at": self.at, "method": self.method, "params": self.params, "ok": self.ok}
        if self.ok:
            told["result"] = orjson.loads(bytes(self.result)) if isinstance(self.result, bytes) else self.result
        elif self.error is not None:
            told |= {"error": self.error, "refused": self.is_refusal, "strict": self.strict}
        if self.injected:
            told["fault"] = self.injected
        return told

    @property
    def is_refusal(self) -> bool:
        """Whether Telegram would have refused this call for a fault of the bot's own."""
        return self.error is not None and not self.injected and 400 <= self.error["error_code"] < 500

    def __str__(self) -> str:
        """Return one line for a test's report."""
        return f"#{self.n} {self.method} {self.params}: {(self.error or {}).get('description')}"


class Calls:
    """The last calls, oldest first; refusals are kept apart, since a test must see every one."""

    def __init__(self, memory: int) -> None:
        self._calls: deque[Call] = deque(maxlen=memory)
        self._last = 0
        self.refusals: list[Call] = []

    def open(self, method: str, params: dict[str, Any], now: float) -> Call:
        """Note a call that has come in."""
        self._last += 1
        call = Call(n=self._last, at=now, method=method, params=params)
        self._calls.append(call)
        return call

    def succeeded(self, call: Call, result: Any) -> None:
        """Note its good answer."""
        call.ok, call.result = True, result

    def failed(self, call: Call, error: dict[str, Any], *, injected: str = "", strict: bool = False) -> None:
        """Note its refusal, by a fault on demand when `injected` names one."""
        call.ok, call.error, call.injected, call.strict = False, error, injected, strict
        if call.is_refusal:
            self.refusals.append(call)

    def find(self, method: str | None = None, chat_id: int | None = None, since: int = 0) -> list[Call]:
        """Return the kept calls numbered above `since`, of one method and chat if these are given."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call.n > since
            and wanted in {None, call.method.lower()}
            and (chat_id is None or str(call.params.get("chat_id")) == str(chat_id))
        ]

    @property
    def last(self) -> int:
        """Return the number of the newest call."""
        return self._last
