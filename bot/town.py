"""The town of the rules, made from the stored district and the data that comes with the product."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import orjson

from bot.daysoff import official_holidays
from core.district import District, read_district
from core.grids import GridIndex
from core.setup import blank, written
from core.taxonomy import Taxonomy, read_taxonomy
from core.town import Town, gazetteer_of
from core.understand import Lexicon, read_lexicon, with_own

BLANK = written(blank("平安岗"))  # the town until there is one: set up in chat, or loaded from a file
NO_TOWN = (0, BLANK)  # revision and document


def build_town(raw: str, revision: int, admins: Collection[int] = ()) -> Town:
    """All that the rules need of a district file; `admins` by their accounts. Raises DistrictFaults when it is not
    one."""
    return replace(_built(raw), revision=revision, admins=frozenset(admins))


@lru_cache(maxsize=2)
def _built(raw: str) -> Town:
    """A start reads the same file three times: to check it, to load it, to work by it."""
    district = read_district(orjson.loads(raw))
    heard = lexicon_of(district)
    return Town(
        district=district,
        taxonomy=taxonomy(),
        lexicon=heard,
        gazetteer=gazetteer_of(district, heard),
        grids=GridIndex(district),
        holidays=official_holidays(district.emergency_profile),
        live=raw != BLANK,
    )


@cache
def taxonomy() -> Taxonomy:
    """The kinds of matters that come with the product."""
    return read_taxonomy(_data("taxonomy.json"))


@cache
def lexicon() -> Lexicon:
    """The words that come with the product."""
    return read_lexicon(_data("taxonomy.json"), _data("words.json"), _data("examples.json"))


def lexicon_of(district: District) -> Lexicon:
    """The product's words with those that are the town's own."""
    return _own(tuple(district.phrases.items())) if any(district.phrases.values()) else lexicon()


@lru_cache(maxsize=1)  # to learn them takes most of a second, and a change in chat makes the town anew
def _own(phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    words, examples = with_own(_data("words.json"), _data("examples.json"), dict(phrases), lexicon())
    return read_lexicon(_data("taxonomy.json"), words, examples, like=lexicon())


def _data(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = orjson.loads(resources.files("bot").joinpath("data", name).read_bytes())
    return raw
