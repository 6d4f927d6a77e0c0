"""`python -m benchmarks.db`: intake transactions a second, beside the plain driver. R6.

The peer is sqlite3 (psycopg) with four hand-written inserts per report, one commit after the other, synchronous=FULL.
Ours is what the engine does for a report: seen before?, load, decide, save. `storage` decides for nothing, `road` by
the rules.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated

import orjson
import typer

from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.processes import child
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table
from benchmarks.rig.rounds import Spread, interleaved, ratio

WAITING = (1, 8, 32)
RAW, STORAGE, ROAD = "raw driver, one by one", "ours, storage, {} waiting", "ours, whole road, {} waiting"
AT = 32
Figures = dict[str, float]


def one(how: str, kind: str, count: int, waiting: int, town: Ground) -> Figures:
    """A run in a process of its own, on a fresh database."""
    size = str(count), str(waiting), str(town.town.posts)
    with town.fresh(kind) as url, child("benchmarks.peer.intake", how, url, *size) as run:
        figures: Figures = orjson.loads(run.line())
        return figures


def runs(kind: str, count: int, town: Ground) -> Mapping[str, Callable[[], Figures]]:
    """All configurations on one database."""
    ours = {STORAGE.format(it): partial(one, "storage", kind, count, it, town) for it in WAITING}
    road = {ROAD.format(AT): partial(one, "road", kind, count // 4, AT, town)}
    return {RAW: partial(one, "raw", kind, count * 3, 1, town)} | ours | road


def measure(
    *,
    rounds: int = 5,
    count: Annotated[int, typer.Option(help="Reports per run.")] = 1000,
    posts: int = 100,
    postgres: bool = True,
) -> Report:
    """The whole measurement; about 10 s per round and database."""
    with ground(posts, both=postgres) as town:
        found = {kind: interleaved(runs(kind, count, town), rounds, progress(f"db {kind}")) for kind in town.kinds}
    return Report(
        name="db",
        setup=f"{rounds} rounds, {count} reports each, {posts} posts on duty (their sign-ins are loaded each time).",
        tables=tuple(_table(kind, figures) for kind, figures in found.items()),
        goals=_goals(found["sqlite"]),
    )


def _table(kind: str, found: dict[str, list[Figures]]) -> Table:
    return Table(
        title=kind,
        head=("what", "transactions/s", "ratio to raw", "p50 ms", "p99 ms"),
        rows=tuple(
            (
                name,
                _all(it, "rate"),
                ratio(_list(it, "rate"), _list(found[RAW], "rate")),
                _all(it, "p50").mid,
                _all(it, "p99"),
            )
            for name, it in found.items()
        ),
    )


def _goals(found: dict[str, list[Figures]]) -> dict[str, float]:
    ours = found[STORAGE.format(AT)]
    return {"R6": ratio(_list(ours, "rate"), _list(found[RAW], "rate")).mid, "R6 p99": _all(ours, "p99").mid}


def _list(figures: list[Figures], name: str) -> list[float]:
    return [it[name] for it in figures]


def _all(figures: list[Figures], name: str) -> Spread:
    return Spread.of(_list(figures, name))


if __name__ == "__main__":
    as_command(measure)
