"""The command line of a measurement: what `measure` can be given are its options."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from benchmarks.rig.processes import end_when_cancelled
from benchmarks.rig.report import Measure, print_report

AS_JSON = inspect.Parameter(
    "as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, typer.Option("--json")]
)


def as_command(measure: Measure) -> None:
    """`python -m benchmarks.NAME`: measure and print; each argument of `measure` is an option, `--json` gives data."""
    end_when_cancelled()
    typer.run(command(measure))


def command(measure: Measure) -> Callable[..., None]:
    """The same as a function for the command line."""

    def main(*, as_json: bool, **given: Any) -> None:
        print_report(measure(**given), as_json=as_json)

    known = inspect.signature(measure)
    asked = (*known.parameters.values(), AS_JSON)
    main.__signature__ = known.replace(parameters=asked, return_annotation=None)  # type: ignore[attr-defined]  # typer reads it
    main.__annotations__ = {it.name: it.annotation for it in asked}
    main.__doc__ = (inspect.getmodule(measure) or measure).__doc__
    return main
