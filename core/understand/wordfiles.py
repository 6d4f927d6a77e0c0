"""The lexicon, read from the JSON values of the product's files of words."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

from core.understand.examples import Examples, learn
from core.understand.lexicon import (
    OTHER,
    Alarm,
    Cue,
    HealthWords,
    Inline,
    KindRule,
    Lexicon,
    PlaceWords,
    SeverityRules,
    Swaps,
)
from core.understand.normal import normal
from core.understand.patterns import NEVER, Marker, Pattern
from core.understand.sense import Said, Sense, learn_sense
from core.understand.sieve import Sieve
from core.understand.signs import Signs, signs_of
from core.understand.values import Kind, Manner

_PHRASE = 0.1  # of a whole message
_KINDS = frozenset(Kind)
Raw = Mapping[str, Any]  # values of a file as JSON has them
_GRAVEST = 1
_LISTS = ("innocent", "calm", "unhurried", "exposure", "abuse", "prank", "chat")  # of patterns, under their own names


def read_lexicon(taxonomy: Raw, words: Raw, examples: Raw, like: Lexicon | None = None) -> Lexicon:
    """Build it from the values of these JSON files; sooner where most patterns are those of one that it is `like`.

    Raises KeyError, ValueError or re.error when a file is incomplete or a pattern is not a regular expression.
    """
    rows = [row for side in ("hazards", "disputes") for group in taxonomy[side] for row in group["items"]]
    codes = [row["code"] for row in rows]
    marker = _marker(Sieve(words["sets"]), like)
    either = partial(_either, marker=marker)
    simple, typos, synonyms = _table(words["simple"]), _swaps(words["typos"]), _swaps(words["synonyms"])
    said = cache(partial(_said, simple=simple, typos=typos, synonyms=synonyms))  # both kinds of learning read the same
    plain = _plain_words(rows, words["word_weights"])
    gravest = frozenset(row["code"] for row in rows if row.get("sev") == _GRAVEST)
    return Lexicon(
        simple=simple,
        pieces=marker.pieces,
        patterns=marker.patterns,
        **{name: either(words[name]) for name in _LISTS},
        still_now=either([words["still_now"]]),
        alarms=tuple(_alarm(raw, either) for raw in words["alarms"]),
        together=tuple(_signs(it["kind"], parts, either) for it in words["alarms"] for parts in it["together"]),
        alarm_emoji=words["alarm_emoji"],
        cues=tuple(_cues(words["categories"], codes, either)),
        words=plain,
        word=either([re.escape(w) for w in sorted(plain, key=len, reverse=True)]),
        dispute_cues=tuple((either(patterns), int(weight)) for weight, patterns in words["dispute_cues"].items()),
        order={code: i for i, code in enumerate(codes)},
        levels={row["code"]: row["sev"] for row in rows if "sev" in row},
        gravest=gravest,
        twins=words["severity"]["twins"],
        sealed=_sealed(rows, words["sealed_disputes"]),
        kinds=tuple(_kind_rule(raw, either) for raw in words["kinds"]),
        severity=_severity(words["severity"], either),
        health=_health(words["health"], either),
        place=_place(words["place"]),
        typos=typos,
        synonyms=synonyms,
        examples=_examples(rows, examples["phrases"], said),
        sense=_sense(gravest | {OTHER}, examples, said),
    )


def _marker(sieve: Sieve, like: Lexicon | None) -> Marker:
    return Marker(sieve, like.pieces, like.patterns) if like else Marker(sieve)


def _either(patterns: Iterable[str], marker: Marker) -> Pattern:
    joined = "|".join(f"(?:{p})" for p in patterns if p)
    return marker.pattern(joined) if joined else NEVER


def _table(raw: Mapping[str, str]) -> dict[int, str]:
    return {ord(a): b for a, b in zip(raw["traditional"], raw["simplified"], strict=True)}


def _alarm(raw: Raw, either: "partial[Pattern]") -> Alarm:
    return Alarm(
        kind=raw["kind"],
        category=raw["category"],
        numbers=tuple(raw["numbers"]),
        manner=Manner(raw["manner"]),
        sure=either(raw["sure"]),
        perhaps=either(raw["perhaps"]),
        unless=either([raw["unless"]]),
    )


def _signs(kind: str, raw: Iterable[str], either: "partial[Pattern]") -> Signs:
    """What begins with ! must not be there. Short lists of words come first: they are the rarest to be found."""
    told = tuple(raw)
    parts = sorted((either([it]) for it in told if not it.startswith("!")), key=lambda it: len(it.source))
    return signs_of(kind, parts, unless=either([it[1:] for it in told if it.startswith("!")]))


def _cues(raw: Raw, codes: list[str], either: "partial[Pattern]") -> Iterable[Cue]:
    if unknown := sorted(set(raw) - set(codes)):
        raise ValueError(f"categories without a row in the taxonomy: {unknown}")
    for code, by_weight in raw.items():
        for weight, patterns in by_weight.items():
            yield from (_cue(code, either([p]), int(weight)) for p in patterns)


def _cue(code: str, pattern: Pattern, weight: int) -> Cue:
    return Cue(code=code, pattern=pattern, needs=pattern.needs, weight=weight)


def _plain_words(rows: list[Raw], weights: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in rows:
        for word in row.get("words", ()):
            weight = weights.get(row["code"], {}).get(word, min(len(word), 3))
            found[word.lower()] = (*found.get(word.lower(), ()), (row["code"], weight))
    return found


def _sealed(rows: list[Raw], disputes: list[str]) -> frozenset[str]:
    return frozenset(row["code"] for row in rows if row.get("conf") or row["code"].startswith(tuple(disputes)))


def _kind_rule(raw: Raw, either: "partial[Pattern]") -> KindRule:
    return KindRule(
        kind=Kind(raw["kind"]),
        points=float(raw["points"]),
        pattern=either([raw["always"]]),
        unless=either([raw["unless"]]),
    )


def _swaps(raw: Mapping[str, str]) -> Swaps:
    longest_first = sorted(raw, key=lambda it: (-len(it), it))
    return Swaps(pattern=re.compile("|".join(map(re.escape, longest_first)) or "(?!)"), words=raw)


def _said(phrase: str, *, simple: Mapping[int, str], typos: Swaps, synonyms: Swaps) -> str:
    return synonyms.on(typos.on(normal(phrase, simple).lower()))


def _sense(grave: frozenset[str], examples: Raw, read: Callable[[str], str]) -> Sense:
    """What stands under a category is shorter than what people write, and may be less than danger or more."""
    phrases = (
        Said(text=read(it), grave=meaning in grave, counts=1.0 if meaning in _KINDS else _PHRASE)
        for meaning, said in examples["phrases"].items()
        for it in said
    )
    whole = (
        Said(text=read(it), grave=name == "danger") for name in ("danger", "calm") for it in examples.get(name, ())
    )
    return learn_sense([*phrases, *whole])


def _examples(rows: list[Raw], phrases: Mapping[str, Iterable[str]], read: Callable[[str], str]) -> Examples:
    """The taxonomy's own words are examples too."""
    own = {row["code"]: [row["zh"], *row.get("words", ())] for row in rows}
    if unknown := sorted(set(phrases) - set(own) - set(Kind)):
        raise ValueError(f"examples of no category and no kind: {unknown}")
    said = {it: (*own.get(it, ()), *phrases.get(it, ())) for it in (*own, *(set(phrases) - set(own)))}
    return learn({it: [read(phrase) for phrase in said[it]] for it in sorted(said)})


def _severity(raw: Raw, either: "partial[Pattern]") -> SeverityRules:
    return SeverityRules(
        raising=tuple((why, either([pattern])) for why, pattern in raw["raise"].items()),
        night_codes=tuple(raw["night"]["codes"]),
        night=either([raw["night"]["any"]]),
        inline=tuple(
            Inline(category=r["category"], pattern=either([r["any"]]), level=r["level"], why=r["why"])
            for r in raw["inline"]
        ),
    )


def _health(raw: Raw, either: "partial[Pattern]") -> HealthWords:
    return HealthWords(told=either(raw["told"]), spare=either(raw["spare"]), now=either([raw["now"]]))


def _place(raw: Raw) -> PlaceWords:
    alike = {ord(c): group[0] for group in raw["homophones"] for c in group}
    digits = str.maketrans("0123456789", "零一二三四五六七八九")
    return PlaceWords(
        fold=alike | {k: chr(v) for k, v in digits.items()},
        key_words=tuple(raw["key_words"]),
        spots=re.compile(raw["spots"]),
        roads=re.compile(raw["roads"]),
    )
