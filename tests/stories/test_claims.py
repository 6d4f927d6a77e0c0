"""Who has it, is it cared for, and who may say that it can wait: claims and the ladder's answers, over real chats."""

import asyncio
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import Connection

from bot.demo.house import House
from core.case import Status
from storage import districts
from tests.stories.scene import CENTRE, Cast, both_databases, happened, only_case, sent_to, told

BURST = "宏济新居5栋门口水管爆了,水往外喷"  # severity 2
HEAP = "宏济新居3栋楼道堆满杂物"  # severity 3


async def _accepted(house: House, who: Cast, report: str = BURST) -> None:
    who.resident.says(report)
    await who.first.sees("宏济新居")
    await who.first.presses("✋ 签收")
    await who.first.sees("已签收")


@both_databases
async def test_a_colleague_takes_it_within_the_minute_and_later_says_why(house: House, who: Cast) -> None:
    await _accepted(house, who)
    first = (await only_case(house)).handler
    await who.second.presses("🔁 我来办")
    second = (await only_case(house)).handler
    assert second != first
    await house.jump_by(minutes=2)
    assert "理由" in await who.first.presses("🔁 我来办")
    await who.first.presses("和同事说好了")
    assert (await only_case(house)).handler == first
    (_, last) = await happened(house, "claimed")
    assert last.data["reason"] == "agreed"


async def test_a_silent_claim_is_asked_about_turns_amber_climbs_and_is_given_back(house: House, who: Cast) -> None:
    await _accepted(house, who)
    due = (await only_case(house)).close_due
    await house.jump_by(minutes=21)
    await who.first.sees("还在处理吗")
    await house.jump_by(minutes=10)
    await who.first.sees("宏济新居5栋", "🟠")
    await who.head.sees("🟠", "没有动静")
    await who.first.presses("🤲 放手")
    case = await only_case(house)
    assert (case.status, case.handler, case.close_due) == (Status.DISP, None, due)
    await who.backup.sees("宏济新居5栋")
    await who.backup.presses("✋ 签收")
    await who.resident.sees("工农院街平安驿站", "已签收")


async def test_still_on_it_is_a_sign_of_life(house: House, who: Cast) -> None:
    await _accepted(house, who)
    await house.jump_by(minutes=21)
    await who.first.presses("✋ 还在处理")
    await house.jump_by(minutes=15)
    assert await happened(house, "silent") == []


async def test_the_grid_head_says_by_when_and_nobody_is_pressed_before(house: House, who: Cast) -> None:
    who.resident.says(HEAP)
    await who.first.sees("宏济新居3栋")
    await house.jump_by(minutes=121)
    await who.head.sees("报到", "宏济新居3栋")
    await who.head.presses("📅 已知,按计划")
    menu = await who.head.sees("按计划到哪一天")
    label = menu["reply_markup"]["inline_keyboard"][1][0]["text"]
    assert "不再催" in await who.head.presses(label)
    await who.backup.sees("已知,按计划")
    until = (await only_case(house)).known
    assert until is not None
    assert until.until is not None
    before = len(await happened(house, "escalated"))
    await house.jump(until.until - timedelta(seconds=5))
    assert len(await happened(house, "escalated")) == before
    await house.jump(until.until + timedelta(seconds=5))
    await who.secretary.sees("报到社区")


async def test_the_grid_head_takes_it_over(house: House, who: Cast) -> None:
    who.resident.says(BURST)
    await who.first.sees("宏济新居5栋")
    await house.jump_by(minutes=21)
    await who.head.presses("🙋 接管")
    await who.head.sees("宏济新居5栋")
    await who.resident.sees("已签收")
    assert (await only_case(house)).status is Status.ACK
    await who.head.presses("📍 到场")
    assert (await only_case(house)).status is Status.SITE


async def test_small_overdue_cases_come_in_one_message_at_half_past_eight_with_buttons(house: House, who: Cast) -> None:
    for report in (HEAP, "宏济新居5栋楼道堆满杂物"):
        who.resident.says(report)
        await who.first.sees(report[:6])
        await house.jump_by(minutes=31)
    start = house.now
    await house.jump(start + timedelta(days=9))
    lists = told(who.head, "超期事项")
    assert lists
    assert any("A2611-0001" in it and "A2611-0002" in it for it in lists)
    assert not told(who.head, "超过办结时限")
    assert any("挂牌督办" in str(call) for call in sent_to(house, CENTRE))
    assert "📅 A2611-0001 按计划" in who.head.buttons()


@pytest.mark.parametrize("photo", [None, "sample:after_clean"])
async def test_handler_and_resident_talk_without_seeing_each_other(house: House, who: Cast, photo: str | None) -> None:
    await _accepted(house, who)
    await who.first.presses("💬 问居民")
    prompt = await who.first.sees("要问居民的话")
    who.first.replies(prompt, "是几单元?我电话13812345678")
    question = await who.resident.sees("办理人员想问您", "几单元")
    assert "13812345678" not in str(question)
    assert str(who.first.user) not in str(question.get("text"))
    await who.first.sees("已转给居民")
    await who.resident.presses("↩️ 答复")
    await who.resident.sees("请把答复发给我")
    who.resident.says("2单元,我电话13912345678", **({"photo": photo} if photo else {}))
    answer = await who.first.sees("居民答复", "2单元")
    assert "13912345678" not in str(answer)
    assert str(who.resident.user) not in str(answer.get("text"))
    assert (await only_case(house)).question is None


async def test_a_question_without_an_answer_ends_by_itself_and_both_know(house: House, who: Cast) -> None:
    await _accepted(house, who)
    await who.first.presses("💬 问居民")
    who.first.replies(await who.first.sees("要问居民的话"), "在几楼?")
    await who.resident.sees("办理人员想问您")
    await house.jump_by(minutes=31)
    await who.resident.sees("不用再答")
    await who.first.sees("居民没有答复")
    assert (await only_case(house)).status is Status.ACK


async def test_when_another_ladder_is_loaded_the_centre_says_whether_running_cases_follow(
    house: House, who: Cast
) -> None:
    await _accepted(house, who)
    began = await only_case(house)

    def load(conn: Connection) -> bool:
        stored = districts.current_district(conn)
        assert stored is not None
        raw = orjson.loads(stored[1])
        raw["district"]["limits"] = {"2": {"close": "2h"}, began.category: {"close": "2h"}}
        return districts.load_district(conn, orjson.dumps(raw).decode(), house.now)

    assert await asyncio.wrap_future(house.app.store.submit(load))
    who.neighbour.says("/help")
    await house.jump_by(minutes=1)
    await who.seat.sees("时限或催办阶梯改了", "1 件")
    assert (await only_case(house)).close_due == began.close_due
    await who.seat.presses("在办的也用新规则")
    await who.seat.sees("也改用新规则")
    case = await only_case(house)
    assert case.policy is not None
    assert '"limits"' in case.policy
    assert case.close_due == began.opened_at + timedelta(hours=2)
