"""`python -m benchmarks.sweep`: deadlines that come at one instant, each decided on the road. R8.

The loop's block is the longest time for which a task that wants to run every millisecond could not, the pump working
on.
"""

from functools import partial
from typing import Annotated

import orjson
import typer

from benchmarks.rig.bots import environment
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import child, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved

Figures = dict[str, float]


def one(kind: str, count: int, town: Ground) -> Figures:
    """A sweep on a fresh database."""
    with server() as there, town.fresh(kind) as database:
        env = environment(there, town, database)
        with child("benchmarks.peer.sweep", str(count), str(town.town.posts), env=env) as run:
            figures: Figures = orjson.loads(run.line())
            return figures


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Cases due at one instant.")] = 1000,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about 20 s per round and database, most of it to bring the cases in."""
    with ground(posts, both=postgres) as town:
        runs = {kind: partial(one, kind, count, town) for kind in town.kinds}
        found = interleaved(runs, rounds, progress("sweep"))
    return Report(
        name="sweep",
        setup=f"{rounds} rounds, {count} cases due at one instant, {posts} posts on duty, pump at 29/s.",
        tables=(_table(found),),
        goals={"R8": _all(found["sqlite"], "seconds").mid, "R8 block": _all(found["sqlite"], "block").mid},
    )


def _table(found: dict[str, list[Figures]]) -> Table:
    rows = ((kind, _all(it, "decided"), _all(it, "seconds"), _all(it, "block")) for kind, it in found.items())
    return Table(title="Due at once", head=("database", "decided", "seconds", "longest block ms"), rows=tuple(rows))


def _all(figures: list[Figures], name: str) -> Spread:
    return Spread.of([it[name] for it in figures])


if __name__ == "__main__":
    as_command(measure)
