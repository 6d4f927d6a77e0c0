"""`python -m bot run` as a process of its own, killed without a word in the middle of a case: nothing lost, nothing
doubled, and the case goes on."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import orjson
import pytest

from bot.demo import town
from bot.demo.colleagues import Colleagues
from bot.demo.house import DISTRICT, TOKEN
from bot.demo.stage import Phone, Stage
from bot.sandbox.server import Sandbox
from core.district import District, read_district
from tests.stories.scene import CENTRE, NINE, ST1, ST2, body_text, told

ROOT = Path(__file__).parents[2]
FIRST, SECOND, BACKUP = 9000000011, 9000000012, 9000000002
SLOW_START = 180.0  # real seconds: busy cores


class Street:
    """A sandbox that outlives the bots, and the bot of the moment."""

    def __init__(self, sandbox: Sandbox, folder: Path, district: District, *, webhook: bool) -> None:
        self.sandbox, self.folder, self.webhook = sandbox, folder, webhook
        self.stage = Stage(sandbox.world, SLOW_START)
        self.colleagues = Colleagues(sandbox.world, district)
        self.resident = self.stage.phone(town.RESIDENT)
        self.first, self.second = self.stage.phone(FIRST, ST2), self.stage.phone(SECOND, ST2)
        self.backup, self.seat = self.stage.phone(BACKUP, ST1), self.stage.phone(FIRST, CENTRE)
        self.running: asyncio.subprocess.Process | None = None
        self.port = _free_port()

    async def start(self) -> None:
        """A bot on the database of the folder."""
        env = {
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.sandbox.url,
            "BOT_DATABASE_URL": f"sqlite:///{self.folder}/bot.db",
            "BOT_LISTEN": f"127.0.0.1:{self.port}",
            "BOT_DISTRICT": str(DISTRICT),
            "BOT_CLOCK_START": NINE.isoformat(),
            "BOT_LOG_LEVEL": "WARNING",
        }
        if self.webhook:
            env |= {"BOT_WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook", "BOT_WEBHOOK_SECRET": "a-secret"}
        self.running = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-m", "bot", "run", cwd=self.folder, env=env, stderr=asyncio.subprocess.PIPE
        )

    async def killed(self, *, polling_only: bool = False) -> None:
        """Kill the bot as a power cut would, and start another. A webhook is tried again after 2, 4, 8 real seconds,
        which are waited for once."""
        if polling_only and self.webhook:
            return
        await self.ends(signal.SIGKILL)
        await self.start()

    async def ends(self, how: signal.Signals) -> int:
        """Send the signal and wait; the exit code."""
        assert self.running is not None
        if self.running.returncode is None:
            self.running.send_signal(how)
        await asyncio.wait_for(self.running.communicate(), SLOW_START)
        assert self.running.returncode is not None
        return self.running.returncode

    async def jump(self, to: datetime) -> None:
        """Turn the bot's clock by its own door."""
        async with aiohttp.ClientSession() as session:
            address = f"http://127.0.0.1:{self.port}/clock"
            async with session.post(address, params={"to": to.isoformat()}) as answer:
                assert answer.status == 200, await answer.text()

    def once(self, phone: Phone, *words: str) -> None:
        """Exactly one message of the bot says this."""
        assert len(told(phone, *words)) == 1, (words, told(phone))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def opened(folder: Path, *, webhook: bool) -> AsyncIterator[Street]:
    sandbox = Sandbox(token=TOKEN, flood="off")
    for words in ("query is too old", "message is not modified"):
        sandbox.expect_refusal(words)  # a bot that was killed before it could note an answer or an edit does it again
    await sandbox.start()
    district = read_district(orjson.loads(DISTRICT.read_bytes()))
    town.fill(sandbox.world, district)
    street = Street(sandbox, folder, district, webhook=webhook)
    try:
        await street.start()
        street.colleagues.come(NINE)
        await street.stage.phone(FIRST).sees("签到")
        await street.stage.phone(SECOND).sees("签到")
        await street.stage.phone(BACKUP).sees("签到")
        yield street
    finally:
        if street.running is not None and street.running.returncode is None:
            await street.ends(signal.SIGKILL)
        await sandbox.stop()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_case_survives_a_kill_after_every_step(tmp_path: Path, webhook: bool) -> None:
    async with opened(tmp_path, webhook=webhook) as street:
        street.resident.says("宏济新居3栋楼道有人给电瓶车充电")
        await street.killed()  # before anybody heard it, or in the middle of it
        await street.first.sees("A2611-0001", "宏济新居3栋")
        await street.resident.sees("收到了,编号 A2611-0001")
        await street.first.presses("✋ 签收")
        await street.killed(polling_only=True)  # accepted, the resident perhaps not told yet
        await street.resident.sees("已签收")
        await street.jump(NINE + timedelta(minutes=20))
        await street.first.presses("✅ 办结")
        street.first.replies(await street.first.sees("办结请附"), "已清走", photo="sample:after_clean")
        await street.killed(polling_only=True)
        await street.resident.sees("解决了吗")
        await street.resident.presses("✅ 解决了")
        await street.first.sees("已结案")
        for words in ("收到了,编号", "已签收", "解决了吗"):
            street.once(street.resident, words)
        assert await street.ends(signal.SIGTERM) == 0
        assert not street.sandbox.unexpected_refusals(), [str(it) for it in street.sandbox.unexpected_refusals()]


async def test_what_fell_due_while_the_bot_was_dead_is_done_when_it_is_back(tmp_path: Path) -> None:
    async with opened(tmp_path, webhook=False) as street:
        street.resident.says("宏济新居5栋门口水管爆了,水往外喷")
        await street.first.sees("宏济新居5栋")
        await street.resident.sees("收到了")
        await street.jump(NINE + timedelta(minutes=5))
        await street.ends(signal.SIGKILL)
        street.resident.says("怎么样了?")  # into the dark
        await street.start()
        await street.resident.sees("A2611-0001", "现在")
        await street.jump(NINE + timedelta(minutes=11))
        await street.backup.sees("宏济新居5栋")
        await street.stage.until(lambda: told(street.first, "到签收时限") or None, lambda: "no reminder")
        street.once(street.first, "到签收时限")
        answer = await street.backup.presses("✋ 签收")
        assert "已签收" in answer
        cards = [m for m in street.backup.messages() if "宏济新居5栋" in body_text(m)]
        assert len(cards) == 1


async def test_five_residents_write_while_the_bot_is_killed_and_nobody_is_forgotten(tmp_path: Path) -> None:
    async with opened(tmp_path, webhook=False) as street:
        people = [street.stage.phone(9_200_000_000 + n) for n in range(5)]
        for number, phone in enumerate(people):
            street.sandbox.world.add_user(phone.user, f"居民{number}", language_code="zh-hans", started=True)
        for number, phone in enumerate(people):
            phone.says(f"宏济新居{number % 5 + 1}栋楼道堆满杂物")
            if number == 2:
                await street.killed()
        street.stage.since = 0
        for phone in people:
            await phone.sees("收到了,编号")
            street.once(phone, "收到了,编号")
        numbers = {body_text(m)[7:17] for p in people for m in p.messages() if "收到了,编号" in body_text(m)}
        assert len(numbers) == 5, "every report has a number of its own"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"BOT_TOKEN": ""}, "BOT_TOKEN"),
        ({"BOT_WEBHOOK_URL": "https://example.org/hook"}, "BOT_WEBHOOK_SECRET"),
        ({"BOT_DISTRICT": "/nowhere.json"}, "nowhere.json"),
    ],
)
async def test_wrong_settings_end_with_2_and_one_sentence(tmp_path: Path, wrong: dict[str, str], word: str) -> None:
    env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "BOT_TOKEN": TOKEN, **wrong}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=tmp_path, env=env, stderr=asyncio.subprocess.PIPE
    )
    _, words = await asyncio.wait_for(running.communicate(), SLOW_START)
    assert running.returncode == 2
    assert word in words.decode()
    assert len(words.decode().strip().splitlines()) == 1
