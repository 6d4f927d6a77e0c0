"""How strongly a text speaks for each category and each kind of message: patterns and learnt examples, added up."""

import re
from collections import Counter
from collections.abc import Mapping

from core.understand.examples import evidence
from core.understand.lexicon import Lexicon, glance
from core.understand.patterns import Text
from core.understand.values import Guess, Kind

_ADDRESS = re.compile(  # says where, not what; a road only before its number
    "(?:[\u4e00-\u9fff]{1,3}(?:大道|路|街|巷)(?=[0-9]))?[0-9零〇一二两三四五六七八九十百]+(?:栋|幢|座|号楼|号院|号|单元|门洞|室)"
)
READ = 600  # characters; what a message is about is said before that
ENOUGH = 8.0  # 109 of 109 labelled reports had more; nineteen in twenty bits that only add to one (白色的车) have less
_ALSO = 5.0  # of what stands beside a guess
_SURE = 9.0
_LEAD, _SHARE = 2.0, 0.7  # the second may have no more; of 398 labelled sentences 99 of 100 sure guesses were right
_MOST = 8  # points of rules: several that say the same thing are no more certain than two
_SIGN = 12.0


def weigh(said: str, lexicon: Lexicon) -> dict[str, float]:
    """Points of each category code and each `Kind` for a text in normal form and lower case; the others are missing."""
    points = evidence(lexicon.synonyms.on(_ADDRESS.sub(" ", said)), lexicon.examples)
    text = glance(said, lexicon)
    for code, told in _by_rule(text, lexicon).items():
        _add(points, code, min(told, _MOST))
    for rule in lexicon.kinds:
        if text.search(rule.pattern) and not text.search(rule.unless):
            _add(points, rule.kind, rule.points)
    for kind, pattern in ((Kind.PRANK, lexicon.prank), (Kind.CHAT, lexicon.chat)):
        if text.search(pattern):
            _add(points, kind, _SIGN)
    return points


def guess_of(points: Mapping[str, float], lexicon: Lexicon) -> Guess:
    """The guess among the categories that the points of a text allow; kinds of messages are passed over, but for what
    only adds to something told before (人还在): it says less of anything else than of that."""
    codes = (it for it, n in points.items() if n >= _ALSO and it in lexicon.order)
    ranked = sorted(codes, key=lambda it: (-points[it], lexicon.order[it]))
    if not ranked or points[ranked[0]] < max(ENOUGH, points.get(Kind.UNCLEAR, 0.0)):
        return Guess()
    top, second = points[ranked[0]], points[ranked[1]] if len(ranked) > 1 else 0.0
    sure = top >= _SURE and second <= min(top - _LEAD, top * _SHARE)
    return Guess(best=ranked[0], sure=sure, three=tuple(ranked[:3]))


def leading(points: Mapping[str, float]) -> str | None:
    """The category or kind with the most points, when they are enough."""
    best = foremost(points)
    return best if best is not None and points[best] >= ENOUGH else None


def foremost(points: Mapping[str, float]) -> str | None:
    """The meaning with the most points, of several the first by name; None of nothing."""
    most = max(points.values(), default=None)
    return min((it for it, n in points.items() if n == most), default=None)


def _add(points: dict[str, float], meaning: str, more: float) -> None:
    points[meaning] = points.get(meaning, 0.0) + more


def _by_rule(text: Text, lexicon: Lexicon) -> Mapping[str, int]:
    scores: Counter[str] = Counter()
    for word in set(lexicon.word.regex.findall(text.said)):
        scores.update(dict(lexicon.words[word]))
    for cue in text.likely(lexicon.cues):
        if text.search(cue.pattern):
            scores[cue.code] += cue.weight
    lift = sum(weight for pattern, weight in lexicon.dispute_cues if text.search(pattern))
    return {code: s + lift * (code.startswith("M") and s > 0) for code, s in scores.items()}
