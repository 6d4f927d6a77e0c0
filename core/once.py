"""The last answers of a pure function, for whoever asks the same again within one decision."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
KEPT = 4


def once(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The newest few answers are kept: who is on duty and who is near is asked several times for every offer, always of
    the same moment, and never again of an earlier one.

    The arguments are values that nobody changes and need not be hashed; the same object is known at a glance, another
    that is equal costs the comparison. Threads may ask at once: what is kept is read and replaced whole.
    """
    kept: tuple[tuple[tuple[object, ...], dict[str, object], Answer], ...] = ()

    @wraps(work)
    def asked(*args: Given.args, **named: Given.kwargs) -> Answer:
        nonlocal kept
        for values, others, answer in kept:
            if values == args and others == named:
                return answer
        found = work(*args, **named)
        kept = ((args, named, found), *kept[: KEPT - 1])
        return found

    return asked
