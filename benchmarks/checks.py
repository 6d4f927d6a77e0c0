"""Holds the town's rules against files of expected answers: `python -m benchmarks.checks --district D --checks C`.

Exit code 0 when it ran, whatever the numbers; 2 when a file could not be read.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.judge import Bench, Judge, Kind, Row, Verdict, listed, open_bench
from benchmarks.kinds import CHECKS, SAMPLES
from core.district import DistrictFaults

NOT_CHECKS = frozenset({"meta", "note"})
Report = Mapping[str, Any]


class Unreadable(Exception):  # noqa: N818 - what the person at the keyboard is told, not an error of ours
    """A file could not be used; the message says which and why."""


def load(path: Path) -> Any:
    """A JSON file. Raises Unreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Unreadable(f"{path}: {fault}") from fault


def load_object(path: Path) -> Mapping[str, Any]:
    """A JSON file that holds an object. Raises Unreadable."""
    raw = load(path)
    if not isinstance(raw, dict):
        raise Unreadable(f"{path}: an object was expected")
    return raw


def product(name: str) -> Any:
    """A JSON file that the product ships."""
    return json.loads(files("bot").joinpath(f"data/{name}.json").read_text(encoding="utf-8"))


def bench_of(district: Path) -> Bench:
    """The bench of a district file. Raises Unreadable with all faults."""
    try:
        return open_bench(load(district), *map(product, ("taxonomy", "words", "examples")))
    except DistrictFaults as refused:
        raise Unreadable(f"{district}:\n{refused}") from refused


def judged(judge: Judge, bench: Bench, label: str, row: Row) -> Verdict:
    """One row's verdict; a row that cannot be read is a miss and says so, it does not stop the others."""
    try:
        return judge(bench, label, row)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        expected = row.get("expect", row) if isinstance(row, dict) else row
        return Verdict(row=label, expected=expected, got=f"{type(fault).__name__}: {fault}")


def rows_of(name: str, kind: Kind, raw: Any) -> list[tuple[str, Row]]:
    """The rows of a kind. Raises Unreadable if they are not in the form that kind has."""
    try:
        return list((kind.rows or listed)(raw))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unreadable(f"{name}: {type(fault).__name__} {fault}") from fault


def report(name: str, kind: Kind, raw: Any, bench: Bench) -> Report:
    """The numbers of one kind."""
    rows = rows_of(name, kind, raw)
    verdicts = [judged(kind.judge, bench, label, row) for label, row in rows] if kind.judge else []
    misses = [{"row": it.row, "expected": it.expected, "got": it.got} for it in verdicts if not it.passed]
    built = kind.judge is not None
    passed = len(rows) - len(misses) if built else 0
    return {"kind": name, "built": built, "rows": len(rows), "passed": passed, "misses": misses}


def reports(bench: Bench, checks: Mapping[str, Any], samples: Mapping[str, Any] | None) -> Iterator[Report]:
    """All kinds of the files, in their order; a kind nobody has heard of is reported as not built."""
    for name, raw in checks.items():
        if name not in NOT_CHECKS:
            yield report(name, CHECKS.get(name, Kind()), raw, bench)
    if samples is not None:
        for name, kind in SAMPLES.items():
            yield report(name, kind, samples, bench)


def show(found: list[Report]) -> None:
    """The table for people, and the misses below it."""
    console = Console()
    table = Table("kind", "built", "rows", "passed")
    for it in found:
        table.add_row(it["kind"], "yes" if it["built"] else "no", str(it["rows"]), str(it["passed"]))
    console.print(table)
    for it in found:
        for miss in it["misses"]:
            console.print(f"{it['kind']} {miss['row']}\n  expected {miss['expected']}\n  got      {miss['got']}")


def main(
    district: Annotated[Path, typer.Option(help="District file.")],
    checks: Annotated[Path, typer.Option(help="File of expected answers.")],
    samples: Annotated[Path | None, typer.Option(help="Sample messages with expected labels.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per kind and line.")] = False,
) -> None:
    """Print how many expected answers the rules give."""
    try:
        bench, expected = bench_of(district), load_object(checks)
        found = list(reports(bench, expected, load_object(samples) if samples else None))
    except Unreadable as fault:
        Console(stderr=True).print(str(fault), markup=False, soft_wrap=True)
        raise typer.Exit(2) from fault
    if not as_json:
        show(found)
        return
    for it in found:
        print(json.dumps(it, ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)
