"""docs/district.md: the district file entry by entry. Which there are is seen by watching the reader read one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.docs import markdown
from bot.docs.district_words import PARTS, WORDS
from core.district import DistrictFaults, read_district

DEMO = Path(__file__).parents[1] / "data" / "demo_district.json"
WRITTEN = "bot/docs/district_words.py"
NAMED = frozenset({"shifts", "calendar"})  # whose entries have names of the town's own
GUARD: dict[str, Any] = {
    "key_places": [{
        "id": "KP99", "name_zh": "实验小学", "kind": "学校", "grid": "G05", "lat": 30.6389, "lng": 104.0968,
        "contact_chat_id": -1009000000099,
    }],
    "shift_patterns": [{
        "id": "P99", "name_zh": "护学", "cycle_days": 1, "anchor": "2026-11-16", "workdays_only": True,
        "cycle": ["早护"], "shifts": {"早护": {"hours": ["07:10", "08:20"], "bell": "07:50"}},
    }],
    "teams": [{
        "id": "GU", "kind": "school_guard", "name_zh": "护学岗", "chat_id": -1009000000098, "head": "P010",
        "pattern": "P99", "school": "KP99", "lat": 30.6389, "lng": 104.0968, "shift_kind": "联勤", "joint_with": "ST2",
        "groups": [{"group": "甲", "offset_days": 0, "members": ["P029"]}],
    }],
}  # fmt: skip
CHOSEN: dict[str, Any] = {
    "routing": {"policy": "nearest", "fresh_minutes": 15, "accuracy_m": 100, "tolerance_m": 200, "backup_order": False},
    "escalation": {"person": "P001"},
    "coordinates": {"pin": "wgs84", "venue": "gcj02"},
    "school_hours": "07:00-18:30",
}
PHRASES: dict[str, Any] = {
    "XF02": ["楼底下拉的飞线"],
    "inquiry": ["办居住证在哪边"],
    "danger": ["河头水头子来了"],
    "calm": ["烧火龙表演"],
    "health": ["老毛病又凶了"],
}


class Watched(dict[str, Any]):
    """An object of the file that notes which of its entries are asked for."""

    def __init__(self, raw: dict[str, Any], place: str, seen: dict[str, dict[str, None]]) -> None:
        self._seen = seen.setdefault(place, {})
        super().__init__({key: watched(it, _below(place, key), seen) for key, it in raw.items()})

    def get(self, key: str, default: Any = None, /) -> Any:
        """As of any dict; noted."""
        self._seen.setdefault(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._seen.setdefault(str(key))
        return super().__contains__(key)


def _below(place: str, key: str) -> str:
    last = place.rpartition(".")[2]
    return f"{place}.{'*' if last in NAMED else key}" if place else key


def watched(raw: Any, place: str, seen: dict[str, dict[str, None]]) -> Any:
    """A part of the file as it is, its objects watched; `seen` gathers place -> entries asked for, in that order."""
    if isinstance(raw, dict):
        return Watched(raw, place, seen)
    return [watched(it, f"{place}[]", seen) for it in raw] if isinstance(raw, list) else raw


def whole() -> dict[str, Any]:
    """The demo town with an example of everything that it does not use itself."""
    raw: dict[str, Any] = json.loads(DEMO.read_text(encoding="utf-8"))
    raw["district"] |= CHOSEN
    raw["phrases"] = PHRASES
    for key, more in GUARD.items():
        raw[key] = [*raw[key], *more]
    return raw


def entries() -> dict[str, tuple[str, ...]]:
    """Every entry that the reader asks for, by the part where it stands."""
    seen: dict[str, dict[str, None]] = {}
    read_district(watched(whole(), "", seen))
    return {place: tuple(seen[place]) for place in PARTS}


def needed() -> frozenset[str]:
    """The entries without which a file is refused, as `place.key`."""
    empty: dict[str, Any] = {
        "meta": {}, "district": {}, "grids": {"features": [{"properties": {}}]},
        **{key: [{}] for key in ("communities", "xiaoqu", "key_places", "stations", "people", "departments")},
        "teams": [{"groups": [{}]}], "shift_patterns": [{"shifts": {"早": {}}}], "calendar": {"2026": {}},
    }  # fmt: skip
    try:
        read_district(empty)
    except DistrictFaults as faults:
        return frozenset(it.where.replace("[0]", "[]") for it in faults.faults if it.code == "missing")
    return frozenset()


def page() -> str:
    """The whole text of docs/district.md."""
    asked, must = entries(), needed()
    return markdown.page(
        "# 辖区文件 · The district file",
        "一个 JSON 文件,写清楚网格、驿站、队伍、人员、排班和部门;`bot/data/demo_district.json` 是完整的样例。"
        "`python -m bot district check 文件` 一次说出全部错处和改法,`load 文件` 装入(说会变什么),`show` 看现在的。"
        "**\\*** 必须写。\n\n"
        "One JSON file with the grids, posts, teams, people, shifts and departments; `bot/data/demo_district.json` is "
        "a whole example. `python -m bot district check FILE` names every fault and its remedy at once, `load FILE` "
        "loads it (as often as you like) and says what changes, `show` tells what is loaded. **\\*** is needed.",
        *(part for place in PARTS for part in _part(place, asked[place], must)),
        "## 样例:当地的说法 · An example: phrases of the town",
        f"```json\n{json.dumps({'phrases': PHRASES}, ensure_ascii=False, indent=2)}\n```",
        "## 样例:护学岗和联勤 · An example: a school guard on joint duty",
        f"```json\n{json.dumps(GUARD, ensure_ascii=False, indent=2)}\n```",
    )


def _part(place: str, keys: tuple[str, ...], must: frozenset[str]) -> Iterator[str]:
    zh, en = PARTS[place]
    yield f"## `{place}` {zh} · {en}"
    rows = ((f"`{key}`{_star(place, key, must)}", *word(place, key)) for key in keys)
    yield markdown.table(("项 entry", "意思", "meaning"), rows)


def _star(place: str, key: str, must: frozenset[str]) -> str:
    return " **\\***" if f"{place}.{key}".replace(".*", ".早" if "shifts" in place else ".2026") in must else ""


def word(place: str, key: str) -> tuple[str, str]:
    """What an entry means. Raises LookupError for one that nobody has explained."""
    found = WORDS.get(f"{place}.{key}") or WORDS.get(key)
    if found is None:
        raise LookupError(f"the entry {key} of {place} is read and not explained: say what it means in {WRITTEN}")
    return found
