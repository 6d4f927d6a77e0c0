"""What danger sounds like, learnt from examples of danger and of what only sounds like it: it hears what no rule
foresaw, and tells talk of danger from danger.

A logistic model over short pieces of text, each worth the more the rarer it is. It is fitted when the words are read,
by Newton's method (conjugate gradients inside): the same words teach every start the same."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.understand.pieces import Floats, Numbers, Sizes, among, features

_STEPS, _INNER = 6, 12  # after them nothing moves that would change an answer
_TRUST = 10.0  # how much an example counts against the wish that no piece should mean anything
_LITTLE = 0.1  # of what a step may gain: less is left to the next one
_TEXTS = 2  # in which a piece must stand: what stands in one is that one's own business
_FEWEST = 4  # known pieces: a single word of English is no sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A text in normal form and lower case, whether it tells of danger, and how much it counts."""

    text: str
    grave: bool
    counts: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Sense:
    """What the known pieces are worth, which are in order; `rarity` is a piece's share of the text it stands in."""

    known: Numbers
    weights: Floats
    rarity: Floats
    bias: float

    def of(self, said: str) -> float | None:
        """How much the text sounds like danger: logarithm of the odds; None when hardly any of it is known."""
        at, _ = among(self.known, sorted(features(said)))
        if len(at) < _FEWEST:
            return None
        rarity = self.rarity[at]
        return float(rarity @ self.weights[at]) / math.sqrt(float(rarity @ rarity)) + self.bias


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Table:
    """The texts as a sparse table of their pieces, a row of length 1 for each; the last column is 1 everywhere."""

    rows: Sizes
    columns: Sizes
    values: Floats
    height: int
    width: int

    def times(self, weights: Floats) -> Floats:
        """One number for each text."""
        return _sums(self.rows, weights[self.columns] * self.values, self.height)

    def back(self, numbers: Floats) -> Floats:
        """One number for each piece."""
        return _sums(self.columns, numbers[self.rows] * self.values, self.width)


def _sums(at: Sizes, values: Floats, size: int) -> Floats:
    """What stands at each place, added up."""
    return np.bincount(at, values, size).astype(np.float64, copy=False)


def learn_sense(examples: Sequence[Said]) -> Sense:
    """Learn from examples. Both sides count alike however many there are: words nobody has heard yet speak for
    neither."""
    if not examples:
        return Sense(known=np.zeros(0, np.uint64), weights=np.zeros(0), rarity=np.zeros(0), bias=0.0)
    known, rarity, table = _laid_out([it.text for it in examples])
    sides = np.array([1.0 if it.grave else -1.0 for it in examples])
    counts = np.array([it.counts for it in examples])
    for side in (sides > 0, sides < 0):
        counts[side] *= _TRUST * counts.sum() / 2 / max(counts[side].sum(), 1.0)
    weights = _fitted(table, sides, counts)
    return Sense(known=known, weights=weights[:-1], rarity=rarity, bias=float(weights[-1]))


def _laid_out(texts: Sequence[str]) -> tuple[Numbers, Floats, _Table]:
    """All pieces in order, how rare each is, and the table."""
    codes, ends = array("Q"), [0]
    for text in texts:
        codes.extend(sorted(features(text)))
        ends.append(len(codes))
    every, places, often = np.unique(np.array(codes), return_inverse=True, return_counts=True)
    kept = often >= _TEXTS
    rarity = np.log((1 + len(texts)) / (1 + often[kept])) + 1
    there = kept[places]
    rows = np.repeat(np.arange(len(texts)), [end - start for start, end in pairwise(ends)])[there]
    columns = (np.cumsum(kept) - 1)[places[there]]
    length = np.sqrt(_sums(rows, rarity[columns] ** 2, len(texts)))
    table = _Table(
        rows=np.append(rows, np.arange(len(texts))),
        columns=np.append(columns, np.full(len(texts), len(rarity))),
        values=np.append(rarity[columns] / length[rows], np.ones(len(texts))),
        height=len(texts),
        width=len(rarity) + 1,
    )
    return every[kept], rarity, table


def _fitted(table: _Table, sides: Floats, counts: Floats) -> Floats:
    weights = np.zeros(table.width)
    for _ in range(_STEPS):
        wrong = 1 / (1 + np.exp(sides * table.times(weights)))  # the chance that is given to the other side
        downhill = table.back(counts * sides * wrong) - weights
        weights = weights + _solved(table, counts * wrong * (1 - wrong), downhill)
    return weights


def _solved(table: _Table, bend: Floats, wanted: Floats) -> Floats:
    """Newton's step by conjugate gradients, each piece scaled by its own curvature (`bend` is that of the texts)."""
    scale = 1 + _sums(table.columns, bend[table.rows] * table.values**2, table.width)
    step, left = np.zeros(table.width), wanted
    turn = scaled = left / scale
    first = gain = float(left @ scaled)
    for _ in range(_INNER):
        if gain <= _LITTLE * first:
            break
        pushed = table.back(bend * table.times(turn)) + turn
        reach = gain / float(turn @ pushed)
        step, left = step + reach * turn, left - reach * pushed
        scaled = left / scale
        before, gain = gain, float(left @ scaled)
        turn = scaled + gain / before * turn
    return step
