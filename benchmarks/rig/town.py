"""A town of any number of posts, laid out as a lattice, each with its own chat; and who is on duty there."""

import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from bot.town import build_town
from core import roster
from core.roster import SignIn
from storage import people

DEMO = Path(__file__).parents[2] / "bot" / "data" / "demo_district.json"
NINE = datetime.fromisoformat("2026-11-16T09:00:00+08:00")  # a Monday morning: every post is manned
SIDE = 0.008  # degrees; a cell of the lattice is about 800 m wide
SOUTH, WEST = 30.0, 103.0
FIRST, SECOND = "福安康泰宁和顺昌永兴", "民乐居家苑庭园邻里坊"
CHAT, PATROL = -1_007_000_000_000, 8_000_000_000
ROUND_THE_CLOCK = {
    "id": "PX", "name_zh": "全天", "name_en": "round the clock", "cycle_days": 1, "anchor": "2026-11-16",
    "shifts": {"全": ["08:00", "08:00+1"]}, "cycle": ["全"],
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BigTown:
    """A district file of `posts` posts. `chat(n)`, `patrol(n)` and `compound(n)` name what post n has."""

    posts: int

    def chat(self, post: int) -> int:
        """The group of a post."""
        return CHAT - post

    def patrol(self, post: int) -> int:
        """The account of one who is on duty there."""
        return PATROL + 2 * post

    def compound(self, post: int) -> str:
        """The compound beside the post, a name of its own."""
        hundreds, rest = divmod(post, 100)
        number = f"{hundreds + 1}期" if hundreds else ""
        return f"{FIRST[rest // 10]}{SECOND[rest % 10]}小区{number}"

    def file(self) -> bytes:
        """The district file."""
        town: dict[str, Any] = orjson.loads(DEMO.read_bytes())
        cells = range(self.posts)
        town["grids"] = {"type": "FeatureCollection", "features": [_grid(n, self._at(n)) for n in cells]}
        town["xiaoqu"] = [self._compound(n, town["xiaoqu"][0]) for n in cells]
        town["key_places"] = []
        town["stations"] = [self._station(n) for n in cells]
        town["shift_patterns"].append(ROUND_THE_CLOCK)
        town["teams"] = [it for it in town["teams"] if it["id"] == "CTR"] + [_team(n) for n in cells]
        town["people"] = _staff(town["people"]) + [person for n in cells for person in self._patrols(n)]
        town["communities"] = [{**town["communities"][0], "id": "C1", "grids": [f"G{n}" for n in cells]}]
        return orjson.dumps(town)

    def _at(self, post: int) -> tuple[float, float]:
        wide = max(int(self.posts**0.5), 1)
        return SOUTH + post // wide * SIDE, WEST + post % wide * SIDE

    def _compound(self, post: int, like: dict[str, Any]) -> dict[str, Any]:
        lat, lng = self._at(post)
        made = copy.deepcopy(like)
        made |= {"id": f"X{post}", "name_zh": self.compound(post), "aliases": [], "grid": f"G{post}", "community": "C1"}
        made |= {"lat": lat + 0.003, "lng": lng + 0.003}
        return {key: value for key, value in made.items() if not key.endswith("chat_id")}

    def _station(self, post: int) -> dict[str, Any]:
        lat, lng = self._at(post)
        return {
            "id": f"S{post}", "name_zh": f"{post}号平安驿站", "name_en": f"Post {post}", "lat": lat + 0.004,
            "lng": lng + 0.004, "in_grid": f"G{post}", "primary_grids": [f"G{post}"], "backup_order": [],
            "chat_id": self.chat(post), "head": f"H{2 * post}", "shift_pattern": "PX", "facilities": {}, "board": [],
        }  # fmt: skip

    def _patrols(self, post: int) -> list[dict[str, Any]]:
        return [
            {"id": f"H{2 * post + k}", "name": f"巡防{2 * post + k}", "tg_user_id": self.patrol(post) + k,
             "role": "平安治理专员", "team": f"S{post}", "group": "甲"}
            for k in (0, 1)
        ]  # fmt: skip


def _grid(post: int, at: tuple[float, float]) -> dict[str, Any]:
    (south, west), (north, east) = at, (at[0] + SIDE, at[1] + SIDE)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    about = {"id": f"G{post}", "name_zh": f"第{post}网格", "community": "C1", "station": f"S{post}", "households": 500}
    return {
        "type": "Feature", "id": f"G{post}", "properties": about,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def _team(post: int) -> dict[str, Any]:
    group = {"group": "甲", "offset_days": 0, "members": [f"H{2 * post}", f"H{2 * post + 1}"]}
    return {"id": f"S{post}", "kind": "station", "station": f"S{post}", "pattern": "PX", "groups": [group]}


def _staff(people_of_demo: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The centre's people; whoever belongs to a grid or a post of the demo stays behind."""
    return [it for it in people_of_demo if it.get("team") == "CTR"]


def all_signed_in(conn: Connection, raw: bytes, at: datetime) -> None:
    """Everybody who is rostered is at their post."""
    district = build_town(raw.decode(), 0).district
    shifts = [shift for team in district.teams for shift in roster.rostered(team, at, district)]
    people.write_sign_ins(conn, [_sign_in(shift, person, at) for shift in shifts for person in shift.members])


def _sign_in(shift: roster.Rostered, person: str, at: datetime) -> SignIn:
    return SignIn(person=person, team=shift.team, shift_start=shift.start, shift_end=shift.end, at=at, metres=10.0)
