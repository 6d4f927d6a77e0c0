"""Our own getUpdates loop: nothing is acknowledged before it is committed or parked.

PTB's own loop confirms before handlers run, dies for good of a single 401 or 404, and hangs for ever on one update that
it cannot parse (measured). Here each of these is an answer like another.
"""

import asyncio
import logging
from collections.abc import Callable
from itertools import groupby
from typing import Any

from telegram.error import NetworkError, TelegramError

from bot.health import Health
from bot.intake import Intake, Verdict
from bot.telegram import Telegram
from bot.transport import Patience, Transport

log = logging.getLogger(__name__)

# chat_member and others are off unless named, and the server remembers what was named last.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
LIMIT = 100
TIMEOUT = 30  # seconds of a long poll
BACK_OFF = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds after the n-th trouble in a row
AGAIN = (0.2, 0.5, 1.0, 2.0)  # seconds between tries of an update that failed
CONFLICT = 409


class Trouble(Exception):  # noqa: N818  # a situation with a reason for /readyz
    """The server gave no updates; `str()` says why, for an operator."""


def key_of(raw: Any) -> int:
    """Within a key updates are handled in order; the same keys as Telegram's webhook queues (user for presses)."""
    if isinstance(raw, dict):
        for kind, part in _OWNERS:
            body = raw.get(kind)
            holder = body.get(part) if isinstance(body, dict) else None
            owner = holder.get("id") if isinstance(holder, dict) else None
            if isinstance(owner, int):
                return owner
    return 0


# A private chat has its user's id, so a word and a press of one resident stay in order as well.
_OWNERS = (
    ("message", "chat"),
    ("edited_message", "chat"),
    ("my_chat_member", "chat"),
    ("callback_query", "from"),
    ("chat_member", "from"),
)


class Poller:
    """Polls while this process leads; `seconds` is the length of a long poll."""

    def __init__(
        self,
        *,
        telegram: Telegram,
        intake: Intake,
        health: Health,
        leads: Callable[[], bool] = lambda: True,
        seconds: int = TIMEOUT,
    ) -> None:
        self._telegram, self._intake, self._health, self._leads = telegram, intake, health, leads
        self._seconds = seconds
        self._offset = 0
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until stopped. The batch that is being handled at a stop is handled to its end."""
        troubles = 0
        while not self._stopping.is_set():
            if not self._leads():
                self._health.well("telegram")
                await self._pause(1.0)
                continue
            try:
                # After trouble a short poll, so that it is soon known to be over.
                batch = await self._stoppable(self._get(1 if troubles else self._seconds))
                troubles = 0
                self._health.well("telegram", within=3.0 * self._seconds + 30)
                await self._handle(batch)
            except Trouble as trouble:
                self._health.ill("telegram", str(trouble))
                log.warning("no updates: %s", trouble, extra={"action": "poll.trouble"})
                await self._pause(BACK_OFF[min(troubles, len(BACK_OFF) - 1)])
                troubles += 1

    def stop(self) -> None:
        """End after the batch under way."""
        self._stopping.set()

    async def _get(self, seconds: int) -> list[Any]:
        """One long poll. Raises Trouble with its reason."""
        params = {
            "offset": self._offset,
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

    async def _handle(self, batch: list[Any]) -> None:
        """Side by side by key, in order within a key; then, and only then, the offset moves."""
        ordered = sorted(batch, key=key_of)  # stable: order within a key stays
        queues = [list(queue) for _, queue in groupby(ordered, key=key_of)]
        await asyncio.gather(*(self._in_order(queue) for queue in queues))
        ids = [raw["update_id"] for raw in batch if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
        self._offset = max([self._offset, *(update_id + 1 for update_id in ids)])

    async def _in_order(self, queue: list[Any]) -> None:
        for raw in queue:
            tries = 0
            while await self._intake.take(raw) is Verdict.AGAIN:
                await asyncio.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
                tries += 1
                if self._stopping.is_set():
                    raise Trouble("stopped before an update was kept")

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
