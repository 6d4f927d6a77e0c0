"""The words of the town as one value, compiled once from the taxonomy and the word list."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.understand.examples import Examples, learn
from core.understand.normal import normal
from core.understand.signs import Signs
from core.understand.values import Kind, Manner

NEVER = re.compile(r"(?!)")
_SET = re.compile(r"<(\w+)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A danger to life: `sure` words always alarm, `perhaps` words only where `unless` is not said, `together` what is
    a danger only side by side."""

    kind: str
    category: str
    numbers: tuple[str, ...]
    manner: Manner
    sure: re.Pattern[str]
    perhaps: re.Pattern[str]
    unless: re.Pattern[str]
    together: tuple[Signs, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """A pattern that speaks for a category (or against it, with a negative weight)."""

    code: str
    pattern: re.Pattern[str]
    weight: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRule:
    """A pattern that speaks for a kind of message with so many points, unless the other pattern is there too."""

    kind: Kind
    points: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inline:
    """A level written in the taxonomy's own row, e.g. JT03 有人伤→1."""

    category: str
    pattern: re.Pattern[str]
    level: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeverityRules:
    """Words that raise a severity (hazards.md, second paragraph)."""

    raising: tuple[tuple[str, re.Pattern[str]], ...]
    night_codes: tuple[str, ...]
    night: re.Pattern[str]
    inline: tuple[Inline, ...]


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
    hazard that a dispute is as well, by whose rules its urgency is measured (纠缠 is stalking)."""

    simple: Mapping[int, str]
    innocent: re.Pattern[str]
    calm: re.Pattern[str]
    unhurried: re.Pattern[str]
    still_now: re.Pattern[str]
    alarms: tuple[Alarm, ...]
    alarm_emoji: Mapping[str, str]
    cues: tuple[Cue, ...]
    words: Mapping[str, tuple[tuple[str, int], ...]]
    word: re.Pattern[str]
    dispute_cues: tuple[tuple[re.Pattern[str], int], ...]
    order: Mapping[str, int]
    levels: Mapping[str, int]
    twins: Mapping[str, str]
    sealed: frozenset[str]
    kinds: tuple[KindRule, ...]
    exposure: re.Pattern[str]
    abuse: re.Pattern[str]
    prank: re.Pattern[str]
    chat: re.Pattern[str]
    severity: SeverityRules
    place: PlaceWords
    typos: Swaps
    synonyms: Swaps
    examples: Examples


def read_lexicon(taxonomy: Mapping[str, Any], words: Mapping[str, Any], examples: Mapping[str, Any]) -> Lexicon:
    """Build the lexicon from the JSON values of taxonomy.json, words.json and examples.json.

    Raises KeyError, ValueError or re.error when a file is incomplete or a pattern is not a regular expression.
    """
    rows = [row for side in ("hazards", "disputes") for group in taxonomy[side] for row in group["items"]]
    codes = [row["code"] for row in rows]
    either = partial(_either, sets=words["sets"])
    simple, synonyms = _table(words["simple"]), _swaps(words["synonyms"])
    plain = _plain_words(rows, words["word_weights"])
    return Lexicon(
        simple=simple,
        innocent=either(words["innocent"]),
        calm=either(words["calm"]),
        unhurried=either(words["unhurried"]),
        still_now=either([words["still_now"]]),
        alarms=tuple(_alarm(raw, either) for raw in words["alarms"]),
        alarm_emoji=words["alarm_emoji"],
        cues=tuple(_cues(words["categories"], codes, either)),
        words=plain,
        word=_either([re.escape(w) for w in sorted(plain, key=len, reverse=True)], sets={}),
        dispute_cues=tuple((either(patterns), int(weight)) for weight, patterns in words["dispute_cues"].items()),
        order={code: i for i, code in enumerate(codes)},
        levels={row["code"]: row["sev"] for row in rows if "sev" in row},
        twins=words["severity"]["twins"],
        sealed=_sealed(rows, words["sealed_disputes"]),
        kinds=tuple(_kind_rule(raw, either) for raw in words["kinds"]),
        exposure=either(words["exposure"]),
        abuse=either(words["abuse"]),
        prank=either(words["prank"]),
        chat=either(words["chat"]),
        severity=_severity(words["severity"], either),
        place=_place(words["place"]),
        typos=_swaps(words["typos"]),
        synonyms=synonyms,
        examples=_examples(rows, examples["phrases"], lambda it: synonyms.on(normal(it, simple).lower())),
    )


def plainly(text: str, lexicon: Lexicon) -> str:
    """A text in normal form and lower case, with what is often mistyped set right (煤汽, 电提)."""
    return lexicon.typos.on(normal(text, lexicon.simple).lower())


def is_sealed(category: str | None, lexicon: Lexicon) -> bool:
    """Whether cases of this category bypass the group chats (privacy.md, sealed cases)."""
    return category is not None and category in lexicon.sealed


def _either(patterns: Iterable[str], sets: Mapping[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{p})" for p in patterns if p)
    while (known := {name for name in _SET.findall(joined) if name in sets}):  # a set may speak of others
        for name in known:
            joined = joined.replace(f"<{name}>", f"(?:{sets[name]})")
    return re.compile(joined, re.DOTALL) if joined else NEVER


def _table(raw: Mapping[str, str]) -> dict[int, str]:
    return {ord(a): b for a, b in zip(raw["traditional"], raw["simplified"], strict=True)}


def _alarm(raw: Mapping[str, Any], either: "partial[re.Pattern[str]]") -> Alarm:
    return Alarm(
        kind=raw["kind"],
        category=raw["category"],
        numbers=tuple(raw["numbers"]),
        manner=Manner(raw["manner"]),
        sure=either(raw["sure"]),
        perhaps=either(raw["perhaps"]),
        unless=either([raw["unless"]]),
        together=tuple(_signs(parts, either) for parts in raw["together"]),
    )


def _signs(raw: Iterable[str], either: "partial[re.Pattern[str]]") -> Signs:
    """What begins with ! must not be there."""
    parts = tuple(raw)
    return Signs(
        parts=tuple(either([part]) for part in parts if not part.startswith("!")),
        unless=either([part[1:] for part in parts if part.startswith("!")]),
    )


def _cues(raw: Mapping[str, Any], codes: list[str], either: "partial[re.Pattern[str]]") -> Iterable[Cue]:
    if unknown := sorted(set(raw) - set(codes)):
        raise ValueError(f"categories without a row in the taxonomy: {unknown}")
    for code, by_weight in raw.items():
        for weight, patterns in by_weight.items():
            yield from (Cue(code=code, pattern=either([p]), weight=int(weight)) for p in patterns)


def _plain_words(
    rows: list[Mapping[str, Any]], weights: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in rows:
        for word in row.get("words", ()):
            weight = weights.get(row["code"], {}).get(word, min(len(word), 3))
            found[word.lower()] = (*found.get(word.lower(), ()), (row["code"], weight))
    return found


def _sealed(rows: list[Mapping[str, Any]], disputes: list[str]) -> frozenset[str]:
    return frozenset(row["code"] for row in rows if row.get("conf") or row["code"].startswith(tuple(disputes)))


def _kind_rule(raw: Mapping[str, Any], either: "partial[re.Pattern[str]]") -> KindRule:
    return KindRule(
        kind=Kind(raw["kind"]),
        points=float(raw["points"]),
        pattern=either([raw["always"]]),
        unless=either([raw["unless"]]),
    )


def _swaps(raw: Mapping[str, str]) -> Swaps:
    longest_first = sorted(raw, key=lambda it: (-len(it), it))
    return Swaps(pattern=re.compile("|".join(map(re.escape, longest_first)) or "(?!)"), words=raw)


def _examples(
    rows: list[Mapping[str, Any]], phrases: Mapping[str, Iterable[str]], read: Callable[[str], str]
) -> Examples:
    """The taxonomy's own words are examples too."""
    own = {row["code"]: [row["zh"], *row.get("words", ())] for row in rows}
    if unknown := sorted(set(phrases) - set(own) - set(Kind)):
        raise ValueError(f"examples of no category and no kind: {unknown}")
    said = {it: (*own.get(it, ()), *phrases.get(it, ())) for it in (*own, *(set(phrases) - set(own)))}
    return learn({it: [read(phrase) for phrase in said[it]] for it in sorted(said)})


def _severity(raw: Mapping[str, Any], either: "partial[re.Pattern[str]]") -> SeverityRules:
    return SeverityRules(
        raising=tuple((why, either([pattern])) for why, pattern in raw["raise"].items()),
        night_codes=tuple(raw["night"]["codes"]),
        night=either([raw["night"]["any"]]),
        inline=tuple(
            Inline(category=r["category"], pattern=either([r["any"]]), level=r["level"], why=r["why"])
            for r in raw["inline"]
        ),
    )


def _place(raw: Mapping[str, Any]) -> PlaceWords:
    alike = {ord(c): group[0] for group in raw["homophones"] for c in group}
    digits = str.maketrans("0123456789", "零一二三四五六七八九")
    return PlaceWords(
        fold=alike | {k: chr(v) for k, v in digits.items()},
        key_words=tuple(raw["key_words"]),
        spots=re.compile(raw["spots"]),
        roads=re.compile(raw["roads"]),
    )
