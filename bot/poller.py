"""Our own getUpdates loop: nothing is acknowledged before it is committed or parked.

PTB's own loop confirms before handlers run, dies for good of a single 401 or 404, and hangs for ever on one update that
it cannot parse (measured). Here each of these is an answer like another; what takes long is left in its queue.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import NetworkError, TelegramError

from bot.health import Health
from bot.intake import Intake, Verdict
from bot.queues import Queues
from bot.telegram import Telegram
from bot.transport import Patience, Transport

log = logging.getLogger(__name__)

# chat_member and others are off unless named, and the server remembers what was named last.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
LIMIT = 100
FEW = 50  # left in hand of a full batch: then the next is asked for, which is here before the last of this is done
TIMEOUT = 30  # seconds of a long poll
BACK_OFF = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds after the n-th trouble in a row
LINGER = 0.3  # seconds a batch is waited for; then what is still in hand is left to itself, and we look for more
# The server gives one update only to who asks from the same place within half a second (Client.cpp:15713).
SAME_PLACE = 0.5
CONFLICT = 409


class Trouble(Exception):  # noqa: N818  # a situation with a reason for /readyz
    """The server gave no updates; `str()` says why, for an operator."""


class Poller:
    """Polls while this process leads; `seconds` is the length of a long poll."""

    def __init__(
        self,
        *,
        telegram: Telegram,
        intake: Intake,
        health: Health,
        leads: Callable[[], bool] = lambda: True,
        urgency: Callable[[Any], int] = lambda _raw: 0,
        seconds: int = TIMEOUT,
    ) -> None:
        self._telegram, self._intake, self._health, self._leads = telegram, intake, health, leads
        self._seconds = seconds
        self._queues = Queues(self._take, urgency)
        self._stopping, self._absorbed = asyncio.Event(), asyncio.Event()
        self._began = False

    async def run(self) -> None:
        """Poll until stopped. What is in hand at a stop is handled to its end."""
        troubles, self._began = 0, True
        try:
            while not self._stopping.is_set():
                troubles = await self._round(troubles)
            await self._queues.idle()
        finally:
            await self._queues.close()

    def stop(self) -> None:
        """End after what is in hand."""
        self._stopping.set()
        self._queues.stop()

    @property
    def behind(self) -> bool:
        """Whether what had waited for us before the start is still being taken in: then nothing may be called late."""
        return self._began and not self._absorbed.is_set()

    async def absorbed(self, seconds: float) -> None:
        """Until that is done, or Telegram cannot be asked; so many seconds must be enough."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._absorbed.wait(), seconds)
        self._absorbed.set()

    async def _round(self, troubles: int) -> int:
        """One poll and what it brought; how many troubles in a row there are now."""
        if not self._leads():
            self._absorbed.set()
            self._health.well("telegram")
            await self._pause(1.0)
            return troubles
        try:
            asked = self._queues.offset
            batch = await self._stoppable(self._get(self._patience(troubles)))
            self._health.well("telegram", within=3.0 * self._seconds + 30)
            await self._handle(batch, asked)
        except Trouble as trouble:
            self._absorbed.set()
            self._health.ill("telegram", str(trouble))
            log.warning("no updates: %s", trouble, extra={"action": "poll.trouble"})
            await self._pause(BACK_OFF[min(troubles, len(BACK_OFF) - 1)])
            return troubles + 1
        return 0

    def _patience(self, troubles: int) -> int:
        """Seconds to poll for: short after trouble, so that it is soon known to be over; none while there is more."""
        if self._queues.busy or not self._absorbed.is_set():
            return 0
        return 1 if troubles else self._seconds

    async def _get(self, seconds: int) -> list[Any]:
        """One long poll. Raises Trouble with its reason."""
        params = {
            "offset": self._queues.offset,
            "limit": LIMIT,
            "timeout": seconds,
            "allowed_updates": ALLOWED,
        }
        try:
            status, body = await self._telegram.raw("getUpdates", params, Patience(read=seconds + 15.0))
        except NetworkError as error:
            raise Trouble(f"Telegram cannot be reached: {error}") from error
        try:
            answer = Transport.parse_json_payload(body)
        except TelegramError:
            answer = None
        if isinstance(answer, dict) and answer.get("ok") is True and isinstance(answer.get("result"), list):
            return list(answer["result"])
        raise Trouble(_reason(status, answer))

    async def _take(self, raw: Any) -> Verdict:
        return await self._intake.take(raw)

    async def _handle(self, batch: list[Any], asked: int) -> None:
        """Into the queues, and on as soon as it is done, or half done while more waits, or when it takes long."""
        self._queues.add(batch)
        await self._queues.idle(LINGER, left=FEW if len(batch) == LIMIT else 0)
        if self._queues.offset == asked:
            await self._queues.idle(SAME_PLACE)
        if len(batch) < LIMIT and not self._queues.busy:
            self._absorbed.set()

    async def _stoppable(self, work: Any) -> list[Any]:
        """The result of a poll, or nothing at once when we are to stop: what it would bring stays with Telegram."""
        poll, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({poll, stop}, return_when=asyncio.FIRST_COMPLETED)
            return await poll if poll.done() else []
        finally:
            for task in (poll, stop):
                task.cancel()
            await asyncio.gather(poll, stop, return_exceptions=True)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def _reason(status: int, answer: Any) -> str:
    words = str(answer.get("description", "")) if isinstance(answer, dict) else "no JSON"
    if status == CONFLICT:
        return f"another bot or a webhook takes our updates: {words}"
    if status in {401, 404}:
        return f"the token is not accepted: {words}"
    return f"HTTP {status}: {words}"
