"""From a token and an empty database to a closed case, wholly in chat; and what nobody else may do on the way."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.demo.house import House, open_house
from bot.demo.stage import Message, Phone
from core.case import Status
from tests.stories.scene import NINE, at_the_end, only_case

BOSS, FIRST, SEAT, RESIDENT, STRANGER = 9200000001, 9200000002, 9200000003, 9200000004, 9200000005
GATE, CENTRE, FOREIGN = -1009200000001, -1009200000002, -1009200000003
PEOPLE = {BOSS: "周主任", FIRST: "李卫国", SEAT: "王秀兰", RESIDENT: "陈玉芳", STRANGER: "路人"}
PLACE = (30.6401, 104.0962)
BLURRY = {"latitude": 30.6405, "longitude": 104.0968}


@dataclass(slots=True)
class Tally:
    """What each role had to do: messages written or sent, taps on buttons and links."""

    messages: Counter[str] = field(default_factory=Counter)
    taps: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Hand:
    """A phone whose owner's work is counted."""

    role: str
    phone: Phone
    tally: Tally

    def says(self, text: str, **what: object) -> None:
        self.tally.messages[self.role] += 1
        self.phone.says(text, **what)

    async def presses(self, label: str) -> str:
        self.tally.taps[self.role] += 1
        return await self.phone.presses(label)

    async def follows(self, label: str, group: int) -> None:
        self.tally.taps[self.role] += 2  # the link, and the group in Telegram's list
        await self.phone.follows(label, group)

    async def presses_and_sees(self, label: str, *words: str) -> Message:
        await self.presses(label)
        return await self.phone.sees(*words)

    def replies(self, message: Message, text: str = "", **what: object) -> None:
        self.tally.messages[self.role] += 1
        self.phone.replies(message, text, **what)

    async def sees(self, *words: str) -> None:
        await self.phone.sees(*words)


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[House]:
    """A bot with a token and an administrator in its settings, and nothing else."""
    async with open_house(
        start=NINE, flood="off", paced=False, database_url=sqlite_url, district=None, admins=str(BOSS)
    ) as opened:
        world = opened.sandbox.world
        for user, name in (
            (BOSS, "周主任"),
            (FIRST, "李卫国"),
            (SEAT, "王秀兰"),
            (RESIDENT, "陈玉芳"),
            (STRANGER, "路人"),
        ):
            world.add_user(user, name, language_code="zh-hans", started=True)
        world.add_chat(GATE, "东门岗", members=[BOSS, FIRST, STRANGER], owner=BOSS, bot="left")
        world.add_chat(CENTRE, "街道综治中心", members=[BOSS, SEAT], owner=BOSS, bot="left")
        world.add_chat(FOREIGN, "业主闲聊", members=[STRANGER], owner=STRANGER, bot="left")
        yield opened
        await at_the_end(opened)


async def test_an_empty_database_becomes_a_town_in_chat_and_closes_its_first_case(empty: House) -> None:
    tally, phone = Tally(), empty.stage.phone
    boss, first = Hand("administrator", phone(BOSS), tally), Hand("patrol", phone(FIRST), tally)
    gate, seat = Hand("patrol", phone(FIRST, GATE), tally), Hand("centre", phone(SEAT, CENTRE), tally)
    resident = Hand("resident", phone(RESIDENT), tally)

    phone(RESIDENT).says("门口路灯坏了")
    await phone(RESIDENT).sees("还在准备", "110")

    boss.says("/setup")
    await boss.sees("辖区设置", "还没启用", "○ 辖区名称")
    await boss.presses("名称")
    await boss.sees("辖区叫什么")
    boss.says("东门街道")
    await boss.sees("✅ 辖区名称:东门街道")
    await boss.follows("➕ 加岗站的群", GATE)
    await boss.sees("东门岗", "在哪里")
    await gate.sees("岗站“东门岗”的工作群")
    boss.phone.sends_place(*PLACE)
    tally.messages["administrator"] += 1
    await boss.sees("📍 东门岗")
    await boss.presses("⬅️ 返回")
    await boss.follows("🏢 选综治中心的群", CENTRE)
    await boss.sees("✅ 综治中心的群:周主任")
    await seat.sees("本群是综治中心的群")

    assert "记下了" in await gate.presses("🙋 我在这里值守")
    first.says("/start")
    assert "记下了" in await seat.presses("🙋 我在这里值守")

    await boss.presses("🗓 排班")
    await boss.presses("每天白班,全员")
    await boss.presses("11月16日")
    await boss.sees("头一周", "东门岗 11月16日 白 甲(李卫国)")
    await boss.presses("✅ 用这个排班")
    await boss.sees("✅ 排班:每天白班,全员")
    await boss.presses("🔎 检查并启用")
    await boss.sees("启用前请看一遍", "岗站 1,人员 3,网格 1")
    await boss.presses("🚀 启用")
    await boss.sees("东门街道 启用了")
    await gate.sees("本群已启用")

    first.says("/signin")
    await first.sees("位置")
    first.phone.sends_place(*PLACE)
    tally.messages["patrol"] += 1
    await first.sees("签到")

    resident.says("楼道里有人给电瓶车充电")
    await resident.sees("位置")
    resident.says("", location=BLURRY)
    await resident.sees("收到了")
    await gate.sees("电动")
    await gate.presses("✋ 签收")
    asked = await gate.presses_and_sees("📍 到场", "照片")
    gate.replies(asked, photo="sample:after_clean")
    await resident.sees("已到现场")
    asked = await gate.presses_and_sees("✅ 办结", "办结请附")
    gate.replies(asked, "已劝离,车已推下楼", photo="sample:after_clean")
    await resident.sees("问题解决了吗")
    await resident.presses("✅ 解决了")
    await resident.sees("满意")
    assert (await only_case(empty)).status is Status.CLOSED
    assert tally.messages == {"administrator": 3, "patrol": 5, "resident": 2}
    assert tally.taps == {"administrator": 12, "patrol": 4, "centre": 1, "resident": 1}
