"""A bot from its settings: built, run in a test or a demo, or run as a process until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from typing import NoReturn

from bot import firstcode, heap
from bot.assembly import assemble
from bot.clock import Real, real_now
from bot.copying import journal_of
from bot.ground import Ground
from bot.lifecycle import App
from bot.opening import open_clock, open_district, open_setup, open_store
from bot.pump.books import Books, Unpaced
from bot.restored import open_restored
from bot.settings import Settings
from bot.witness import note_settings, witness_of
from core.decide import decide as decide_by_the_rules
from handlers.routes import ROUTES, Route
from storage.transaction import Decide


def build(
    settings: Settings,
    *,
    decide: Decide = decide_by_the_rules,
    routes: Sequence[Route] = ROUTES,
    real: Real = real_now,
    paced: bool = True,
) -> App:
    """A bot on an open database, not yet started. Blocks; needs a running loop. Raises Refused.

    `paced=False` sends without Telegram's limits: for plays and measurements against a sandbox that has none.
    """
    store = open_store(settings)
    try:
        clock = open_clock(settings, store, real)
        open_restored(store, clock, journal_of(settings), witness_of(settings))
        open_district(settings, store, clock.now())
        code = open_setup(settings, store, clock.now())
        if code is not None:  # not in the log, which others may read
            sys.stderr.write(firstcode.SHOWN.format(code=code) + "\n")
        store.submit(lambda conn: note_settings(conn, settings, clock.now())).result()
        ground = Ground(settings=settings, store=store, clock=clock, decide=decide)
        return assemble(ground, routes, Books() if paced else Unpaced())
    except BaseException:
        store.close()
        raise


@contextlib.asynccontextmanager
async def running_app(
    settings: Settings,
    *,
    decide: Decide = decide_by_the_rules,
    routes: Sequence[Route] = ROUTES,
    real: Real = real_now,
    paced: bool = True,
) -> AsyncIterator[App]:
    """A started bot in this loop, stopped at the end: for the demo and for tests. Raises Refused."""
    app = build(settings, decide=decide, routes=routes, real=real, paced=paced)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()


async def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; the exit code: 0, or 1 when a part of the bot died. Raises Refused."""
    app, asked = build(settings), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    starting = asyncio.create_task(app.start(), name="start")
    enough = [asyncio.create_task(event.wait()) for event in (asked, app.failed)]
    try:
        await asyncio.wait([starting, *enough], return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            heap.settle()
            await asyncio.wait(enough, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancelled(starting, *enough)
        clean = await app.stop()
    code = 1 if app.failed.is_set() else 0
    if not clean:
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End now: Python would first wait for threads that wait for a database. What was promised is committed."""
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)


async def _cancelled(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
