"""The demo town and the expected answers, read once."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.judge import Bench, open_bench
from core.deadlines import Town
from core.district import District, read_district
from core.grids import GridIndex
from core.taxonomy import Taxonomy, read_taxonomy

ROOT = Path(__file__).parents[2]


def raw(name: str) -> Any:
    """A fresh copy of a JSON file of the repository."""
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def raw_district() -> Any:
    return raw("bot/data/demo_district.json")


@cache
def checks(kind: str) -> Any:
    return raw("tests/data/checks.json")[kind]


@cache
def district() -> District:
    return read_district(raw_district())


@cache
def taxonomy() -> Taxonomy:
    return read_taxonomy(raw("bot/data/taxonomy.json"))


@cache
def town() -> Town:
    return Town(district=district(), taxonomy=taxonomy())


@cache
def grids() -> GridIndex:
    return GridIndex(district())


@cache
def bench() -> Bench:
    return open_bench(raw_district(), *(raw(f"bot/data/{name}.json") for name in ("taxonomy", "words", "examples")))


def at(text: str) -> datetime:
    """A moment on the demo town's clock, from `2026-11-20 19:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=district().zone)


def in_accra() -> Any:
    """The demo town moved to where both numbers fit either way."""
    moved = raw_district()
    moved["meta"]["timezone"] = "Africa/Accra"
    for feature in moved["grids"]["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"] = [[[x - 104.3, y - 25.0] for x, y in ring]]
    for part in (*moved["stations"], *moved["xiaoqu"], *moved["key_places"]):
        part["lat"], part["lng"] = part["lat"] - 25.0, part["lng"] - 104.3
    return moved
