"""What phrases people use for what they mean, learnt from a list of examples: short pieces of text weighed by how
much more often they stand in the examples of one meaning than in all."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

_PART = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\W\da-z_]+")
_WEIGHTS = {1: 0.5, 2: 1.0, 3: 1.3}  # of a piece by its characters: a single one says little by itself
_LATIN = 1.5  # a whole word of an alphabet says more than two characters of a Chinese one
_PRIOR = 3.0  # examples that a piece is thought to have been seen in everywhere alike
_SAYS = 1.2  # what is hardly more frequent in one meaning than in all says nothing
_LONGEST = max(_WEIGHTS)
_GRAIN = 6000  # parts of a point: thousandths that one, two or three characters share without a rest
Whole = np.ndarray[tuple[int], np.dtype[np.int32]]
Shares = tuple[tuple[int, int], ...]  # of one piece: where each counts from its first character on, and how much


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Examples:
    """For each piece of text the meanings that it speaks for, with points (natural logarithm of the ratio).

    `rows` gives a piece its row; that of row n is `at[ends[n]:ends[n + 1]]`, a cell of (character of the piece,
    meaning) each, as the number of the character times all meanings and the number of the meaning, and the same of
    `shares`, in 6000th parts of a point.
    """

    meanings: tuple[str, ...]
    rows: Mapping[str, int]
    ends: Whole
    at: Whole
    shares: Whole


def pieces(part: str) -> Iterator[tuple[str, int]]:
    """The pieces of an unbroken part with where they begin: a word of letters as a whole, else each run of up to three
    characters."""
    if part.isascii():
        yield part, 0
        return
    for size in _WEIGHTS:
        for start in range(len(part) - size + 1):
            yield part[start : start + size], start


def features(said: str) -> frozenset[str]:
    """All the pieces of a text."""
    return frozenset(piece for part in _PART.findall(said) for piece, _ in pieces(part))


def learn(examples: Mapping[str, Iterable[str]]) -> Examples:
    """Learn from examples by meaning (a category code, or a kind of message), in normal form and lower case."""
    seen: dict[str, dict[str, int]] = {}
    rows: Counter[str] = Counter()
    for meaning, phrases in examples.items():
        for phrase in phrases:
            rows[meaning] += 1
            for piece in features(phrase):
                counts = seen.setdefault(piece, {})
                counts[meaning] = counts.get(meaning, 0) + 1
    telling = _Telling(rows)
    told = {piece: shares for piece, counts in seen.items() if (shares := telling.shares(piece, counts))}
    every = [*chain.from_iterable(told.values())]
    return Examples(
        meanings=tuple(rows),
        rows={piece: row for row, piece in enumerate(told)},
        ends=np.array([0, *accumulate(map(len, told.values()))], np.int32),
        at=np.array([at for at, _ in every], np.int32),
        shares=np.array([share for _, share in every], np.int32),
    )


def evidence(said: str, examples: Examples) -> dict[str, float]:
    """Points for each meaning that the text speaks for; the others are missing. Each character counts once for a
    meaning, by the piece around it that says most: 好几天 is one reason, not six."""
    rows, starts = _found(said, examples.rows)
    if not rows:
        return {}
    row, meanings = np.array(rows), len(examples.meanings)
    ends = examples.ends[row + 1]
    many = ends - examples.ends[row]
    upto = many.cumsum()
    at = np.arange(upto[-1]) + (ends - upto).repeat(many)
    best = np.zeros((len(said) + _LONGEST) * meanings, np.int32)
    cells = examples.at[at] + (np.array(starts) * meanings).repeat(many)
    np.maximum.at(best, cells, examples.shares[at])
    points = best.reshape(-1, meanings).sum(axis=0).tolist()
    return {it: n / _GRAIN for it, n in zip(examples.meanings, points, strict=True) if n}


def _found(said: str, known: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """The rows of all pieces of a text that are known, and where these begin."""
    rows: list[int] = []
    starts: list[int] = []
    for part in _PART.finditer(said):
        for piece, start in pieces(part.group()):
            row = known.get(piece)
            if row is not None:
                rows.append(row)
                starts.append(part.start() + start)
    return rows, starts


class _Telling:
    """What a piece says, by how many examples of each meaning there are and in how many of them it stands."""

    def __init__(self, rows: Counter[str]) -> None:
        self._rows = rows
        self._total = rows.total() + 1
        self._number = {meaning: at for at, meaning in enumerate(rows)}

    def shares(self, piece: str, counts: Mapping[str, int]) -> Shares:
        """The points of each meaning, shared by the characters of the piece; a word of letters is one."""
        size = 1 if piece.isascii() else len(piece)
        points = ((self._number[it], round(more * _GRAIN) // size) for it, more in self._points(piece, counts))
        return tuple((step * len(self._rows) + it, share) for it, share in points for step in range(size))

    def _points(self, piece: str, counts: Mapping[str, int]) -> Iterator[tuple[str, float]]:
        everywhere = (sum(counts.values()) + 0.5) / self._total
        weight = _LATIN if piece.isascii() else _WEIGHTS[len(piece)]
        for it, n in counts.items():
            ratio = (n + _PRIOR * everywhere) / (self._rows[it] + _PRIOR) / everywhere
            if ratio > _SAYS:
                yield it, round(weight * math.log(ratio), 3)
