"""The bots that are measured: ours on a database, and the bare ones."""

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.rig.databases import Ground
from benchmarks.rig.processes import BOT_CPU, Child, Server, child
from benchmarks.rig.town import NINE

__all__ = ["Child", "Figures", "Server", "bare", "ours", "settled"]
Figures = dict[str, Any]
TOKEN = "7000000001:bench"  # noqa: S105  # opens nothing but the stand-in


def environment(server: Server, ground: Ground, database: str, **more: str) -> dict[str, str]:
    """How an operator would set it up; `more` are further settings by name."""
    given = {
        "token": TOKEN,
        "api_url": server.url,
        "database_url": database,
        "listen": "127.0.0.1:0",
        "district": str(ground.district),
        "clock_start": NINE.isoformat(),
        "log_level": "ERROR",
    }
    return {f"BOT_{name.upper()}": value for name, value in {**given, **more}.items()}


QUIET = 0.5  # seconds


@contextlib.contextmanager
def ours(server: Server, ground: Ground, kind: str, *flags: str, **more: str) -> Iterator[Child]:
    """Our bot at work, on a fresh database of this kind."""
    with (
        ground.fresh(kind) as database,
        child("benchmarks.peer.ours", *flags, env=environment(server, ground, database, **more)) as bot,
    ):
        bot.port = int(bot.line())
        yield bot


def started(env: dict[str, str]) -> Child:
    """Our bot on a database that is there already, to be killed or stopped by whoever asked."""
    return Child.start("benchmarks.peer.ours", "--unpaced", cpu=BOT_CPU, env=env)


def begun(env: dict[str, str]) -> Child:
    """The same once it works. Raises Died."""
    bot = started(env)
    bot.port = int(bot.line())
    return bot


@contextlib.contextmanager
def bare(server: Server, how: str, *hook: str) -> Iterator[Child]:
    """A bare echo bot at work; `hook` is the port and the secret of its webhook."""
    with child("benchmarks.peer.echo", server.url, how, *hook) as bot:
        bot.line()
        yield bot


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settled(
    server: Server, bot: Child, *, updates: int, sends: int, groups: int = 0, patience: float = 120.0
) -> Figures:
    """The server's figures when so much was handed out and has arrived, and nothing has come for a quarter second.

    Raises Died, TimeoutError.
    """
    limit, quiet, before = time.monotonic() + patience, 0.0, -1
    while time.monotonic() < limit:
        time.sleep(0.05)
        bot.alive()
        figures = server.stats()
        if figures["calls"] != before:
            quiet, before = time.monotonic(), figures["calls"]
        enough = figures["confirmed"] >= updates and figures["sends"] >= sends and figures["group_sends"] >= groups
        if enough and time.monotonic() - quiet > QUIET:
            return figures
    raise TimeoutError(f"not settled after {patience} s: {server.stats()}")
