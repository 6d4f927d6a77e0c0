"""What Telegram has shown us and we have not acknowledged: a queue per chat or person, all of them side by side.

An update that takes long holds up what comes behind it in its own queue and nobody else: the offset stays before it,
the server shows it again with what is new, and what is in hand or done is known by its id. The server shows a hundred
at a time, so that there is never more than that in hand.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import groupby
from typing import Any

from bot.intake import Verdict

AHEAD = 0.25  # seconds for which what is more urgent has the road to itself
AGAIN = (0.2, 0.5, 1.0, 2.0)  # seconds between tries of an update that failed
# Whose order is kept, by kind of update; the same queues as Telegram's webhook (user for presses). A private chat has
# its user's id, so that a word and a press of one resident stay in order as well.
_OWNERS = (
    ("message", "chat"),
    ("edited_message", "chat"),
    ("my_chat_member", "chat"),
    ("callback_query", "from"),
    ("chat_member", "from"),
)


def key_of(raw: Any) -> int:
    """Within a key updates are handled in order; 0 for what names nobody."""
    if isinstance(raw, dict):
        for kind, part in _OWNERS:
            body = raw.get(kind)
            holder = body.get(part) if isinstance(body, dict) else None
            owner = holder.get("id") if isinstance(holder, dict) else None
            if isinstance(owner, int):
                return owner
    return 0


def id_of(raw: Any) -> int | None:
    """The id of an update; None for what has none and can be neither acknowledged nor known again."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else None


class Queues:
    """Updates in hand. `take` handles one, `urgency` ranks one: a queue with a lower rank in it begins earlier."""

    def __init__(self, take: Callable[[Any], Awaitable[Verdict]], urgency: Callable[[Any], int]) -> None:
        self._take, self._urgency = take, urgency
        self._queues: dict[int, deque[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._next = 0
        self._left = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._fault: BaseException | None = None

    @property
    def offset(self) -> int:
        """What may be acknowledged: all below it is committed or parked."""
        return min(self._open, default=self._next)

    @property
    def busy(self) -> bool:
        """Whether anything is in hand."""
        return bool(self._queues)

    def add(self, batch: list[Any]) -> None:
        """Take in what is new of a batch, the most urgent queues first."""
        shown = {number for raw in batch if (number := id_of(raw)) is not None}
        fresh = [raw for raw in batch if id_of(raw) not in self._open | self._done]
        self._open |= shown - self._done
        self._done &= shown  # what the server shows no more it will never show again
        self._next = max(shown, default=self._next - 1) + 1
        self._begin(fresh)

    async def idle(self, seconds: float | None = None, left: int = 0) -> None:
        """Until no more than `left` updates are in hand, or for so many seconds. Raises what a fault of ours raised."""
        self._left = left
        self._look()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        if self._fault is not None:
            raise self._fault

    def stop(self) -> None:
        """What fails now is not tried again: it stays with Telegram."""
        self._stopping = True

    async def close(self) -> None:
        """Let go of what is still in hand."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, fresh: list[Any]) -> None:
        """In waves by rank: what is less urgent waits a moment, or it would take its share of every turn."""
        by_key: dict[int, list[Any]] = {}
        for raw in fresh:
            by_key.setdefault(key_of(raw), []).append(raw)
        ranks = {key: min(map(self._urgency, updates)) for key, updates in by_key.items()}
        ahead: tuple[asyncio.Task[None], ...] = ()
        for _, wave in groupby(sorted(by_key, key=ranks.__getitem__), key=ranks.__getitem__):
            begun = [self._queue(key, by_key[key], ahead) for key in wave]
            ahead = (*ahead, *(task for task in begun if task is not None))

    def _queue(self, key: int, updates: list[Any], ahead: tuple[asyncio.Task[None], ...]) -> asyncio.Task[None] | None:
        """The task of a queue that had none."""
        if key in self._queues:
            self._queues[key].extend(updates)
            return None
        self._queues[key] = deque(updates)
        self._look()
        task = asyncio.create_task(self._drain(key, ahead), name=f"queue {key}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def _drain(self, key: int, ahead: tuple[asyncio.Task[None], ...]) -> None:
        if ahead:
            await asyncio.wait(ahead, timeout=AHEAD)
        queue = self._queues[key]
        while queue and await self._kept(queue[0]):
            number = id_of(queue.popleft())
            if number is not None:
                self._open.discard(number)
                self._done.add(number)
                self._look()
        del self._queues[key]

    async def _kept(self, raw: Any) -> bool:
        """Try until it is committed or parked; not, when we are to stop before that."""
        tries = 0
        while await self._take(raw) is Verdict.AGAIN:
            if self._stopping:
                return False
            await asyncio.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
            tries += 1
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fault = fault
        self._look()

    def _look(self) -> None:
        """Whether whoever waits in `idle` may go on."""
        if not self._queues or self._fault is not None or len(self._open) <= self._left > 0:
            self._idle.set()
        else:
            self._idle.clear()
