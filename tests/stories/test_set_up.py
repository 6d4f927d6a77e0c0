"""From a token and an empty database to a closed case, wholly in chat; and what nobody else may do on the way."""

import base64
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import orjson
import pytest

from bot.demo.empty import BOSS, CENTRE, FOREIGN, GATE, MATE, PARK, PATROL, RESIDENT, SEAT, STRANGER, fill
from bot.demo.house import House, open_house
from bot.demo.stage import Message, Phone
from core.case import Status
from core.setup import Document, blank, edit
from core.setup.templates import TEMPLATES
from tests.stories.scene import NINE, at_the_end, only_case

PLACE = (30.6401, 104.0962)
SPOT = {"latitude": 30.6405, "longitude": 104.0968}


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
        fill(opened.sandbox.world)
        yield opened
        await at_the_end(opened)


async def test_an_empty_database_becomes_a_town_in_chat_and_closes_its_first_case(empty: House) -> None:
    tally, phone = Tally(), empty.stage.phone
    boss, first = Hand("administrator", phone(BOSS), tally), Hand("patrol", phone(PATROL), tally)
    gate, seat = Hand("patrol", phone(PATROL, GATE), tally), Hand("centre", phone(SEAT, CENTRE), tally)
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
    resident.says("", location=SPOT)
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


def sends(phone: Phone, doc: object) -> None:
    coded = base64.b64encode(doc if isinstance(doc, bytes) else orjson.dumps(doc)).decode()
    data = {"data": f"data:application/json;base64,{coded}", "file_name": "town.json", "mime_type": "application/json"}
    phone.says("", document=data)


def town() -> Document:
    """What an office would write in a file: the centre, one post, its people."""
    doc, name = edit.with_post(edit.named(blank(), "东门街道"), GATE, "东门岗")
    doc = edit.joined(edit.with_centre(edit.placed(doc, name, *PLACE), CENTRE), "CTR", SEAT, "王秀兰")
    doc = edit.administering(edit.joined(doc, "CTR", BOSS, "周主任"), BOSS)
    return edit.rostered(edit.joined(doc, name, PATROL, "李卫国"), TEMPLATES["T1"], "2026-11-16")


def let_in(house: House) -> None:
    for chat in (GATE, CENTRE):
        house.sandbox.world.set_member(chat, "administrator", by=BOSS)


async def test_a_file_is_a_whole_town_later_ones_change_it_and_a_running_case_goes_on(empty: House) -> None:
    boss, gate, first = (empty.stage.phone(*who) for who in ((BOSS,), (PATROL, GATE), (PATROL,)))
    sends(boss, b"{")
    await boss.sees("不是 JSON", "第 1 行")
    sends(boss, {**town(), "shift_patterns": []})
    await boss.sees("有 2 处要改", "teams[1].pattern:T1 不存在于")
    let_in(empty)
    sends(boss, town())
    await boss.sees("启用前请看一遍", "岗站 1,人员 3")
    await boss.presses("🚀 启用")
    await boss.sees("东门街道 启用了")

    first.sends_place(*PLACE)
    await first.sees("签到")
    resident = empty.stage.phone(RESIDENT)
    resident.says("楼道里有人给电瓶车充电")
    await resident.sees("位置")
    resident.says("", location=SPOT)
    await gate.presses("✋ 签收")

    sends(boss, edit.calling(edit.renamed(town(), "ST1", "北门岗"), "028-96777"))
    await boss.sees("东门岗 → 北门岗", "028-96777")
    await boss.presses("🚀 启用")
    await boss.sees("已生效")
    await gate.presses("📍 到场")
    prompt = await gate.sees("照片")
    gate.replies(prompt, photo="sample:after_clean")
    await resident.sees("已到现场")
    case = await only_case(empty)
    assert (case.team, case.status) == ("ST1", Status.SITE)


async def test_a_new_group_is_a_post_within_minutes_and_a_strangers_group_is_left(empty: House) -> None:
    boss, mate = empty.stage.phone(BOSS), empty.stage.phone(MATE, PARK)
    let_in(empty)
    sends(boss, town())
    await boss.presses("🚀 启用")
    await boss.sees("启用了")
    boss.says("/setup")
    await boss.follows("➕ 加岗站的群", PARK)
    await boss.sees("公园岗", "在哪里")
    boss.sends_place(PLACE[0] + 0.01, PLACE[1])
    await boss.sees("📍 公园岗")
    await mate.presses("🙋 我在这里值守")
    await boss.sees("何小军", "报名")
    await boss.presses("🔎 检查并启用")
    await boss.sees("➕ 岗站 公园岗", "➕ 人员 何小军")
    await boss.presses("🚀 启用")
    await mate.sees("本群已启用")
    empty.stage.phone(MATE).sends_place(PLACE[0] + 0.01, PLACE[1])
    await empty.stage.phone(MATE).sees("签到")

    empty.stage.acted()
    empty.sandbox.world.set_member(FOREIGN, "member", by=STRANGER)
    await empty.stage.phone(STRANGER, FOREIGN).sees("我只在本辖区工作人员邀请的群里工作")
    await empty.settled()
    assert empty.sandbox.world.chats[FOREIGN].bot.status == "left"
