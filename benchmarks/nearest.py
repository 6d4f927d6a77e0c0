"""`python -m benchmarks.nearest`: the nearest of many patrols that move, and the grid of a point. R7.

The peers are what a program without an index does, geopy's geodesic to everybody, and scipy's KD-tree with the same
refinement, which has to be built anew after a move. Every answer of ours is compared with a full geodesic scan of its
own for as many queries as that allows, and with the tree for all.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, pi, sin
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import orjson
import shapely
import typer
from geopy.distance import geodesic
from scipy.spatial import cKDTree  # type: ignore[import-untyped]  # it carries no types

from benchmarks.rig.command import as_command
from benchmarks.rig.progress import progress
from benchmarks.rig.report import Cell, Report, Table
from benchmarks.rig.rounds import Spread
from core import nearest
from core.distance import Point, metres
from core.district import read_district
from core.grids import GridIndex
from core.nearest import EARTH_M, ROUNDING, WINDOW, Field

SIZES = (100, 1_000, 12_000, 100_000)
POLYGONS = (100, 10_000)
SOUTH, WEST, SIDE = 30.4, 103.8, 0.6  # degrees: a city some 60 km across
SCANNED = {100: 300, 1_000: 60, 12_000: 8, 100_000: 2}  # queries that are answered by a full scan too
VERTICES = 60
MOVES = 20  # before each query
DEMO = Path(__file__).parents[1] / "bot" / "data" / "demo_district.json"
US = 1e6


@dataclass(slots=True)
class Figures:
    """Microseconds, one per query, move or building; `wrong` counts answers that differ."""

    call: list[float] = field(default_factory=list)
    query: list[float] = field(default_factory=list)
    move: list[float] = field(default_factory=list)
    build: list[float] = field(default_factory=list)
    tree: list[float] = field(default_factory=list)
    tree_build: list[float] = field(default_factory=list)
    scan: list[float] = field(default_factory=list)
    compared: int = 0
    wrong: int = 0


def timed(into: list[float], work: Callable[[], Any]) -> Any:
    """What the work gives; how long it took goes into the list."""
    start = perf_counter()
    found = work()
    into.append((perf_counter() - start) * US)
    return found


def somewhere(chance: random.Random) -> Point:
    """A point of the city."""
    return Point(SOUTH + SIDE * chance.random(), WEST + SIDE * chance.random())


def full_scan(origin: Point, places: Field) -> str:
    """geopy's geodesic to everybody; ties by id."""
    near: tuple[float, str] = min(
        (geodesic(origin, point).meters, name) for name, point in zip(places.ids, places.points, strict=True)
    )
    return near[1]


def by_tree(tree: Any, origin: Point, places: Field) -> str:
    """The tree's nearest on the sphere, refined as ours."""
    at = nearest.unit(origin)
    chord, _ = tree.query(at)
    near = tree.query_ball_point(at, chord * WINDOW + ROUNDING / EARTH_M)
    name: str = min((metres(origin, places.points[i]), places.ids[i]) for i in near)[1]
    return name


def patrols(size: int, queries: int, seed: int, say: Callable[[str], None]) -> Figures:
    """Queries and moves in turn, as at a hundred of each a second."""
    chance, found = random.Random(seed), Figures()
    named = [(f"P{number:06}", somewhere(chance)) for number in range(size)]
    places = timed(found.build, lambda: nearest.field(named))
    for number in range(queries):
        moves, origin = [(chance.randrange(size), somewhere(chance)) for _ in range(MOVES)], somewhere(chance)
        timed(found.call, lambda: geodesic(origin, moves[0][1]).meters)  # noqa: B023 - called at once
        timed(found.move, lambda: [places.move(index, to) for index, to in moves])  # noqa: B023
        ((ours, _),) = timed(found.query, lambda: nearest.nearest(origin, places))  # noqa: B023
        tree = timed(found.tree_build, lambda: cKDTree(places.units))
        found.wrong += ours != timed(found.tree, lambda: by_tree(tree, origin, places))  # noqa: B023
        if number < SCANNED[size]:
            if number == 0:
                say(f"{size:,} patrols: {SCANNED[size]} full scans")
            found.wrong += ours != timed(found.scan, lambda: full_scan(origin, places))  # noqa: B023
        found.compared += 1
    return found


def cell(row: int, column: int, step: float) -> shapely.Polygon:
    """A grid with a wavy border that overlaps its neighbours a little, as drawn ones do."""
    lat, lng, reach = SOUTH + step * (row + 0.5), WEST + step * (column + 0.5), step * 0.52
    turns = [2 * pi * corner / VERTICES for corner in range(VERTICES)]
    waves = [reach * (1 + 0.08 * sin(5 * turn + row)) for turn in turns]
    return shapely.Polygon([(lng + w * cos(t), lat + w * sin(t)) for w, t in zip(waves, turns, strict=True)])


def grids(count: int, queries: int, seed: int) -> Figures:
    """The grid of a point among many, beside a look at each of them."""
    side = round(count**0.5)
    usual, step = read_district(orjson.loads(DEMO.read_bytes())), SIDE / side
    drawn = tuple(
        replace(usual.grids[0], id=f"G{row * side + column:05}", area=cell(row, column, step))
        for row in range(side)
        for column in range(side)
    )
    town, chance, found = replace(usual, grids=drawn), random.Random(seed), Figures()
    index = timed(found.build, lambda: GridIndex(town))
    areas = np.array([it.area for it in drawn])
    for number in range(queries):
        origin = somewhere(chance)
        ours = timed(found.query, lambda: index.find(origin))  # noqa: B023
        if number % 10 == 0:
            hits = timed(found.scan, lambda: np.flatnonzero(shapely.intersects_xy(areas, origin.lng, origin.lat)))  # noqa: B023
            found.wrong += ours != (drawn[hits.min()].id if hits.size else None)
            found.compared += 1
    return found


def measure(*, queries: Annotated[int, typer.Option(help="Queries per size.")] = 300, seed: int = 1) -> Report:
    """The whole measurement; about two minutes, nearly all of it full scans."""
    say = progress("nearest")
    found = {size: patrols(size, queries, seed, say) for size in SIZES}
    areas = {count: grids(count, queries * 10, seed) for count in POLYGONS}
    return Report(
        name="nearest",
        setup=f"Per size {queries} queries, {MOVES} moves before each; medians (p10–p90), one core.",
        tables=(_patrols(found), _grids(areas)),
        goals={
            "R7": _middle(found[12_000].query) / _middle(found[12_000].call),
            "R7 100k": _middle(found[100_000].query) / 1000,
            "R7 move": _middle(found[12_000].move) / MOVES,
            "R7 equal": sum(it.wrong for it in (*found.values(), *areas.values())),
        },
    )


def _patrols(found: dict[int, Figures]) -> Table:
    return Table(
        title="The nearest of N patrols on duty, µs",
        head=(
            "N", "geodesic()", "ours", "÷ geodesic()", "move", "laid out", "full geopy scan", "KD-tree", "tree built",
            "compared", "wrong",
        ),
        rows=tuple((f"{size:,}", *_row(it)) for size, it in found.items()),
    )  # fmt: skip


def _row(it: Figures) -> tuple[Cell, ...]:
    ratio, moves = _middle(it.query) / _middle(it.call), spread([every / MOVES for every in it.move])
    peers = (_middle(it.scan), _middle(it.tree), _middle(it.tree_build))
    return spread(it.call), spread(it.query), ratio, moves, it.build[0], *peers, it.compared, it.wrong


def _grids(found: dict[int, Figures]) -> Table:
    return Table(
        title="The grid of a point, µs",
        head=("polygons", "ours", "laid out", "all looked at", "compared", "wrong"),
        rows=tuple(
            (f"{count:,}", spread(it.query), it.build[0], _middle(it.scan), it.compared, it.wrong)
            for count, it in found.items()
        ),
    )


def spread(figures: Sequence[float]) -> Spread:
    """The median with the first and the ninth tenth."""
    low, mid, high = np.percentile(figures, (10, 50, 90))
    return Spread(float(mid), float(low), float(high))


def _middle(figures: Sequence[float]) -> Any:
    return float(np.median(figures)) if figures else None


if __name__ == "__main__":
    as_command(measure)
