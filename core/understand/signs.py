"""Danger told in nobody's words: signs that mean it only together (a person, and that nobody gets an answer)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from core.understand.patterns import Pattern, Text

REACH = 16  # characters: what stands further apart is told of different things
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """Patterns that are a danger when all of them stand close together and `unless` stands nowhere in the text.

    `kind` is the danger's, `needs` the marks of a text in which all the parts may stand.
    """

    kind: str
    parts: tuple[Pattern, ...]
    unless: Pattern
    needs: int


def signs_of(kind: str, parts: Iterable[Pattern], *, unless: Pattern) -> Signs:
    """Signs of these parts, looked for in this order."""
    told = tuple(parts)
    return Signs(kind=kind, parts=told, unless=unless, needs=reduce(or_, (it.needs for it in told), 0))


class Reading:
    """One text, in which each pattern is looked for once although many signs share it."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: Text) -> None:
        self._text = text
        self._found: dict[str, tuple[Span, ...]] = {}

    def told(self, signs: Iterable[Signs], *, but: Collection[str] = ()) -> dict[str, str]:
        """By kind of danger the words of its first signs that are all there; some kinds left out."""
        told: dict[str, str] = {}
        for it in self._text.likely(signs):
            if it.kind not in told and it.kind not in but and (words := self._words(it)):
                told[it.kind] = words
        return told

    def _words(self, signs: Signs) -> str | None:
        spans: list[tuple[Span, ...]] = []
        for part in signs.parts:  # the first that is missing spares looking for the others
            if not (found := self._spans(part)):
                return None
            spans.append(found)
        if self._text.search(signs.unless):
            return None
        return next((words for first in spans[0] if (words := self._around(first, spans[1:])) is not None), None)

    def _spans(self, part: Pattern) -> tuple[Span, ...]:
        known = self._found.get(part.source)
        if known is None:
            known = self._found[part.source] = tuple(hit.span() for hit in part.regex.finditer(self._text.said))
        return known

    def _around(self, first: Span, others: list[tuple[Span, ...]]) -> str | None:
        """The stretch of text with one hit of each part near the first, none of them within the words of another."""
        taken = [first]
        for spans in others:
            free = [it for it in spans if _gap(it, first) <= REACH and all(_gap(it, got) >= 0 for got in taken)]
            if not free:
                return None
            taken.append(min(free, key=lambda it: _gap(it, first)))
        return self._text.said[min(start for start, _ in taken) : max(end for _, end in taken)]


def _gap(one: Span, other: Span) -> int:
    """Characters between two stretches; negative when they share some."""
    return max(one[0], other[0]) - min(one[1], other[1])
