"""Short pieces of a text as numbers: what examples teach is known by tens of thousands of them, which as words would
take ten times the place."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain, pairwise

import numpy as np

_PART = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\W\da-z_]+")
_BITS = 21  # of a character
_WORD = 1 << 3 * _BITS  # the bit of a whole word of letters
LONGEST = 3  # characters
Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Sizes = np.ndarray[tuple[int], np.dtype[np.intp]]


def pieces(said: str) -> tuple[list[int], list[int]]:
    """The pieces of a text and where they begin, of each unbroken part of it: a word of letters as a whole, else each
    run of up to three characters."""
    codes: list[int] = []
    starts: list[int] = []
    for part in _PART.finditer(said):
        found = _of(part.group())
        codes += chain.from_iterable(found)
        starts += chain.from_iterable(range(part.start(), part.start() + len(it)) for it in found)
    return codes, starts


def features(said: str) -> set[int]:
    """All the pieces of a text, each once."""
    return {code for part in _PART.findall(said) for run in _of(part) for code in run}


def among(known: Numbers, codes: Sequence[int]) -> tuple[Sizes, Sizes]:
    """Of the pieces that are known, which are in order, the numbers there, and those in the list."""
    wanted = np.array(codes, np.uint64)
    row = known.searchsorted(wanted)
    there = np.flatnonzero(known.take(row, mode="clip") == wanted) if len(known) else row[:0]
    return row[there], there


def sizes(codes: Numbers) -> Sizes:
    """How many characters each piece has; a word of letters counts as one."""
    return np.where(is_word(codes), 1, 1 + (codes >> _BITS > 0) + (codes >> 2 * _BITS > 0)).astype(np.intp)


def is_word(codes: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of the pieces are words of letters."""
    return codes >= _WORD


def _of(part: str) -> tuple[list[int], ...]:
    if part.isascii():
        return ([_WORD | int.from_bytes(blake2b(part.encode(), digest_size=8).digest())],)
    one = [*map(ord, part)]
    two = [a << _BITS | b for a, b in pairwise(one)]
    return one, two, [a << _BITS | b for a, b in zip(two, one[2:], strict=False)]
