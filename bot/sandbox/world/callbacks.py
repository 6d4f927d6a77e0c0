"""Presses of inline buttons that wait for their answer."""

import asyncio
from dataclasses import dataclass, field

from bot.sandbox import errors
from bot.sandbox.world.users import Json


@dataclass(slots=True)
class Press:
    """One press. It can be answered once, and only for a short time."""

    user_id: int
    chat_id: int
    pressed_at: float
    answer: Json | None = None
    waiters: list["asyncio.Future[Json]"] = field(default_factory=list)


class Callbacks:
    """All presses by callback query id. Old ones are kept: that they are too old is an answer too."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self._presses: dict[str, Press] = {}
        self._last = 4_300_000_000_000_000

    def open(self, user_id: int, chat_id: int, now: float) -> str:
        """Note a press and return its callback query id."""
        self._last += 1
        self._presses[str(self._last)] = Press(user_id, chat_id, now)
        return str(self._last)

    def answer(self, query_id: str, answer: Json, now: float) -> Press:
        """Answer a press once; refuses unknown, answered and old ones with one and the same text."""
        press = self._presses.get(query_id)
        if press is None or press.answer is not None or now - press.pressed_at > self._lifetime:
            raise errors.ApiError(errors.QUERY_TOO_OLD)
        press.answer = answer
        for waiter in press.waiters:
            if not waiter.done():
                waiter.set_result(answer)
        return press

    async def wait(self, query_id: str, seconds: float) -> Json | None:
        """Return the answer to a press, waiting for it up to `seconds` of real time; None when none came.

        Raises KeyError for a press that never was.
        """
        press = self._presses[query_id]
        if press.answer is None and seconds > 0:
            waiter: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
            press.waiters.append(waiter)
            await asyncio.wait((waiter,), timeout=seconds)
        return press.answer
