"""Dangers to life: by rule first, then by what many people have said in such danger; recall before precision."""

import re
from collections.abc import Mapping
from functools import lru_cache

from core.understand.lexicon import Alarm, Lexicon, plainly
from core.understand.signs import Reading
from core.understand.values import Emergency, Manner
from core.understand.weigh import READ, guess_of, weigh

_OTHER = "XX99"  # a cry for help that names no danger
_HEAD, _TAIL = 1500, 500  # characters that are read of a very long text; a cry for help stands first or last
_SENTENCE = re.compile(r"(?<=[。!?;\n])")
_GRAVEST = 1
_HEARD, _LEAD = 10.0, 3.0  # points of examples; among grave matters it need not be sure which


def emergency(text: str, lexicon: Lexicon) -> Emergency | None:
    """The danger told in the text, or None. The gravest kind names it; the numbers of further dangers follow.

    Spans that only sound like danger (热得要着火, 119路公交, 万一着火) are taken out before looking. Of a text longer
    than 2000 characters the first 1500 and the last 500 are read, so that a flood of text cannot hold up the others.
    """
    said = plainly(text, lexicon)
    return by_rule(said, lexicon) or by_example(calmed(said[:READ], lexicon)[1], lexicon)


@lru_cache(maxsize=256)  # as below
def by_rule(said: str, lexicon: Lexicon) -> Emergency | None:
    """The danger that words of the lexicon tell in a text in normal form and lower case."""
    calm = _without(lexicon.calm, lexicon.innocent.sub(" ", _ends(said)), lexicon)
    signs = Reading(_without(lexicon.unhurried, calm, lexicon))
    found = [(alarm, words) for alarm in lexicon.alarms if (words := _heard(alarm, calm, signs)) is not None]
    found += _from_emoji(calm, lexicon) if all(alarm.category == _OTHER for alarm, _ in found) else []
    return _told(found) if found else None


def by_example(points: Mapping[str, float], lexicon: Lexicon) -> Emergency | None:
    """The danger of a category of level 1 that leads before all that is none; only adds to what the rules hear."""
    grave = {it: n for it, n in points.items() if lexicon.levels.get(it) == _GRAVEST}
    best = max(sorted(grave), key=lambda it: grave[it], default=None)
    if best is None or grave[best] < _HEARD:
        return None
    if grave[best] < max((n for it, n in points.items() if it not in grave), default=0.0) + _LEAD:
        return None
    alarm = next((it for it in lexicon.alarms if it.category == best), None)
    return _told([(alarm, "")]) if alarm else None


@lru_cache(maxsize=256)  # an update is ranked among those that wait before it is understood
def calmed(said: str, lexicon: Lexicon) -> tuple[str, Mapping[str, float]]:
    """The text with its points. A danger that is only a figure of speech (热得要着火) must not come in again by the
    back door of its category: where one leads, such spans are taken out."""
    points = weigh(said, lexicon)
    if lexicon.levels.get(guess_of(points, lexicon).best or "") != _GRAVEST:
        return said, points
    said = lexicon.innocent.sub(" ", said)
    return said, weigh(said, lexicon)


def _ends(said: str) -> str:
    return said if len(said) <= _HEAD + _TAIL else f"{said[:_HEAD]}\n{said[-_TAIL:]}"


def _heard(alarm: Alarm, said: str, signs: Reading) -> str | None:
    hit = alarm.sure.search(said)
    if hit is None and (hit := alarm.perhaps.search(said)) and alarm.unless.search(said):
        hit = None
    return hit.group(0) if hit else signs.told(alarm.together)


def _without(calm: re.Pattern[str], said: str, lexicon: Lexicon) -> str:
    """The text without the sentences in which the pattern stands and nothing says that it is now."""
    return "".join(
        part for part in _SENTENCE.split(said) if lexicon.still_now.search(part) or not calm.search(part)
    )


def _from_emoji(said: str, lexicon: Lexicon) -> list[tuple[Alarm, str]]:
    # fire signs beside words are mostly cheer (生意🔥); alone they may be all that a person could type
    if any(c.isalnum() for c in said):
        return []
    kinds = {kind for sign, kind in lexicon.alarm_emoji.items() if sign in said}
    return [(alarm, said) for alarm in lexicon.alarms if alarm.kind in kinds]


def _told(found: list[tuple[Alarm, str]]) -> Emergency:
    first, words = next(((a, w) for a, w in found if a.category != _OTHER), found[0])
    # whoever must stay silent gets only the numbers that can be used silently
    told = [first] if first.manner is Manner.SILENT else [first, *(alarm for alarm, _ in found)]
    numbers = dict.fromkeys(n for alarm in told for n in alarm.numbers)
    return Emergency(
        kind=first.kind, category=first.category, numbers=tuple(numbers), manner=first.manner, words=words.strip()
    )
