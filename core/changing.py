"""`dataclasses.replace` for values of many fields that a decision changes dozens of times.

A frozen value cannot be written but by a call for each of its slots. So each class has a twin, of the same slots and
not frozen: a copy is written as a twin, and then becomes one of the class.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")
COPY = """
def copy(value):
    twin = new(Twin)
    {lines}
    return twin
"""


def changed(value: Value, **new: Any) -> Value:
    """The same value with some fields anew, for a dataclass with slots that prepares nothing after its birth.

    A case has 70 fields: copying them so costs a tenth of calling its constructor. It is the same object where nothing
    is another. Raises TypeError for a class that computes fields of its own, AttributeError for what is no field.
    """
    kind: Any = type(value)
    copied = _copier(kind)
    for name, it in new.items():
        if getattr(value, name) is not it:
            break
    else:
        return value
    copy: Value = copied(value)
    for name, it in new.items():
        setattr(copy, name, it)
    copy.__class__ = kind
    return copy


@cache
def _copier(kind: Any) -> Callable[[Any], Any]:
    """What makes a twin of a value, in a line for each field, as `dataclasses` writes its constructors."""
    if hasattr(kind, "__post_init__") or not hasattr(kind, "__slots__"):
        raise TypeError(f"{kind.__name__} must be made by its constructor")
    written = {"__slots__": kind.__slots__, "__setattr__": object.__setattr__}
    names: dict[str, Any] = {"new": object.__new__, "Twin": type(f"{kind.__name__}Twin", kind.__bases__, written)}
    lines = "\n    ".join(f"twin.{it.name} = value.{it.name}" for it in fields(kind))
    exec(COPY.format(lines=lines), names)  # noqa: S102  # of the names of our own fields
    copier: Callable[[Any], Any] = names["copy"]
    return copier
