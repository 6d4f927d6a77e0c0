"""The check-up that somebody asked for in chat, made by the process that leads."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import Connection

from bot.clinic.checkup import Patient, Visit, examine
from bot.clock import Clock
from bot.engine import Engine
from bot.log import trace
from bot.settings import Settings
from bot.telegram import Telegram
from bot.transport import Transport
from bot.witness import checked, witness_of
from core.messages import CHECKUP, Examined
from core.town import Town
from storage import people, records
from storage.store import Store

log = logging.getLogger(__name__)


class Desk:
    """A job of the table."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        engine: Engine,
        clock: Clock,
        telegram: Telegram,
        transport: Transport,
        town: Callable[[], Town],
        leads: Callable[[], bool],
    ) -> None:
        self._settings, self._store, self._engine, self._clock = settings, store, engine, clock
        self._telegram, self._transport, self._town, self._leads = telegram, transport, town, leads

    async def beat(self) -> None:
        """Do what was asked for; trouble is told and waits for the next beat."""
        if not self._leads():
            return
        try:
            for name in await asyncio.wrap_future(self._store.read(_wanted)):
                await self._do(name)
        except Exception as error:
            log.error("a check-up is disturbed: %s", trace(error), extra={"action": "doctor.disturbed"})  # noqa: TRY400  # no words

    async def _do(self, name: str) -> None:
        now, real = self._clock.now(), self._clock.real()
        heads = await asyncio.to_thread(witness_of(self._settings).heads)
        presence, known, chain = await asyncio.wrap_future(
            self._store.read(lambda conn: (people.presence(conn, now), people.reached(conn), checked(conn, heads)))
        )
        patient = Patient(town=self._town(), presence=presence, known=known, trail=chain)
        visit = Visit(settings=self._settings, transport=self._transport, telegram=self._telegram, now=now, real=real)
        found = await examine(visit, patient)
        await self._engine.execute(Examined(at=now, record=name, findings=tuple(found)), f"checkup:{name}")


def _wanted(conn: Connection) -> list[str]:
    return [it.id for it in records.open_records(conn, (CHECKUP,))]
