"""`python -m benchmarks.cpu`: processor time at Telegram's own limit, 29 messages a second. R13.

PTB's Bot with a card of three buttons, on our transport and on PTB's httpx; and our whole bot in a broadcast: the
outbox, the pump, the words, the transport, both transactions of every message.
"""

from functools import partial
from typing import Annotated

import typer

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import child, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, ratio

RATE = 29
RTT = 0.06
HTTPX, OURS, WHOLE = "PTB Bot, httpx", "PTB Bot, our transport", "our whole bot, {}"


def sends(how: str, count: int) -> float:
    """Share of a core, in percent."""
    with server(rtt=RTT) as there, child("benchmarks.peer.pace", how, there.url, str(count)) as run:
        return float(run.line()) / (count / RATE) * 100


def whole(kind: str, count: int, town: Ground) -> float:
    """Share of a core while our bot broadcasts, in percent."""
    with server(rtt=RTT) as there, bots.ours(there, town, kind) as bot:
        bot.say(str(RATE))
        bots.settled(there, bot, updates=0, sends=RATE)
        there.tell("forget")
        used = bot.cpu_seconds()
        bot.say(str(count))
        end = bots.settled(there, bot, updates=0, sends=count, patience=count / RATE * 3 + 60)
        seconds: float = end["last_send"] - end["first_send"]
        return (bot.cpu_seconds() - used) / seconds * 100


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Messages per run.")] = 203,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about 25 s per configuration and round."""
    with ground(posts, both=postgres) as town:
        runs = {HTTPX: partial(sends, "httpx", count), OURS: partial(sends, "ours", count)}
        runs |= {WHOLE.format(kind): partial(whole, kind, count, town) for kind in town.kinds}
        found = interleaved(runs, rounds, progress("cpu"))
    return Report(
        name="cpu",
        setup=f"{rounds} rounds, {count} messages each at {RATE} a second, RTT {RTT * 1000:.0f} ms.",
        tables=(_table(found),),
        goals={"R13": ratio(found[OURS], found[HTTPX]).mid, "R13 core": Spread.of(found[WHOLE.format("sqlite")]).mid},
    )


def _table(found: dict[str, list[float]]) -> Table:
    rows = ((name, Spread.of(it), ratio(it, found[HTTPX])) for name, it in found.items())
    return Table(
        title="Processor time at 29 messages a second", head=("what", "% of a core", "vs httpx"), rows=tuple(rows)
    )


if __name__ == "__main__":
    as_command(measure)
