"""docs/district.md tells of every entry that is read, and of no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import districts
from bot.docs import district
from bot.docs.district_words import PARTS, WORDS
from core.district import read_district


def test_every_entry_that_is_read_is_explained_and_every_explanation_is_of_one_that_is_read() -> None:
    asked = district.entries()
    used = {f"{place}.{key}" if f"{place}.{key}" in WORDS else key for place, keys in asked.items() for key in keys}
    assert [place for place in PARTS if not asked[place]] == []
    assert sorted(used) == sorted(WORDS)


@pytest.mark.parametrize(
    "key",
    ["teams[].shift_kind", "teams[].joint_with", "teams[].school", "shift_patterns[].shifts.*.bell",
     "key_places[].contact_chat_id", "district.school_hours", "district.routing.tolerance_m"],
)  # fmt: skip
def test_what_the_demo_does_not_use_is_on_the_page_too(key: str) -> None:
    place, _, name = key.rpartition(".")
    assert name in district.entries()[place]
    assert f"| `{name}` |" in district.page()


def test_what_is_needed_has_a_star() -> None:
    needed = district.needed()
    assert {"district.centre_team", "stations[].lat", "people[].name", "shift_patterns[].anchor"} <= needed
    assert "teams[].school" not in needed
    assert "| `centre_team` **\\*** |" in district.page()


def test_the_example_of_the_page_is_read_as_it_says() -> None:
    town = read_district(district.whole())
    guard, school = town.team("GU"), town.key_place("KP99")
    assert guard
    assert school
    assert (guard.shift_kind, guard.partner, guard.school) == ("joint", "ST2", "KP99")
    assert school.contact_chat == -1009000000099


def written(folder: Path, **team: str) -> Path:
    """The demo town with what stands on the page, as somebody would copy it; `team`: other entries of its team."""
    page = (Path(__file__).parents[2] / "docs" / "district.md").read_text(encoding="utf-8")
    example: dict[str, Any] = json.loads(page.rpartition("```json\n")[2].partition("\n```")[0])
    raw = json.loads(district.DEMO.read_text(encoding="utf-8"))
    for key, more in example.items():
        raw[key] += more
    raw["teams"][-1] |= team
    file = folder / "district.json"
    file.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["定点", "备勤", "高峰", "联勤", "fixed", "standby", "peak", "joint"])
def test_the_example_as_it_stands_on_the_page_is_found_sound_with_every_kind_of_shift(
    tmp_path: Path, kind: str
) -> None:
    sound, lines = districts.check(written(tmp_path, shift_kind=kind))
    assert sound, lines
    assert not [it for it in lines if "GU" in it or "P99" in it]


def test_the_check_of_the_example_finds_a_kind_of_shift_that_there_is_not(tmp_path: Path) -> None:
    sound, lines = districts.check(written(tmp_path, shift_kind="闲逛"))
    assert not sound
    assert any("shift_kind" in it for it in lines)
