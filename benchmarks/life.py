"""`python -m benchmarks.life`: how many reports a second become dispatches on the whole road, beside bare echo bots.

R1, R2, R3. Ours: our poller, PTB's objects, the rules, one durable transaction per report (synchronous=FULL), the
pump without Telegram's limits. A report makes two messages: the card in the post's group and the resident's receipt;
its rate counts reports until the last of both has arrived. The echo bots keep nothing and say one message per update.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, ratio
from benchmarks.rig.updates import reports

WARM = 100
A, B = "A: PTB default echo (httpx, serial)", "B: PTB echo on our transport, 64 at once"
OURS = "ours, {}, report → dispatch"
SOME = {0.0: {A: 1500, B: 3000}, 0.05: {A: 80, B: 3000}}  # updates per run: a few seconds each


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One run: updates (or dispatches) a second, and processor time per update in microseconds."""

    rate: float
    dispatches: float
    cpu_us: float


def echo(rtt: float, how: str, count: int, town: Ground) -> Pace:
    """A bare bot says `count` messages back."""
    with server(rtt=rtt) as there, bots.bare(there, how) as bot:
        return _timed(there, bot, town, count, groups=0)


def dispatches(rtt: float, kind: str, count: int, town: Ground) -> Pace:
    """Our bot takes `count` reports."""
    with server(rtt=rtt) as there, bots.ours(there, town, kind, "--unpaced") as bot:
        return _timed(there, bot, town, count, groups=1)


def _timed(there: bots.Server, bot: bots.Child, town: Ground, count: int, *, groups: int) -> Pace:
    """Warm up, then the measured stretch: from the first batch handed out to the last message that arrived."""
    warm = min(WARM, count)
    there.load(reports(town.town, 1, warm))
    bots.settled(there, bot, updates=warm, sends=warm * (1 + groups), groups=warm * groups)
    there.tell("forget")
    used = bot.cpu_seconds()
    there.load(reports(town.town, warm + 1, count))
    end = bots.settled(there, bot, updates=warm + count, sends=count * (1 + groups), groups=count * groups)
    used = bot.cpu_seconds() - used
    last = end["last_group_send"] if groups else end["last_send"]
    begun = end["first_poll"]
    return Pace(rate=count / (end["last_send"] - begun), dispatches=count / (last - begun), cpu_us=used / count * 1e6)


def runs(rtt: float, town: Ground, count: int) -> Mapping[str, Callable[[], Pace]]:
    """All configurations at one round trip."""
    some = SOME[rtt]
    found = {A: partial(echo, rtt, "default", some[A], town), B: partial(echo, rtt, "transport", some[B], town)}
    return found | {OURS.format(kind): partial(dispatches, rtt, kind, count, town) for kind in town.kinds}


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Reports per run.")] = 500,
    posts: int = 100,
    postgres: bool = True,
    slow: Annotated[bool, typer.Option(help="The round trip of 50 ms too.")] = True,
) -> Report:
    """The whole measurement; about (5 s + 2 x count / rate) per configuration, round and round trip."""
    with ground(posts, both=postgres) as town:
        found = {
            rtt: interleaved(runs(rtt, town, count), rounds, progress("life")) for rtt in (SOME if slow else (0.0,))
        }
    return Report(
        name="life",
        setup=f"{rounds} rounds, {count} reports each, {posts} posts on duty, two messages per report.",
        tables=tuple(_table(rtt, paces) for rtt, paces in found.items()),
        goals=_goals(found),
    )


def _table(rtt: float, paces: dict[str, list[Pace]]) -> Table:
    rates = {name: [it.rate for it in found] for name, found in paces.items()}
    return Table(
        title=f"RTT {rtt * 1000:.0f} ms",
        head=("bot", "updates/s", "dispatches/s", "CPU µs/update", "vs A", "vs B"),
        rows=tuple(
            (
                name,
                Spread.of(rates[name]),
                Spread.of([it.dispatches for it in found]) if name not in {A, B} else None,
                Spread.of([it.cpu_us for it in found]).mid,
                ratio(rates[name], rates[A]),
                ratio(rates[name], rates[B]),
            )
            for name, found in paces.items()
        ),
    )


def _goals(found: dict[float, dict[str, list[Pace]]]) -> dict[str, float]:
    """By SQLite, until every message has arrived."""
    rates = {rtt: {name: [it.rate for it in them] for name, them in paces.items()} for rtt, paces in found.items()}
    ours = OURS.format("sqlite")
    goals: dict[str, float] = {}
    if 0.0 in rates:
        goals |= {"R1": ratio(rates[0.0][ours], rates[0.0][B]).mid, "R2": ratio(rates[0.0][ours], rates[0.0][A]).mid}
    if 0.05 in rates:
        goals["R3"] = ratio(rates[0.05][ours], rates[0.05][A]).mid
    return goals


if __name__ == "__main__":
    as_command(measure)
