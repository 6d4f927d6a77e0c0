"""Danger told in nobody's words: signs that mean it only together (a person, and that nobody gets an answer)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

REACH = 16  # characters: what stands further apart is told of different things
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """Patterns that are a danger when all of them stand close together and `unless` stands nowhere in the text."""

    parts: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]


class Reading:
    """One text, in which each pattern is looked for once although many signs share it."""

    __slots__ = ("_found", "_said")

    def __init__(self, said: str) -> None:
        self._said = said
        self._found: dict[int, tuple[Span, ...]] = {}  # by identity: to hash a pattern is to read all of its program

    def told(self, signs: Iterable[Signs]) -> str | None:
        """The words of the first signs that are all there, or None."""
        return next((words for it in signs if (words := self._words(it)) is not None), None)

    def _words(self, signs: Signs) -> str | None:
        spans: list[tuple[Span, ...]] = []
        for part in signs.parts:  # the first that is missing spares looking for the others
            if not (found := self._spans(part)):
                return None
            spans.append(found)
        if signs.unless.search(self._said):
            return None
        return next((words for first in spans[0] if (words := self._around(first, spans[1:])) is not None), None)

    def _spans(self, part: re.Pattern[str]) -> tuple[Span, ...]:
        known = self._found.get(id(part))
        if known is None:
            spans = (hit.span() for hit in part.finditer(self._said)) if part.search(self._said) else ()
            known = self._found[id(part)] = tuple(spans)
        return known

    def _around(self, first: Span, others: list[tuple[Span, ...]]) -> str | None:
        """The stretch of text with one hit of each part near the first, none of them within the words of another."""
        taken = [first]
        for spans in others:
            free = [it for it in spans if _gap(it, first) <= REACH and all(_gap(it, got) >= 0 for got in taken)]
            if not free:
                return None
            taken.append(min(free, key=lambda it: _gap(it, first)))
        return self._said[min(start for start, _ in taken) : max(end for _, end in taken)]


def _gap(one: Span, other: Span) -> int:
    """Characters between two stretches; negative when they share some."""
    return max(one[0], other[0]) - min(one[1], other[1])
