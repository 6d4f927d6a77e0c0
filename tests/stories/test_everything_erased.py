"""Somebody who has used every way in, and says one word: nothing of them is left in any table, whatever table it is."""

from bot.demo.house import USERNAME, House
from tests.stories.scene import COMPOUND, Cast, all_cases
from tests.stories.test_privacy import found
from tests.stories.test_yard import yard

NAME, PHONE, FLAT = "陈玉芳", "13812345678", "1单元502"


async def _dealt_with(who: Cast) -> None:
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), f"{NAME}家门口已清走", photo="sample:after_clean")
    await who.resident.sees("已清走")
    await who.resident.presses("✅ 解决了")
    await who.resident.presses("😊 满意")


async def _reports(house: House, who: Cast) -> None:
    """A home that is remembered, an album, an edit, a question and its answer, a rating, thanks in words."""
    who.resident.says("/start")
    who.resident.says(f"我家楼下路灯不亮,我是{NAME},电话{PHONE}", photo="sample:rubbish", media_group_id="al")
    await who.resident.sees("还差一个地点")
    sent = who.resident.says(f"宏济新居3栋{FLAT}", photo="sample:corridor_ebike", media_group_id="al")
    await who.first.sees("宏济新居3栋")
    await who.resident.presses("🏠 记住")
    house.sandbox.world.edit(
        who.resident.chat, sent["message_id"], who.resident.user, caption=f"宏济新居3栋{FLAT},{NAME}"
    )
    await house.settled()
    await _dealt_with(who)
    await who.resident.presses("🌷")
    who.resident.says(f"谢谢,{NAME}敬上")
    await who.resident.sees("谢谢")


async def _talks(house: House, who: Cast) -> None:
    """A question to a person, a waiting complaint, a suggestion, a volunteer's place, a code on a wall, a call in the
    compound's group."""
    who.resident.says("/human")
    await who.resident.sees("请写下")
    who.resident.says(f"请问{NAME}的暂住证在哪里办,电话{PHONE}")
    await who.seat.sees("暂住证")
    who.resident.says(f"我要投诉巡逻队的人,在宏济新居3栋{FLAT}门口骂人,我是{NAME},电话{PHONE}")
    await who.head.sees("投诉 T2611", PHONE)
    who.resident.says(f"/suggest 多装路灯,{PHONE}")
    await who.resident.sees("谢谢")
    who.resident.says("/volunteer")
    await who.resident.presses("同意,我来当")
    who.resident.sends_place(*COMPOUND)
    await house.settled()
    group = house.stage.phone(who.resident.user, yard(house, who))
    group.says(f"/report@{USERNAME} 宏济花园2栋{FLAT}门口有个井盖没了,{PHONE}")
    await group.sees("已受理")


async def _quarrels(house: House, who: Cast) -> None:
    """A dispute with notes and a flat, calmed and closed; a sealed matter, dealt with by the officer."""
    who.resident.says(f"/mediate 宏济新居3栋{FLAT}楼上天天半夜拖椅子,我是{NAME},电话{PHONE}")
    await who.resident.sees("M2611-0004")
    await who.captain.presses("✋ 我来调解")
    mediator = house.stage.phone(who.captain.user)
    await mediator.sees(PHONE)
    await mediator.presses("✅ 受理")
    await who.resident.presses("❌ 不同意")
    await house.jump_by(minutes=40)
    who.resident.says(f"我是宏济花园3栋{FLAT}的{NAME},被电信诈骗,刚转账给骗子,电话{PHONE}")
    await who.officer.sees("保密件")
    await who.officer.presses("✋ 签收")
    await who.officer.presses("✅ 办结")
    who.officer.replies(await who.officer.sees("办结请附"), f"已陪{NAME}报案", photo="sample:after_clean")
    await who.resident.sees("A2611-0005", "解决了吗")
    await who.resident.presses("✅ 解决了")
    await who.resident.sees("满意吗")


async def test_of_whoever_used_every_way_in_one_word_leaves_nothing(house: House, who: Cast) -> None:
    traces = (NAME, PHONE, FLAT, str(who.resident.user))
    await _reports(house, who)
    await _talks(house, who)
    await _dealt_with(who)
    await _quarrels(house, who)
    kinds = {it.split(" in ")[1].split(":")[0] for it in await found(house, *traces)}
    assert kinds >= {"contacts", "cases", "events", "outbox", "posts", "records"}
    files = [it for case in await all_cases(house) for it in case.photos]
    who.resident.says("/privacy")
    await who.resident.presses("🗑 删除我的信息")
    await who.resident.presses("确定删除")
    await who.resident.sees("您的个人信息已删除")
    await house.jump_by(minutes=3)
    await house.settled()
    left = await found(house, *traces, *files)
    assert left == []
