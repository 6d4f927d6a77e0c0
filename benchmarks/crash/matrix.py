"""One line of the crash matrix: a database, an intake, a day, and so many kills."""

import asyncio
import contextlib
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import aiohttp
import orjson
from sqlalchemy import Connection

from benchmarks.crash.day import Day, Report, reports
from benchmarks.crash.nursery import Nursery, killed
from benchmarks.crash.verdict import Verdict, in_flight, judge, waiting
from bot.demo import town
from bot.demo.colleagues import Colleagues
from bot.demo.house import DISTRICT, TOKEN
from bot.sandbox.server import Sandbox
from core.district import read_district
from storage.migrate import migrate
from storage.store import Store

NINE = datetime.fromisoformat("2026-11-16T09:00:01+08:00")
LIVES = (0.2, 2.5)  # real seconds between birth and death
AT_ONCE = 6  # reports that are under way at the same time
SETTLED = 60.0  # real seconds for the last words after the last kill
LATE = timedelta(minutes=15)  # past the limit of severity 2, wherever in the day a report was made
QUIET = ("query is too old", "message is not modified", "message to edit not found")  # what a killed bot repeats


class Matrix:
    """One line of the matrix: a database, an intake, so many kills."""

    def __init__(self, url: str, *, webhook: bool, kills: int, seed: int, lives: tuple[float, float] = LIVES) -> None:
        self._url, self._webhook, self._kills = url, webhook, kills
        self._random, self._lives = random.Random(seed), lives
        self._sandbox = Sandbox(token=TOKEN, flood="off")
        self._day = Day(self._sandbox.world)
        self._port = _free_port()
        self._now, self._since = NINE, time.monotonic()
        self.verdict = Verdict()
        self._played: list[Report] = []

    async def run(self) -> Verdict:
        """The whole day. Raises TimeoutError when something never came."""
        async with self._opened() as nursery:
            first = await nursery.start(self._settings())
            await self._day.begun()
            dying = asyncio.create_task(self._die(nursery, first))
            source = reports()
            while not dying.done():
                await _unless(dying, self._batch(list(islice(source, AT_ONCE))))
            pid = await dying
            await self._quiet()
            await killed(pid)
        judge(self.verdict, self._url, self._sandbox.world, self._played)
        return self.verdict

    @contextlib.asynccontextmanager
    async def _opened(self) -> AsyncIterator[Nursery]:
        migrate(self._url)
        for words in QUIET:
            self._sandbox.expect_refusal(words)
        await self._sandbox.start()
        district = read_district(orjson.loads(DISTRICT.read_bytes()))
        town.fill(self._sandbox.world, district)
        Colleagues(self._sandbox.world, district).come(NINE)
        nursery = await Nursery.open()
        try:
            yield nursery
        finally:
            await nursery.close()
            await self._sandbox.stop()

    async def _die(self, nursery: Nursery, pid: int) -> int:
        """Kill and start again until the count is full; the process id of the last one, which lives."""
        for _ in range(self._kills):
            await asyncio.sleep(self._random.uniform(*self._lives))
            await killed(pid)
            self.verdict.kills += 1
            self.verdict.in_flight += _read(self._url, in_flight)
            pid = await nursery.start(self._settings())
        return pid

    def _settings(self) -> dict[str, Any]:
        hook = {"webhook_url": f"http://127.0.0.1:{self._port}/hook", "webhook_secret": "a-secret"}
        return {
            "token": TOKEN,
            "api_url": self._sandbox.url,
            "database_url": self._url,
            "listen": f"127.0.0.1:{self._port}",
            "district": str(DISTRICT),
            "clock_start": NINE.isoformat(),
            "log_level": "ERROR",
            **(hook if self._webhook else {}),
        }

    async def _batch(self, batch: list[Report]) -> None:
        """Some reports at the same time, then the clock moves past the limits of those that were left."""
        self._played += batch
        await asyncio.gather(*(self._day.played(report) for report in batch))
        await self._jump(self._clock() + LATE)
        await asyncio.gather(*(self._day.reminded(report) for report in batch if not report.whole))

    def _clock(self) -> datetime:
        """The bot's time, which runs on by itself between the jumps."""
        return self._now + timedelta(seconds=time.monotonic() - self._since)

    async def _jump(self, to: datetime) -> None:
        """Turn the bot's clock, however often it dies meanwhile; a jump that came too late is a jump that was made."""
        address = f"http://127.0.0.1:{self._port}/clock"
        async with aiohttp.ClientSession() as session, asyncio.timeout(SETTLED):
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.post(address, params={"to": to.isoformat()}) as answer:
                        if answer.status in {200, 400, 409}:
                            self._now, self._since = to, time.monotonic()
                            return
                await asyncio.sleep(0.05)

    async def _quiet(self) -> None:
        async with asyncio.timeout(SETTLED):
            while _read(self._url, waiting):  # noqa: ASYNC110  # another process works; only its database tells
                await asyncio.sleep(0.2)


async def _unless(dying: asyncio.Task[int], work: Coroutine[Any, Any, None]) -> None:
    """Do the work; what goes wrong with the bots themselves is raised at once."""
    playing = asyncio.create_task(work)
    await asyncio.wait({playing, dying}, return_when=asyncio.FIRST_EXCEPTION)
    if dying.done() and dying.exception():
        playing.cancel()
        dying.result()
    await playing


def _read(url: str, look: Callable[[Connection], int]) -> int:
    with Store.open(url, running=False) as store:
        return store.read(look).result()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
