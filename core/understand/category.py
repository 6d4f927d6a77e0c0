"""Text to category: the taxonomy's words and weighted patterns, added up; where it is close, the likeliest three."""

from collections import Counter
from collections.abc import Mapping

from core.understand.lexicon import Lexicon
from core.understand.normal import normal
from core.understand.values import Guess

_READ = 1000  # characters; what a case is about is said before that
_ENOUGH = 2
_SURE = 4
_LEAD = 2


def categories(text: str, lexicon: Lexicon) -> Guess:
    """The best category with up to three likeliest, in a stable order; an empty guess when nothing speaks for any."""
    scores = weigh(normal(text, lexicon.simple).lower()[:_READ], lexicon)
    ranked = sorted((c for c, s in scores.items() if s >= _ENOUGH), key=lambda c: (-scores[c], lexicon.order[c]))
    if not ranked:
        return Guess()
    second = scores[ranked[1]] if len(ranked) > 1 else 0
    top = scores[ranked[0]]
    return Guess(best=ranked[0], sure=top >= _SURE and top - second >= _LEAD, three=tuple(ranked[:3]))


def weigh(said: str, lexicon: Lexicon) -> Mapping[str, int]:
    """Points of each category for a text in normal form and lower case."""
    scores: Counter[str] = Counter()
    for word in set(lexicon.word.findall(said)):
        scores.update(dict(lexicon.words[word]))
    for cue in lexicon.cues:
        if cue.pattern.search(said):
            scores[cue.code] += cue.weight
    lift = sum(weight for pattern, weight in lexicon.dispute_cues if pattern.search(said))
    return {code: s + lift * (code.startswith("M") and s > 0) for code, s in scores.items()}
