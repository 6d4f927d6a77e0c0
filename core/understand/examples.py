"""What phrases people use for what they mean, learnt from a list of examples: short pieces of text weighed by how
much more often they stand in the examples of one meaning than in all."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np

from core.understand.pieces import LONGEST, Floats, Numbers, Sizes, among, features, is_word, pieces, sizes

_WEIGHTS = np.array([0.0, 0.5, 1.0, 1.3])  # of a piece by its characters: a single one says little by itself
_LATIN = 1.5  # a whole word of an alphabet says more than two characters of a Chinese one
_PRIOR = 3.0  # examples that a piece is thought to have been seen in everywhere alike
_SAYS = 1.2  # what is hardly more frequent in one meaning than in all says nothing
_GRAIN = 6000  # parts of a point: thousandths that one, two or three characters share without a rest
Whole = np.ndarray[tuple[int], np.dtype[np.int32]]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Examples:
    """For each piece of text the meanings that it speaks for, with points (natural logarithm of the ratio).

    `known` are the pieces in order. That of number n has `at[ends[n]:ends[n + 1]]`, a cell of (character of the piece,
    meaning) each, as the number of the character times all meanings and the number of the meaning, and the same of
    `shares`, in 6000th parts of a point.
    """

    meanings: tuple[str, ...]
    known: Numbers
    ends: Whole
    at: Whole
    shares: Whole


def learn(examples: Mapping[str, Sequence[str]]) -> Examples:
    """Learn from examples by meaning (a category code, or a kind of message), in normal form and lower case."""
    codes, seen, meaning = _counted(examples.values())
    order = codes.argsort(kind="stable")
    known, piece = np.unique(codes[order], return_inverse=True)
    seen, meaning = seen[order], meaning[order]
    told = np.array([*map(len, examples.values())])
    everywhere = ((np.bincount(piece, seen) + 0.5) / (told.sum() + 1))[piece]
    ratio = (seen + _PRIOR * everywhere) / (told[meaning] + _PRIOR) / everywhere
    says = ratio > _SAYS
    weight = np.where(is_word(known), _LATIN, _WEIGHTS[sizes(known)])[piece]
    return _packed(tuple(examples), known[piece[says]], meaning[says], np.rint(1000 * weight * np.log(ratio))[says])


def _counted(examples: Iterable[Sequence[str]]) -> tuple[Numbers, Sizes, Sizes]:
    """In how many examples of each meaning each piece stands; the meanings by number, one after the other."""
    codes, counts, meanings = array("Q"), array("q"), array("q")
    for number, phrases in enumerate(examples):
        seen = Counter(chain.from_iterable(map(features, phrases)))
        codes.extend(seen)
        counts.extend(seen.values())
        meanings.extend(repeat(number, len(seen)))
    return np.array(codes), np.array(counts), np.array(meanings)


def _packed(meanings: tuple[str, ...], codes: Numbers, meaning: Sizes, thousandths: Floats) -> Examples:
    """Points of pieces in order, shared by the characters."""
    known, first = np.unique(codes, return_index=True)
    size = sizes(codes)
    step = np.arange(size.sum()) - (size.cumsum() - size).repeat(size)
    return Examples(
        meanings=meanings,
        known=known,
        ends=np.append(np.append(0, size.cumsum())[first], size.sum()).astype(np.int32),
        at=(step * len(meanings) + meaning.repeat(size)).astype(np.int32),
        shares=(thousandths * (_GRAIN // 1000) // size).astype(np.int32).repeat(size),
    )


def evidence(said: str, examples: Examples) -> dict[str, float]:
    """Points for each meaning that the text speaks for; the others are missing. Each character counts once for a
    meaning, by the piece around it that says most: 好几天 is one reason, not six."""
    row, start = _known(said, examples.known)
    if not len(row):
        return {}
    meanings = len(examples.meanings)
    ends = examples.ends[row + 1]
    many = ends - examples.ends[row]
    upto = many.cumsum()
    at = np.arange(upto[-1]) + (ends - upto).repeat(many)
    best = np.zeros((len(said) + LONGEST) * meanings, np.int32)
    np.maximum.at(best, examples.at[at] + (start * meanings).repeat(many), examples.shares[at])
    points = best.reshape(-1, meanings).sum(axis=0).tolist()
    return {it: n / _GRAIN for it, n in zip(examples.meanings, points, strict=True) if n}


def _known(said: str, known: Numbers) -> tuple[Sizes, Sizes]:
    """The numbers of those pieces of a text that are known, and where they begin."""
    codes, starts = pieces(said)
    row, there = among(known, codes)
    return row, np.array(starts, np.intp)[there]
