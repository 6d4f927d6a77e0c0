"""One line of the crash matrix: a database, an intake, a day, and so many kills."""

import asyncio
import contextlib
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import aiohttp
import orjson
from sqlalchemy import Connection

from benchmarks.crash.day import Day, Report, reports
from benchmarks.crash.gate import Gate
from benchmarks.crash.nursery import Nursery, killed
from benchmarks.crash.verdict import Death, Verdict, death, judge, waiting
from bot.demo import town
from bot.demo.colleagues import Colleagues
from bot.demo.house import DISTRICT, TOKEN
from bot.sandbox.server import Sandbox
from core.district import read_district
from storage.migrate import migrate
from storage.store import Store

T = TypeVar("T")
NINE = datetime.fromisoformat("2026-11-16T09:00:01+08:00")
EARLY = 0.25  # of the lives end while the bot is still starting, within BIRTH real seconds
BIRTH = 0.8
DEEDS = (1, 16)  # after so many calls in which it said something the others end, or after LONGEST real seconds
LONGEST = 5.0
JITTER = 0.02  # real seconds more, so that a kill falls anywhere between two calls
DEED = ("send", "edit", "answer", "pin")
AT_ONCE = 6  # reports that are under way at the same time
SETTLED = 60.0  # real seconds for the last words after the last kill
LATE = timedelta(minutes=15)  # past the limit of severity 2, wherever in the day a report was made


class Matrix:
    """One line of the matrix: a database, an intake, so many kills."""

    def __init__(self, url: str, nursery: Nursery, *, webhook: bool, kills: int, seed: int) -> None:
        self._url, self._nursery, self._webhook, self._kills = url, nursery, webhook, kills
        self._random = random.Random(seed)
        self._sandbox = Sandbox(token=TOKEN, flood="off")
        self._day = Day(self._sandbox.world)
        self._port = _free_port()
        self._now, self._since = NINE, time.monotonic()
        self.verdict = Verdict()
        self._played: list[Report] = []
        self._deaths: list[Death] = []
        self._gate, self._pid = "", 0

    async def run(self) -> Verdict:
        """The whole day. Raises TimeoutError when something never came."""
        async with self._opened():
            await self._born()
            await self._day.begun()
            dying = asyncio.create_task(self._die())
            try:
                source = reports()
                while not dying.done():
                    await _unless(dying, self._batch(list(islice(source, AT_ONCE))))
                await dying
                await self._quiet()
            finally:
                dying.cancel()
                await killed(self._pid)
        judge(self.verdict, self._url, self._sandbox.world, self._played, self._deaths, now=self._clock())
        return self.verdict

    @contextlib.asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        migrate(self._url)
        await self._sandbox.start()
        district = read_district(orjson.loads(DISTRICT.read_bytes()))
        town.fill(self._sandbox.world, district)
        Colleagues(self._sandbox.world, district).come(NINE)
        try:
            async with Gate(f"http://127.0.0.1:{self._port}/hook").opened() as self._gate:
                yield
        finally:
            await self._sandbox.stop()

    async def _die(self) -> None:
        """Kill and start again until the count is full; the last one lives."""
        for _ in range(self._kills):
            await self._moment()
            await killed(self._pid)
            self._deaths.append(_read(self._url, partial(death, self._sandbox.world)))
            self.verdict.kills += 1
            await self._born()

    async def _born(self) -> None:
        self._pid = await self._nursery.start(self._settings())

    async def _moment(self) -> None:
        """Any moment of a life: its start, or between two things that it says."""
        if self._random.random() < EARLY:
            await asyncio.sleep(self._random.uniform(0, BIRTH))
            return
        deeds = self._random.randint(*DEEDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await self._said(deeds)
        await asyncio.sleep(self._random.uniform(0, JITTER))

    async def _said(self, deeds: int) -> None:
        """Until the bot has said so many things more."""
        world = self._sandbox.world
        since = world.calls.last
        async for _ in world.events.follow(world.events.last):
            if sum(it.method.startswith(DEED) for it in world.calls.find(since=since)) >= deeds:
                return

    def _settings(self) -> dict[str, Any]:
        hook = {"webhook_url": self._gate, "webhook_secret": "a-secret"}
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
            while _read(self._url, partial(waiting, self._clock())):  # noqa: ASYNC110  # another process works; only its database tells
                await asyncio.sleep(0.2)


async def _unless(dying: asyncio.Task[None], work: Coroutine[Any, Any, None]) -> None:
    """Do the work; what goes wrong with the bots themselves is raised at once."""
    playing = asyncio.create_task(work)
    try:
        await asyncio.wait({playing, dying}, return_when=asyncio.FIRST_COMPLETED)
        if dying.done():
            dying.result()
        await playing
    finally:
        playing.cancel()


def _read(url: str, look: Callable[[Connection], T]) -> T:
    with Store.open(url, running=False) as store:
        return store.read(look).result()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
