"""Borders of grids, out of GeoJSON."""

from collections.abc import Iterable, Iterator

from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

from core.district.sheet import Sheet
from core.district.values import Area

NOWHERE = Polygon()


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
