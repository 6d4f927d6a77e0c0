"""Patterns of the town's words, and texts in which only those are looked for that can be found (`sieve`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import add, or_
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from core.understand.sieve import Clause, Sieve

_NOWHERE = 1  # the mark that no text has
NO_SETS = Sieve()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class _Needs(Protocol):
    @property
    def needs(self) -> int: ...


Needing = TypeVar("Needing", bound=_Needs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """A regular expression with the marks that a text must have (`Text`) for it to be found there."""

    source: str
    needs: int

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression itself, compiled when it is first looked for: most of a town's never are on one day."""
        return _compiled(self.source)


NEVER = Pattern(source="(?!)", needs=_NOWHERE)


class Text:
    """A text with its marks: one for each clause that holds for it (`sieve`), as the bits of a number."""

    __slots__ = ("marks", "said")

    def __init__(self, said: str, pieces: Mapping[str, int]) -> None:
        self.said = said
        self.marks = 0
        for piece in pieces.keys() & {*said, *map(add, said, said[1:])}:
            self.marks |= pieces[piece]

    def likely(self, needing: Iterable[Needing]) -> list[Needing]:
        """Those whose needs the text has. To say no in one place is most of what reading costs."""
        marks = self.marks
        return [it for it in needing if marks & it.needs == it.needs]

    def search(self, pattern: Pattern) -> re.Match[str] | None:
        """The first place where the pattern is found, or None."""
        needs = pattern.needs
        return pattern.regex.search(self.said) if self.marks & needs == needs else None

    def without(self, pattern: Pattern) -> str:
        """The text with a blank instead of all that the pattern finds."""
        return pattern.regex.sub(" ", self.said) if self.search(pattern) else self.said


class Marker:
    """Gives out the marks while the patterns of a town are read; patterns with a clause in common share its mark.

    `pieces` are the marks of a text in which a piece stands, `patterns` what was read, by its source: signs of danger
    have many in common, and a town's words most with those it is read after.
    """

    def __init__(
        self,
        sieve: Sieve = NO_SETS,
        pieces: Mapping[str, int] = NOTHING,
        patterns: Mapping[str, Pattern] = NOTHING,
    ) -> None:
        self._sieve = sieve
        self.pieces = dict(pieces)
        self.patterns = dict(patterns)
        self._known: dict[Clause, int] = {}
        self._next = 1 << max(map(int.bit_length, self.pieces.values()), default=_NOWHERE)

    def pattern(self, told: str) -> Pattern:
        """The pattern with its marks; sets are written out. Raises re.error for what is no regular expression."""
        source = self._sieve.whole(told)
        found = self.patterns.get(source)
        if found is None:
            needs = reduce(or_, map(self._mark, self._sieve.needs_of(told, re.DOTALL)), 0)
            found = self.patterns[source] = Pattern(source=source, needs=needs)
        return found

    def _mark(self, clause: Clause) -> int:
        mark = self._known.get(clause)
        if mark is None:
            mark = self._known[clause] = self._next
            self._next <<= 1
            for piece in clause:
                self.pieces[piece] = self.pieces.get(piece, 0) | mark
        return mark


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.DOTALL)
