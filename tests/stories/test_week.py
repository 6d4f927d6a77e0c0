"""A week of post ST2: somebody away, a swap, a late morning, leave, hours without anybody, and what a head asks."""

from datetime import datetime, timedelta

from bot.demo.house import House, colleagues_signed_in
from bot.demo.stage import Phone
from core import roster
from storage import people
from tests.stories.scene import ST1, Cast, only_case, read, told

POST = (30.6389, 104.0968)
BESIDE = (30.6391, 104.0969)


def account(house: House, person: str) -> Phone:
    member = house.district.member(person)
    assert member is not None
    assert member.tg_id is not None
    return house.stage.phone(member.tg_id)


async def due(house: House, team: str, at: datetime) -> tuple[str, ...]:
    """Who is due at a post at a moment, by the plan and its changes."""
    await house.settled()
    presence = await read(house, lambda conn: people.presence(conn, house.now))
    found = house.district.team(team)
    assert found is not None
    shifts = roster.rostered(found, at, house.district, changes=presence.changes)
    return tuple(person for shift in shifts for person in shift.members)


def morning(house: House, days: int, hour: int = 8, minute: int = 0) -> datetime:
    return house.now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days)


async def test_two_taps_take_somebody_off_and_one_brings_them_back(house: House, who: Cast) -> None:
    first = house.stage.phone(who.first.user)
    first.says("🚶 离岗")
    await first.sees("离岗做什么")
    await first.presses("吃饭")
    await first.sees("多久回来")
    await first.presses("30 分钟")
    await first.sees("离岗(吃饭)", "09:30 前回来")
    await who.first.sees("离岗(吃饭)")
    assert not told(who.backup, "代管"), "a colleague is still there"
    await first.presses("✅ 已回岗")
    await who.first.sees("已回岗")


async def test_a_post_whose_people_are_away_is_passed_over_and_its_backup_knows(house: House, who: Cast) -> None:
    for phone, why in ((who.first, "走访巡查"), (who.second, "吃饭")):
        private = house.stage.phone(phone.user)
        private.says("/away")
        await private.sees("离岗做什么")
        await private.presses(why)
        await private.presses("15 分钟")
        await private.sees("前回来")
    await who.backup.sees("宏济新路平安驿站现在无人", "代管")
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了")
    assert (await only_case(house)).team != "ST2"
    second = house.stage.phone(who.second.user)
    await house.jump_by(minutes=16)
    await second.sees("说好", "回来了吗")
    await house.jump_by(minutes=5)
    captain = house.stage.phone(who.captain.user)
    await captain.sees("还没回", "请联系")
    await captain.presses("✅ 已回岗")
    await who.first.sees("已回岗")
    await who.backup.sees("不用再代管")


async def test_a_swap_takes_two_taps_and_holds_everywhere_once_the_colleague_agrees(house: House, who: Cast) -> None:
    asker = account(house, "P015")
    tomorrow = morning(house, 1)
    assert await due(house, "ST2", tomorrow) == ("P015", "P016")
    asker.says("🔁 换班")
    await asker.sees("换哪一班")
    await asker.presses("08:00 全天班")
    await asker.sees("和谁换")
    await asker.presses("⇄")
    asked = await asker.sees("已问")
    colleague = await partner(house, asked["text"])
    await colleague.sees("想请您替他上", "同意吗")
    await colleague.presses("✅ 同意")
    await asker.sees("换班已定")
    await who.first.sees("换班已定")
    assert "P015" not in await due(house, "ST2", tomorrow)
    await house.jump(morning(house, 1, 7, 55))
    asker.says("📍 签到")
    await asker.sees("现在没有您的班", "下一班")
    asker.sends_place(*BESIDE)
    await asker.sees("现在没有您的班", "下一班")
    colleague.sends_place(*BESIDE)
    await colleague.sees("已签到")


async def partner(house: House, text: str) -> Phone:
    """The colleague whose name is in a text, looking at their private chat."""
    names = {it.name: it.id for it in house.district.people}
    return account(house, next(names[name] for name in names if f"已问{name}" in text))


async def test_a_morning_on_which_nobody_comes_is_told_once_to_each_and_ends_with_the_first_who_signs_in(
    house: House, who: Cast
) -> None:
    late = account(house, "P015")
    await house.jump(morning(house, 1, 6, 5))
    await colleagues_signed_in(house, without=frozenset({"ST2"}))
    await house.jump(morning(house, 0, 7, 31))
    await late.sees("08:00 开始", "签到")
    await house.jump(morning(house, 0, 8, 6))
    await late.sees("还没有您的签到")
    await house.jump(morning(house, 0, 8, 16))
    captain = house.stage.phone(who.captain.user)
    await captain.sees("缺岗", "本站现在无人")
    await house.stage.phone(who.backup.user, ST1).sees("宏济新路平安驿站现在无人", "代管")
    await house.jump(morning(house, 0, 8, 40))
    await house.settled()
    assert len(told(captain, "缺岗", "宏济新路平安驿站")) == 1
    assert len(told(late, "还没有您的签到")) == 1
    late.sends_place(*BESIDE)
    await late.sees("已签到", "晚了")
    await house.stage.phone(who.backup.user, ST1).sees("宏济新路平安驿站已有人到岗")


async def test_a_night_that_leave_empties_is_told_at_once_and_somebody_rested_comes(house: House, who: Cast) -> None:
    captain, head = account(house, "P001"), account(house, "P041")
    night = morning(house, 2, 22)
    for person in ("P004", "P005"):
        private = account(house, person)
        private.says("请假")
        await private.sees("请哪一班的假")
        await private.presses("11月18日 22:00 夜班")
        await private.sees("已向点长请假")
        await captain.sees("请假", "批准吗")
        await captain.presses("✅ 批准")
        await private.sees("请假已批准")
    await captain.sees("没有人", "代管")
    await head.sees("工农院街平安驿站", "没有人")
    assert await due(house, "ST1", night) == ()
    await captain.presses("🙋 请人加班")
    offered = await captain.sees("请谁加班", "休息够")
    name = str(offered["reply_markup"]["inline_keyboard"][0][0]["text"])
    assert name not in {"章子斌", "王佳涛"}, "who has leave is not asked to come"
    await captain.presses(name)
    helper = account(house, next(it.id for it in house.district.people if it.name == name))
    await helper.sees("您能来加班吗")
    await helper.presses("✅ 能来")
    await captain.sees(name, "来")
    (comes,) = await due(house, "ST1", night)
    await house.jump(night - timedelta(minutes=20))
    await helper.sees("22:00 开始")
    helper.sends_place(30.6337, 104.0959)
    await helper.sees("已签到")
    await house.jump(night + timedelta(minutes=1))
    who.resident.says("锦畔苑2栋门口水管爆了,水往外喷")
    group = house.stage.phone(helper.user, ST1)
    await group.sees("锦畔苑2栋")
    await group.presses("✋ 签收")
    assert (await only_case(house)).handler == comes


async def test_a_gap_that_is_handed_over_is_the_backups_when_it_begins(house: House, who: Cast) -> None:
    captain = house.stage.phone(who.captain.user)
    for person in ("P013", "P014"):
        private = account(house, person)
        private.says("/leave")
        await private.sees("请哪一班的假")
        await private.presses("11月18日")
        await captain.sees("请假", "批准吗")
        await captain.presses("✅ 批准")
        await private.sees("请假已批准")
    await captain.presses("➡️ 交工农院街平安驿站")
    await house.stage.phone(who.backup.user, ST1).sees("由你们代管")
    captain.says("/gaps")
    await captain.sees("两周内没人的时段", "宏济新路平安驿站", "本周缺岗 24 小时")
    await house.jump(morning(house, 2, 6, 5))
    await colleagues_signed_in(house, without=frozenset({"ST2"}))
    await house.jump(morning(house, 0))
    await house.stage.phone(who.backup.user, ST1).sees("现在无人", "代管")


async def test_what_happens_at_three_on_spring_festival_is_answered_in_chat(house: House, who: Cast) -> None:
    head = house.stage.phone(who.head.user)
    head.says("预演 2月6日 3点")
    plan = await head.sees("预演", "2027年2月6日 03:00", "一环路水碾河路口平安驿站:无人")
    assert "没有这一年的放假安排" in plan["text"]
    head.says("/whatif")
    await head.sees("要预演哪个时刻")
    who.resident.says("/whatif 2月6日 3点")
    await who.resident.sees("只给在岗的工作人员用")


async def test_nobody_decides_for_others(house: House, who: Cast) -> None:
    private = account(house, "P013")
    private.says("/leave")
    await private.sees("请哪一班的假")
    await private.presses("11月18日")
    captain = house.stage.phone(who.captain.user)
    asked = await captain.sees("请假", "批准吗")
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    house.stage.acted()
    query = house.sandbox.world.press(
        private.chat, private.messages()[-1]["message_id"], private.user, data, forged=True
    )
    answer = await house.sandbox.world.callbacks.wait(query, house.stage.patience)
    assert answer is not None
    assert "批准" not in str(answer.get("text"))
    assert "P013" in await due(house, "ST2", morning(house, 2))
