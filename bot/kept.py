"""Waiting for the database in the event loop: what was committed together wakes it once.

`asyncio.wrap_future` wakes the loop for every job by itself. Then the loop's thread and the writing one want Python at
the same moment and hand it to and fro at every statement, which costs more than most statements do.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

from sqlalchemy import Connection

from storage.store import Store

Result = TypeVar("Result")


async def kept(store: Store, work: Callable[[Connection], Result]) -> Result:
    """The result of a job, after its commit. One whose waiter is cancelled before it began is not done at all."""
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[Result] = loop.create_future()
    bell = _bell_of(loop)
    job = store.submit(work, bell=bell.ring)
    job.add_done_callback(lambda done: bell.ready.append((waiter, done)))
    if job.done():  # so soon that the bell may have rung before anybody listened
        bell.ring()
    try:
        return await waiter
    except asyncio.CancelledError:
        job.cancel()  # without effect on one that is running or done
        raise


class _Bell:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.ready: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._loop = ref(loop)

    def ring(self) -> None:
        """Tell those whose jobs are ready; in any thread."""
        loop = self._loop()
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it was closed: nobody waits any more
                loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        while self.ready:
            waiter, job = self.ready.popleft()
            if not waiter.done():
                _told(waiter, job)


def _told(waiter: asyncio.Future[Any], job: Future[Any]) -> None:
    if (error := job.exception()) is not None:
        waiter.set_exception(error)
    else:
        waiter.set_result(job.result())


_BELLS: WeakKeyDictionary[asyncio.AbstractEventLoop, _Bell] = WeakKeyDictionary()


def _bell_of(loop: asyncio.AbstractEventLoop) -> _Bell:
    bell = _BELLS.get(loop)
    if bell is None:
        bell = _BELLS[loop] = _Bell(loop)
    return bell
