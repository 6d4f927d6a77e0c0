"""`python -m benchmarks.webhook`: our door beside PTB's own webhook server (Tornado). R11, R12.

R11: 200 updates a second are posted; the time from the POST to the dispatch's request at the server. Ours goes the
whole durable road first; the peer echoes and keeps nothing. R12: updates as fast as they are answered over 40
connections; ours answers each message by one, after the commit, and sends it by the outbox (`--echo`); echoes a
second until the last one.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import orjson
import typer

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import Child, Server, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, percentile, ratio
from benchmarks.rig.updates import reports

SECRET = "a-secret"  # noqa: S105  # of the stand-in
TORNADO = "PTB Tornado echo (default)"
OURS, ECHO = "ours, {}, report → dispatch", "ours, {}, echo after commit"
RATE, WARM = 200.0, 100
Opened = Callable[[Ground, Server], AbstractContextManager[tuple[Child, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One run: per second over all; milliseconds from the POST to the answer, and to the request on the wire."""

    rate: float
    ack_p99: float
    wire_p50: float
    wire_p99: float


@contextmanager
def tornado(_town: Ground, there: Server) -> Iterator[tuple[Child, int]]:
    """PTB's own webhook server."""
    port = bots.free_port()
    with bots.bare(there, "default", str(port), SECRET) as bot:
        yield bot, port


@contextmanager
def door(kind: str, flags: tuple[str, ...], town: Ground, there: Server) -> Iterator[tuple[Child, int]]:
    """Our door."""
    port = bots.free_port()
    more = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": SECRET, "listen": f"127.0.0.1:{port}"}
    with bots.ours(there, town, kind, "--unpaced", *flags, **more) as bot:
        yield bot, port


def run(opened: Opened, town: Ground, count: int, rate: float, each: int) -> Pace:
    """Warm up, then `count` updates at `rate`; `each` is how many messages one makes."""
    with server() as there, opened(town, there) as (bot, port):
        _knock(there, bot, port, reports(town.town, 1, WARM), 0.0)
        bots.settled(there, bot, updates=0, sends=WARM * each)
        there.tell("forget")
        _knock(there, bot, port, reports(town.town, WARM + 1, count), rate)
        end = bots.settled(there, bot, updates=0, sends=count * each, patience=300.0)
        times = there.tell("knocked")
        posted = {WARM + 1 + turn: at for turn, (at, _) in enumerate(times)}
        wire = [send["at"] - posted[send["tag"]] for send in there.tell("sends") if send["tag"] in posted]
    whole = end["last_send"] - min(posted.values())
    acks = [acked - at for at, acked in times]
    return Pace(
        rate=count / whole,
        ack_p99=percentile(acks, 0.99) * 1e3,
        wire_p50=percentile(wire, 0.5) * 1e3 if wire else 0.0,
        wire_p99=percentile(wire, 0.99) * 1e3 if wire else 0.0,
    )


def _knock(there: Server, bot: Child, port: int, updates: list[bytes], rate: float) -> None:
    bot.alive()
    order = orjson.dumps({"url": f"http://127.0.0.1:{port}/hook", "secret": SECRET, "rate": rate})
    there.tell("knock", b"\n".join([order, *updates]))


def measure(
    *,
    rounds: int = 5,
    seconds: Annotated[float, typer.Option(help="Length of a run at 200/s.")] = 5.0,
    count: Annotated[int, typer.Option(help="Updates per run as fast as they are taken.")] = 2000,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about (20 s + seconds) per bot, round and goal."""
    paced = int(RATE * seconds)
    with ground(posts, both=postgres) as town:
        slow = {TORNADO: partial(run, tornado, town, paced, RATE, 1)}
        slow |= {OURS.format(it): partial(run, partial(door, it, ()), town, paced, RATE, 2) for it in town.kinds}
        fast = {TORNADO: partial(run, tornado, town, count, 0.0, 1)}
        fast |= {
            ECHO.format(it): partial(run, partial(door, it, ("--echo",)), town, count, 0.0, 1) for it in town.kinds
        }
        at_pace = interleaved(slow, rounds, progress("webhook R11"))
        at_will = interleaved(fast, rounds, progress("webhook R12"))
    return Report(
        name="webhook",
        setup=f"{rounds} rounds, 40 kept-alive connections, {posts} posts on duty, RTT 0, no pacing.",
        tables=(_waits(at_pace), _rates(at_will)),
        goals={
            "R11": ratio(_p99(at_pace[OURS.format("sqlite")]), _p99(at_pace[TORNADO])).mid,
            "R12": ratio(_rate(at_will[ECHO.format("sqlite")]), _rate(at_will[TORNADO])).mid,
        },
    )


def _waits(found: dict[str, list[Pace]]) -> Table:
    return Table(
        title=f"POST → request on the wire at {RATE:.0f}/s",
        head=("bot", "p50 ms", "p99 ms", "answered p99 ms", "p99 vs Tornado"),
        rows=tuple(
            (
                name,
                Spread.of([it.wire_p50 for it in paces]),
                Spread.of(_p99(paces)),
                Spread.of([it.ack_p99 for it in paces]),
                ratio(_p99(paces), _p99(found[TORNADO])),
            )
            for name, paces in found.items()
        ),
    )


def _rates(found: dict[str, list[Pace]]) -> Table:
    return Table(
        title="Echoes as fast as they are taken",
        head=("bot", "echoes/s", "answered p99 ms", "vs Tornado"),
        rows=tuple(
            (name, Spread.of(_rate(it)), Spread.of([p.ack_p99 for p in it]), ratio(_rate(it), _rate(found[TORNADO])))
            for name, it in found.items()
        ),
    )


def _p99(paces: list[Pace]) -> list[float]:
    return [it.wire_p99 for it in paces]


def _rate(paces: list[Pace]) -> list[float]:
    return [it.rate for it in paces]


if __name__ == "__main__":
    as_command(measure)
