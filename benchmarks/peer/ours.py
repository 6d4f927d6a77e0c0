"""`python -m benchmarks.peer.ours`: our own bot as it runs in earnest, set up by the environment as always.

With `--unpaced` Telegram's limits are left out; with `--echo` every message is answered by one, kept like any decision
and sent by the pump, instead of by the rules. It says its port when it works, and ends when its standard input does; a
number there starts a broadcast to so many people. With `--steps=FILE` it leaves there where urgent reports were when.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.peer.steps import watched
from benchmarks.rig.audience import AUDIENCE
from bot import heap, log
from bot.app import running_app
from bot.lifecycle import App
from bot.settings import load
from core.decide import decide as by_the_rules
from core.messages import Command, Lane, Notice, Spoke
from core.world import Decision, World
from storage.queueing import queue

Decide = Callable[[Command, World], Decision]


def echo(command: Command, _world: World) -> Decision:
    """One message for one message."""
    if not isinstance(command, Spoke):
        return Decision()
    key = f"echo:{command.chat}:{command.message}"
    return Decision(notices=(Notice(to=command.chat, kind="case.need_place", key=key),))


async def broadcast(app: App, count: int) -> None:
    """So many people are to be told something."""
    now = app.clock.now()
    told = [
        Notice(
            to=AUDIENCE + person, kind="case.need_place", key=f"told:{now.isoformat()}:{person}", lane=Lane.BROADCAST
        )
        for person in range(count)
    ]
    await asyncio.wrap_future(app.store.submit(lambda conn: queue(conn, told, now)))
    app.engine.wake.set()


async def main(*, paced: bool, decide: Decide) -> None:
    """Run until standard input is closed."""
    settings = load(_env_file=None)
    log.configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    async with running_app(settings, paced=paced, decide=decide) as app:
        heap.settle()
        print(app.port, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            await broadcast(app, int(line))


def run(flags: Sequence[str]) -> None:
    """As the command line asks."""
    files = [Path(flag.partition("=")[2]) for flag in flags if flag.startswith("--steps=")]
    steps = watched() if files else None
    asyncio.run(main(paced="--unpaced" not in flags, decide=echo if "--echo" in flags else by_the_rules))
    if steps is not None:
        steps.keep(files[0])


if __name__ == "__main__":
    run(sys.argv[1:])
