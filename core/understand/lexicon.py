"""The words of the town as one value, compiled once from the taxonomy and the word list (`read_lexicon`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.understand.examples import Examples
from core.understand.normal import normal
from core.understand.patterns import Pattern, Text
from core.understand.sense import Sense
from core.understand.signs import Signs
from core.understand.values import Kind, Manner

OTHER = "XX99"  # a cry for help that names no danger


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A danger to life: `sure` words always alarm, `perhaps` words only where `unless` is not said."""

    kind: str
    category: str
    numbers: tuple[str, ...]
    manner: Manner
    sure: Pattern
    perhaps: Pattern
    unless: Pattern


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """A pattern that speaks for a category (or against it, with a negative weight)."""

    code: str
    pattern: Pattern
    needs: int
    weight: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRule:
    """A pattern that speaks for a kind of message with so many points, unless the other pattern is there too."""

    kind: Kind
    points: float
    pattern: Pattern
    unless: Pattern


@dataclass(frozen=True, kw_only=True, slots=True)
class Inline:
    """A level written in the taxonomy's own row, e.g. JT03 有人伤→1."""

    category: str
    pattern: Pattern
    level: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeverityRules:
    """Words that raise a severity (hazards.md, second paragraph)."""

    raising: tuple[tuple[str, Pattern], ...]
    night_codes: tuple[str, ...]
    night: Pattern
    inline: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthWords:
    """Details of somebody's health (`told`), unless they are part of what is `spare`; `now`: an illness is acute."""

    told: Pattern
    spare: Pattern
    now: Pattern


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceWords:
    """Words of places that every town shares; `fold` maps characters that sound alike to one of them."""

    fold: Mapping[int, str]
    key_words: tuple[str, ...]
    spots: re.Pattern[str]
    roads: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Swaps:
    """Words that stand for another one: what is often mistyped, and what means the same."""

    pattern: re.Pattern[str]
    words: Mapping[str, str]

    def on(self, said: str) -> str:
        """The text with each of the words replaced."""
        return self.pattern.sub(lambda hit: self.words[hit.group(0)], said)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per start: told apart by identity
class Lexicon:
    """Everything the rules need. `order` gives each category its place in the taxonomy, for stable ties; `twins` the
    hazard that a dispute is as well, by whose rules its urgency is measured (纠缠 is stalking); `gravest` are those of
    level 1; `pieces` and `patterns` are what its patterns were read to (`patterns.Marker`)."""

    simple: Mapping[int, str]
    pieces: Mapping[str, int]
    patterns: Mapping[str, Pattern]
    innocent: Pattern
    calm: Pattern
    unhurried: Pattern
    still_now: Pattern
    alarms: tuple[Alarm, ...]
    together: tuple[Signs, ...]
    alarm_emoji: Mapping[str, str]
    cues: tuple[Cue, ...]
    words: Mapping[str, tuple[tuple[str, int], ...]]
    word: Pattern
    dispute_cues: tuple[tuple[Pattern, int], ...]
    order: Mapping[str, int]
    levels: Mapping[str, int]
    gravest: frozenset[str]
    twins: Mapping[str, str]
    sealed: frozenset[str]
    kinds: tuple[KindRule, ...]
    exposure: Pattern
    abuse: Pattern
    prank: Pattern
    chat: Pattern
    severity: SeverityRules
    health: HealthWords
    place: PlaceWords
    typos: Swaps
    synonyms: Swaps
    examples: Examples
    sense: Sense


@lru_cache(maxsize=256)  # all that wait are ranked, then each is read for its kind, its danger, its urgency
def plainly(text: str, lexicon: Lexicon) -> str:
    """A text in normal form and lower case, with what is often mistyped set right (煤汽, 电提)."""
    return lexicon.typos.on(normal(text, lexicon.simple).lower())


@lru_cache(maxsize=512)  # as above; with what is no danger taken out it is another text
def glance(said: str, lexicon: Lexicon) -> Text:
    """A text in normal form and lower case, to look for the lexicon's patterns in."""
    return Text(said, lexicon.pieces)


def is_sealed(category: str | None, lexicon: Lexicon) -> bool:
    """Whether cases of this category bypass the group chats (privacy.md, sealed cases)."""
    return category is not None and category in lexicon.sealed
