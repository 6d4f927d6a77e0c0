"""`python -m benchmarks.case`: whole cases, from the report to the confirmed end, counted in calls to Telegram. R4.

Five updates and about twelve calls per case: report, accept, settle, proof by a picture, the resident's yes; card and
its changes, receipts, answers to presses. People of the stand-in press the moment they see a button. The peer is a
bare echo on our transport, one call per update.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import orjson
import typer

from benchmarks.rig import bots
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import Server, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, ratio
from benchmarks.rig.updates import reports

ECHO = "PTB echo on our transport, 64 at once"
OURS = "ours, {}, whole cases"
UPDATES = 5  # of a case
WARM = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One run: calls and cases (echoes) a second."""

    calls: float
    cases: float


def echo(count: int, town: Ground) -> Pace:
    """A bare bot says `count` messages back."""
    with server() as there, bots.bare(there, "transport") as bot:
        return _timed(there, bot, town, count, each=1)


def cases(kind: str, count: int, town: Ground) -> Pace:
    """Our bot and its people go through `count` cases."""
    with server() as there, bots.ours(there, town, kind, "--unpaced") as bot:
        patrols = {str(town.town.chat(post)): town.town.patrol(post) for post in range(town.town.posts)}
        there.tell("play", orjson.dumps(patrols))
        return _timed(there, bot, town, count, each=UPDATES)


def _timed(there: Server, bot: bots.Child, town: Ground, count: int, *, each: int) -> Pace:
    _go(there, bot, town, 1, WARM, each=each)
    there.tell("forget")
    end = _go(there, bot, town, WARM * each + 1, count, each=each)
    seconds = end["last_send"] - end["first_poll"]
    return Pace(calls=end["calls"] / seconds, cases=count / seconds)


def _go(there: Server, bot: bots.Child, town: Ground, first: int, count: int, *, each: int) -> bots.Figures:
    there.load(reports(town.town, first, count))
    return bots.settled(there, bot, updates=first - 1 + count * each, sends=count, patience=600.0)


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Cases per run.")] = 400,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about (10 s + count / cases a second) per round and database."""
    with ground(posts, both=postgres) as town:
        runs: dict[str, Callable[[], Pace]] = {ECHO: partial(echo, 3000, town)}
        runs |= {OURS.format(kind): partial(cases, kind, count, town) for kind in town.kinds}
        found = interleaved(runs, rounds, progress("case"))
    calls = {name: [it.calls for it in paces] for name, paces in found.items()}
    return Report(
        name="case",
        setup=f"{rounds} rounds, {count} cases each, {posts} posts on duty, RTT 0, no pacing.",
        tables=(_table(found, calls),),
        goals={"R4": ratio(calls[OURS.format("sqlite")], calls[ECHO]).mid},
    )


def _table(found: dict[str, list[Pace]], calls: dict[str, list[float]]) -> Table:
    return Table(
        title="Whole cases",
        head=("bot", "calls/s", "cases/s", "calls per case", "per call, vs echo"),
        rows=tuple(
            (
                name,
                Spread.of(calls[name]),
                Spread.of([it.cases for it in paces]),
                Spread.of([it.calls / it.cases for it in paces]).mid,
                ratio(calls[name], calls[ECHO]),
            )
            for name, paces in found.items()
        ),
    )


if __name__ == "__main__":
    as_command(measure)
