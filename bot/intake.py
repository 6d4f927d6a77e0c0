"""One raw update to its end: committed, parked as a dead letter, or to be delivered again."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum, auto
from typing import Any

import orjson
from sqlalchemy import Connection
from telegram import Update
from telegram.ext import Application, CallbackContext

from bot.clock import Clock
from bot.health import Health
from bot.kept import kept
from bot.log import trace
from bot.metrics import Metrics
from core.messages import Json, Lane, Notice
from storage import letters, queueing
from storage.store import Store
from storage.transaction import first_time

log = logging.getLogger(__name__)

PTB = Application[Any, Any, Any, Any, Any, Any]
FAILURES = 5  # then an update is parked: Telegram would deliver it for a day and hold up all that is behind it
HANGS = 2  # of these a hanging one gets: the others of its batch wait for it
PATIENCE = 5.0  # seconds for a handler
PROMPT = 1.0  # seconds for a database that is well to take a commit of nothing

_failures: ContextVar[list[BaseException]] = ContextVar("failures")


class Verdict(Enum):
    """What became of an update. AGAIN: nothing was kept, it must not be acknowledged."""

    DONE = auto()
    PARKED = auto()
    AGAIN = auto()


def update_key(update_id: int) -> str:
    """Under which an update is done once for ever."""
    return f"u:{update_id}"


async def note_failure(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """PTB's error handler: `process_update` returns None whatever happened, so failures are left where `take` looks."""
    if context.error is not None:
        _failures.get().append(context.error)


class Intake:
    """Takes raw updates. `centre` names the chat that hears of dead letters, None while there is none."""

    def __init__(
        self,
        *,
        application: PTB,
        store: Store,
        clock: Clock,
        health: Health,
        metrics: Metrics,
        centre: Callable[[], int | None],
        wake: asyncio.Event,
        patience: float = PATIENCE,
    ) -> None:
        self._application, self._store, self._clock = application, store, clock
        self._health, self._metrics = health, metrics
        self.kept_at = 0.0  # Unix seconds, real: when an update was last committed or parked
        self._centre, self._wake, self._patience = centre, wake, patience
        application.add_error_handler(note_failure)

    async def take(self, raw: Any) -> Verdict:
        """Handle one update. Never raises but for cancellation."""
        begun = time.monotonic()
        try:
            verdict = await self._take(raw)
            self._health.well("intake")
            if verdict is not Verdict.AGAIN:
                self.kept_at = self._clock.real().timestamp()
        except Exception as error:
            # Not even the failure could be kept: the database is away, so nothing may be acknowledged.
            log.error("an update could not be kept: %s", trace(error), extra={"action": "update.unkept"})  # noqa: TRY400  # no words
            self._health.ill("intake", f"updates cannot be kept: {_why(error)}")
            verdict = Verdict.AGAIN
        self._metrics.handled(verdict.name.lower(), time.monotonic() - begun)
        return verdict

    async def _take(self, raw: Any) -> Verdict:
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(update_id, int):
            log.error("an update without an id was dropped", extra={"action": "update.nameless"})
            return Verdict.DONE
        try:
            update = Update.de_json(raw, self._application.bot)
        except Exception as error:
            return await self._park(update_id, raw, error)  # it will not become readable by waiting
        failure = await self._process(update)
        return Verdict.DONE if failure is None else await self._failed(update_id, raw, failure)

    async def _process(self, update: Update) -> BaseException | None:
        """Run PTB's handlers in a task of their own: neither a hang nor a stray cancellation gets out of it."""
        task = asyncio.create_task(self._handled(update), name=f"update {update.update_id}")
        try:
            done, _ = await asyncio.wait({task}, timeout=self._patience)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not done:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task}, timeout=1)
            return TimeoutError(f"took longer than {self._patience} s")
        if task.cancelled():
            return RuntimeError("the handler was cancelled from within")
        return task.exception() or task.result()

    async def _handled(self, update: Update) -> BaseException | None:
        failures: list[BaseException] = []
        _failures.set(failures)
        await self._application.process_update(update)
        return failures[0] if failures else None

    async def _failed(self, update_id: int, raw: Any, error: BaseException) -> Verdict:
        log.error("update %s failed: %s", update_id, trace(error), extra={"action": "update.failed"})
        if isinstance(error, TimeoutError):
            await self._own_fault()
        now, why = self._clock.now(), _why(error)
        failures = await kept(self._store, lambda conn: letters.failed(conn, update_id, why, now))
        return (
            Verdict.AGAIN
            if failures < (HANGS if isinstance(error, TimeoutError) else FAILURES)
            else await self._park(update_id, raw, error)
        )

    async def _own_fault(self) -> None:
        """Return when it is the update that hangs. Raises TimeoutError when nobody's work gets done just now: whoever
        reports while a disk stalls must not end among the dead letters.
        """
        async with asyncio.timeout(PROMPT):
            await kept(self._store, lambda _conn: None)

    async def _park(self, update_id: int, raw: Any, error: BaseException) -> Verdict:
        """Keep all of it and tell the centre, in one transaction; unless it was done after all, too late for us."""
        now, why, text = self._clock.now(), _why(error), orjson.dumps(raw).decode()
        notices = tuple(self._word_to_centre(update_id, why))

        def job(conn: Connection) -> bool:
            if not first_time(conn, update_key(update_id), now):
                return False
            letters.park(conn, update_id, text, why, now)
            queueing.queue(conn, notices, now)
            return True

        if not await kept(self._store, job):
            return Verdict.DONE
        self._wake.set()
        log.error("update %s was parked: %s", update_id, why, extra={"action": "update.parked"})
        return Verdict.PARKED

    def _word_to_centre(self, update_id: int, why: str) -> list[Notice]:
        chat = self._centre()
        if chat is None:
            return []
        params: dict[str, Json] = {"update": update_id, "error": why}
        key = f"letter:{update_id}"
        return [Notice(to=chat, kind="centre.dead_letter", key=key, lane=Lane.REMINDER, params=params)]


def _why(error: BaseException) -> str:
    """The kind of the failure and no more: its text may quote what a resident wrote."""
    return type(error).__name__
