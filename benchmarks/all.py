"""`python -m benchmarks.all [--quick] [NAME …]`: measure all, or what is named, and write docs/benchmarks.md anew.

`--quick` is a rehearsal with few rounds: it prints and writes nothing. In earnest it takes about an hour on two cores
that have nothing else to do, without the 500 kills of `crash`, which are measured when they are named. A measurement
that breaks is told and leaves what was written of it before; one that is broken off (Ctrl-C, SIGTERM) leaves no process
behind.
"""

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from benchmarks import case, cpu, db, growth, kill, life, nearest, rate, soak, stages, sweep, webhook
from benchmarks.crash.measure import measure as crash
from benchmarks.rig.machine import machine
from benchmarks.rig.page import keep
from benchmarks.rig.processes import end_when_cancelled
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Measure, print_report

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measurement, its size in a rehearsal, and how many minutes it takes in earnest, with both databases. One that
    stands `apart` is taken only when it is named."""

    measure: Measure
    quick: Mapping[str, Any]
    minutes: float
    apart: bool = False


LINES: Mapping[str, Line] = {
    "stages": Line(measure=stages.measure, quick={"rounds": 1, "count": 50}, minutes=0.8),
    "db": Line(measure=db.measure, quick={"rounds": 1, "count": 200}, minutes=4),
    "life": Line(measure=life.measure, quick={"rounds": 1, "count": 100}, minutes=7.5),
    "case": Line(measure=case.measure, quick={"rounds": 1, "count": 30}, minutes=4),
    "webhook": Line(measure=webhook.measure, quick={"rounds": 1, "seconds": 1.0, "count": 200}, minutes=3),
    "sweep": Line(measure=sweep.measure, quick={"rounds": 1, "count": 100}, minutes=2),
    "kill": Line(measure=kill.measure, quick={"kills": 2, "count": 2000}, minutes=5),
    "crash": Line(measure=crash, quick={"kills": 8}, minutes=13, apart=True),
    "cpu": Line(measure=cpu.measure, quick={"rounds": 1, "count": 58}, minutes=3),
    "rate": Line(measure=rate.measure, quick={"rounds": 1, "peer_rounds": 1, "count": 200, "large": 0}, minutes=14),
    "soak": Line(measure=soak.measure, quick={"cases": 1000, "users": 200, "minutes": 0.2}, minutes=4),
    "growth": Line(
        measure=growth.measure, quick={"rounds": 1, "finished": "1000,10000", "open": "1000,2000"}, minutes=6
    ),
    "nearest": Line(measure=nearest.measure, quick={"queries": 20}, minutes=0.8),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Some of: {', '.join(LINES)}.")] = None,
    quick: Annotated[bool, typer.Option(help="Few rounds, printed only.")] = False,
) -> None:
    """Measure, print, and keep the figures in docs/."""
    if unknown := set(names or ()) - set(LINES):
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}")
    say, begun = progress("all"), time.monotonic()
    chosen = [name for name, line in LINES.items() if (name in names if names else not line.apart)]
    broken = [name for name in chosen if not _measured(name, quick=quick, say=say)]
    say(f"{(time.monotonic() - begun) / 60:.1f} min together")
    if broken:
        say(f"not measured: {', '.join(broken)}")
        raise typer.Exit(1)


def _measured(name: str, *, quick: bool, say: Say) -> bool:
    """Whether it was. Whatever breaks one does not take the others' hour with it."""
    line, begun = LINES[name], time.monotonic()
    say(name if quick else f"{name}, about {line.minutes:g} min")
    try:
        report = line.measure(**(line.quick if quick else {}))
    except Exception:
        say(f"{name} broke off after {time.monotonic() - begun:.0f} s: {traceback.format_exc()}")
        return False
    print_report(report, as_json=False)
    if not quick:
        keep({name: report}, machine())
    say(f"{name} took {(time.monotonic() - begun) / 60:.1f} min")
    return True


if __name__ == "__main__":
    end_when_cancelled()
    typer.run(main)
