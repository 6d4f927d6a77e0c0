from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Dot

from core.distance import Point
from core.district import read_district
from core.grids import GridIndex
from tests.core import demo


@given(st.builds(Point, st.floats(30.625, 30.656), st.floats(104.082, 104.115)))
def test_a_point_is_in_the_grid_that_a_scan_of_all_borders_finds(point: Point) -> None:
    dot = Dot(point.lng, point.lat)
    scan = sorted(it.id for it in demo.district().grids if it.area.intersects(dot))
    assert demo.grids().find(point) == next(iter(scan), None)


def test_a_corner_of_three_grids_belongs_to_the_lowest_id() -> None:
    corner = Point(30.6352, 104.0928)
    dot = Dot(corner.lng, corner.lat)
    assert sum(it.area.intersects(dot) for it in demo.district().grids) >= 3
    assert demo.grids().find(corner) == "G01"


def test_a_point_outside_all_grids_is_in_none() -> None:
    assert demo.grids().find(Point(30.5, 104.0)) is None


def test_a_grid_of_two_parts_holds_points_of_both() -> None:
    raw = demo.raw_district()
    feature = raw["grids"]["features"][0]
    island = [[[104.2, 30.7], [104.21, 30.7], [104.21, 30.71], [104.2, 30.7]]]
    both = [feature["geometry"]["coordinates"], island]
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": both}
    index = GridIndex(read_district(raw))
    assert index.find(Point(30.633, 104.09)) == "G01"
    assert index.find(Point(30.702, 104.208)) == "G01"


def test_a_town_without_grids_finds_none() -> None:
    raw = demo.raw_district()
    raw["grids"]["features"] = []
    raw["communities"], raw["xiaoqu"], raw["key_places"] = [], [], []
    for part in (*raw["people"], *raw["stations"], *raw["teams"]):
        for key in ("grid", "community", "in_grid", "primary_grids", "covers"):
            part.pop(key, None)
    assert GridIndex(read_district(raw)).find(Point(30.633, 104.09)) is None
