"""Several processes on one PostgreSQL: one leads; whatever befalls it another takes over, and none sends beside it."""

import asyncio
import contextlib
import json
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from aiohttp import web

from bot.app import running_app
from bot.demo import town
from bot.opening import open_store
from bot.sandbox.server import Sandbox
from bot.settings import Refused
from core.district import read_district
from storage.migrate import migrate
from tests.bot.street import DISTRICT, echo, opened, settings, until
from tests.bot.test_running import process

HELP = "要找人,请点"  # what /help is answered with
RESIDENTS = range(1000, 1060)
SLOW_START = 60.0  # real seconds: three processes at once on busy cores


def answers(sandbox: Any) -> int:
    return len(sandbox.world.calls.find(method="sendMessage", chat_id=7))


async def test_of_two_processes_one_leads_and_the_other_takes_over(postgres_url: str, tmp_path: Path) -> None:
    async with opened() as sandbox:
        given = settings(tmp_path, sandbox.url, database_url=postgres_url)
        async with running_app(given, decide=echo) as first:
            follower = running_app(given, decide=echo)
            second = await follower.__aenter__()
            assert (first.leading(), second.leading()) == (True, False)
            sandbox.world.say(7, 7, text="one")
            await until(lambda: answers(sandbox) == 1)
            assert (first.health.reasons(), second.health.reasons()) == ({}, {})
        try:
            sandbox.world.say(7, 7, text="two")
            await until(lambda: answers(sandbox) == 2)
            assert second.leading()
        finally:
            await follower.__aexit__(None, None, None)
        assert not sandbox.world.calls.refusals


async def test_a_server_database_that_is_late_is_left_to_its_operator(empty_postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bot migrate"):
        open_store(settings(tmp_path, "http://x", database_url=empty_postgres_url))
    migrate(empty_postgres_url)
    open_store(settings(tmp_path, "http://x", database_url=empty_postgres_url)).close()


@dataclass
class Balancer:
    """Hands what Telegram brings to one process after the other; to the next when one does not answer in a second."""

    behind: list[str] = field(default_factory=list)
    turn: int = 0
    url: str = ""

    async def pass_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1)) as session:
            for _ in self.behind:
                self.turn += 1
                to = self.behind[self.turn % len(self.behind)]
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.post(to, data=body, headers=headers) as answer:
                        if answer.status < 500:
                            return web.Response(status=answer.status)
        return web.Response(status=502)


@dataclass
class Office:
    """Three processes behind a balancer, with their sandbox and their database."""

    sandbox: Sandbox
    database: str
    processes: list[asyncio.subprocess.Process]

    def leader(self) -> asyncio.subprocess.Process:
        """The process that the database names; a connection's name begins with the process's number."""
        with psycopg.connect(self.database, autocommit=True) as conn:
            row = conn.execute("SELECT name FROM leaders").fetchone()
        number = int(row[0].split("-")[1]) if row and row[0] else 0
        return next(it for it in self.processes if it.pid == number)

    def cut_leader(self) -> None:
        """The lock's connection goes, as by a fire wall; the process lives."""
        held = "locktype = 'advisory' AND granted AND objsubid = 1"
        lock = f"SELECT pg_terminate_backend(pid, 1000) FROM pg_locks WHERE {held}"
        with psycopg.connect(self.database, autocommit=True) as conn:
            conn.execute(lock)

    def epoch(self) -> int:
        with psycopg.connect(self.database, autocommit=True) as conn:
            row = conn.execute("SELECT epoch FROM leaders").fetchone()
        return int(row[0]) if row else 0

    async def asked(self, seconds: float) -> None:
        """Every resident asks for help once, spread over so many seconds."""
        for user in RESIDENTS:
            self.sandbox.world.say(user, user, text="/help")
            await asyncio.sleep(seconds / len(RESIDENTS))

    def heard(self) -> Counter[int]:
        """How often each resident was helped."""
        helps = [it for it in self.sandbox.world.calls.find("sendMessage") if it.ok and HELP in str(it.params)]
        return Counter(int(it.params["chat_id"]) for it in helps)

    async def all_heard(self, times: int) -> Counter[int]:
        await until(lambda: all(self.heard()[user] >= times for user in RESIDENTS))
        return self.heard()

    def doubted(self) -> Counter[int]:
        """How often nobody knew whether a resident had been helped, so that it was done again."""
        with psycopg.connect(self.database, autocommit=True) as conn:
            return Counter(dict(conn.execute("SELECT chat, sum(doubts)::int FROM outbox GROUP BY chat").fetchall()))

    def doubled(self, times: int) -> Counter[int]:
        """Who was helped more often than that, and how much more."""
        return self.heard() - Counter(dict.fromkeys(RESIDENTS, times))

    async def settled(self) -> None:
        """Until nothing waits to be sent or is on its way."""
        await until(lambda: not self._waiting())

    def _waiting(self) -> int:
        with psycopg.connect(self.database, autocommit=True) as conn:
            row = conn.execute("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')").fetchone()
        return int(row[0]) if row else 0


@contextlib.asynccontextmanager
async def office(folder: Path, database: str) -> AsyncIterator[Office]:
    balancer = Balancer()
    site = web.Application()
    site.router.add_post("/hook", balancer.pass_on)
    runner = web.AppRunner(site, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        sandbox = await stack.enter_async_context(opened("off"))
        town.fill(sandbox.world, read_district(json.loads(DISTRICT.read_bytes())))
        for user in RESIDENTS:
            sandbox.world.add_user(user, f"居民{user}", started=True)
        ports = [free_port() for _ in range(3)]
        more = {"BOT_DATABASE_URL": database, "BOT_WEBHOOK_URL": url, "BOT_WEBHOOK_SECRET": "a-secret"}
        running = [
            await stack.enter_async_context(process(folder, sandbox.url, **more, BOT_LISTEN=f"127.0.0.1:{port}"))
            for port in ports
        ]
        for port in ports:
            await until(lambda port=port: is_ready(port), SLOW_START)  # type: ignore[misc]  # bound at once
        balancer.behind = [f"http://127.0.0.1:{port}/hook" for port in ports]
        yield Office(sandbox, database, running)


async def is_ready(port: int) -> bool:
    with contextlib.suppress(aiohttp.ClientError):
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    return False


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def stopped(running: asyncio.subprocess.Process) -> Iterator[None]:
    os.kill(running.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(running.pid, signal.SIGCONT)


async def test_three_processes_lose_their_leader_in_three_ways_and_nobody_is_forgotten(
    postgres_url: str, tmp_path: Path
) -> None:
    """Cut off from the database, stopped until another leads and awake again, killed: each amid a stream."""
    async with office(tmp_path, postgres_url) as here:
        assert len(here.sandbox.world.calls.find("setWebhook")) == 1

        stream = asyncio.create_task(here.asked(2))
        await asyncio.sleep(0.7)
        here.cut_leader()
        await stream
        assert set((await here.all_heard(1)).values()) == {1}, "cut off: nobody hears anything twice"

        stream, before = asyncio.create_task(here.asked(2)), here.epoch()
        await asyncio.sleep(0.7)
        with stopped(here.leader()):
            await until(lambda: here.epoch() > before)
        await stream
        await here.all_heard(2)
        await here.settled()
        assert here.doubled(2) <= here.doubted(), "what was on the wire when it was stopped; nothing after it was awake"

        stream, before = asyncio.create_task(here.asked(2)), here.epoch()
        await asyncio.sleep(0.7)
        here.leader().kill()
        await until(lambda: here.epoch() > before)
        await stream
        await here.all_heard(3)
        await here.settled()
        assert here.doubled(3) <= here.doubted(), "what was on the wire when it was killed, and nothing else"
        assert len(here.sandbox.world.calls.find("setWebhook")) == 1, "by one process, once"
        assert not here.sandbox.world.calls.refusals
