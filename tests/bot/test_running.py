import asyncio
import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.app import build, running_app
from bot.opening import open_store
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.settings import Refused
from storage import letters
from storage.districts import load_district
from tests.bot.street import DISTRICT, TOKEN, echo, opened, said, settings, street, until

ROOT = Path(__file__).parents[2]


@contextlib.asynccontextmanager
async def process(folder: Path, url: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run` on a file in the folder; killed at the end if it still lives."""
    env = {
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "BOT_DATABASE_URL": f"sqlite:///{folder}/bot.db",
        "BOT_LISTEN": "127.0.0.1:0",
        "BOT_DISTRICT": str(DISTRICT),
    }
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-W", "error", "-m", "bot", "run")
    running = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env | more, stderr=pipe)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def ended(running: asyncio.subprocess.Process, seconds: float = 60) -> tuple[int, str]:
    async with asyncio.timeout(seconds):
        _, said_last = await running.communicate()
    assert running.returncode is not None
    return running.returncode, said_last.decode()


def polled(sandbox: Sandbox) -> bool:
    return polls(sandbox) > 0


async def test_a_term_signal_ends_the_bot_with_0_and_soon(tmp_path: Path) -> None:
    async with opened() as sandbox, process(tmp_path, sandbox.url) as running:
        await until(lambda: polled(sandbox))
        begun = time.monotonic()
        running.send_signal(signal.SIGTERM)
        code, words = await ended(running)
        assert (code, "Traceback" in words) == (0, False), words
        assert time.monotonic() - begun < 20, "a poll lasts thirty seconds"
        assert TOKEN not in words


async def test_a_term_signal_ends_a_bot_that_never_met_telegram(tmp_path: Path) -> None:
    async with process(tmp_path, "http://127.0.0.1:9") as running:
        assert running.stderr is not None
        while b"start.waiting" not in await asyncio.wait_for(running.stderr.readline(), 60):
            pass
        running.send_signal(signal.SIGTERM)
        code, words = await ended(running)
        assert (code, "Traceback" in words) == (0, False), words


async def test_a_second_bot_on_the_same_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    async with opened() as sandbox, process(tmp_path, sandbox.url):
        await until(lambda: polled(sandbox))
        async with process(tmp_path, sandbox.url) as second:
            code, words = await ended(second)
        assert code == 2
        last = words.strip().splitlines()[-1]
        assert last.startswith("无法启动:另一个进程正在用这个数据库")
        assert "another process is using this database, stop it or choose another BOT_DATABASE_URL" in last
        assert "Traceback" not in words


async def test_a_token_that_the_server_does_not_know_is_refused_in_one_sentence(tmp_path: Path) -> None:
    async with opened() as sandbox, process(tmp_path, sandbox.url, BOT_TOKEN="2:other") as running:
        code, words = await ended(running)
        assert code == 2
        assert words.strip().splitlines()[-1].startswith("无法启动:服务器不认 BOT_TOKEN")


async def test_without_a_district_and_an_administrator_the_start_shows_a_code_that_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = []
    for _ in range(2):
        app = build(settings(tmp_path, "http://127.0.0.1:9", district=None))
        await app.stop()
        shown.append(re.findall(r"/setup ([A-Z2-7]{10})", capsys.readouterr().err))
    assert shown[0] == shown[1]
    assert len(shown[0]) == 2  # in both languages

    app = build(settings(tmp_path, "http://127.0.0.1:9", district=None, admins="42"))
    await app.stop()
    assert capsys.readouterr().err == ""


async def test_a_start_takes_the_file_of_the_settings_once_and_leaves_what_was_changed_in_chat(tmp_path: Path) -> None:
    first = build(settings(tmp_path, "http://127.0.0.1:9"))
    changed = DISTRICT.read_text(encoding="utf-8").replace("工农院街平安驿站", "东门岗")
    first.store.submit(lambda conn: load_district(conn, changed, first.clock.now())).result()
    await first.stop()

    again = build(settings(tmp_path, "http://127.0.0.1:9"))
    kept = again.engine.town
    await again.stop()

    assert kept is not None
    assert "东门岗" in {it.name_zh for it in kept.district.stations}


@pytest.mark.parametrize(("raw", "words"), [("{", "JSON"), ("{}", "faults"), (None, "cannot be read")])
async def test_a_district_file_with_faults_is_refused_and_the_database_let_go(
    raw: str | None, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "district.json"
    if raw is not None:
        file.write_text(raw, encoding="utf-8")
    wrong = settings(tmp_path, "http://127.0.0.1:9", district=file)
    with pytest.raises(Refused, match=words):
        build(wrong)
    open_store(wrong).close()


async def test_a_database_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="BOT_DATABASE_URL"):
        build(settings(tmp_path, "http://x", database_url=f"sqlite:///{tmp_path}/file/bot.db"))


async def test_telegram_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with opened() as sandbox:
        sandbox.world.faults.add(Fault(kind="502_html", method="getMe", times=2))
        async with running_app(settings(tmp_path, sandbox.url), decide=echo) as app:
            assert app.health.reasons() == {}


async def test_what_is_under_way_at_a_stop_is_finished_and_what_is_not_stays_in_the_outbox(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.queue(*(said(7, str(number), f"s:{number}") for number in range(9)))
        await until(lambda: here.texts(7))
        sandbox = here.sandbox
        await here.app.stop()
        sent = len(here.texts(7))
        assert sent < 9  # one a second after the first three, and a stop takes four at most
        async with running_app(settings(tmp_path, sandbox.url), decide=echo):
            await until(lambda: len(here.texts(7)) == 9)
        assert [text[-1] for text in here.texts(7)] == list("012345678")


async def test_a_part_that_dies_takes_the_bot_down_so_that_it_is_started_anew(tmp_path: Path) -> None:
    async with street(tmp_path) as here:

        async def broken(_batch: list[Any]) -> None:
            raise ZeroDivisionError

        here.app.poller._handle = broken  # type: ignore[method-assign]  # a fault of ours, whatever it may be
        here.sandbox.world.say(7, 7, text="hello")
        await asyncio.wait_for(here.app.failed.wait(), 60)
        assert "poller" in here.app.health.reasons()


async def test_killed_at_any_moment_no_word_is_lost_and_none_is_kept_twice(tmp_path: Path) -> None:
    """kill -9 in the middle of a stream of words, several times."""
    async with opened("off") as sandbox:
        talking = asyncio.create_task(talk(sandbox, 60))
        for seconds in (0.15, 0.35, 0.6):
            before = polls(sandbox)
            async with process(tmp_path, sandbox.url) as running:
                await until(lambda before=before: polls(sandbox) > before)
                await asyncio.sleep(seconds)
                running.kill()
                await running.wait()
        await talking
        async with running_app(settings(tmp_path, sandbox.url), decide=echo) as app:
            await until(lambda: not list(sandbox.world.updates.pending(sandbox.world.clock())))
            kept, parked = await asyncio.wrap_future(app.store.read(lambda conn: (seen(conn), letters.parked(conn))))
        assert (kept, parked) == (60, [])


async def talk(sandbox: Sandbox, words: int) -> None:
    for number in range(words):
        sandbox.world.say(7 + number % 3, 7 + number % 3, text=f"word {number}")
        await asyncio.sleep(0.05)


def polls(sandbox: Sandbox) -> int:
    return len(sandbox.world.calls.find(method="getUpdates"))


def seen(conn: Connection) -> int:
    return int(conn.execute(text("SELECT count(*) FROM seen WHERE key LIKE 'u:%'")).scalar_one())
