"""Patterns of the town's words, and texts in which only those are looked for that can be found (`sieve`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import Protocol, TypeVar

from core.understand.sieve import Clause, needs_of

_NOWHERE = 1  # the mark that no text has


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
    """Gives out the marks while the patterns of a town are read; patterns with a clause in common share its mark."""

    def __init__(self) -> None:
        self.pieces: dict[str, int] = {}  # by piece of text: the marks of a text in which it stands
        self._known: dict[Clause, int] = {}

    def pattern(self, source: str) -> Pattern:
        """The pattern with its marks. Raises re.error for what is no regular expression."""
        needs = 0
        for clause in _needs(source):
            needs |= self._known.get(clause) or self._mark(clause)
        return Pattern(source=source, needs=needs)

    def _mark(self, clause: Clause) -> int:
        mark = self._known[clause] = _NOWHERE << len(self._known) + 1
        for piece in clause:
            self.pieces[piece] = self.pieces.get(piece, 0) | mark
        return mark


@cache  # signs of danger have many patterns in common, and so have towns
def _needs(source: str) -> tuple[Clause, ...]:
    return needs_of(source, re.DOTALL)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.DOTALL)
