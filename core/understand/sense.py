"""What danger sounds like, learnt from examples of danger and of what only sounds like it: it hears what no rule
foresaw.

A logistic model over short pieces of text. It is learnt when the words are read, in an order that depends on nothing
but the words, so that every start knows the same."""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from core.understand.pieces import Floats, Numbers, Sizes, among, features

_ROUNDS = 3
_STEP = 0.5
_SWING = 3.0  # how much faster pieces are learnt than a single step would teach them
_FAINT = 0.05  # what says less is not worth its place in memory
_FEWEST = 4  # known pieces: a single word of English is no sentence
_FAR = 30.0  # beyond it the exponential says nothing more


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Sense:
    """Weights of pieces of text, which are in order; what has none says nothing."""

    known: Numbers
    weights: Floats

    def of(self, said: str) -> float:
        """How much the text sounds like danger: logarithm of the odds, 0 when it may be either or hardly any of it is
        known."""
        pieces = sorted(features(said))
        at, _ = among(self.known, pieces)
        return 0.0 if len(at) < _FEWEST else float(self.weights[at].sum()) / math.sqrt(len(pieces) + 1)


def learn_sense(danger: Sequence[str], calm: Sequence[str]) -> Sense:
    """Learn from texts in normal form and lower case. Both sides count alike however many examples they have: words
    nobody has heard yet speak for neither."""
    told = _mixed(danger, calm)
    texts = list(dict.fromkeys(said for said, _ in told))  # many are told several times: their pieces are kept once
    known, places = _places(texts)
    rows = dict(zip(texts, places, strict=True))
    weights = np.zeros(len(known))
    favour = len(calm) / max(len(danger), 1)
    for turn in range(_ROUNDS):
        step = _STEP / (1 + turn)
        for said, grave in told:
            at = rows[said]
            share = 1 / math.sqrt(len(at) + 1)
            surprise = grave - _chance(share * float(weights[at].sum()))
            weights[at] += step * surprise * (favour if grave else 1.0) * share * _SWING
    heard = np.abs(weights) >= _FAINT
    return Sense(known=known[heard], weights=weights[heard])


def _places(told: Sequence[str]) -> tuple[Numbers, Sequence[Sizes]]:
    """All the pieces in order, and for each text where the weights of its own stand."""
    codes, ends = array("Q"), [0]
    for said in told:
        codes.extend(sorted(features(said)))
        ends.append(len(codes))
    known, places = np.unique(np.array(codes), return_inverse=True)
    return known, [places[start:end] for start, end in pairwise(ends)]


def _mixed(danger: Sequence[str], calm: Sequence[str]) -> list[tuple[str, bool]]:
    """Both sides in turn, evenly: what comes last is remembered best."""
    placed: Iterable[tuple[float, str, bool]] = chain(
        ((place / max(len(danger), 1), said, True) for place, said in enumerate(danger)),
        ((place / max(len(calm), 1), said, False) for place, said in enumerate(calm)),
    )
    return [(said, grave) for _, said, grave in sorted(placed, key=lambda it: it[0])]


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, odds))))
