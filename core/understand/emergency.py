"""Dangers to life, by rule and never by guess: recall before precision."""

from core.understand.lexicon import Alarm, Lexicon
from core.understand.normal import normal
from core.understand.values import Emergency, Manner

_OTHER = "XX99"  # a cry for help that names no danger
_HEAD, _TAIL = 1500, 500  # characters that are read of a very long text; a cry for help stands first or last


def emergency(text: str, lexicon: Lexicon) -> Emergency | None:
    """The danger told in the text, or None. The gravest kind names it; the numbers of further dangers follow.

    Spans that only sound like danger (热得要着火, 119路公交, 万一着火) are taken out before looking. Of a text longer
    than 2000 characters the first 1500 and the last 500 are read, so that a flood of text cannot hold up the others.
    """
    said = lexicon.innocent.sub(" ", _ends(normal(text, lexicon.simple).lower()))
    found = [(alarm, words) for alarm in lexicon.alarms if (words := _heard(alarm, said)) is not None]
    found += _from_emoji(said, lexicon) if not found else []
    return _told(found) if found else None


def _ends(said: str) -> str:
    return said if len(said) <= _HEAD + _TAIL else f"{said[:_HEAD]}\n{said[-_TAIL:]}"


def _heard(alarm: Alarm, said: str) -> str | None:
    hit = alarm.sure.search(said)
    if hit is None and (hit := alarm.perhaps.search(said)) and alarm.unless.search(said):
        return None
    return hit.group(0) if hit else None


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
