"""A quarrel between neighbours over Telegram: asked for, taken by a tap, talked over in separate rooms, agreed."""

from bot.demo.house import House
from core.records.mediation import Dispute, Step
from storage import records
from tests.stories.scene import CENTRE, ST2, Cast, read, sent_to, words_of

NOISE = "宏济新居3栋2单元楼上天天半夜拖椅子,说了几次都不听,能不能帮忙调一下"
NO = "M2611-0001"


async def the_dispute(house: House) -> Dispute:
    await house.settled()
    found = await read(house, lambda conn: records.record_of(conn, "med", NO))
    assert isinstance(found, Dispute)
    return found


async def test_a_quarrel_is_settled_in_separate_rooms(house: House, who: Cast) -> None:
    mediator = house.stage.phone(who.captain.user)
    who.resident.says(NOISE)
    await who.resident.sees("调解要双方自愿")
    await who.first.sees("🤝", NO, "宏济新居")
    await who.captain.presses("✋ 我来调解")
    await mediator.sees("拖椅子")
    await mediator.presses("✅ 受理")
    await who.resident.presses("✅ 同意")
    await mediator.presses("🔗 请对方进来")
    link = await mediator.sees("https://t.me/")
    who.neighbour.says("/start " + str(link["text"]).rpartition("start=")[2].strip())
    await who.neighbour.sees("请稍等")
    await mediator.presses("✅ 是本人")
    await who.neighbour.sees("请您一起商量")
    await who.neighbour.presses("✅ 同意")
    await mediator.sees("已告知")
    await who.neighbour.presses("💬 跟调解员说")
    await who.neighbour.sees("只转给调解员")
    who.neighbour.says("我上夜班,两点才到家,不是故意的")
    said = await mediator.sees("上夜班")
    await house.settled()
    mediator.replies(said, "谢谢您说清楚,我想请您垫个毛毡")
    await who.neighbour.sees("垫个毛毡")
    await mediator.presses("🔎 开始调查")
    await mediator.presses("📄 写协议")
    asked = await mediator.sees("一条一行")
    await house.settled()
    mediator.replies(asked, "乙 11月30日 椅子脚垫上毛毡")
    for side in (who.resident, who.neighbour):
        await side.sees("椅子脚垫上毛毡")
    for side in (who.resident, who.neighbour):
        await side.presses("✅ 确认")
    await who.resident.sees("《民法典》")
    assert (await the_dispute(house)).step is Step.PERFORM
    await mediator.presses("🖨 打印协议")
    assert (await mediator.sees("调解协议书"))["document"]["file_name"] == f"agreement-{NO}.pdf"
    mediator.says("/ledger")
    await mediator.sees("在办 1 件", NO)
    for chat in (who.resident.chat, ST2, CENTRE):
        assert not any("上夜班" in words_of(call) for call in sent_to(house, chat)), chat
    for chat in (who.neighbour.chat, ST2, CENTRE):
        assert not any("天天半夜" in words_of(call) for call in sent_to(house, chat)), chat


async def test_red_words_bring_the_police_and_no_group_reads_them(house: House, who: Cast) -> None:
    who.resident.says("我在宏济新居3栋,分手了他天天在楼下守到我,还说我不复合就让我好看,我有点怕")
    await who.resident.sees("110", NO)
    await who.officer.sees("守到我")
    await who.seat.sees(NO, "民警先到")
    await who.head.sees(NO, "民警先到")
    await house.settled()
    for chat in (ST2, CENTRE):
        assert not any("守到我" in words_of(call) for call in sent_to(house, chat))
    await house.jump_by(minutes=31)
    await who.seat.sees("请打电话", NO)
    await who.officer.presses("👮 收到,我去")
    await who.officer.presses("🟢 可以继续调解")
    assert len((await the_dispute(house)).asked) == 2
