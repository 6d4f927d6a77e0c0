"""Dangers to life: by rule first, then by what many people have said in such danger; recall before precision."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from core.understand.lexicon import OTHER, Alarm, Lexicon, glance, plainly
from core.understand.patterns import Pattern, Text
from core.understand.signs import Reading
from core.understand.values import Emergency, Guess, Manner
from core.understand.weigh import ENOUGH, READ, foremost, guess_of, weigh

_HEAD, _TAIL = 1500, 500  # characters that are read of a very long text; a cry for help stands first or last
_FIRST, _LAST = 400, 200  # characters that are read for signs: there are hundreds of them
_SENTENCE = re.compile(r"(?<=[。!?;\n])")
_CLAUSE = re.compile(r"(?<=[,。!?;\n])|(?<=[\u4e00-\u9fff] )")
_FEWEST = 6  # characters in which something must be told to be heard by examples alone: 人还在 is in many of danger
_HEARD, _LEAD = 10.0, 6.0  # points of examples; among grave matters it need not be sure which
_SOUNDS, _CLEAR = -0.5, 24.0  # what sounds like danger; points of anything else with which no sound is enough
_TALK, _TALK_SURE = -3.0, -4.5  # what sounds like less is only talk of danger, whatever words of danger are in it
_SOFT, _CRY = frozenset({Manner.SILENT, Manner.SELFHARM}), 8  # characters
_LEARNT = 90  # characters of what was learnt from, at most
_STRETCH = re.compile(r"[^。!?;\n]{1,90}[。!?;\n]*")


def emergency(text: str, lexicon: Lexicon) -> Emergency | None:
    """The danger told in the text, or None. The gravest kind names it; the numbers of further dangers follow.

    Spans that only sound like danger (热得要着火, 119路公交, 万一着火) are taken out before looking. Of a text longer
    than 2000 characters the first 1500 and the last 500 are read, so that a flood of text cannot hold up the others.
    """
    return heard(plainly(text, lexicon), lexicon)


@lru_cache(maxsize=256)  # an update is ranked among those that wait before it is understood
def heard(said: str, lexicon: Lexicon) -> Emergency | None:
    """The same of a text in normal form and lower case."""
    alarm, hasty = by_rule(said, lexicon)
    if alarm is not None:
        return None if _only_talk(said, alarm, lexicon) else alarm
    if hasty == said[:READ]:
        return by_example(hasty, calmed(hasty, lexicon).points, lexicon)
    # what is asked, past or thanked for must not sound like danger by the back door of its category
    return by_example(hasty, weigh(hasty, lexicon), lexicon) if len(hasty) >= _FEWEST else None


def by_rule(said: str, lexicon: Lexicon) -> tuple[Emergency | None, str]:
    """The danger that words of the lexicon tell, and the part of the text that is neither asked, past nor thankful:
    signs that need each other are looked for in that part only."""
    calm = _without(lexicon.calm, glance(_ends(said), lexicon).without(lexicon.innocent), _CLAUSE, lexicon)
    hasty = _without(lexicon.unhurried, calm, _SENTENCE, lexicon).strip()
    text = glance(calm, lexicon)
    found = [(alarm, words) for alarm in _likely(text, lexicon) if (words := _heard(alarm, text)) is not None]
    sure = bool(found)
    signs = Reading(glance(_cut(hasty, _FIRST, _LAST), lexicon))
    named = {alarm.kind for alarm, _ in found}
    told = signs.told(lexicon.together, but=named)
    found += [(it, told[it.kind]) for it in lexicon.alarms if it.kind in told]
    found += _from_emoji(calm, lexicon) if all(alarm.category == OTHER for alarm, _ in found) else []
    return (_told(found, sure=sure) if found else None), hasty[:READ]


def by_example(said: str, points: Mapping[str, float], lexicon: Lexicon) -> Emergency | None:
    """The danger of a category of level 1 that leads before all that is none, or what only sounds like danger; never
    sure, and it only adds to what the rules hear."""
    if len(said) < _FEWEST:
        return None
    grave = {it: points[it] for it in points.keys() & lexicon.gravest}
    best = foremost(grave) or OTHER
    other = max(map(points.__getitem__, points.keys() - lexicon.gravest), default=0.0)
    leads = grave.get(best, 0.0) >= max(_HEARD, other + _LEAD)
    if not leads and not _sounds(said, other, lexicon):
        return None
    kind = best if grave.get(best, 0.0) >= max(ENOUGH, other) else OTHER
    return _told([(it, "") for it in lexicon.alarms if it.category == kind][:1], sure=False)


def _sounds(said: str, other: float, lexicon: Lexicon) -> bool:
    """Whether it sounds like danger and nothing else is told beyond doubt (`other` points)."""
    sound = _sound(said, lexicon) if other < _CLEAR else None
    return sound is not None and sound >= _SOUNDS


def _only_talk(said: str, alarm: Emergency, lexicon: Lexicon) -> bool:
    """Whether words of danger stand in what nobody in danger would say. Never of what people hide in soft words, of
    what is said to be now, of English, of which too little was learnt, nor of a cry: there one word is all there is."""
    if alarm.manner in _SOFT or len(said) < _CRY or said.isascii() or lexicon.still_now.regex.search(said):
        return False
    sound = _sound(said, lexicon)
    return sound is not None and sound < (_TALK_SURE if alarm.sure else _TALK)


def _sound(said: str, lexicon: Lexicon) -> float | None:
    """How much the text sounds like danger; one longer than what was learnt from, as much as its worst stretch."""
    text = lexicon.synonyms.on(_cut(said, _FIRST, _LAST))
    parts = [text] if len(text) <= _LEARNT else [text, *_STRETCH.findall(text)]
    return max((n for it in parts if (n := lexicon.sense.of(it)) is not None), default=None)


class Calmed(NamedTuple):
    """A text in normal form, with its points and what they allow to guess."""

    said: str
    points: Mapping[str, float]
    guess: Guess


@lru_cache(maxsize=256)  # as above
def calmed(said: str, lexicon: Lexicon) -> Calmed:
    """The text with its points. A danger that is only a figure of speech (热得要着火) must not come in again by the
    back door of its category: where one leads, such spans are taken out."""
    told = _weighed(said, lexicon)
    if told.guess.best not in lexicon.gravest:
        return told
    calm = glance(said, lexicon).without(lexicon.innocent)
    return told if calm == said else _weighed(calm, lexicon)


def _weighed(said: str, lexicon: Lexicon) -> Calmed:
    points = weigh(said, lexicon)
    return Calmed(said, points, guess_of(points, lexicon))


def _ends(said: str) -> str:
    return _cut(said, _HEAD, _TAIL)


def _cut(said: str, head: int, tail: int) -> str:
    return said if len(said) <= head + tail else f"{said[:head]}\n{said[-tail:]}"


def _likely(text: Text, lexicon: Lexicon) -> list[Alarm]:
    """The alarms of which a word may stand in the text."""
    has = text.marks
    return [
        it
        for it in lexicon.alarms
        if has & (sure := it.sure.needs) == sure or has & (perhaps := it.perhaps.needs) == perhaps
    ]


def _heard(alarm: Alarm, text: Text) -> str | None:
    hit = text.search(alarm.sure)
    if hit is None and (hit := text.search(alarm.perhaps)) and text.search(alarm.unless):
        return None
    return hit.group(0) if hit else None


def _without(calm: Pattern, said: str, end: re.Pattern[str], lexicon: Lexicon) -> str:
    """The text without the parts in which the pattern stands and nothing says that it is now."""
    text = glance(said, lexicon)
    if text.marks & calm.needs != calm.needs:
        return said
    now, past = lexicon.still_now.regex, calm.regex
    return "".join(part for part in end.split(said) if not past.search(part) or now.search(part))


def _from_emoji(said: str, lexicon: Lexicon) -> list[tuple[Alarm, str]]:
    # fire signs beside words are mostly cheer (生意🔥); alone they may be all that a person could type
    if any(c.isalnum() for c in said):
        return []
    kinds = {kind for sign, kind in lexicon.alarm_emoji.items() if sign in said}
    return [(alarm, said) for alarm in lexicon.alarms if alarm.kind in kinds]


def _told(found: list[tuple[Alarm, str]], *, sure: bool) -> Emergency:
    first, words = next(((a, w) for a, w in found if a.category != OTHER), found[0])
    # whoever must stay silent gets only the numbers that can be used silently
    told = [first] if first.manner is Manner.SILENT else [first, *(alarm for alarm, _ in found)]
    numbers = dict.fromkeys(n for alarm in told for n in alarm.numbers)
    return Emergency(
        kind=first.kind,
        category=first.category,
        numbers=tuple(numbers),
        manner=first.manner,
        words=words.strip(),
        sure=sure,
    )
