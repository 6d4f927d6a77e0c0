"""What a text must have for a pattern to be found in it, read off the pattern: most patterns need not be looked for at
all (the prefilter of RE2's FilteredRE2 and of ripgrep)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_RE: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001  # the only reader of patterns that Python has
PIECE = 2  # characters; where one stands alone it is a piece too
_MOST = 600  # pieces of a clause; more than these are in nearly every text
_ALONE = 12  # a single character stands in so many more texts than two side by side
_ENOUGH = 4  # clauses of a pattern; what passes these is looked for
_NOTHING = frozenset({""})
_SET = re.compile(r"<(\w+)>")
_PRIVATE = 0xE000  # characters that no text has stand for the sets while a pattern is read
Clause = frozenset[str]  # pieces of which one at least must stand in the text


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: how all that it finds begins, and what must stand in the text besides.

    What is shorter than a piece is all that the part finds. None: it may begin with anything.
    """

    heads: frozenset[str] | None
    needs: tuple[Clause, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (*self.needs, *_clauses(self.heads))


_UNKNOWN = _Part(None)
_EMPTY = _Part(_NOTHING)


class Sieve:
    """Reads what patterns need. In them <name> stands for one of `sets`, which are read once each."""

    def __init__(self, sets: Mapping[str, str] = MappingProxyType({})) -> None:
        self._sets = sets
        self._signs = {name: chr(_PRIVATE + number) for number, name in enumerate(sets)}
        self._end = _PRIVATE + len(sets)
        self._known: dict[int, _Part] = {}
        self._readers: Mapping[object, Callable[[Any], _Part]] = {
            _RE.IN: self._one_of,
            _RE.BRANCH: self._branch,
            _RE.SUBPATTERN: self._group,
            _RE.MAX_REPEAT: self._repeat,
            _RE.MIN_REPEAT: self._repeat,
            _RE.AT: lambda _: _EMPTY,
            _RE.ASSERT: lambda it: _Part(_NOTHING, self._row(it[1]).clauses),
            _RE.ASSERT_NOT: lambda _: _EMPTY,
        }

    def whole(self, pattern: str) -> str:
        """The pattern with the sets written out; a set may speak of others."""
        while known := {name for name in _SET.findall(pattern) if name in self._sets}:
            for name in known:
                pattern = pattern.replace(f"<{name}>", f"(?:{self._sets[name]})")
        return pattern

    def needs_of(self, pattern: str, flags: int = 0) -> tuple[Clause, ...]:
        """Clauses that hold for every text in which the pattern is found, the rarest first; none where nothing can be
        told. Raises re.error for what is no pattern."""
        tree = self._tree(pattern, flags)
        if tree.state.flags & re.IGNORECASE:
            return ()
        return tuple(sorted(dict.fromkeys(self._row(tree).clauses), key=_cost)[:_ENOUGH])

    def _tree(self, pattern: str, flags: int = 0) -> Any:
        """In a group, or it would be taken for a character of a class."""
        told = _SET.sub(lambda hit: f"({self._signs[hit[1]]})" if hit[1] in self._signs else hit[0], pattern)
        return _RE.parse(told, flags)

    def _set(self, sign: int) -> _Part:
        if sign not in self._known:
            names = [*self._signs]
            self._known[sign] = self._row(self._tree(self._sets[names[sign - _PRIVATE]]))
        return self._known[sign]

    def _row(self, row: Any) -> _Part:
        """Parts that follow one another, in stretches: one ends where all are full pieces, or nothing is known."""
        parts = [*self._parts(row.data)]
        if len(parts) == 1:
            return parts[0]
        heads: frozenset[str] | None = _NOTHING
        stretch: frozenset[str] = _NOTHING
        needs: list[Clause] = []
        first = True
        for part in parts:
            needs += part.needs
            grown = None if part.heads is None else _grown(stretch, part.heads)
            if grown is not None and not _full(grown):
                stretch = grown
                continue
            needs += (*_clauses(stretch), *_clauses(part.heads)) if grown is None else _clauses(grown)
            heads, first = grown if first else heads, False
            stretch = _NOTHING
        return _Part(stretch, tuple(needs)) if first else _Part(heads, (*needs, *_clauses(stretch)))

    def _parts(self, nodes: Iterable[tuple[object, Any]]) -> Iterator[_Part]:
        """Characters side by side are one part: nine of ten nodes are such."""
        run = ""
        for op, value in nodes:
            if op is _RE.LITERAL and not _PRIVATE <= value < self._end:
                run += chr(value)
                continue
            if run:
                yield _Part(frozenset({run[:PIECE]}))
                run = ""
            yield self._set(value) if op is _RE.LITERAL else self._readers.get(op, _unknown)(value)
        if run:
            yield _Part(frozenset({run[:PIECE]}))

    def _branch(self, value: Any) -> _Part:
        parts = [self._row(row) for row in value[1]]
        heads = [it.heads for it in parts if it.heads is not None]
        known = len(heads) == len(parts) and sum(map(len, heads)) <= _MOST
        told = [min((known and it.needs) or it.clauses, key=_cost, default=_NOTHING) for it in parts]
        needs = _clauses(frozenset().union(*told))
        return _Part(frozenset().union(*heads) if known else None, needs)

    def _repeat(self, value: Any) -> _Part:
        least, most, row = value
        part = self._row(row)
        if least == most == 1:
            return part
        if (least, most) == (0, 1):
            return _Part(None if part.heads is None else part.heads | _NOTHING)
        return _Part(None, part.clauses) if least else _UNKNOWN

    def _group(self, value: Any) -> _Part:
        return _UNKNOWN if value[1] & re.IGNORECASE else self._row(value[3])

    def _one_of(self, value: Any) -> _Part:
        found: set[str] = set()
        for op, it in value:
            if op is _RE.LITERAL and not _PRIVATE <= it < self._end:
                found.add(chr(it))
            elif op is _RE.RANGE and it[1] - it[0] < _MOST:
                found.update(map(chr, range(it[0], it[1] + 1)))
            else:
                return _UNKNOWN
        return _Part(frozenset(found))


def _grown(stretch: frozenset[str], heads: frozenset[str]) -> frozenset[str] | None:
    if stretch is _NOTHING:
        return heads
    if len(stretch) * len(heads) > _MOST:
        return None
    return frozenset(a if len(a) == PIECE else (a + b)[:PIECE] for a in stretch for b in heads)


def _full(heads: frozenset[str]) -> bool:
    return min(map(len, heads)) == PIECE


def _clauses(heads: frozenset[str] | None) -> tuple[Clause, ...]:
    return () if heads is None or "" in heads else (heads,)


def _cost(clause: Clause) -> int:
    return sum(1 if len(piece) == PIECE else _ALONE for piece in clause)


def _unknown(_: Any) -> _Part:
    return _UNKNOWN
