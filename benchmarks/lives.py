"""`python -m benchmarks.lives --sequences 10000`: whole lives of cases at random, and whether a promise broke in one.

Residents, staff, strangers and forgers act in any order, messages come late or twice, the clock jumps
(tests/core/decide/lives.py says what must hold). A life is known by its number: `--first N --sequences 1` plays it
again.
"""

import re
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from time import perf_counter
from typing import Annotated

import typer

from benchmarks.rig.progress import progress
from benchmarks.rig.report import Report, Table, print_report
from tests.core.decide.lives import ROW, live, of_seed

AT_ONCE = 25  # lives in one piece of work
A_WORD = 250  # lives, after which it is said how far it is
SHOWN = 12
ANSWER, EVENT = "ans.", "+"
ROWS = range(1, 45)  # of the life
ENOUGH = 1_000  # lives that have to reach every row


@dataclass(slots=True, kw_only=True)
class Tally:
    """What happened in many lives. `broken` are the promises with the numbers of the lives that broke them."""

    lives: int = 0
    steps: int = 0
    cases: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Put another one's beside it."""
        self.lives, self.steps = self.lives + other.lives, self.steps + other.steps
        self.cases += other.cases
        self.happened += other.happened
        for what, numbers in other.broken.items():
            self.broken.setdefault(what, []).extend(numbers)


def played(first: int, count: int) -> Tally:
    """So many lives from a number on."""
    tally = Tally()
    for number in range(first, first + count):
        steps = list(of_seed(number))
        tally.lives, tally.steps = tally.lives + 1, tally.steps + len(steps)
        try:
            life = live(steps)
        except Exception as fault:  # whatever it is, it is what we look for
            tally.broken.setdefault(_named(fault), []).append(number)
        else:
            tally.cases.update(case.status.value for case in life.cases.values())
            tally.happened += life.counts
    return tally


def _named(fault: Exception) -> str:
    """A fault by where it was noticed, without the numbers in it, so that the same one is counted together."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    words = re.sub(r"\d+", "N", str(fault).partition("\n")[0])[:100]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno} {type(fault).__name__}: {words}"


def all_of_them(first: int, count: int, workers: int) -> Tally:
    """The same on several cores."""
    total = Tally()
    pieces = [(at, min(AT_ONCE, first + count - at)) for at in range(first, first + count, AT_ONCE)]
    say = progress("lives")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for tally in pool.map(played, *zip(*pieces, strict=True)):
            total.add(tally)
            if total.lives % A_WORD == 0:
                say(f"{total.lives:,} of {count:,}, {sum(map(len, total.broken.values()))} broke a promise")
    return total


def told(tally: Tally, seconds: float) -> Report:
    """What is printed."""
    cases = ", ".join(f"{name} {count}" for name, count in tally.cases.most_common())
    commands = Counter({k: v for k, v in tally.happened.items() if not k.startswith((ANSWER, EVENT, ROW))})
    rows = (
        ("sequences", f"{tally.lives:,} of {tally.steps / max(tally.lives, 1):.0f} steps, {seconds:,.0f} s"),
        ("decisions", f"{commands.total():,}: {_most(commands)}"),
        ("presses answered", _most(_of(tally, ANSWER))),
        ("written to the logs", _most(_of(tally, EVENT))),
        ("cases", f"{tally.cases.total():,}: {cases}"),
        ("rows of the life", _rows(tally)),
        ("broken promises", f"{sum(map(len, tally.broken.values())):,}"),
        *(
            (what, f"{len(numbers)}: lives {', '.join(map(str, numbers[:5]))}")
            for what, numbers in tally.broken.items()
        ),
    )
    return Report(name="lives", setup="every decision and every life checked", tables=(_table(rows),))


def unreached(tally: Tally) -> list[int]:
    """The rows of the life that nothing led to."""
    return [row for row in ROWS if not tally.happened[f"{ROW}{row}"]]


def _rows(tally: Tally) -> str:
    missing = unreached(tally)
    rarest = sorted((tally.happened[f"{ROW}{row}"], row) for row in ROWS if row not in missing)[:SHOWN]
    rare = ", ".join(f"row {row} {count:,}" for count, row in rarest)
    return f"{len(ROWS) - len(missing)} of {len(ROWS)} reached; never: {missing or 'none'}; rarest: {rare}"


def _table(rows: tuple[tuple[str, str], ...]) -> Table:
    return Table(title="Whole lives at random", head=("", ""), rows=rows)


def _of(tally: Tally, mark: str) -> Counter[str]:
    return Counter({k.removeprefix(mark): v for k, v in tally.happened.items() if k.startswith(mark)})


def _most(counts: Counter[str]) -> str:
    first: Iterator[tuple[str, int]] = islice(counts.most_common(), SHOWN)
    return ", ".join(f"{name} {count:,}" for name, count in first)


def main(
    sequences: Annotated[int, typer.Option(help="How many lives.", min=1)] = 10_000,
    first: Annotated[int, typer.Option(help="The number of the first.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Play, and print what happened; exit code 1 when a promise broke, or when a thousand lives missed a row."""
    start = perf_counter()
    tally = all_of_them(first, sequences, workers)
    print_report(told(tally, perf_counter() - start), as_json=as_json)
    if tally.broken or (tally.lives >= ENOUGH and unreached(tally)):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
