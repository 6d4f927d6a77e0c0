import asyncio
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bot import districts
from bot.clinic.plan import gaps, teams
from bot.clinic.server import rooms
from bot.clock import real_now
from bot.copying import backup
from bot.doctor import check, lines
from bot.menu import COLUMN, SCOPES, menus
from bot.settings import Refused
from bot.telegram import Telegram
from bot.town import build_town
from bot.transport import Transport
from core.world import Contact
from storage import people
from storage.migrate import migrate
from storage.store import Store
from tests.bot.street import DISTRICT, TOKEN, opened, settings

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


def everybody_pressed_start(folder: Path) -> None:
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    known = [Contact(user_id=it.tg_id, greeted=True) for it in town.district.people if it.tg_id]
    with Store.open(url(folder)) as store:
        store.submit(lambda conn: [people.write_contact(conn, it) for it in known]).result()


async def test_the_doctor_finds_nothing_wrong_with_what_is_right_and_says_what_is_not(tmp_path: Path) -> None:
    await asyncio.to_thread(districts.load, url(tmp_path), DISTRICT)
    await asyncio.to_thread(everybody_pressed_start, tmp_path)
    await asyncio.to_thread(backup, settings(tmp_path, "http://127.0.0.1:1"))
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    key = "a key of at least thirty-two letters".replace(" ", "-")
    async with opened() as sandbox:
        for room in rooms(town):
            sandbox.world.add_chat(room.chat, room.name, bot="administrator" if room.works else "member")
        findings, _ = await check(settings(tmp_path, sandbox.url, secret_key=key))
        assert [finding for finding in findings if finding.bad] == []
        first, second = (room.chat for room in rooms(town)[:2])
        guards, clerks = town.district.compounds[0].management_chat, town.district.departments[0].chat_id
        assert guards
        assert clerks
        sandbox.world.set_member(guards, "left")
        sandbox.world.add_chat(clerks, "clerks", permissions={"can_send_messages": False})
        sandbox.world.set_member(first, "kicked")
        sandbox.world.set_member(second, "member")
        await sandbox_says_webhook(sandbox.url)
        found, _ = await check(settings(tmp_path, sandbox.url))
    bad = {finding.kind: finding for finding in found if finding.bad}
    assert list(bad) == ["hook_left", "no_key", "chat_lost", "chat_plain", "room_muted", "room_lost"]
    assert found[: len(bad)] == list(bad.values()), "what has to be mended comes first"
    assert bad["chat_plain"].url == "https://t.me/sandbox_bot?startgroup=post&admin=pin_messages"
    told = lines(found, town)
    assert told[0].startswith("❌ ")
    assert all(" / " in line for line in told)


async def sandbox_says_webhook(server: str) -> None:
    transport = Transport()
    await transport.initialize()
    await Telegram(transport, server, TOKEN).call("setWebhook", {"url": "https://elsewhere.cn/hook"})
    await transport.shutdown()


async def test_the_doctor_tells_of_a_wrong_token_a_late_database_and_a_missing_district(tmp_path: Path) -> None:
    async with opened() as sandbox:
        late, _ = await check(settings(tmp_path, sandbox.url, token="2:other"))
        await asyncio.to_thread(migrate, url(tmp_path))
        empty, town = await check(settings(tmp_path, sandbox.url))
    assert {"token", "database_late"} <= {it.kind for it in late if it.bad}
    assert "no_district" in {it.kind for it in empty if it.bad}
    assert "database_ok" in {it.kind for it in empty}
    assert town is None
    assert any("district load FILE" in line for line in lines(empty, town))


def test_the_doctor_finds_teams_without_a_chat_and_shifts_without_people() -> None:
    raw = orjson.loads(DISTRICT.read_bytes())
    raw["stations"][0]["chat_id"] = None
    for group in raw["teams"][1]["groups"]:
        group["members"] = []
    town = build_town(orjson.dumps(raw).decode(), 1)
    assert [it.params["team"] for it in teams(town)] == ["ST1"]
    assert "ST2" in [it.params.get("team") for it in gaps(town, real_now())]


def test_every_command_of_the_menu_fits_telegrams_limits_in_every_language() -> None:
    for language in COLUMN:
        calls = menus(language)
        assert len(calls) == 3 * len(SCOPES)
        for call in calls:
            for entry in call["commands"]:
                assert entry["command"].isascii()
                assert entry["command"].islower()
                assert 1 <= len(entry["description"]) <= 256
