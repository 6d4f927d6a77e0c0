"""getUpdates: long polling with one waiter, as the Bot API server does it."""

import asyncio
import time

from bot.sandbox import errors
from bot.sandbox.settings import Settings
from bot.sandbox.world import World
from bot.sandbox.world.updates import Update

LONGEST_WAIT = 50


Woken = asyncio.Future[errors.Refusal | None]
"""Resolved with None by an update, with a refusal by whoever ousts the waiter."""


class Poller:
    """One bot's poller. A second one ousts the first that waits: the older gets 409."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._settings: Settings = world.settings
        self._waiter: Woken | None = None
        self._last_offset: int | None = None
        self._last_seen = 0
        self._last_at = 0.0
        self._next_conflict = 0.0
        world.updates.on_put.append(self._wake)

    def _wake(self, _update: Update) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def conflict(self, refusal: errors.Refusal) -> errors.ApiError:
        """Return a 409; when they come thick, each further one is held back three seconds."""
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(self._settings.conflict_delay)
        else:
            self._next_conflict = now + self._settings.conflict_delay
        return errors.ApiError(refusal)

    def oust(self, refusal: errors.Refusal) -> None:
        """Send the waiting poller away with a 409, if there is one."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(refusal)

    async def get(self, offset: int, limit: int, wait: float) -> bytes:
        """Confirm by `offset`, return the JSON array of what waits, or wait for it up to `wait` seconds.

        Raises ApiError 409 when another call ousts this one.
        """
        limit, wait = self._guarded(offset, limit, wait)
        self.oust(errors.OTHER_POLLER)
        self._confirm(offset)
        updates, clock = self._world.updates, self._world.clock
        batch = updates.take(limit, clock())
        if not batch and wait > 0:
            await self._wait(wait)
            batch = updates.take(limit, clock())
        return b"[" + b",".join(update.payload for update in batch) + b"]"

    def _confirm(self, offset: int) -> None:
        updates = self._world.updates
        if updates.has_below(offset) and self._world.faults.strike_delivery("repeat_update"):
            return
        updates.confirm(offset)

    async def _wait(self, seconds: float) -> None:
        woken: Woken = asyncio.get_running_loop().create_future()
        self._waiter = woken
        try:
            await asyncio.wait((woken,), timeout=seconds)
        finally:
            if self._waiter is woken:
                self._waiter = None
        if woken.done() and (refusal := woken.result()) is not None:
            raise await self.conflict(refusal)

    def _guarded(self, offset: int, limit: int, wait: float) -> tuple[int, float]:
        """Slow down a bot that asks for the same offset again and again though nothing has come since.

        Within 3 s of the last such call it waits at least 3 s, within 0.5 s it gets one update (Client.cpp:15713).
        """
        now, newest = time.monotonic(), self._world.updates.next_id
        repeated = (offset, newest) == (self._last_offset, self._last_seen)
        since = now - self._last_at if repeated else self._settings.poll_repeat_guard
        if since < self._settings.poll_repeat_guard:
            wait = max(wait, self._settings.poll_repeat_guard)
        if since < min(0.5, self._settings.poll_repeat_guard):
            limit = 1
        self._last_offset, self._last_seen, self._last_at = offset, newest, now
        return limit, min(wait, LONGEST_WAIT)
