"""Texts with gaps: `{name}` and `{name:way}` are filled, `[[…]]` is left out when a gap inside stays empty."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

MISSING = "…"

_TOKEN = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}|(\[\[)|(\]\])")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place for a parameter; `way` asks for a special way of telling it ("" for the usual one)."""

    name: str
    way: str


@dataclass(frozen=True, slots=True)
class Option:
    """A part that is told only when everything it names is known."""

    parts: tuple["str | Gap", ...]


Part = str | Gap | Option
Line = tuple[Part, ...]
Fill = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Template:
    """A text in one language, cut up once when the catalogue is read."""

    lines: tuple[Line, ...]
    always: str | None = None  # what it says where there is nothing to fill in

    def gaps(self) -> Iterator[Gap]:
        """All gaps, in options too."""
        for line in self.lines:
            for part in line:
                inner = part.parts if isinstance(part, Option) else (part,)
                yield from (it for it in inner if isinstance(it, Gap))

    def fill(self, fill: Fill) -> str | None:
        """The text; a line that misses something is left out. None when no line is left."""
        if self.always is not None:
            return self.always
        kept: list[str] = []
        for parts in self.lines:
            line = _told(parts, fill)
            if line is not None and (line.strip() or _bare(parts)):
                kept.append(line)
        return "\n".join(kept) or None

    def force(self, fill: Fill) -> str:
        """The text whatever is missing, with `…` in the gaps; a message must not be empty."""
        return self.fill(fill) or self.fill(lambda name, way: fill(name, way) or MISSING) or MISSING


def parse(text: str) -> Template:
    """Cut a text up. Raises ValueError for a stray bracket or brace: the fault of a translator, found by a test."""
    made = Template(tuple(tuple(_parts(line)) for line in text.split("\n")))
    return made if any(made.gaps()) else replace(made, always=made.fill(lambda _name, _way: None))


def _parts(line: str) -> Iterator[Part]:
    inner: list[str | Gap] | None = None
    for piece in _pieces(line):
        match piece, inner:
            case "[[", None:
                inner = []
            case "]]", list():
                yield Option(tuple(inner))
                inner = None
            case (("[[" | "]]"), _):
                raise ValueError(f"a stray {piece} in: {line}")
            case _, None:
                yield piece
            case _, list():
                inner.append(piece)
    if inner is not None:
        raise ValueError(f"no ]] in: {line}")


def _pieces(line: str) -> Iterator[str | Gap]:
    at = 0
    for found in _TOKEN.finditer(line):
        yield from _plain(line[at : found.start()])
        yield Gap(found[1], found[2] or "") if found[1] else found[0]
        at = found.end()
    yield from _plain(line[at:])


def _plain(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        raise ValueError(f"a stray brace in: {text}")
    if text:
        yield text


def _told(parts: Line, fill: Fill) -> str | None:
    told: list[str] = []
    for part in parts:
        if isinstance(part, str):
            told.append(part)
        elif isinstance(part, Option):
            told.append(_told(part.parts, fill) or "")
        elif piece := fill(part.name, part.way):
            told.append(piece)
        else:
            return None
    return "".join(told)


def _bare(parts: Line) -> bool:
    return all(isinstance(part, str) for part in parts)
