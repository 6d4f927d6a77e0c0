"""A copy of the database once a day, and beside the copies who asked to be forgotten since."""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import Clock
from bot.forgotten import Journal
from bot.log import trace
from bot.metrics import Metrics
from bot.witness import Witness
from core.calendar import local
from core.rotation import is_due
from core.town import Town
from storage import erasure, trail
from storage.copies import folder as copies
from storage.copies.roads import make_copy
from storage.errors import CopyRefused
from storage.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")
AGAIN = 3600.0  # seconds after a copy that failed: the disk will not be larger in a minute


class Keeper:
    """A job of the table, in the process that leads. A drill on a moved clock is not copied."""

    def __init__(
        self,
        *,
        url: str,
        folder: Path,
        journal: Journal,
        store: Store,
        clock: Clock,
        town: Callable[[], Town],
        metrics: Metrics,
        leads: Callable[[], bool],
        witness: Witness,
        drill: bool,
    ) -> None:
        self._url, self._folder, self._journal = url, folder, journal
        self._store, self._clock, self._town = store, clock, town
        self._metrics, self._leads, self._drill = metrics, leads, drill
        self._witness = witness
        self._failed_at: datetime | None = None

    async def beat(self) -> None:
        """Note who is to be forgotten, and copy when it is time; trouble is told and waits."""
        if not self._leads():
            return
        now = self._clock.real()
        try:
            asked = await asyncio.wrap_future(self._store.read(_asked))
            await apart(lambda: self._journal.note(asked, now))
            if not self._drill:
                await self._copy(now)
        except Exception as error:
            log.error("keeping is disturbed: %s", trace(error), extra={"action": "copy.disturbed"})  # noqa: TRY400  # no words

    async def _copy(self, now: datetime) -> None:
        newest = await apart(lambda: copies.newest(self._folder))
        if is_due(newest, now, local(now, self._town().district.zone).hour) and not self._just_failed(now):
            newest = await self._made(now) or newest
        self._metrics.copied((now - newest).total_seconds() if newest is not None else None)

    def _just_failed(self, now: datetime) -> bool:
        return self._failed_at is not None and (now - self._failed_at).total_seconds() < AGAIN

    async def _made(self, now: datetime) -> datetime | None:
        try:
            path = await apart(lambda: make_copy(self._url, self._folder, now))
            await apart(lambda: self._journal.tidy(now))
            head = await asyncio.wrap_future(self._store.read(trail.head))
            await apart(lambda: self._witness.note(head, now))
        except (CopyRefused, OSError) as error:
            self._failed_at = now
            why = str(error) if isinstance(error, CopyRefused) else type(error).__name__
            log.error("no copy could be made: %s", why, extra={"action": "copy.failed"})  # noqa: TRY400  # its text says it
            return None
        self._failed_at = None
        log.info("a copy was made: %s", path.name, extra={"action": "copy.made", "bytes": path.stat().st_size})
        return now


async def apart(work: Callable[[], T]) -> T:
    """Something slow, in a thread that nobody waits for at a stop: a copy that was cut off is made anew."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(set_: Callable[[], None]) -> None:
        if not done.done():
            set_()

    def run() -> None:
        try:
            value = work()
        except BaseException as error:  # whoever waits raises it
            failure = error
            _call(loop, lambda: tell(lambda: done.set_exception(failure)))
        else:
            _call(loop, lambda: tell(lambda: done.set_result(value)))

    threading.Thread(target=run, name="apart", daemon=True).start()
    return await done


def _call(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(work)


def _asked(conn: Connection) -> list[int]:
    return erasure.who_asked(conn)
