"""`python -m benchmarks.peer.stages count`: reports one after the other, every stage of the road timed by itself.

The bot is built from the environment like any other and never started: each stage is called as the road calls it,
with a watch around the functions of the engine. Prints one JSON object: stage -> microseconds per report, one figure
per report.
"""

import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection
from telegram import Update

from benchmarks.rig.town import BigTown
from benchmarks.rig.updates import report
from bot import engine, presence
from bot.app import build
from bot.clock import real_now
from bot.engine import Outcome
from bot.lifecycle import App
from bot.pump.parcel import wrap
from bot.routing import Routing
from bot.settings import load
from bot.tongue import Tongue
from bot.town import build_town
from core.messages import Command
from core.town import Town
from handlers.routes import ROUTES
from storage import outbox
from storage.districts import current_district
from storage.taking import Claimed

WARM = 30
# What the engine calls in its one transaction, by its names for it.
OF_THE_ENGINE = {"first_time": "seen before?", "world_for": "load", "decided": "decide", "save": "save"}
LEASE = timedelta(seconds=150)


class Catcher:
    """Stands where the engine stands and keeps the command."""

    command: Command

    async def execute(self, command: Command, _key: str | None) -> Outcome:
        """Keep it."""
        self.command = command
        return Outcome()


class Watch:
    """Microseconds by stage, those of one report added up."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = defaultdict(list)
        self._now: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - begun)

    def add(self, name: str, seconds: float) -> None:
        """Some more of a stage."""
        self._now[name] = self._now.get(name, 0.0) + seconds * 1e6

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function with a watch around it."""

        def watched(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*given, **named)

        return watched

    def sum_of(self, names: Iterable[str]) -> float:
        """Seconds of these stages so far, of the report under way."""
        return sum(self._now.get(name, 0.0) for name in names) / 1e6

    def report_done(self) -> None:
        """On to the next report."""
        for name, figure in self._now.items():
            self.stages[name].append(figure)
        self._now.clear()


class Walk:
    """The road, step by step."""

    def __init__(self, app: App, town: Town) -> None:
        self.app, self.watch, self.catcher = app, Watch(), Catcher()
        self.tongue = Tongue(lambda: town, app.clock)
        self.ptb = presence.application(app.settings, app.transport)
        self._submit: Callable[..., Future[Any]] = app.store.submit
        for name, stage in OF_THE_ENGINE.items():
            setattr(engine, name, self.watch.timed(stage, getattr(engine, name)))
        catcher: Any = self.catcher
        moment = app.clock.moved
        Routing(engine=catcher, telegram=app.telegram, voice=self.tongue, moment=moment).install(self.ptb, ROUTES)

    async def report(self, raw: bytes) -> None:
        """One report from its bytes to the noted answers of Telegram."""
        with self.watch.stage("parse"):
            update = Update.de_json(orjson.loads(raw), self.ptb.bot)
        with self.watch.stage("route"):
            await self.ptb.process_update(update)
        await self._executed(f"u:{update.update_id}")
        for row in await self._job("claim", self._claim):
            with self.watch.stage("render"):
                parcel = wrap(row, self.tongue.speak(row.notice))
            with self.watch.stage("send"):
                reply: Any = await self.app.telegram.call(parcel.method, parcel.params)
            await self._job("mark sent", partial(self._mark, row, reply.message))
        self.watch.report_done()

    async def _executed(self, key: str) -> None:
        """The engine's own job; what it does outside the stages that are known by name is its rest."""
        before = self.watch.sum_of(OF_THE_ENGINE.values())
        inside: list[float] = []

        def watched(job: Callable[[Connection], Any], *, bell: Any = None) -> Future[Any]:
            return self._submit(_clocked(job, inside), bell=bell)

        self.app.store.submit = watched  # type: ignore[method-assign,assignment]  # a watch around each job
        begun = time.perf_counter()
        await self.app.engine.execute(self.catcher.command, key)
        whole = time.perf_counter() - begun
        self.watch.add("rest of the job", sum(inside) - (self.watch.sum_of(OF_THE_ENGINE.values()) - before))
        self.watch.add("commit and thread", whole - sum(inside))

    async def _job(self, stage: str, job: Callable[[Connection], Any]) -> Any:
        """A transaction of the pump: its work, and its commit with the way to the thread and back."""
        inside: list[float] = []
        begun = time.perf_counter()
        found = await asyncio.wrap_future(self._submit(_clocked(job, inside)))
        self.watch.add(stage, sum(inside))
        self.watch.add(f"{stage}: commit and thread", time.perf_counter() - begun - sum(inside))
        return found

    def _claim(self, conn: Connection) -> list[Claimed]:
        return outbox.claim(conn, limit=8, now=self.app.clock.now(), lease_until=real_now() + LEASE)

    def _mark(self, row: Claimed, message: int, conn: Connection) -> None:
        outbox.mark_sent(conn, row.id, message, self.app.clock.now())


def _clocked(job: Callable[[Connection], Any], inside: list[float]) -> Callable[[Connection], Any]:
    def timed(conn: Connection) -> Any:
        begun = time.perf_counter()
        try:
            return job(conn)
        finally:
            inside.append(time.perf_counter() - begun)

    return timed


async def main(posts: int, count: int) -> None:
    """Walk, and print what was measured."""
    app = build(load(_env_file=None))
    try:
        await app.transport.initialize()
        stored = await asyncio.wrap_future(app.store.read(current_district))
        assert stored is not None
        walk = Walk(app, build_town(stored[1], stored[0]))
        await walk.ptb.initialize()
        town = BigTown(posts=posts)
        for number in range(1, WARM + count + 1):
            await walk.report(report(town, number))
        print(orjson.dumps({name: it[WARM:] for name, it in walk.watch.stages.items()}).decode(), flush=True)
    finally:
        await app.transport.shutdown()
        app.store.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
