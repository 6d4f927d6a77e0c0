"""A bot that is put together: started in order, stopped in order, within a budget."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.audit import Audit
from bot.clock import Clock
from bot.door import Door, Hook
from bot.engine import Engine
from bot.health import Health
from bot.intake import Intake
from bot.leading import Leading
from bot.log import trace
from bot.outage import Watch
from bot.poller import Poller
from bot.presence import PTB, introduce
from bot.pulse import Pulse
from bot.pump.pump import Pump
from bot.routing import Routing
from bot.settings import Refused, Settings, address
from bot.stopping import Budget
from bot.telegram import Telegram
from bot.ticker import Ticker
from bot.transport import Transport
from storage.store import Store

log = logging.getLogger(__name__)

# Real seconds that what had waited for us may take before we look what is late: who answered in time is not late.
ABSORB = 8.0
BUDGET = 9.0  # seconds for a whole stop: whoever runs us kills after ten
FINISH = 2.0  # of them for updates under way, so that calls under way get most of it
CLOSING = 3.0  # of them for the door, the network and the database


@dataclass(kw_only=True)
class App:
    """A bot, put together. `port` is where the door listens once it is started."""

    settings: Settings
    store: Store
    clock: Clock
    engine: Engine
    health: Health
    transport: Transport
    telegram: Telegram
    ptb: PTB
    routing: Routing
    intake: Intake
    pump: Pump
    poller: Poller
    ticker: Ticker
    door: Door
    leading: Leading
    pulse: Pulse
    audit: Audit
    watch: Watch
    scheduler: AsyncIOScheduler
    port: int = 0
    failed: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Open the door, not ready; meet Telegram, however long that takes; then work. Raises Refused."""
        await self._serve()
        self.engine.bot_name = (await introduce(self.ptb, self.health)).username or ""
        await self.leading.ask()
        await self.leading.settled()
        self._begin("pump", self.pump.run())
        self.scheduler.start()
        if self.settings.webhook_url and self.settings.webhook_secret:
            self.door.hook = Hook(secret=self.settings.webhook_secret.get_secret_value(), intake=self.intake)
            self.health.well("telegram")
        else:
            self._begin("poller", self.poller.run())
            await self.poller.absorbed(ABSORB)
        await self.watch.beat()
        await self.ticker.beat()
        await self.audit.beat()
        await self.pulse.beat()
        self.health.well("start")
        log.info("the bot works, listening on port %s", self.port, extra={"action": "start.done"})

    async def stop(self) -> bool:
        """Not ready, no more intake, what is under way to its end, leases given back, then the database; all of it
        within `BUDGET`, whatever waits. False when something would not end: then no thread may be waited for either.
        """
        budget = Budget(BUDGET)
        self.health.ill("start", "stopping")
        self.door.shut()
        self.poller.stop()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        self.ticker.stop()
        await budget.step("intake", self._finish("poller", FINISH), FINISH + 0.5)
        await budget.step("answers", self.routing.finish(1.0), 1.5)
        await budget.step("sending", self.pump.stop(budget.left(CLOSING + 0.5)), budget.left(CLOSING))
        await budget.step("pump", self._finish("pump", 0.1), 0.3)
        await budget.step("settling", self.leading.settled(0.1), 0.3)
        await budget.step("door", self.door.close(), 1.5)
        await budget.step("network", self._hang_up(), 0.5)
        await budget.step("database", asyncio.to_thread(self.store.close), budget.left())
        log.info("the bot has stopped", extra={"action": "stop.done"})
        return budget.clean

    async def _hang_up(self) -> None:
        await self.ptb.shutdown()
        await self.transport.shutdown()

    async def _serve(self) -> None:
        await self.transport.initialize()
        try:
            self.port = await self.door.serve(*address(self.settings.listen))
            if self.settings.metrics_listen:
                await self.door.serve_figures(*address(self.settings.metrics_listen))
        except OSError as error:
            raise Refused(
                f"无法启动:BOT_LISTEN 或 BOT_METRICS_LISTEN 的地址用不了({error.strerror}),请换一个端口;"
                f"cannot start: the address of BOT_LISTEN or BOT_METRICS_LISTEN cannot be used ({error.strerror}), "
                "choose another port."
            ) from None

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A loop that ends by a fault of ours takes the process with it: whoever runs us starts it anew."""
        if not task.cancelled() and (error := task.exception()):
            log.critical("%s has died: %s", task.get_name(), trace(error), extra={"action": "app.died"})
            self.health.ill(task.get_name(), "has died")
            self.failed.set()

    async def _finish(self, name: str, seconds: float) -> None:
        tasks = [task for task in self._tasks if task.get_name() == name and not task.done()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
