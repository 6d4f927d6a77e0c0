"""What became of a job, and telling whoever waits for it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

Bell = Callable[[], None]  # called when futures are resolved, in the thread that did so


@dataclass(frozen=True, slots=True)
class Outcome:
    """Its value, or why there is none."""

    value: Any = None
    error: Exception | None = None


def outcome_of(work: Callable[[], Any]) -> Outcome:
    """Do it, and keep what it raises."""
    try:
        return Outcome(value=work())
    except Exception as error:  # it belongs to whoever waits
        return Outcome(error=error)


def resolve(future: Future[Any], outcome: Outcome) -> None:
    """Let whoever waits go on."""
    if outcome.error is not None:
        future.set_exception(outcome.error)
    else:
        future.set_result(outcome.value)
