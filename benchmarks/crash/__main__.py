"""`python -m benchmarks.crash --kills 500`: kill the bot at random moments of a day, on both databases, polling and
webhook, and count what was lost, doubled, acted on twice or skipped. 1 when a promise was broken."""

from typing import Annotated

import typer

from benchmarks.crash.measure import kept, measure
from benchmarks.rig.machine import machine
from benchmarks.rig.page import keep
from benchmarks.rig.report import print_report


def main(
    kills: Annotated[int, typer.Option(help="In all, shared by the four lines.")] = 500,
    seed: int = 1,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    write: Annotated[bool, typer.Option(help="Keep it in docs/benchmarks.md, too.")] = False,
) -> None:
    """Kill, look, tell."""
    report = measure(kills=kills, seed=seed)
    print_report(report, as_json=as_json)
    if write:
        keep({report.name: report}, machine())
    raise typer.Exit(0 if kept(report) else 1)


if __name__ == "__main__":
    typer.run(main)
