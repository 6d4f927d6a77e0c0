"""A town's own phrases: `{"XF02": ["楼底下拉的飞线"], "danger": ["水头子来了"], "calm": ["烧火龙表演"]}`."""

from collections.abc import Mapping
from types import MappingProxyType

from core.district.sheet import Sheet
from core.understand.ownwords import CALM, DANGER, HEALTH, KINDS, SHORT, SHORTEST, is_meaning


def read_phrases(part: Sheet) -> Mapping[str, tuple[str, ...]]:
    """The phrases by what they mean; whether a category has the code is seen where the categories are known."""
    first: dict[str, str] = {}
    for name in part.raw:
        if not is_meaning(name):
            part.note(name, "meaning", value=name, choices=", ".join((DANGER, CALM, HEALTH, *KINDS)))
    said = {name: part.texts(name) for name in part.raw}
    for name, phrases in said.items():
        for index, phrase in enumerate(phrases):
            _check(part, name, index, phrase, first)
    return MappingProxyType(said)


def _check(part: Sheet, name: str, index: int, phrase: str, first: dict[str, str]) -> None:
    where, fewest = f"{name}[{index}]", SHORTEST.get(name, SHORT)
    if phrase and len(phrase) < fewest:
        part.note(where, "short", value=phrase, low=fewest)
    if phrase and phrase in first:
        part.note(where, "phrase_twice", value=phrase, first=part.path(first[phrase]))
    first.setdefault(phrase, where)
