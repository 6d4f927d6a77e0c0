"""The change of shift and the inspectors' checks, over HTTP with a moved clock: what is handed over, who answers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from bot.demo.house import MORNING, House, colleagues_signed_in, open_house, open_sandbox
from core.case import Status
from core.records import Check
from storage import records
from tests.stories.scene import ST2, Cast, at_the_end, cast_of, on_duty, only_case, read, told

POST = (30.6389, 104.0968)
INSPECTION = -1009000000012
HEAD_OF_ST2 = 9000000010


@pytest.fixture
async def early(sqlite_url: str) -> AsyncIterator[House]:
    """Twenty past seven: the night's shift of ST2 goes home at eight."""
    start = MORNING.replace(hour=7, minute=20)
    async with open_house(start=start, flood="off", paced=False, database_url=sqlite_url) as opened:
        await colleagues_signed_in(opened)
        yield opened
        await at_the_end(opened)


async def test_what_is_open_is_handed_over_and_what_is_on_site_stays(early: House) -> None:
    who = cast_of(early)
    captain = early.stage.phone(HEAD_OF_ST2, ST2)
    who.resident.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await captain.presses("📍 到场")
    await who.resident.sees("工作人员已到现场")
    who.neighbour.says("宏济新居2栋门口井盖破了")
    await who.second.sees("宏济新居2栋")
    await who.second.presses("✋ 签收")
    await who.neighbour.sees("A2611-0002", "已签收")
    await early.jump_by(minutes=31)
    sheet = await who.first.sees("【交接班】宏济新路平安驿站", "未结 2 件", "A2611-0001", "A2611-0002", "装备:还没清点")
    assert "请清点装备" in sheet["text"]
    await who.first.presses("⚠️ 有缺少")
    ask = await who.first.sees("哪一样、现有几件")
    who.first.replies(ask, "灭火器 3")
    await who.first.sees("【交接班】", "装备:缺灭火器 1")
    await early.stage.phone(HEAD_OF_ST2).sees("缺灭火器 1")
    who.first.replies(sheet, "5栋水阀在一楼楼梯间")
    await who.first.sees("【交接班】", "水阀在一楼")
    await early.jump_by(minutes=10)
    incoming = on_duty(early, "ST2")
    assert who.first.user not in incoming
    given = await who.first.sees("接班人点“已交接”", "A2611-0001", "已到场", "A2611-0002", "交给接班的", "水阀在一楼")
    assert "不在岗" in await who.first.presses("已交接", on=given)
    early.colleagues.come(early.now)
    await early.stage.phone(incoming[1]).sees("签到")
    assert await early.stage.phone(incoming[0], ST2).presses("已交接", on=given) == "好的。"
    await who.first.sees("已接班")
    assert await who.first.presses("✅ 办结"), "who is on site finishes it after the shift"
    need = await who.first.sees("办结请附")
    who.first.replies(need, "水阀关了", photo="sample:after_fixed")
    await who.resident.sees("解决了吗")
    await early.jump_by(minutes=30)
    assert not told(early.stage.phone(HEAD_OF_ST2), "没有人点")


async def test_a_case_that_became_sealed_is_a_number_on_the_sheet_and_no_more(sqlite_url: str) -> None:
    start = MORNING.replace(hour=7, minute=20)
    async with open_house(start=start, flood="off", paced=False, database_url=sqlite_url) as house:
        await colleagues_signed_in(house)
        who = cast_of(house)
        who.resident.says("宏济新居2栋有人从楼上往下扔酒瓶")
        received = await who.resident.sees("A2611-0001")
        await who.first.presses("✋ 签收")
        who.resident.replies(received, "是我老公打我,我不敢出声")
        await house.stage.phone(who.first.user).sees("A2611-0001")
        await house.jump_by(minutes=31)
        sheet = await who.first.sees("【交接班】", "未结 1 件")
        assert "🔒 A2611-0001\n" in sheet["text"]
        assert not any(word in sheet["text"] for word in ("酒瓶", "2栋", "高空抛物", "家庭"))


async def test_nobody_takes_over_and_the_head_of_the_post_hears_it_after_twenty_minutes(early: House) -> None:
    await early.jump_by(minutes=41)
    await early.stage.phone(HEAD_OF_ST2, ST2).sees("【交接班】宏济新路平安驿站")
    await early.jump_by(minutes=18)
    assert not told(early.stage.phone(HEAD_OF_ST2), "没有人点“已交接”")
    await early.jump_by(minutes=3)
    await early.stage.phone(HEAD_OF_ST2).sees("宏济新路平安驿站", "没有人点“已交接”")


async def test_a_restart_hands_nothing_over_twice(sqlite_url: str) -> None:
    start = MORNING.replace(hour=7, minute=45)
    async with open_sandbox() as sandbox:
        for _ in range(2):
            async with open_house(
                start=start, flood="off", paced=False, database_url=sqlite_url, sandbox=sandbox
            ) as house:
                await house.jump(max(house.now, start.replace(minute=51)))
                await house.settled()
                assert len(told(house.stage.phone(HEAD_OF_ST2, ST2), "【交接班】")) == 1


async def test_the_day_post_leaves_what_is_open_to_its_backup(house: House, who: Cast) -> None:
    who.resident.says("楼道堆满杂物")
    await who.resident.sees("还差一个地点")
    post = house.district.station("ST4")
    assert post is not None
    who.resident.sends_place(post.point.lat, post.point.lng)
    await who.fourth.sees("楼道")
    assert (await only_case(house)).team == "ST4"
    await house.jump(house.now.replace(hour=19, minute=0))
    await colleagues_signed_in(house)
    await house.jump(house.now.replace(hour=20, minute=0, second=30))
    target = house.district.team_of_station(post.backups[0])
    assert target is not None
    sheet = await house.stage.phone(who.fourth.user, target.chat_id).sees("【交接班】钢管厂", "接手", "A2611-0001")
    assert "未结 1 件" in sheet["text"]


async def _check(house: House, team: str) -> Check:
    found = await read(house, partial(records.open_records, kinds={"check"}))
    return next(it for it in found if isinstance(it, Check) and it.team == team)


async def test_a_spot_check_is_answered_by_one_and_missed_by_the_other_and_two_inspectors_sign(house: House) -> None:
    check = await _check(house, "ST2")
    await house.jump(check.at - timedelta(minutes=30))
    house.colleagues.come(house.now)
    first, second = (house.stage.phone(it) for it in on_duty(house, "ST2"))
    await second.sees("签到")
    assert not told(first, "抽查")
    await house.jump(check.at + timedelta(seconds=1))
    await first.sees("【督察抽查】请 5 分钟内发当前位置和一张现场照片")
    first.sends_place(*POST)
    await first.sees("还差一张现场照片")
    first.says("", photo="sample:street_lamp")
    await first.sees("抽查已应答")
    inspectors = [house.stage.phone(it, INSPECTION) for it in (9000000035, 9000000036)]
    assert not told(inspectors[0], "宏济新路")
    await house.jump_by(minutes=5)
    await inspectors[0].sees("【督察抽查】宏济新路平安驿站", "在岗", "脱岗", "没有应答", "两名督察签字")
    await inspectors[0].presses("✍️ 签字")
    assert "另一名督察" in await inspectors[0].presses("✍️ 签字")
    await inspectors[1].presses("✍️ 签字")
    await inspectors[1].sees("已签字")
    await second.sees("抽查结果", "脱岗")
    second.says("查岗")
    await second.sees("月查岗", "0/1", "脱岗 1")
    house.stage.phone(9000000035).says("/checks")
    await house.stage.phone(9000000035).sees("支队伍", "宏济新路平安驿站:1/2")


async def test_guards_near_by_and_a_volunteer_are_asked_and_the_post_sees_who_comes(house: House, who: Cast) -> None:
    who.neighbour.says("志愿者")
    await who.neighbour.sees("大致位置")
    await who.neighbour.presses("同意")
    await who.neighbour.sees("发送位置")
    who.neighbour.sends_place(30.6394, 104.0970)
    await who.neighbour.sees("您是平安志愿者")
    who.resident.says("宏济新居3栋有个老人晕倒了,喊不醒")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.captain.presses("📍 到场")
    await who.first.presses("🆘 请求支援")
    await who.first.sees("支援情况", "还没答")
    await who.backup.presses("能,10 分钟")
    await who.first.sees("支援情况", "能来,约 10 分钟")
    await who.first.presses("📣 呼叫 500 米内保安")
    await who.first.sees("支援情况", "保安")
    await who.first.presses("🤝 请附近志愿者")
    await who.neighbour.sees("宏济新居3栋", "能过去吗")
    assert "A2611" not in told(who.neighbour, "能过去吗")[0]
    assert "自己安全" in await who.neighbour.presses("能,5 分钟")
    await who.first.sees("志愿者能来,约 5 分钟")
    await house.jump_by(minutes=3)
    await who.first.sees("2 分钟内应答")
    assert (await only_case(house)).status is Status.SITE
