"""Parameters of a Bot API call, however they came: form, multipart, JSON or query."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from bot.sandbox import errors

LARGEST_BODY: Final = 52 * 1024 * 1024  # uploads go up to 50 MB


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Params:
    """Values by name, strings or (from JSON bodies) anything JSON has; and files by field name."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.files

    def __iter__(self) -> Iterator[str]:
        yield from self.values
        yield from self.files

    def given(self) -> Iterator[str]:
        """Yield the names that carry something; empty strings count as absent, as in Telegram."""
        return (name for name in self if self.values.get(name, name in self.files) not in ("", None))

    def text(self, name: str) -> str:
        """Return the value as a string, "" when it is absent."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()

    def number(self, name: str, default: int = 0) -> int:
        """Return the value as an integer; what is none counts as 0, absence as the default."""
        value = self.text(name).strip()
        try:
            return int(value) if value else default
        except ValueError:
            return 0

    def real(self, name: str) -> float:
        """Return the value as a float; absence and nonsense count as 0.0."""
        try:
            return float(self.text(name).strip() or 0)
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """Return the value as a truth: true, yes and 1 are (Client.cpp, to_bool)."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str | None = None) -> Any:
        """Return the JSON value of a parameter, None when absent. Raises ApiError when it is not JSON."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise errors.ApiError(errors.BAD_JSON, what=what or name.replace("_", " ")) from None

    def shown(self) -> dict[str, Any]:
        """Return the values for the record of calls; files are told by name and size."""
        files = {name: f"<{file.name}, {len(file.data)} bytes>" for name, file in self.files.items()}
        return {**self.values, **files}


async def read(request: web.Request) -> Params:
    """Read the parameters of a request. Raises ApiError 413 for a body that is too large, 400 for a broken one."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Params(values)
    if (request.content_length or 0) > LARGEST_BODY:
        raise errors.ApiError(errors.TOO_LARGE)
    try:
        return await _body(request, values)
    except (ValueError, AssertionError) as reason:
        raise errors.ApiError(errors.BAD_REQUEST_BODY, reason=reason) from None
    except web.HTTPRequestEntityTooLarge:
        raise errors.ApiError(errors.TOO_LARGE) from None


async def _body(request: web.Request, values: dict[str, Any]) -> Params:
    if request.content_type == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.read()
    if request.content_type == "application/json":
        decoded = orjson.loads(body) if body else {}
        if not isinstance(decoded, dict):
            raise ValueError("object expected")
        return Params({**values, **decoded})
    return Params({**values, **dict(parse_qsl(body.decode(), keep_blank_values=True))})


async def _multipart(request: web.Request, values: dict[str, Any]) -> Params:
    files: dict[str, Upload] = {}
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            files[name] = Upload(part.filename, part.content_type, part.file.read())
        else:
            values[name] = part if isinstance(part, str) else bytes(part).decode()
    return Params(values, files)
