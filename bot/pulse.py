"""Feeling the pulse: is the database there, how does the outbox stand, and a sign of life to whoever listens for it."""

import asyncio
import logging

from sqlalchemy import Connection
from telegram.error import NetworkError

from bot.clock import Clock
from bot.health import Health
from bot.metrics import Metrics
from bot.transport import Patience, Transport
from storage import views
from storage.store import Store

log = logging.getLogger(__name__)

SLOWEST = 3.0  # seconds for the database to answer
SILENCE = 30.0


class Pulse:
    """Two jobs of the table: `beat` looks, `cry` tells."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        health: Health,
        metrics: Metrics,
        transport: Transport,
        heartbeat_url: str | None,
    ) -> None:
        self._store, self._clock, self._health, self._metrics = store, clock, health, metrics
        self._transport, self._heartbeat_url = transport, heartbeat_url

    async def beat(self) -> None:
        """Look at the database as a writer does, since it is the writes that must not hang."""
        try:
            async with asyncio.timeout(SLOWEST):
                counts, ages = await asyncio.wrap_future(self._store.submit(self._look))
        except Exception as error:
            log.warning("the database does not answer: %s", type(error).__name__, extra={"action": "pulse.database"})
            self._health.ill("database", f"does not answer: {type(error).__name__}")
            return
        self._metrics.outbox(counts, ages)
        self._health.well("database", within=SILENCE)

    async def cry(self) -> None:
        """Tell the dead-man's address that we live; silence while not ready is what it listens for."""
        if self._heartbeat_url is None or self._health.reasons():
            return
        try:
            await self._transport.exchange("GET", self._heartbeat_url, patience=Patience(read=10))
        except NetworkError as error:
            log.warning("nobody heard the sign of life: %s", error, extra={"action": "pulse.unheard"})

    def _look(self, conn: Connection) -> tuple[dict[tuple[int, str], int], dict[int, float]]:
        now = self._clock.now()
        ages = {lane: (now - at).total_seconds() for lane, at in views.oldest_waiting(conn).items()}
        return views.outbox_counts(conn), ages
