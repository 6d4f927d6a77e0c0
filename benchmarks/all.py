"""`python -m benchmarks.all [--quick] [NAME …]`: measure all, or what is named, and write docs/benchmarks.md anew.

`--quick` is a rehearsal with few rounds: it prints and writes nothing. In earnest it takes about an hour and a half
on two cores that have nothing else to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from benchmarks import case, cpu, db, growth, kill, life, nearest, rate, soak, stages, sweep, webhook
from benchmarks.crash.measure import measure as crash
from benchmarks.rig.machine import machine
from benchmarks.rig.page import keep
from benchmarks.rig.processes import Died
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Measure, print_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measurement, its size in a rehearsal, and how long it takes in earnest (minutes, with both databases)."""

    measure: Measure
    quick: Mapping[str, Any] = field(default_factory=dict)
    full: Mapping[str, Any] = field(default_factory=dict)
    minutes: int


LINES: Mapping[str, Line] = {
    "stages": Line(measure=stages.measure, quick={"rounds": 1, "count": 50}, minutes=2),
    "db": Line(measure=db.measure, quick={"rounds": 1, "count": 300}, minutes=4),
    "life": Line(measure=life.measure, quick={"rounds": 1, "count": 200}, minutes=8),
    "case": Line(measure=case.measure, quick={"rounds": 1, "count": 50}, minutes=15),
    "webhook": Line(measure=webhook.measure, quick={"rounds": 1, "seconds": 2.0, "count": 200}, minutes=8),
    "sweep": Line(measure=sweep.measure, quick={"rounds": 1, "count": 100}, minutes=4),
    "kill": Line(measure=kill.measure, quick={"kills": 2, "count": 2000}, minutes=6),
    "crash": Line(measure=crash, quick={"kills": 8}, minutes=15),
    "cpu": Line(measure=cpu.measure, quick={"rounds": 1, "count": 60}, minutes=10),
    "rate": Line(measure=rate.measure, quick={"rounds": 1, "count": 200}, full={"large": True}, minutes=18),
    "soak": Line(measure=soak.measure, quick={"plan": soak.Plan(cases=1000, users=200, minutes=0.2)}, minutes=16),
    "growth": Line(
        measure=growth.measure, quick={"rounds": 1, "finished": (1000, 10_000), "open": (1000, 2000)}, minutes=25
    ),
    "nearest": Line(measure=nearest.measure, quick={"queries": 20}, minutes=2),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Some of: {', '.join(LINES)}.")] = None,
    quick: Annotated[bool, typer.Option(help="Few rounds, printed only.")] = False,
) -> None:
    """Measure, print, and keep the figures in docs/."""
    if unknown := set(names or ()) - set(LINES):
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}")
    say = progress("all")
    broken = [name for name in LINES if (not names or name in names) and not _measured(name, quick=quick, say=say)]
    if broken:
        say(f"not measured: {', '.join(broken)}")
        raise typer.Exit(1)


def _measured(name: str, *, quick: bool, say: Callable[[str], None]) -> bool:
    """Whether it was; one that breaks does not take the others' hour with it."""
    line = LINES[name]
    say(name if quick else f"{name}, about {line.minutes} min")
    try:
        report = line.measure(**(line.quick if quick else line.full))
    except (Died, TimeoutError, AssertionError) as error:
        say(f"{name} broke off: {error}")
        return False
    print_report(report, as_json=False)
    if not quick:
        keep({name: report}, machine())
    return True


if __name__ == "__main__":
    typer.run(main)
