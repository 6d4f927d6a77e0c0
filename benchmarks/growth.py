"""`python -m benchmarks.growth`: the same commands on a database that grows, in rows read and in time.

Every size is a town of its own with the same things to do; only what lies behind it (finished cases) or beside it
(open cases that are not due) differs. Each job is done in a transaction that is rolled back, so that the next finds
the same. Sizes take turns; a ratio is one of the same round.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Annotated

import typer
from sqlalchemy import Connection

from benchmarks.rig.asked import ASKED, Asked, Bot, scene
from benchmarks.rig.command import as_command
from benchmarks.rig.databases import Ground, ground, within
from benchmarks.rig.past import grown
from benchmarks.rig.progress import progress
from benchmarks.rig.reading import UNIT, counted, explained, watched
from benchmarks.rig.report import Cell, Report, Table
from benchmarks.rig.rounds import Spread, interleaved, ratio
from storage.store import Store

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What a database holds besides what is to be done."""

    finished: int = 0
    open: int = 0

    @property
    def name(self) -> str:
        """For a head."""
        return f"{self.finished:,} finished" if self.finished else f"{self.open:,} open"


class Undone(Exception):  # noqa: N818  # reads as what it says
    """The job is to leave nothing."""


class Memory:
    """A database of a size, opened for as long as the measurement lasts."""

    def __init__(self, size: Size, store: Store, bot: Bot) -> None:
        self.size, self._store, self.bot = size, store, bot

    def undone(self, job: Callable[[Connection], object]) -> None:
        """Do it, and roll it back."""

        def work(conn: Connection) -> None:
            job(conn)
            raise Undone

        with contextlib.suppress(Undone):
            self._store.submit(work).result()

    def seconds(self, asked: Asked) -> float:
        """The median of a few times."""
        found: list[float] = []

        def timed(conn: Connection) -> None:
            begun = time.perf_counter()
            asked.job(self.bot, conn)
            found.append(time.perf_counter() - begun)

        for _ in range(asked.times):
            self.undone(timed)
        return median(found)

    def reads(self, asked: Asked) -> int:
        """Rows or steps; done once before, since what a process remembers is read only once."""
        found: list[int] = []
        self.undone(partial(asked.job, self.bot))
        self.undone(lambda conn: found.append(counted(conn, partial(asked.job, self.bot))))
        return found[-1]

    def plans(self, asked: Asked) -> list[str]:
        """How each of its statements is done."""
        found: list[str] = []

        def job(conn: Connection) -> None:
            with watched(conn) as ran:
                asked.job(self.bot, conn)
            found.extend(explained(conn, ran))

        self.undone(job)
        return found


@contextlib.contextmanager
def memories(kind: str, sizes: tuple[Size, ...], town: Ground, say: Say) -> Iterator[list[Memory]]:
    """One for each size."""
    with ExitStack() as stack:
        found = []
        for size in sizes:
            say(f"{kind}: {size.name}")
            url = stack.enter_context(town.fresh(kind))
            within(url, partial(scene, town.town))
            for count, is_open in ((size.finished, False), (size.open, True)):
                if count:
                    grown(url, count, town.town, open=is_open)
            store = stack.enter_context(Store.open(url, running=False))
            found.append(Memory(size, store, Bot(store, town.town)))
        yield found


def taken(kind: str, sizes: tuple[Size, ...], town: Ground, rounds: int, say: Say) -> tuple[list[Table], list[str]]:
    """Both tables of a database, and the plans on the largest."""
    with memories(kind, sizes, town, say) as all_of_them:
        reads = {asked.name: [it.reads(asked) for it in all_of_them] for asked in ASKED}
        times: dict[str, dict[str, list[float]]] = {}
        for asked in ASKED:
            runs = {it.size.name: partial(it.seconds, asked) for it in all_of_them}
            times[asked.name] = interleaved(runs, rounds, lambda what, of=asked.name: say(f"{kind}, {of}, {what}"))  # type: ignore[misc]  # bound now
        plans = [f"{kind}, {asked.name}\n{plan}" for asked in ASKED for plan in all_of_them[-1].plans(asked)]
    return [_reads(kind, sizes, reads), _times(kind, sizes, times)], plans


def _reads(kind: str, sizes: tuple[Size, ...], reads: Mapping[str, list[int]]) -> Table:
    rows: list[tuple[Cell, ...]] = [(name, *found, _by(found[-1], found[0])) for name, found in reads.items()]
    head = ("job", *(it.name for it in sizes), "last / first")
    return Table(title=f"{kind}: {UNIT[kind]} read", head=head, rows=tuple(rows))


def _by(top: float, bottom: float) -> float:
    return top / max(bottom, 1)


def _times(kind: str, sizes: tuple[Size, ...], times: Mapping[str, Mapping[str, list[float]]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, found in times.items():
        figures = list(found.values())
        rows.append((name, *(Spread.of([it * 1e6 for it in one]) for one in figures), ratio(figures[-1], figures[0])))
    head = ("job", *(it.name for it in sizes), "last / first")
    return Table(title=f"{kind}: µs, without the commit", head=head, rows=tuple(rows))


def measure(
    *,
    rounds: int = 5,
    finished: Annotated[str, typer.Option(help="Finished cases of each size, thousands.")] = "1000,100000,1000000",
    open: Annotated[str, typer.Option(help="Open cases of each size, thousands.")] = "1000,100000",  # noqa: A002  # the column's name
    posts: int = 100,
    postgres: bool = True,
    plans: Annotated[bool, typer.Option(help="Show the plan of each statement on the largest.")] = False,
) -> Report:
    """The whole measurement; most of its time is the making of a million cases, once for each database."""
    say = progress("growth")
    behind = tuple(Size(finished=it) for it in _numbers(finished))
    beside = tuple(Size(open=it) for it in _numbers(open))
    tables: list[Table] = []
    shown: list[str] = []
    with ground(posts, both=postgres) as town:
        for kind in town.kinds:
            for sizes in filter(None, (behind, beside)):
                more, how = taken(kind, sizes, town, rounds, say)
                tables += more
                shown += how
    return Report(
        name="growth",
        setup=f"{rounds} rounds, {posts} posts on duty, 100 cases new, 300 finished in the last month.",
        tables=tuple(tables),
        notes=tuple(shown) if plans else (),
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(it) for it in text.split(",") if it)


if __name__ == "__main__":
    as_command(measure)
