"""`python -m benchmarks.peer.sweep count posts`: our bot with `count` cases whose deadlines come at one instant.

The cases come in as reports on the road; then the moved clock jumps to where all are due at once, and each is decided
on the road while the pump goes on sending at Telegram's pace. Prints one JSON object: seconds until nothing was due
any more, the longest block of the loop in ms, and how many were decided.
"""

import asyncio
import sys
import time
from datetime import datetime

import orjson
from sqlalchemy import Connection, select

from benchmarks.peer.intake import spoken
from benchmarks.rig.town import BigTown
from bot.app import running_app
from bot.lifecycle import App
from bot.settings import load
from storage.cases import due_cases
from storage.tables import CASES

AT_ONCE = 32
BEAT = 0.001


class Pulse:
    """A task that wants to run every millisecond: how long it could not."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - BEAT)
            last = now

    def stop(self) -> float:
        """The longest block in seconds."""
        self._task.cancel()
        return self.longest


async def reported(app: App, count: int, town: BigTown) -> None:
    """All cases are there."""
    for first in range(1, count + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count + 1))
        await asyncio.gather(*(app.engine.execute(spoken(town, number), f"u:{number}") for number in numbers))


def latest(conn: Connection) -> datetime:
    """The moment by which every open case is due."""
    found: datetime = max(conn.execute(select(CASES.c.due_at).where(CASES.c.open)).scalars())
    return found


async def main(count: int, town: BigTown) -> None:
    """Prepare, sweep, print."""
    async with running_app(load(_env_file=None)) as app:
        await reported(app, count, town)
        due = await asyncio.wrap_future(app.store.read(latest))
        pulse, begun = Pulse(), time.perf_counter()
        app.clock.jump_to(due)
        await app.ticker.beat()
        seconds = time.perf_counter() - begun
        block = pulse.stop()
        left = await asyncio.wrap_future(app.store.read(lambda conn: len(due_cases(conn, due, count))))
        print(orjson.dumps({"seconds": seconds, "block": block * 1e3, "decided": count - left}).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), BigTown(posts=int(sys.argv[2]))))
