"""The town as the rules see it: district, taxonomy, words and places, built once when a district is loaded."""

from dataclasses import dataclass

from core import deadlines, understand
from core.district import District
from core.district.faults import Book
from core.grids import GridIndex
from core.understand import Gazetteer, Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Town(deadlines.Town):
    """All that is data about a place; passed to every decision. `revision` tells one loaded file from the next.

    `admins`: accounts that the operator has made administrators, of the file or not.
    Until a first district is `live`, nobody is served.
    """

    lexicon: Lexicon
    gazetteer: Gazetteer
    grids: GridIndex
    revision: int = 0
    admins: frozenset[int] = frozenset()
    live: bool = True


def check_phrases(district: District, lexicon: Lexicon) -> None:
    """Raise DistrictFaults for phrases of the town's own whose meaning is no category's code."""
    book = Book()
    for code in understand.strange(district.phrases, lexicon):
        book.note(f"phrases.{code}", "dangling", value=code, kind="taxonomy.json")
    book.close()


def gazetteer_of(district: District, lexicon: Lexicon) -> Gazetteer:
    """The names of a district that was read; numbers of 0, which mean unknown, bound nothing."""
    compounds = (
        understand.Compound(
            id=it.id,
            name=it.name_zh or it.name_en,
            aliases=it.aliases,
            lat=it.point.lat,
            lng=it.point.lng,
            grid=it.grid,
            buildings=it.buildings or None,
            units_per_building=it.units_per_building or None,
            floors=it.floors or None,
            rooms=it.rooms_per_floor_unit or None,
        )
        for it in district.compounds
    )
    places = (
        understand.KeyPlace(
            id=it.id,
            name=it.name_zh or it.name_en,
            aliases=it.aliases,
            kind=it.kind,
            lat=it.point.lat,
            lng=it.point.lng,
            grid=it.grid,
        )
        for it in district.key_places
    )
    return understand.make_gazetteer(compounds, places, lexicon)
