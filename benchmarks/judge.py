"""What a check is measured with, and how an answer is held against what was expected."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core import understand
from core.deadlines import Town
from core.distance import Point, metres
from core.district import read_district
from core.grids import GridIndex
from core.taxonomy import read_taxonomy
from core.town import gazetteer_of
from core.understand import Gazetteer, Lexicon

Row = Mapping[str, Any]
NEAR_M = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The town that is measured."""

    town: Town
    grids: GridIndex
    lexicon: Lexicon
    gazetteer: Gazetteer


def open_bench(raw: Any, taxonomy: Any, words: Any, examples: Any) -> Bench:
    """The bench of a decoded district file, with the product's kinds and words. Raises DistrictFaults."""
    district = read_district(raw)
    lexicon = understand.read_lexicon(taxonomy, words, examples)
    return Bench(
        town=Town(district=district, taxonomy=read_taxonomy(taxonomy)),
        grids=GridIndex(district),
        lexicon=lexicon,
        gazetteer=gazetteer_of(district, lexicon),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One row: its label, both answers, as JSON values."""

    row: str
    expected: object
    got: object

    @property
    def passed(self) -> bool:
        """Whether both are equal; tolerances were applied when `got` was made."""
        return self.expected == self.got


Judge = Callable[[Bench, str, Row], Verdict]
Rows = Callable[[Any], Iterable[tuple[str, Row]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How rows of a kind are found and judged; without a judge the kind is not built and never passes."""

    judge: Judge | None = None
    rows: Rows | None = None


def listed(raw: Any) -> Iterable[tuple[str, Row]]:
    """The rows of a list, by their id or their place in it."""
    for index, row in enumerate(raw if isinstance(raw, list) else [raw]):
        yield (str(row.get("id", index)) if isinstance(row, dict) else str(index)), row


def within(expected: object, got: float, part: float, least: float) -> object:
    """The expected number itself if the answer lies within the tolerance, else the answer."""
    if isinstance(expected, int | float) and abs(expected - got) <= max(part * abs(expected), least):
        return expected
    return round(got, 3)


def near(expected: object, got: Point) -> object:
    """The expected [lat, lng] itself if the answer lies within 5 m, else the answer."""
    if isinstance(expected, list) and len(expected) == 2 and metres(Point(*expected), got) <= NEAR_M:
        return expected
    return [round(got.lat, 6), round(got.lng, 6)]


def unordered(expected: object, got: Iterable[str]) -> list[str]:
    """The answer in the expected order if it holds the same things, else sorted."""
    found = sorted(got)
    if isinstance(expected, list) and sorted(map(str, expected)) == found:
        return expected
    return found
