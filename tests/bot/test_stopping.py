"""SIGTERM: 0 in under ten seconds, whatever waits, and nothing is held by a process that is gone."""

import asyncio
import contextlib
import signal
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, select

from bot import lifecycle
from bot.clock import real_now
from bot.opening import open_store
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.stopping import Budget
from storage import views
from storage.queueing import queue
from storage.tables import OUTBOX
from tests.bot.street import opened, said, settings, until
from tests.bot.test_running import ended, polled, process
from tests.bot.test_several import free_port, is_ready

WAITING = 2000
USERS = (7, 8, 9)
WITHIN = 20.0  # real seconds on a starved machine; less than the slow server takes for one answer
SLOWLY = 60.0
SLOW_START = 40.0


def outbox_of(folder: Path, **more: str) -> dict[str, int]:
    """How many notices there are in each state."""
    with open_store(settings(folder, "http://x", **more)) as store:
        counts = store.read(views.outbox_counts).result()
    return {state: sum(n for (_, its), n in counts.items() if its == state) for _, state in counts}


def waiting_for(folder: Path, users: Sequence[int]) -> int:
    """How many notices wait for them; the bot has a few words of its own for others."""
    count = select(func.count()).where(OUTBOX.c.state == "pending", OUTBOX.c.chat.in_(users))
    with open_store(settings(folder, "http://x")) as store:
        return store.read(lambda conn: int(conn.execute(count).scalar_one())).result()


def fill(folder: Path, **more: str) -> None:
    with open_store(settings(folder, "http://x", **more)) as store:
        notices = [said(USERS[n % 3], f"{n}", f"k{n}") for n in range(WAITING)]
        store.submit(lambda conn: queue(conn, notices, real_now())).result()


async def stops(running: asyncio.subprocess.Process) -> tuple[int, float, str]:
    begun = time.monotonic()
    running.send_signal(signal.SIGTERM)
    code, words = await ended(running, WITHIN + 5)
    return code, time.monotonic() - begun, words


async def test_two_thousand_waiting_and_a_slow_server_do_not_hold_up_a_stop(tmp_path: Path) -> None:
    """Polling and with a webhook, side by side, since most of it is waiting."""
    folders = [tmp_path / "polling", tmp_path / "webhook"]
    for folder in folders:
        folder.mkdir()
    await asyncio.gather(*map(stopped_while_sending, folders))


async def stopped_while_sending(folder: Path) -> None:
    fill(folder)
    port = free_port()
    more = {"BOT_LISTEN": f"127.0.0.1:{port}"}
    if folder.name == "webhook":
        more |= {"BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "BOT_WEBHOOK_SECRET": "a-secret"}
    async with opened("off") as sandbox:
        sandbox.world.faults.add(Fault(kind="slow", method="sendMessage", seconds=SLOWLY, times=10_000))
        async with process(folder, sandbox.url, **more) as running:
            await until(lambda: sandbox.world.calls.find("sendMessage"), SLOW_START)
            await until(lambda: is_ready(port), SLOW_START)
            code, seconds, words = await stops(running)
        assert (code, "Traceback" in words) == (0, False), words
        assert seconds < WITHIN
        calls = [len(sandbox.world.calls.find("sendMessage", user)) for user in USERS]
    assert set(outbox_of(folder)) == {"pending"}, "none is held, none is thought to be sent"
    assert waiting_for(folder, USERS) == WAITING, "none is lost"
    assert max(calls) == 1, "one to each, and not one more once it was told to stop"


async def test_calls_that_are_answered_in_time_are_noted_before_the_end(tmp_path: Path) -> None:
    fill(tmp_path)
    async with opened("off") as sandbox:
        sandbox.world.faults.add(Fault(kind="slow", method="sendMessage", seconds=3, times=10_000))
        async with process(tmp_path, sandbox.url) as running:
            await until(lambda: sandbox.world.calls.find("sendMessage"), SLOW_START)
            code, seconds, words = await stops(running)
        assert (code, seconds < WITHIN) == (0, True), words
        told = sum(len([m for m in chat.messages.values() if m.body["from"]["is_bot"]]) for chat in private(sandbox))
    assert outbox_of(tmp_path) == {"sent": told, "pending": WAITING - told}
    assert told > 0


def private(sandbox: Sandbox) -> list[Any]:
    return [chat for number, chat in sandbox.world.chats.items() if number > 0]


@contextlib.contextmanager
def file_held(folder: Path) -> Iterator[None]:
    """Somebody else writes to the file and takes long, such as a person with a tool."""
    other = sqlite3.connect(folder / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_database_that_does_not_answer_does_not_hold_up_a_stop(postgres_url: str, tmp_path: Path) -> None:
    """A file that somebody else writes to, and a server on which somebody holds the tables; side by side."""
    await asyncio.gather(
        stopped_while_held(tmp_path, file_held(tmp_path)),
        stopped_while_held(tmp_path, server_held(postgres_url), BOT_DATABASE_URL=postgres_url),
    )


async def stopped_while_held(folder: Path, hold: contextlib.AbstractContextManager[None], **more: str) -> None:
    async with opened("off") as sandbox, process(folder, sandbox.url, **more) as running:
        await until(lambda: polled(sandbox), SLOW_START)
        with hold:
            sandbox.world.say(7, 7, text="/help")
            await asyncio.sleep(0.5)
            code, seconds, words = await stops(running)
        assert (code, "Traceback" in words) == (0, False), words
        assert seconds < WITHIN
        async with process(folder, sandbox.url, **more):  # what was not kept was not acknowledged either
            await until(lambda: sandbox.world.calls.find("sendMessage", 7), SLOW_START)


@contextlib.contextmanager
def server_held(url: str) -> Iterator[None]:
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE outbox, seen, meta, cases IN ACCESS EXCLUSIVE MODE")
        yield


async def test_a_step_that_hangs_or_fails_is_left_and_the_next_one_begins() -> None:
    budget, done = Budget(1.0), []

    async def fails() -> None:
        raise ZeroDivisionError

    async def works() -> None:
        done.append(True)

    await budget.step("hangs", asyncio.sleep(60), 0.05)
    assert not budget.clean
    await budget.step("fails", fails(), 1)
    await budget.step("works", works(), 1)
    assert done == [True]


def test_a_whole_stop_is_over_before_whoever_runs_us_loses_patience() -> None:
    """A container runtime kills after ten seconds."""
    assert lifecycle.BUDGET + 1.0 <= 10.0
    assert lifecycle.FINISH + lifecycle.CLOSING < lifecycle.BUDGET


async def test_a_budget_is_never_less_than_a_moment() -> None:
    now = [0.0]
    budget = Budget(9.0, lambda: now[0])
    assert budget.clean
    assert (budget.left(), budget.left(3.0)) == (9.0, 6.0)
    now[0] = 20.0
    assert 0 < budget.left() < 0.1
