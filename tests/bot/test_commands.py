import asyncio
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bot import districts
from bot.clock import real_now
from bot.doctor import chats, examine, gaps
from bot.menu import COLUMN, SCOPES, menus
from bot.settings import Refused
from bot.town import build_town
from storage.migrate import migrate
from tests.bot.street import DISTRICT, opened, settings

ROOT = Path(__file__).parents[2]


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/bot.db"


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "BOT_DATABASE_URL": url(folder)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def other(folder: Path) -> Path:
    """The demo district with another name for a post."""
    raw = orjson.loads(DISTRICT.read_bytes())
    raw["stations"][0]["name_zh"] = "新名字驿站"
    file = folder / "other.json"
    file.write_bytes(orjson.dumps(raw))
    return file


def test_a_district_is_loaded_shown_and_loaded_again_without_a_change(tmp_path: Path) -> None:
    assert districts.show(url(tmp_path)) == [districts.NONE]
    assert any("已装入" in line for line in districts.load(url(tmp_path), DISTRICT))
    assert districts.load(url(tmp_path), DISTRICT) == ["没有变化 / nothing changes"]
    assert any("revision 1" in line for line in districts.show(url(tmp_path)))


def test_loading_says_what_changes(tmp_path: Path) -> None:
    districts.load(url(tmp_path), DISTRICT)
    assert any("新名字驿站" in line for line in districts.load(url(tmp_path), other(tmp_path)))


def test_a_sound_file_can_be_loaded_and_a_faulty_one_cannot(tmp_path: Path) -> None:
    sound, _ = districts.check(DISTRICT)
    faulty = tmp_path / "faulty.json"
    faulty.write_text("{}", encoding="utf-8")
    unsound, faults = districts.check(faulty)
    assert (sound, unsound) == (True, False)
    assert faults
    assert all(line.startswith("❌") for line in faults)
    with pytest.raises(Refused):
        districts.load(url(tmp_path), faulty)
    with pytest.raises(Refused, match="cannot be read"):
        districts.check(tmp_path / "none.json")


def test_the_commands_say_what_they_do_and_end_with_the_right_code(tmp_path: Path) -> None:
    migrated = command(tmp_path, "migrate")
    assert (migrated.returncode, "up to date" in migrated.stdout) == (0, True), migrated.stderr
    checked = command(tmp_path, "district", "check", str(DISTRICT))
    assert (checked.returncode, "can be loaded" in checked.stdout) == (0, True), checked.stderr
    missing = command(tmp_path, "district", "load", "none.json")
    assert (missing.returncode, "Traceback" in missing.stderr) == (2, False)
    assert len(missing.stderr.strip().splitlines()) == 1


async def test_the_doctor_finds_nothing_wrong_with_a_token_a_database_and_chats_that_are_right(tmp_path: Path) -> None:
    await asyncio.to_thread(districts.load, url(tmp_path), DISTRICT)
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    async with opened() as sandbox:
        for chat, name in chats(town):
            sandbox.world.add_chat(chat, name, bot="administrator")
        findings = await examine(settings(tmp_path, sandbox.url))
        assert [str(finding) for finding in findings if finding.bad] == []
        first, second = (chat for chat, _ in chats(town)[:2])
        sandbox.world.set_member(first, "kicked")
        sandbox.world.set_member(second, "member")
        bad = [finding.en for finding in await examine(settings(tmp_path, sandbox.url)) if finding.bad]
    assert any(f"group {first} cannot be reached" in line for line in bad)
    assert any(f"make the bot administrator in {second}" in line for line in bad)


async def test_the_doctor_tells_of_a_wrong_token_a_late_database_and_a_missing_district(tmp_path: Path) -> None:
    async with opened() as sandbox:
        late = await examine(settings(tmp_path, sandbox.url, token="2:other"))
        await asyncio.to_thread(migrate, url(tmp_path))
        empty = await examine(settings(tmp_path, sandbox.url))
    assert [finding.bad for finding in late[:2]] == [True, True]
    assert [finding.bad for finding in empty] == [False, False, True]


def test_the_doctor_finds_teams_without_a_chat_and_shifts_without_people() -> None:
    raw = orjson.loads(DISTRICT.read_bytes())
    raw["stations"][0]["chat_id"] = None
    for group in raw["teams"][1]["groups"]:
        group["members"] = []
    town = build_town(orjson.dumps(raw).decode(), 1)
    found = [finding.en for finding in gaps(town, real_now())]
    assert any("ST1 has no chat" in line for line in found)
    assert any("ST2: a shift without people" in line for line in found)


def test_every_command_of_the_menu_fits_telegrams_limits_in_every_language() -> None:
    for language in COLUMN:
        calls = menus(language)
        assert len(calls) == 3 * len(SCOPES)
        for call in calls:
            for entry in call["commands"]:
                assert entry["command"].isascii()
                assert entry["command"].islower()
                assert 1 <= len(entry["description"]) <= 256
