"""A small town for the plays that take days: one community of the demo district with two posts and the centre.

In the whole town a day costs a hundred messages and a Monday eleven pictures, which have no part in such a play.
"""

from pathlib import Path
from typing import Any

import orjson

from bot.demo.house import DISTRICT

TEAMS = frozenset({"ST1", "ST2", "CTR", "INS"})
COMMUNITY = "C2"  # its grids are those of post ST2


def write(folder: Path) -> Path:
    """The hamlet's file."""
    raw: dict[str, Any] = orjson.loads(DISTRICT.read_bytes())
    grids = next(it["grids"] for it in raw["communities"] if it["id"] == COMMUNITY)
    raw["communities"] = [it for it in raw["communities"] if it["id"] == COMMUNITY]
    raw["grids"]["features"] = [it for it in raw["grids"]["features"] if it["id"] in grids]
    raw["teams"] = [_team(it) for it in raw["teams"] if it["id"] in TEAMS]
    raw["stations"] = [_station(it, grids) for it in raw["stations"] if it["id"] in TEAMS]
    for places in ("xiaoqu", "key_places"):
        raw[places] = [it for it in raw[places] if it["grid"] in grids]
    raw["people"] = [it for it in raw["people"] if _lives_here(it, grids)]
    file = folder / "hamlet.json"
    file.write_bytes(orjson.dumps(raw))
    return file


def _team(team: dict[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in team.items() if name != "covers"}


def _station(station: dict[str, Any], grids: list[str]) -> dict[str, Any]:
    here = {"backup_order": [it for it in station["backup_order"] if it in TEAMS]}
    covers = [it for it in station["primary_grids"] if it in grids]
    home = station["in_grid"] if station["in_grid"] in grids else None
    return station | here | {"primary_grids": covers, "in_grid": home}


def _lives_here(person: dict[str, Any], grids: list[str]) -> bool:
    wanted = (("team", TEAMS), ("grid", grids), ("community", (COMMUNITY,)))
    return all(person.get(key) is None or person[key] in known for key, known in wanted)
