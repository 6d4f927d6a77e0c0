"""Borders of grids, out of GeoJSON, or around the posts of a town that has none."""

from collections.abc import Iterable, Iterator, Sequence
from math import cos, pi, radians, sin

from shapely import MultiPolygon, Polygon, unary_union
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

from core.district.sheet import Sheet
from core.district.values import Area, Grid, Station

NOWHERE = Polygon()
AROUND = (100, 50_000)  # metres that a town may reach around its posts
DEGREE = 111_320.0  # metres of a degree of latitude
CORNERS = 48
EVERYWHERE = "G00"  # the one grid of a town that has none


def positions(raw: object) -> Iterator[list[object]]:
    """Every position of a GeoJSON coordinates array, however deep."""
    if isinstance(raw, list) and raw and not isinstance(raw[0], list):
        yield raw
    elif isinstance(raw, list):
        for inner in raw:
            yield from positions(inner)


def numbers(raw: list[object]) -> tuple[float, float] | None:
    """Longitude and latitude of a position, or None if it holds anything but finite numbers."""
    if len(raw) < 2 or not all(isinstance(it, int | float) and not isinstance(it, bool) for it in raw):
        return None
    x, y = (float(it) for it in raw[:2] if isinstance(it, int | float))
    return (x, y) if abs(x) < 1e6 and abs(y) < 1e6 else None


def why_not(found: Iterable[tuple[float, float] | None]) -> str:
    """The code of what is wrong with these positions, or nothing."""
    pairs = list(found)
    if not pairs or None in pairs:
        return "geometry"
    good = [it for it in pairs if it is not None]
    if any(abs(y) > 90 for _, y in good):
        return "swapped" if all(abs(x) <= 90 and abs(y) <= 180 for x, y in good) else "geometry"
    return "geometry" if any(abs(x) > 180 for x, _ in good) else ""


def read_area(feature: Sheet) -> Area:
    """The Polygon or MultiPolygon of a feature; a fault and an empty one if it does not hold."""
    geometry = feature.sheet("geometry")
    if geometry.broken:
        return NOWHERE
    code = why_not(numbers(it) for it in positions(geometry.raw.get("coordinates")))
    if code:
        feature.note("geometry", code, reason="coordinates")
        return NOWHERE
    return hold(feature, geometry)


def hold(feature: Sheet, geometry: Sheet) -> Area:
    """The shape itself, if it is closed, valid and has an area."""
    try:
        found = shape({"type": geometry.raw.get("type"), "coordinates": geometry.raw.get("coordinates")})
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError):
        feature.note("geometry", "geometry", reason=f"type {geometry.raw.get('type')}")
        return NOWHERE
    if not isinstance(found, Polygon | MultiPolygon):
        feature.note("geometry", "geometry", reason=f"type {found.geom_type}")
        return NOWHERE
    if not found.is_valid or found.area == 0:
        feature.note("geometry", "geometry", reason=explain_validity(found) if found.area else "no area")
        return NOWHERE
    return found


def around(stations: Sequence[Station], metres: int, names: tuple[str, str], head: str | None) -> Grid:
    """The one grid of a town without grids: what lies within so many metres of a post."""
    zh, en = names
    area = unary_union([_circle(it, metres) for it in stations])
    if not isinstance(area, Polygon | MultiPolygon):  # circles make nothing else
        raise TypeError(area.geom_type)
    return Grid(
        id=EVERYWHERE, name_zh=zh, name_en=en, community=None, station=None, head=head, worker=None, households=0,
        area=area,
    )  # fmt: skip


def _circle(station: Station, metres: int) -> Polygon:
    """A circle on the map, exact to a percent: it says who is ours, not where anybody is."""
    at, tall = station.point, metres / DEGREE
    wide = tall / max(cos(radians(at.lat)), 0.01)
    turns = (2 * pi * step / CORNERS for step in range(CORNERS))
    return Polygon([(at.lng + wide * cos(turn), at.lat + tall * sin(turn)) for turn in turns])
