"""Of several processes on one database one leads: it polls, ticks and sends, since Telegram's limits are per token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from storage.store import Store

log = logging.getLogger(__name__)


class Leading:
    """Asks the database from time to time. `gained` runs before this process is known to lead."""

    def __init__(self, store: Store, gained: Callable[[], Awaitable[object]]) -> None:
        self._leader = store.leader()
        self._gained = gained
        self._leads = False

    def __call__(self) -> bool:
        """Whether this process leads, as last asked."""
        return self._leads

    async def ask(self) -> None:
        """Ask anew; the first answer decides at the start."""
        leads = await asyncio.to_thread(self._leader.leads)
        if leads and not self._leads:
            log.info("this process leads", extra={"action": "lead.gained"})
            await self._gained()
        elif self._leads and not leads:
            log.warning("another process leads", extra={"action": "lead.lost"})
        self._leads = leads
