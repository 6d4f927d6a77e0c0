"""What phrases people use for what they mean, learnt from a list of examples: short pieces of text weighed by how
much more often they stand in the examples of one meaning than in all."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import add

import numpy as np

_PART = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\W\da-z_]+")
_WEIGHTS = {1: 0.5, 2: 1.0, 3: 1.3}  # of a piece by its characters: a single one says little by itself
_LATIN = 1.5  # a whole word of an alphabet says more than two characters of a Chinese one
_PRIOR = 3.0  # examples that a piece is thought to have been seen in everywhere alike
_SAYS = 1.2  # what is hardly more frequent in one meaning than in all says nothing
_LONGEST = max(_WEIGHTS)
_GRAIN = 6000  # parts of a point: thousandths that one, two or three characters share without a rest
Whole = np.ndarray[tuple[int], np.dtype[np.int32]]
Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


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
    return frozenset(chain.from_iterable(map(_pieces, _PART.findall(said))))


def _pieces(part: str) -> Iterable[str]:
    """The same as `pieces` without where they begin: thousands of examples are read at every start."""
    return (part,) if part.isascii() else chain(part, map(add, part, part[1:]), map(_three, part, part[1:], part[2:]))


def _three(first: str, second: str, third: str) -> str:
    return first + second + third


def learn(examples: Mapping[str, Sequence[str]]) -> Examples:
    """Learn from examples by meaning (a category code, or a kind of message), in normal form and lower case."""
    numbers: dict[str, int] = {}
    piece, seen, meaning = _counted(examples.values(), numbers)
    pieces, told = [*numbers], np.array([*map(len, examples.values())])
    everywhere = ((np.bincount(piece, seen) + 0.5) / (told.sum() + 1))[piece]
    ratio = (seen + _PRIOR * everywhere) / (told[meaning] + _PRIOR) / everywhere
    weight = np.array([_LATIN if it.isascii() else _WEIGHTS[len(it)] for it in pieces])[piece]
    says = np.flatnonzero(ratio > _SAYS)
    says = says[piece[says].argsort(kind="stable")]
    return _packed(tuple(examples), pieces, piece[says], meaning[says], np.rint(1000 * weight * np.log(ratio))[says])


def _counted(examples: Iterable[Sequence[str]], numbers: dict[str, int]) -> tuple[Numbers, Floats, Numbers]:
    """In how many examples of which meaning each piece stands; new pieces get the next `numbers`. One meaning after the
    other, so that no piece is there twice."""
    piece, seen, meaning = array("q"), array("d"), array("q")
    for number, phrases in enumerate(examples):
        counts = Counter(chain.from_iterable(map(features, phrases)))
        piece.extend(numbers.setdefault(it, len(numbers)) for it in counts)
        seen.extend(counts.values())
        meaning.extend(repeat(number, len(counts)))
    return np.array(piece), np.array(seen), np.array(meaning)


def _packed(
    meanings: tuple[str, ...], pieces: Sequence[str], piece: Numbers, meaning: Numbers, thousandths: Floats
) -> Examples:
    """Points of pieces, lying side by side, shared by the characters; a word of letters is one."""
    kept, first = np.unique(piece, return_index=True)
    size = np.array([1 if it.isascii() else len(it) for it in pieces], np.intp)[piece]
    step = np.arange(size.sum()) - (size.cumsum() - size).repeat(size)
    return Examples(
        meanings=meanings,
        rows={pieces[number]: row for row, number in enumerate(kept.tolist())},
        ends=np.append(np.append(0, size.cumsum())[first], size.sum()).astype(np.int32),
        at=(step * len(meanings) + meaning.repeat(size)).astype(np.int32),
        shares=(thousandths * (_GRAIN // 1000) // size).astype(np.int32).repeat(size),
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
