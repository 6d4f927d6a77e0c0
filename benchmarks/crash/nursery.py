"""A process that has read all the code once and forks a bot in milliseconds; what is killed is a real process.

`python -m benchmarks.crash.nursery`: a line of JSON (the settings) in, a line with the process id out.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NoReturn, Self

import orjson

from bot.app import build
from bot.demo.house import DISTRICT
from bot.log import configure
from bot.opening import read_file
from bot.settings import Settings
from bot.voice.catalogue import catalogues

ROOT = Path(__file__).parents[2]


class Nursery:
    """Starts bots for a measurement."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._one_by_one = asyncio.Lock()

    @classmethod
    @contextlib.asynccontextmanager
    async def opened(cls) -> AsyncIterator[Self]:
        """A nursery that reads all code once."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "benchmarks.crash.nursery")
        nursery = cls(await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe))
        try:
            yield nursery
        finally:
            await nursery.close()

    async def start(self, settings: dict[str, Any]) -> int:
        """A new bot; its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._one_by_one:
            self._process.stdin.write(orjson.dumps(settings) + b"\n")
            return int(await self._process.stdout.readline())

    async def close(self) -> None:
        """No more bots."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


async def killed(pid: int) -> None:
    """Kill a bot as a power cut would; it is gone when this returns."""
    os.kill(pid, signal.SIGKILL)
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.001)


async def live(settings: Settings) -> None:
    """A bot that nobody tells to stop; without pacing, since the sandbox sets no limits."""
    app = build(settings, paced=False)
    await app.start()
    await app.failed.wait()


def born(line: bytes) -> NoReturn:
    """The life of a forked bot."""
    os.close(0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # it has children of its own
    settings = Settings(_env_file=None, **orjson.loads(line))
    configure(level="WARNING", form="text", secrets=())
    asyncio.run(live(settings))
    os._exit(1)


def main() -> None:
    """Fork a bot per line until the input ends. What every start would read is read before."""
    read_file(DISTRICT)
    catalogues()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    for line in sys.stdin.buffer:
        pid = os.fork()
        if pid == 0:
            born(line)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
