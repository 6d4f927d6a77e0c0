"""`python -m benchmarks.rate`: a broadcast with urgent cards inside it, under Telegram's limits. R9, R10.

The stand-in refuses with 429 what is over 30 a second, 1 a second to a person (3 at once) or 20 a minute in a group;
RTT 60 ms and up to 20 more. While the broadcast runs a resident reports a fire every 4.7 s; what counts is the time
from the report's arrival at the server until the card's request arrives there, less the 60 ms of the way. The peer is
PTB's `AIORateLimiter` (ten tries) with the broadcast as one `gather`.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from benchmarks.rig import bots
from benchmarks.rig.audience import AUDIENCE
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import Child, Server, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, percentile
from benchmarks.rig.updates import DANGER, report

LIMIT = 30.0  # messages a second that the server lets through
RTT, JITTER = 0.06, 0.02
EVERY = 4.7  # seconds between urgent reports
OURS, PEER = "ours, {}", "PTB AIORateLimiter"
Opened = Callable[[Server], AbstractContextManager[Child]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """When it was begun, and when each urgent report (by its number) arrived at the server."""

    begun: float
    asked: dict[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """One broadcast: seconds until its last message, all messages sent, refusals, waits of urgent cards in ms."""

    seconds: float
    messages: int
    refused: int
    urgent: tuple[float, ...]

    @property
    def stretch(self) -> float:
        """How much longer than the limit allows, for everything that was sent meanwhile."""
        return self.seconds / (self.messages / LIMIT)


def fly(opened: Opened, count: int, town: Ground) -> Flight:
    """Broadcast to `count` people, urgent reports inside."""
    with server(rtt=RTT, jitter=JITTER) as there, opened(there) as bot:
        return _flight(there, told_all(there, bot, town, count), count)


def told_all(there: Server, bot: Child, town: Ground, count: int, every: float = EVERY) -> Broadcast:
    """A broadcast to its end, and urgent reports inside, one each `every` seconds."""
    there.load([report(town.town, 1, DANGER)])  # warm
    bots.settled(there, bot, updates=1, sends=1)
    there.tell("forget")
    there.tell("flood")
    begun = time.monotonic()
    bot.say(str(count))
    asked: dict[int, float] = {}
    while there.stats()["sends"] < count - LIMIT * EVERY:
        time.sleep(every)
        bot.alive()
        number = 2 + len(asked)
        asked[number] = there.load([report(town.town, number, DANGER)])
    bots.settled(there, bot, updates=1 + len(asked), sends=count, groups=len(asked), patience=count / 5 + 120)
    return Broadcast(begun=begun, asked=asked)


def _flight(there: Server, made: Broadcast, count: int) -> Flight:
    sends, figures = there.tell("sends"), there.stats()
    told = [send["at"] for send in sends if send["chat"] >= AUDIENCE]
    assert len(told) == count, f"{len(told)} of {count} were told"
    cards: dict[int, float] = {}
    for send in sends:
        if send["chat"] < 0 and send["tag"] in made.asked:
            cards.setdefault(send["tag"], send["at"])
    waits = tuple((cards[number] - at - RTT) * 1e3 for number, at in made.asked.items())
    meanwhile = sum(send["at"] <= max(told) for send in sends)
    return Flight(seconds=max(told) - made.begun, messages=meanwhile, refused=figures["refused"], urgent=waits)


def measure(
    *,
    rounds: int = 5,
    peer_rounds: Annotated[int, typer.Option(help="Of the peer and of PostgreSQL.")] = 2,
    count: Annotated[int, typer.Option(help="People who are told.")] = 1000,
    large: Annotated[int, typer.Option(help="People who are told once more, on SQLite; 0 for none.")] = 12_000,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; N / 29 s and some 10 s per flight of ours, the double for the peer, whose waits are a
    thousand times ours."""
    say = progress("rate")
    with ground(posts, both=postgres) as town:
        ours = {OURS.format(kind): partial(_fly_ours, kind, count, town) for kind in town.kinds}
        first = min(rounds, peer_rounds)
        found = interleaved({PEER: partial(_fly_peer, count, town)} | ours, first, say)
        found[OURS.format("sqlite")] += interleaved({"": ours[OURS.format("sqlite")]}, rounds - first, say)[""]
        if large:
            found |= interleaved(
                {f"{OURS.format('sqlite')}, {large:,}": partial(_fly_ours, "sqlite", large, town)}, 1, say
            )
    return Report(
        name="rate",
        setup=f"A broadcast to {count:,} people, {rounds} rounds ({first} of the peer and of PostgreSQL), RTT "
        f"60 + 0–20 ms, a report of a fire every {EVERY} s. Stretch: seconds / (messages sent meanwhile / 30).",
        tables=(_table(found),),
        goals=_goals(found),
    )


def _fly_ours(kind: str, count: int, town: Ground) -> Flight:
    return fly(lambda there: bots.ours(there, town, kind), count, town)


def _fly_peer(count: int, town: Ground) -> Flight:
    return fly(lambda there: bots.bare(there, "limited"), count, town)


def _table(found: dict[str, list[Flight]]) -> Table:
    return Table(
        title="Broadcast and urgent cards",
        head=("sender", "seconds", "stretch", "429", "urgent cards", "p50 ms", "p99 ms", "longest ms"),
        rows=tuple(
            (
                name,
                Spread.of([it.seconds for it in flights]),
                Spread.of([it.stretch for it in flights]),
                sum(it.refused for it in flights),
                len(waits := _waits(flights)),
                percentile(waits, 0.5),
                percentile(waits, 0.99),
                max(waits),
            )
            for name, flights in found.items()
        ),
    )


def _goals(found: dict[str, list[Flight]]) -> dict[str, float]:
    ours = found[OURS.format("sqlite")]
    late = percentile(_waits(ours), 0.99)
    return {
        "R9": Spread.of([it.stretch for it in ours]).mid,
        "R9 429": float(sum(it.refused for it in ours)),
        "R10": late,
        "R10 peer": percentile(_waits(found[PEER]), 0.99) / late,
    }


def _waits(flights: list[Flight]) -> list[float]:
    """Of all rounds together: one round has too few for a 99th percentile."""
    return [wait for it in flights for wait in it.urgent]


if __name__ == "__main__":
    as_command(measure)
