"""Points against borders: a town whose latitude and longitude were exchanged, whole or in one entry."""

from collections.abc import Iterator

from core.distance import Point
from core.district.faults import Book
from core.district.town import District

SLACK = 0.02  # degrees around the town in which its posts and compounds may reasonably lie


def bounds(town: District) -> tuple[float, float, float, float] | None:
    """West, south, east, north of all grids, with slack; None without a border that holds."""
    boxes = [it.area.bounds for it in town.grids if not it.area.is_empty]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west) - SLACK, min(south) - SLACK, max(east) + SLACK, max(north) + SLACK


def inside(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    """Whether a position lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def points(town: District) -> Iterator[tuple[str, Point]]:
    """Every point of the file with its path."""
    for index, station in enumerate(town.stations):
        yield f"stations[{index}]", station.point
    for index, compound in enumerate(town.compounds):
        yield f"xiaoqu[{index}]", compound.point
    for index, place in enumerate(town.key_places):
        yield f"key_places[{index}]", place.point


def check_swapped(town: District, book: Book) -> None:
    """Note points that only lie in town the other way round; if most do, it is the borders that are wrong."""
    box = bounds(town)
    if box is None:
        return
    found = list(points(town))
    turned = [where for where, it in found if inside(it.lat, it.lng, box) and not inside(it.lng, it.lat, box)]
    if len(turned) > 1 and 2 * len(turned) > len(found):
        book.note("grids", "swapped")
        return
    for where in turned:
        book.note(f"{where}.lat", "swapped")
