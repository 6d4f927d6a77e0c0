"""What phrases people use for what they mean, learnt from a list of examples: short pieces of text weighed by how
much more often they stand in the examples of one meaning than in all."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_PART = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\W\da-z_]+")
_WEIGHTS = {1: 0.5, 2: 1.0, 3: 1.3}  # of a piece by its characters: a single one says little by itself
_LATIN = 1.5  # a whole word of an alphabet says more than two characters of a Chinese one
_PRIOR = 3.0  # examples that a piece is thought to have been seen in everywhere alike
_SAYS = 1.2  # what is hardly more frequent in one meaning than in all says nothing
Points = tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Examples:
    """For each piece of text the meanings that it speaks for, with points (natural logarithm of the ratio)."""

    points: Mapping[str, Points]


NOTHING_LEARNT = Examples(points={})


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
    once: dict[Points, Points] = {}  # most pieces stand in one example alone, and those of a meaning say the same
    told = ((piece, _points(piece, counts, rows)) for piece, counts in seen.items())
    return Examples(points={piece: once.setdefault(points, points) for piece, points in told if points})


def evidence(said: str, examples: Examples) -> dict[str, float]:
    """Points for each meaning that the text speaks for; the others are missing. Each character counts once for a
    meaning, by the piece around it that says most: 好几天 is one reason, not six."""
    found: dict[str, float] = {}
    for part in _PART.findall(said):
        for meaning, shares in _shares(part, examples).items():
            found[meaning] = found.get(meaning, 0.0) + sum(shares.values())
    return found


def _shares(part: str, examples: Examples) -> dict[str, dict[int, float]]:
    best: dict[str, dict[int, float]] = {}
    for piece, start in pieces(part):
        size = 1 if part.isascii() else len(piece)
        for meaning, points in examples.points.get(piece, ()):
            shares, share = best.get(meaning), points / size
            if shares is None:
                shares = best[meaning] = {}
            for at in range(start, start + size):
                if shares.get(at, 0.0) < share:  # max() would be half of the time that a message is weighed
                    shares[at] = share
    return best


def _points(piece: str, counts: Mapping[str, int], rows: Counter[str]) -> Points:
    everywhere = (sum(counts.values()) + 0.5) / (rows.total() + 1)
    weight = _LATIN if piece.isascii() else _WEIGHTS[len(piece)]
    ratios = ((it, (n + _PRIOR * everywhere) / (rows[it] + _PRIOR) / everywhere) for it, n in counts.items())
    return tuple((it, round(weight * math.log(ratio), 3)) for it, ratio in ratios if ratio > _SAYS)
