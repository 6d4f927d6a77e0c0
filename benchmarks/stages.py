"""`python -m benchmarks.stages`: where the time of one report goes, stage by stage, on both databases.

One report after the other, so that nothing waits for anything else: the sum is the road's length, not its throughput. A
report makes two messages; their stages are added up.
"""

from functools import partial
from statistics import median
from typing import Annotated

import orjson
import typer

from benchmarks.rig.bots import environment
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import child, server
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Cell, Report, Table
from benchmarks.rig.rounds import Spread, interleaved

Stages = dict[str, float]


def one(kind: str, count: int, town: Ground) -> Stages:
    """The medians of a run, microseconds."""
    with server() as there, town.fresh(kind) as database:
        env = environment(there, town, database)
        with child("benchmarks.peer.stages", str(town.town.posts), str(count), env=env) as run:
            return {name: median(figures) for name, figures in orjson.loads(run.line()).items()}


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Reports per run.")] = 200,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about 15 s per round and database."""
    with ground(posts, both=postgres) as town:
        runs = {kind: partial(one, kind, count, town) for kind in town.kinds}
        found = interleaved(runs, rounds, progress("stages"))
    return Report(
        name="stages",
        setup=f"{rounds} rounds, {count} reports each, one after the other, {posts} posts on duty. µs per report.",
        tables=(_table(found),),
    )


def _table(found: dict[str, list[Stages]]) -> Table:
    stages = list(next(iter(found.values()))[0])
    rows: list[tuple[Cell, ...]] = [
        (it, *(Spread.of([run[it] for run in runs]) for runs in found.values())) for it in stages
    ]
    total: tuple[Cell, ...] = ("all", *(Spread.of([sum(it.values()) for it in runs]) for runs in found.values()))
    return Table(title="Where the time goes", head=("stage", *found), rows=(*rows, total))


if __name__ == "__main__":
    as_command(measure)
