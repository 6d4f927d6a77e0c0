"""What a town says in its own words: the phrases of its district file, added to the files of words before these are
read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.understand.lexicon import OTHER, Lexicon, plainly
from core.understand.values import Kind

DANGER, CALM, HEALTH = "danger", "calm", "health"  # beside the codes of categories and the kinds of messages
KINDS = tuple(it.value for it in Kind if it not in {Kind.HAZARD, Kind.DISPUTE, Kind.UNCLEAR})
SHORTEST = {CALM: 4}  # characters; with 着火 among what is calm nobody would hear a fire
SHORT = 2  # of any other
_CODE = re.compile("[A-Z]{1,2}[0-9]{2}")
_WEIGHT, _POINTS = 6, 20  # a guess by itself, and sure with one more sign; as a kind's own sign
Phrases = Mapping[str, tuple[str, ...]]
Json = Mapping[str, Any]


def is_meaning(name: str) -> bool:
    """Whether phrases can mean this: a kind of message, danger, what only sounds like it, somebody's health, or what
    looks like a category's code."""
    return name in {DANGER, CALM, HEALTH, *KINDS} or _CODE.fullmatch(name) is not None


def strange(phrases: Phrases, lexicon: Lexicon) -> tuple[str, ...]:
    """The codes among the meanings that no category has."""
    return tuple(it for it in phrases if _CODE.fullmatch(it) and it not in lexicon.order)


def with_own(words: Json, examples: Json, phrases: Phrases, lexicon: Lexicon) -> tuple[Json, Json]:
    """The values of words.json and examples.json with the phrases of a town in them; `lexicon` is the one without.

    A phrase of a category of level 1 alarms, like one of `danger`. A code that no category has is passed over: a town
    must not fall silent because a category has gone.
    """
    known = {
        meaning: tuple(dict.fromkeys(plainly(it, lexicon) for it in said))
        for meaning, said in phrases.items()
        if meaning in {DANGER, CALM, HEALTH, *KINDS, *lexicon.order}
    }
    return _with_rules(words, known, lexicon), _with_examples(examples, known)


def _with_examples(examples: Json, known: Phrases) -> Json:
    said = {it: [*examples["phrases"].get(it, ()), *known[it]] for it in known if it not in {DANGER, CALM, HEALTH}}
    whole = {it: [*examples.get(it, ()), *known.get(it, ())] for it in (DANGER, CALM)}
    return {**examples, **whole, "phrases": {**examples["phrases"], **said}}


def _with_rules(words: Json, known: Phrases, lexicon: Lexicon) -> Json:
    patterns = {meaning: [re.escape(it) for it in said] for meaning, said in known.items()}
    return {
        **words,
        "innocent": [*words["innocent"], *patterns.get(CALM, ())],
        "health": {**words["health"], "told": [*words["health"]["told"], *patterns.get(HEALTH, ())]},
        "alarms": list(_alarms(words["alarms"], patterns, lexicon)),
        "categories": {**words["categories"], **_cues(words["categories"], patterns, lexicon)},
        "kinds": [
            *words["kinds"],
            *({"kind": it, "points": _POINTS, "always": "|".join(patterns[it]), "unless": ""} for it in KINDS
              if patterns.get(it)),
        ],
    }  # fmt: skip


def _cues(raw: Json, patterns: Mapping[str, list[str]], lexicon: Lexicon) -> Json:
    weight = str(_WEIGHT)
    own = {code: raw.get(code, {}) for code in patterns if code in lexicon.order}
    return {code: {**rules, weight: [*rules.get(weight, ()), *patterns[code]]} for code, rules in own.items()}


def _alarms(raw: Iterable[Json], patterns: Mapping[str, list[str]], lexicon: Lexicon) -> Iterable[Json]:
    grave = {code: said for code, said in patterns.items() if code in lexicon.gravest}
    told = {**grave, OTHER: patterns.get(DANGER, [])}
    for alarm in raw:
        yield {**alarm, "sure": [*alarm["sure"], *told.pop(alarm["category"], ())]}
