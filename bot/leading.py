"""Of several processes on one database one leads: it polls, ticks and sends, since Telegram's limits are per token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.log import trace
from storage.store import Store

log = logging.getLogger(__name__)


class Leading:
    """Asks the database from time to time. `gained` runs before this process is known to lead, `settle` beside it."""

    def __init__(
        self,
        store: Store,
        *,
        gained: Callable[[], Awaitable[object]],
        settle: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._leader, self._gained, self._settle = store.leader(), gained, settle
        self._leads = False
        self._epoch: int | None = None
        self._settling: asyncio.Task[None] | None = None

    def __call__(self) -> bool:
        """Whether this process leads: as last asked, and not so long ago that another may have begun."""
        return self._leads and self._leader.valid()

    async def ask(self) -> None:
        """Ask anew; the first answer decides at the start."""
        leads = await asyncio.to_thread(self._leader.leads)
        if leads and self._leader.epoch != self._epoch:
            log.info("this process leads", extra={"action": "lead.gained"})
            await self._gained()
            self._epoch = self._leader.epoch
            self._settling = asyncio.create_task(self._settle(), name="settle")
            self._settling.add_done_callback(_told)
        elif self._leads and not leads:
            log.warning("this process does not lead any more", extra={"action": "lead.lost"})
        self._leads = leads

    async def settled(self, seconds: float | None = None) -> None:
        """Until what a new leader settles with Telegram is done, or it took too long; then it is given up."""
        if self._settling is not None:
            _, late = await asyncio.wait({self._settling}, timeout=seconds)
            for task in late:
                task.cancel()


def _told(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("could not settle with Telegram: %s", trace(error), extra={"action": "lead.unsettled"})
