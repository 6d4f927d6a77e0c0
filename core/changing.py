"""`dataclasses.replace` for values of many fields that a decision changes dozens of times."""

from collections import deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Form:
    """How the values of a class are read and written: places by name, all values at once, one setter per place."""

    places: Mapping[str, int]
    read: Callable[[Any], tuple[Any, ...]]
    setters: tuple[Callable[[Any, Any], None], ...]


def changed(value: Value, **new: Any) -> Value:
    """The same value with some fields anew, for a dataclass with slots that prepares nothing after its birth.

    A case has 70 fields: copying them slot by slot costs a third of calling its constructor. It is the same object
    where nothing is another. Raises TypeError for a class that computes fields of its own, KeyError for a name that is
    no field.
    """
    form = _form(cast("Hashable", type(value)))
    values = list(form.read(value))
    same = True
    for name, it in new.items():
        place = form.places[name]
        same = same and values[place] is it
        values[place] = it
    if same:
        return value
    copy = object.__new__(type(value))
    deque(map(call, form.setters, repeat(copy), values), maxlen=0)  # a loop of Python's takes a third longer
    return copy


@cache
def _form(kind: Any) -> _Form:
    if hasattr(kind, "__post_init__") or not hasattr(kind, "__slots__"):
        raise TypeError(f"{kind.__name__} must be made by its constructor")
    names = [it.name for it in fields(kind)]
    setters = tuple(getattr(kind, name).__set__ for name in names)
    return _Form({name: place for place, name in enumerate(names)}, attrgetter(*names), setters)
