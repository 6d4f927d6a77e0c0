"""A quarrel between neighbours, played by itself: both sides in rooms of their own, one text that both confirm."""

from datetime import datetime, timedelta

from bot.demo.house import House
from bot.demo.play import Cast, Tell, first_line
from bot.demo.stage import Message

NOISE = "宏济新居3栋2单元楼上天天半夜拖椅子,说了几次都不听,能不能帮忙调一下"
NIGHTS = "我上夜班,两点才到家,不是故意的"
AWAY = timedelta(days=14)


async def settled(house: House, who: Cast, tell: Tell) -> None:
    """Asked for, taken by the post's head, both sides agree and are heard apart; the agreement is in force."""
    await _begun(house, who, tell)
    await _joined(house, who, tell)
    await _heard(house, who, tell)
    await _agreed(house, who, tell, house.now + AWAY)


async def _begun(house: House, who: Cast, tell: Tell) -> None:
    who.resident.says(NOISE)
    tell(house.now, "居民", NOISE)
    tell(house.now, "居民", first_line(await who.resident.sees("调解要双方自愿")))
    tell(house.now, "驿站群", "收到没有姓名的卡片:" + first_line(await who.first.sees("🤝", "宏济新居")))
    await who.captain.presses("✋ 我来调解")
    await who.mediator.sees("拖椅子")
    await who.mediator.presses("✅ 受理")
    await who.resident.presses("✅ 同意")
    tell(house.now, "点长", "点 ✋ 我来调解,再点 ✅ 受理;居民点 ✅ 同意")


async def _joined(house: House, who: Cast, tell: Tell) -> None:
    await who.mediator.presses("🔗 请对方进来")
    link = str((await who.mediator.sees("https://t.me/"))["text"]).rpartition("start=")[2].strip()
    who.neighbour.says(f"/start {link}")
    await who.neighbour.sees("请稍等")
    await who.mediator.presses("✅ 是本人")
    tell(house.now, "邻居", first_line(await who.neighbour.sees("请您一起商量")))
    await who.neighbour.presses("✅ 同意")
    await who.mediator.sees("已告知")


async def _heard(house: House, who: Cast, tell: Tell) -> None:
    await who.neighbour.presses("💬 跟调解员说")
    await who.neighbour.sees("只转给调解员")
    who.neighbour.says(NIGHTS)
    said = await who.mediator.sees("上夜班")
    tell(house.now, "点长", "只有调解员看到邻居的话:" + NIGHTS)
    await house.settled()
    who.mediator.replies(said, "谢谢您说清楚,我想请您垫个毛毡")
    tell(house.now, "邻居", first_line(await who.neighbour.sees("垫个毛毡")))
    await who.mediator.presses("🔎 开始调查")


async def _agreed(house: House, who: Cast, tell: Tell, until: datetime) -> None:
    await who.mediator.presses("📄 写协议")
    asked: Message = await who.mediator.sees("一条一行")
    await house.settled()
    who.mediator.replies(asked, f"乙 {until.month}月{until.day}日 椅子脚垫上毛毡")
    for side in (who.resident, who.neighbour):
        await side.sees("椅子脚垫上毛毡")
    for side in (who.resident, who.neighbour):
        await side.presses("✅ 确认")
    tell(house.now, "双方", first_line(await who.resident.sees("《民法典》")))
