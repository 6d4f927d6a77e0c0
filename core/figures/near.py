"""The same place: the same words for it, or within 50 m (figures.md, 重复投诉率 and 重点部位)."""

import math
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from core.distance import Point, metres
from core.figures.story import Story

NEAR, DOUBT = 50.0, 1.0  # metres
METRES = 111_200.0  # a degree of latitude, on average
CELLS = 1000  # to a degree: wider than 50 m up to 63 degrees of latitude

Item = TypeVar("Item")


class Places(Generic[Item]):
    """Things by where they are, found again by another place that is the same."""

    def __init__(self) -> None:
        self._named: dict[str, list[Item]] = {}
        self._cells: dict[tuple[int, int], list[tuple[Point, Item]]] = {}

    def put(self, at: Story, item: Item) -> None:
        """Keep a thing where a case is."""
        if at.place:
            self._named.setdefault(at.place, []).append(item)
        if at.spot:
            self._cells.setdefault(_cell(at.spot), []).append((at.spot, item))

    def at(self, place: Story, wanted: Callable[[Item], bool] = lambda _: True) -> Iterator[Item]:
        """What of the wanted is kept at a place; a thing may come twice."""
        yield from filter(wanted, self._named.get(place.place or "", ()))
        if place.spot is None:
            return
        row, column = _cell(place.spot)
        for cell in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            yield from (item for spot, item in self._cells.get(cell, ()) if wanted(item) and near(spot, place.spot))


def near(a: Point, b: Point) -> bool:
    """Whether two spots are at most 50 m apart. Of such short ways a flat map is right to half a metre; what it leaves
    in doubt is measured."""
    flat = math.hypot((a.lat - b.lat) * METRES, (a.lng - b.lng) * METRES * math.cos(math.radians(a.lat)))
    return flat < NEAR - DOUBT or (flat <= NEAR + DOUBT and metres(a, b) <= NEAR)


def _cell(spot: Point) -> tuple[int, int]:
    return round(spot.lat * CELLS), round(spot.lng * CELLS)
