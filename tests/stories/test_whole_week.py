"""One week of post ST2 in one piece: a swap, a change of shift, a spot check, a day without anybody, half of it filled.

The moment of the spot check is drawn, so the steps are put in order of time when the week is known.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.demo.house import House
from core import roster
from core.records import Check
from storage import people, records
from tests.stories.scene import NINE, ST1, ST2, Cast, all_cases, in_a_hamlet, read, told
from tests.stories.test_week import BESIDE, account, due, partner

INSPECTION, INSPECTORS = -1009000000012, (9000000035, 9000000036)
EIGHT = NINE.replace(hour=8, minute=0, second=0)


@in_a_hamlet
async def test_a_week_of_a_post(house: House, who: Cast) -> None:
    check = await drawn(house)
    empty = next(day for day in (2, 3, 4) if not starts(day) <= check < starts(day + 1))
    await swap_for_tomorrow(house, who)
    await everybody_leaves(house, who, starts(empty))
    steps: list[tuple[datetime, Callable[[], Awaitable[None]]]] = [
        (starts(1) - timedelta(minutes=15), partial(hand_over, house, who)),
        (check, partial(inspected, house)),
        (starts(empty) + timedelta(minutes=1), partial(nobody_comes, house, who)),
        (starts(empty) + timedelta(hours=12, minutes=1), partial(the_second_half, house, who)),
    ]
    for at, step in sorted(steps, key=lambda it: it[0]):
        await house.jump(max(at - timedelta(minutes=20), house.now))
        await here(house)
        await house.jump(at)
        await step()
    await at_the_end_of_the_week(house, who)


def starts(day: int) -> datetime:
    """When the 24-hour shift of a day begins."""
    return EIGHT + timedelta(days=day)


async def drawn(house: House) -> datetime:
    found = await read(house, partial(records.open_records, kinds={"check"}))
    return next(it.at for it in found if isinstance(it, Check) and it.team == "ST2")


async def here(house: House) -> None:
    """Whoever is due by the plan and its changes is at their post."""
    await house.settled()
    presence = await read(house, lambda conn: people.presence(conn, house.now))
    for team in (it for it in house.district.teams if it.point is not None):
        for shift in roster.rostered(team, house.now, house.district, changes=presence.changes):
            for person in shift.members:
                if team.point and not roster.signed_in(person, shift, house.now, presence):
                    account(house, person).sends_place(*team.point)
    await house.settled()


async def swap_for_tomorrow(house: House, who: Cast) -> None:
    asker = account(house, "P015")
    asker.says("🔁 换班")
    await asker.sees("换哪一班")
    await asker.presses("08:00 全天班")
    await asker.sees("和谁换")
    await asker.presses("⇄")
    colleague = await partner(house, (await asker.sees("已问"))["text"])
    await colleague.sees("想请您替他上")
    await colleague.presses("✅ 同意")
    await who.first.sees("换班已定")
    assert "P015" not in await due(house, "ST2", starts(1))


async def everybody_leaves(house: House, who: Cast, start: datetime) -> None:
    """Leave empties a day that nobody may take whole: halves are offered, and one is taken."""
    captain = house.stage.phone(who.captain.user)
    for person in await due(house, "ST2", start):
        private = account(house, person)
        private.says("/leave")
        await private.sees("请哪一班的假")
        await private.presses(f"{start.month}月{start.day}日")
        await captain.sees("请假", "批准吗")
        await captain.presses("✅ 批准")
        await private.sees("请假已批准")
    await captain.sees("没有人", "不处理就由")
    await captain.presses("🙋 请人加班")
    parts = await captain.sees("没有人能上整班", "分段请人")
    half = parts["reply_markup"]["inline_keyboard"][1][0]["text"]
    await captain.presses(half)
    offered = await captain.sees("请谁加班")
    name = str(offered["reply_markup"]["inline_keyboard"][0][0]["text"])
    await captain.presses(name)
    comes = account(house, next(it.id for it in house.district.people if it.name == name))
    await comes.sees("您能来加班吗", "20:00")
    await comes.presses("✅ 能来")
    await captain.sees(name, "来")
    assert await due(house, "ST2", start) == ()
    assert len(await due(house, "ST2", start + timedelta(hours=13))) == 1


async def hand_over(house: House, who: Cast) -> None:
    """The open case goes to the next shift, whose people are those of the swap."""
    who.resident.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await house.jump(starts(1) - timedelta(minutes=9))
    await who.first.sees("【交接班】宏济新路平安驿站", "未结 1 件")
    await house.jump(starts(1) + timedelta(minutes=1))
    given = await who.first.sees("接班人点“已交接”", "A2611-0001")
    await here(house)
    incoming = await due(house, "ST2", house.now)
    first = house.district.member(incoming[0])
    assert first is not None
    await house.stage.phone(first.tg_id or 0, ST2).presses("已交接", on=given)
    await who.first.sees("已接班")


async def inspected(house: House) -> None:
    """One of those who are on answers within five minutes, and two inspectors sign."""
    on = await due(house, "ST2", house.now)
    answers = account(house, on[0])
    await answers.sees("【督察抽查】")
    answers.sends_place(*BESIDE)
    await answers.sees("还差一张现场照片")
    answers.says("", photo="sample:street_lamp")
    await answers.sees("抽查已应答")
    await house.jump_by(minutes=6)
    for inspector in INSPECTORS:
        phone = house.stage.phone(inspector, INSPECTION)
        sheet = await phone.sees("【督察抽查】宏济新路平安驿站")
        await phone.presses("✍️ 签字", on=sheet)
    await answers.sees("抽查结果", "在岗")


async def nobody_comes(house: House, who: Cast) -> None:
    """The first half has nobody: whoever stands in knows it, and a report goes there."""
    await house.stage.phone(who.backup.user, ST1).sees("宏济新路平安驿站现在无人", "代管")
    who.neighbour.says("宏济新居2栋门口井盖破了")
    await who.neighbour.sees("收到")
    await house.settled()
    assert (await all_cases(house))[-1].team != "ST2"


async def the_second_half(house: House, who: Cast) -> None:
    """From eight in the evening there is somebody at the post again."""
    await here(house)
    (comes,) = await due(house, "ST2", house.now)
    await account(house, comes).sees("加班已签到")
    who.visitor.says("宏济新居1栋电梯困人,出不来")
    await who.visitor.sees("Received")
    await house.settled()
    assert (await all_cases(house))[-1].team == "ST2"


async def at_the_end_of_the_week(house: House, who: Cast) -> None:
    captain = house.stage.phone(who.captain.user)
    captain.says("查岗")
    await captain.sees("月查岗", "在岗 1")
    await house.jump(max(starts(7), house.now))
    assert await drawn(house) >= starts(7) - timedelta(hours=8), "the next week has its own draw"
    captain.says("/gaps")
    await captain.sees("两周内没人的时段", "没有")
    assert not told(captain, "没有人能代管")
