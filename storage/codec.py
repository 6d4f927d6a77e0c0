"""Frozen values <-> JSON text. Reading validates: what does not fit is refused, never guessed at."""

from collections.abc import Hashable, Mapping
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, cast

import orjson
from pydantic import ConfigDict, JsonValue, TypeAdapter, ValidationError

from storage.errors import Unreadable

Value = TypeVar("Value")


def pack(value: object) -> str:
    """JSON of a frozen dataclass or of plain values; times keep their zone. Raises TypeError for anything else."""
    return orjson.dumps(value, default=_plain).decode()


def unpack(kind: type[Value], text: str) -> Value:
    """The value that `pack` wrote. Raises Unreadable when a field is unknown, missing or of another type."""
    try:
        (value,) = _adapter(cast("Hashable", kind)).validate_json(f"[{text}]")
    except ValidationError as error:
        raise Unreadable(_sentence(kind, error)) from error
    return cast("Value", value)


def _plain(value: object) -> object:
    """Mappings that are not dicts, such as read-only views."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """A reader of `[value]`: pydantic lets strangers be forbidden in a standard dataclass only from outside it."""
    one_value: Any = GenericAlias(tuple, (kind,))
    adapter: TypeAdapter[Any] = TypeAdapter(one_value, config=ConfigDict(extra="forbid", defer_build=True))
    # The recursive alias `Json` of core cannot be built by pydantic; its own JsonValue means the same.
    adapter.rebuild(_types_namespace={"Json": JsonValue})
    return adapter


def _sentence(kind: type[Any], error: ValidationError) -> str:
    """What a person who runs the bot has to know: which value, which field, what is likely."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "the whole"
    return (
        f"A stored {kind.__name__} cannot be read: {where}: {first['msg']}. "
        "It was probably written by a newer version of the bot; run that version, or migrate."
    )
