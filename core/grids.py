"""In which grid a point lies."""

from dataclasses import dataclass, field

import shapely
from shapely import STRtree

from core.distance import Point
from core.district.town import District


@dataclass(frozen=True, slots=True, eq=False)
class GridIndex:
    """The grids of a district, laid out for asking; build it once per district."""

    district: District
    ids: tuple[str, ...] = field(init=False)
    tree: STRtree = field(init=False)

    def __post_init__(self) -> None:
        """Sort by id, so that the first hit is the answer, and prepare the borders."""
        grids = sorted(self.district.grids, key=lambda it: it.id)
        areas = [it.area for it in grids]
        shapely.prepare(areas)
        object.__setattr__(self, "ids", tuple(it.id for it in grids))
        object.__setattr__(self, "tree", STRtree(areas))

    def find(self, point: Point) -> str | None:
        """The id of the grid; on a border the lowest id, outside all grids None."""
        hits = self.tree.query(shapely.Point(point.lng, point.lat), predicate="intersects").tolist()
        return self.ids[min(hits)] if hits else None
