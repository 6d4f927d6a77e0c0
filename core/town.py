"""The town as the rules see it: district, taxonomy, words and places, built once when a district is loaded."""

from dataclasses import dataclass

from core import deadlines
from core.grids import GridIndex
from core.understand import Gazetteer, Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Town(deadlines.Town):
    """All that is data about a place; passed to every decision. `revision` tells one loaded file from the next."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    grids: GridIndex
    revision: int = 0
