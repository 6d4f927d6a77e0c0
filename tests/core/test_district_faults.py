"""What is wrong with a district file, and how it is told."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.district import DistrictFaults, read_district, warnings
from core.district.references import PLACES, links
from tests.core import demo

RAW = demo.raw_district()
MISSING = object()


def keys(path: str) -> list[str | int]:
    """The keys of a JSON path such as `people[3].id`."""
    return [int(it[1:]) if it.startswith("[") else it for it in re.findall(r"\[\d+|[^.\[\]]+", path)]


def spoilt(path: str, value: object) -> Any:
    """The demo file with another value at a path, or without it."""
    raw = deepcopy(RAW)
    put(raw, keys(path), value)
    return raw


def put(raw: Any, path: Sequence[str | int], value: object) -> None:
    """Set or delete an entry."""
    inner = raw
    for key in path[:-1]:
        inner = inner[key]
    if value is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value


def faults(raw: object) -> dict[str, str]:
    """Path and code of everything that was found."""
    with pytest.raises(DistrictFaults) as refused:
        read_district(raw)
    return {it.where: it.code for it in refused.value.faults}


POST = -1009000000001  # the first post's chat
BORDER = "grids.features[0].geometry"
COORDINATES = f"{BORDER}.coordinates"
CROSSING = [[[104.0, 30.0], [104.1, 30.1], [104.1, 30.0], [104.0, 30.1], [104.0, 30.0]]]
LINE = {"type": "LineString", "coordinates": [[104.0, 30.0], [104.1, 30.0]]}
# what it is, the entry, its new value, the code of the fault, and where it is reported if not at the entry
WRONG: list[tuple[str, str, object, str, str]] = [
    ("a phrase that means nothing", "phrases", {"whatever": ["说什么"]}, "meaning", "phrases.whatever"),
    ("a phrase of one character", "phrases", {"XF02": ["火"]}, "short", "phrases.XF02[0]"),
    ("a calm phrase that would silence fires", "phrases", {"calm": ["着火了"]}, "short", "phrases.calm[0]"),
    ("a phrase with two meanings", "phrases", {"XF02": ["飞线"], "SB07": ["飞线"]}, "phrase_twice", "phrases.SB07[0]"),
    ("a phrase that is a number", "phrases", {"XF02": [7]}, "type", "phrases.XF02[0]"),
    ("a missing list", "stations", MISSING, "missing", ""),
    ("a missing id", "people[3].id", MISSING, "missing", ""),
    ("an empty name", "people[3].name", " ", "empty", ""),
    ("a number for a text", "people[3].name", 7, "type", ""),
    ("a text for a number", "stations[1].lat", "30.6", "type", ""),
    ("true for a number", "stations[1].chat_id", True, "type", ""),
    ("a list for an object", "district", [], "type", ""),
    ("text among objects", "teams[2]", "ST3", "type", ""),
    ("an id used twice", "people[3].id", "P001", "twice", ""),
    ("a grid used twice", "grids.features[1].properties.id", "G01", "twice", ""),
    ("a token used twice", "key_places[1].qr_token", "pl_kp01_634de8", "twice", ""),
    ("a head nobody knows", "stations[2].head", "P999", "dangling", ""),
    ("a member nobody knows", "teams[0].groups[1].members[0]", "P999", "dangling", ""),
    ("a team's own head nobody knows", "teams[4].head", "P999", "dangling", ""),
    ("a centre nobody knows", "district.centre_team", "XXX", "dangling", ""),
    ("a backup nobody knows", "stations[0].backup_order[1]", "ST9", "dangling", ""),
    ("a pattern nobody knows", "teams[0].pattern", "P9", "dangling", ""),
    ("a grid head nobody knows", "grids.features[2].properties.grid_head", "P999", "dangling", ""),
    ("a chat used twice", "stations[1].chat_id", POST, "chat_twice", ""),
    ("residents in the post's chat", "xiaoqu[0].residents_chat_id", POST, "chat_twice", ""),
    ("a manager in the post's chat", "xiaoqu[0].property_chat_id", POST, "chat_twice", ""),
    ("an account used twice", "people[1].tg_user_id", 9000000001, "account_twice", ""),
    ("an unknown time zone", "meta.timezone", "Asia/Chengdu", "zone", ""),
    ("a folder as time zone", "meta.timezone", "Asia", "zone", ""),
    ("a bad time", "shift_patterns[0].shifts.早[0]", "6am", "time", ""),
    ("a shift without its +1", "shift_patterns[0].shifts.夜[1]", "06:00", "shift_end", ""),
    ("a shift of three days", "shift_patterns[1].shifts.全[1]", "08:00+3", "shift_long", ""),
    ("a cycle of another length", "shift_patterns[0].cycle_days", 7, "cycle", "shift_patterns[0].cycle"),
    ("an unknown shift", "shift_patterns[0].cycle[2]", "旱", "shift_unknown", ""),
    ("a bad anchor", "shift_patterns[0].anchor", "16.11.2026", "date", ""),
    ("an offset outside its cycle", "teams[1].groups[2].offset_days", 3, "offset", ""),
    ("a negative offset", "teams[1].groups[2].offset_days", -1, "offset", ""),
    ("an unknown group", "people[1].group", "戊", "group_unknown", ""),
    ("a group used twice", "teams[0].groups[1].group", "甲", "twice", ""),
    ("a latitude beyond the pole", "stations[0].lat", 104.0958, "range", ""),
    ("an unknown policy", "district.routing", "fastest", "choice", ""),
    ("an unknown policy in an object", "district.routing", {"policy": "x"}, "choice", "district.routing.policy"),
    ("an unknown way of ranking", "district.routing", {"by": "luck"}, "choice", "district.routing.by"),
    (
        "positions that count too long",
        "district.routing",
        {"fresh_minutes": 600},
        "range",
        "district.routing.fresh_minutes",
    ),
    ("a bad limit", "district.limits", {"1": {"ack": "soon"}}, "span", "district.limits.1.ack"),
    ("bad quiet hours", "district.quiet_hours", "all night", "hours", ""),
    ("service over midnight", "district.service_hours", "22:00-06:00", "hours", ""),
    ("days for an unknown severity", "district.confirm_days", {"5": 1}, "choice", "district.confirm_days.5"),
    ("a holiday of another year", "calendar.2026.off[0]", "2025-01-01", "year", ""),
    ("a border of two points", COORDINATES, [[[104.0, 30.0], [104.1, 30.0]]], "geometry", BORDER),
    ("a border that crosses itself", COORDINATES, CROSSING, "geometry", BORDER),
    ("a line for a border", BORDER, LINE, "geometry", ""),
    ("a border made of text", COORDINATES, [[["a", "b"]]], "geometry", BORDER),
]


@pytest.mark.parametrize(("path", "value", "code", "where"), [it[1:] for it in WRONG], ids=[it[0] for it in WRONG])
def test_what_is_wrong_is_named_with_its_place(path: str, value: object, code: str, where: str) -> None:
    assert faults(spoilt(path, value))[where or path] == code


def test_all_faults_are_told_at_once_in_both_languages() -> None:
    raw = spoilt("stations[2].head", "P999")
    put(raw, keys("people[3].name"), 7)
    put(raw, keys("meta.timezone"), MISSING)
    with pytest.raises(DistrictFaults) as refused:
        read_district(raw)
    assert {it.where for it in refused.value.faults} == {"stations[2].head", "people[3].name", "meta.timezone"}
    assert all(it.what and it.remedy and it.what_en and it.remedy_en for it in refused.value.faults)
    assert "P999" in str(refused.value)


def turned(coordinates: Any) -> Any:
    if isinstance(coordinates[0], list):
        return [turned(it) for it in coordinates]
    return coordinates[::-1]


def test_borders_with_latitude_first_are_noticed() -> None:
    raw = deepcopy(RAW)
    for feature in raw["grids"]["features"]:
        feature["geometry"]["coordinates"] = turned(feature["geometry"]["coordinates"])
    assert set(faults(raw).values()) == {"swapped"}


def test_borders_with_latitude_first_are_noticed_where_both_orders_are_possible() -> None:
    raw = demo.in_accra()
    assert len(read_district(raw).grids) == 10
    for feature in raw["grids"]["features"]:
        feature["geometry"]["coordinates"] = turned(feature["geometry"]["coordinates"])
    assert faults(raw)["grids"] == "swapped"


def test_one_post_with_latitude_and_longitude_exchanged_is_noticed() -> None:
    raw = demo.in_accra()
    post = raw["stations"][1]
    post["lat"], post["lng"] = post["lng"], post["lat"]
    assert faults(raw) == {"stations[1].lat": "swapped"}


DOUBTFUL: list[tuple[str, object, str]] = [
    ("stations[0].lat", 30.7, "stations[0]"),
    ("stations[0].chat_id", MISSING, "stations[0].chat_id"),
    ("xiaoqu[0].grid", "G10", "xiaoqu[0]"),
    ("grids.features[4].properties.grid_head", MISSING, "grids.features[4].properties.grid_head"),
    ("grids.features[4].properties.station", "ST1", "grids.features[4].properties.station"),
    ("teams[4].pattern", MISSING, "teams[4]"),
    ("teams[4].groups[0].members", [], "teams[4].groups[0].members"),
    ("people[1].group", "乙", "teams[0].groups[0].members"),
    ("people[65].role", "网格员", "communities[1]"),
    ("people[5].tg_user_id", MISSING, "people"),
    ("grids.features[1].geometry", RAW["grids"]["features"][0]["geometry"], "grids.features[1]"),
]


@pytest.mark.parametrize(("path", "value", "where"), DOUBTFUL, ids=[it[0] for it in DOUBTFUL])
def test_what_is_doubtful_is_said_but_not_refused(path: str, value: object, where: str) -> None:
    assert where in {it.where for it in warnings(read_district(spoilt(path, value)), 2026)}


def test_a_year_without_its_table_is_warned_about() -> None:
    assert [it.where for it in warnings(demo.district(), 2027)] == ["calendar.2027"]


def leaves(raw: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every entry of a file, objects and lists included, borders' single numbers left out."""
    if "coordinates" in path:
        return [path]
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [path, *(leaf for key, value in items for leaf in leaves(value, (*path, key)))]


PATHS = [it for it in leaves(RAW) if it]
WORDS = ["ST1", "P001", "G01", "P1", "C1", "早", "08:00", "08:00+1", "2026-01-01", POST]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=4),
    st.sampled_from([[], {}, [[]], *WORDS]),
)


def read_or_refuse(raw: Any) -> Any:
    """The district, or None if it was refused with reasons."""
    try:
        return read_district(raw)
    except DistrictFaults as refused:
        return None if refused.faults else refused


@given(st.lists(st.tuples(st.sampled_from(PATHS), JUNK), min_size=1, max_size=3))
def test_a_spoilt_file_is_refused_or_holds_together(changes: list[tuple[Sequence[str | int], Any]]) -> None:
    raw = deepcopy(RAW)
    for path, value in changes:
        try:
            put(raw, path, value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    town = read_or_refuse(raw)
    if town is not None:
        assert all(not it.value or it.value in town.looks[it.kind] for it in links(town))
        assert set(PLACES) <= set(town.looks)
        assert isinstance(warnings(town, 2026), tuple)


@given(st.recursive(JUNK, lambda it: st.lists(it, max_size=3) | st.dictionaries(st.sampled_from(list(RAW)), it)))
def test_any_json_at_all_is_answered_with_faults(raw: object) -> None:
    assert faults(raw)
