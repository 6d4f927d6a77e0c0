"""A quarrel between neighbours over Telegram: asked for, taken by a tap, talked over in separate rooms, agreed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.demo import play, quarrel
from bot.demo.house import House, colleagues_signed_in, open_house
from bot.demo.stage import Phone
from core.records.mediation import Dispute, Step
from storage import records
from storage.store import Store
from storage.tables import METADATA
from tests.stories.scene import CENTRE, NINE, ST2, Cast, at_the_end, cast_of, read, sent_to, words_of

KEY = "a-key-of-the-story-that-nobody-else-knows"
TRACES = ("拖椅子", "半夜", "上夜班", "毛毡", "楼板薄", "md_M2611")  # words of sides and mediator, and the link

NO = "M2611-0001"


async def the_dispute(house: House) -> Dispute:
    await house.settled()
    found = await read(house, lambda conn: records.record_of(conn, "med", NO))
    assert isinstance(found, Dispute)
    return found


async def test_a_quarrel_from_the_first_word_to_the_filed_case_and_nothing_of_it_is_readable_at_rest(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Months over real HTTP, on both databases, with a key: separate rooms, two visits, the file on paper."""
    caplog.set_level("INFO")
    async with open_house(start=NINE, flood="off", paced=False, database_url=database_url, secret_key=KEY) as house:
        await colleagues_signed_in(house)
        who = cast_of(house)
        mediator = house.stage.phone(who.captain.user)
        await quarrel.settled(house, play.cast(house), lambda *_: None)
        assert (await the_dispute(house)).step is Step.PERFORM
        await followed_up(house, who, mediator)
        for chat in (who.resident.chat, ST2, CENTRE):
            assert not any("上夜班" in words_of(call) for call in sent_to(house, chat)), chat
        for chat in (who.neighbour.chat, ST2, CENTRE):
            assert not any("天天半夜" in words_of(call) for call in sent_to(house, chat)), chat
        await at_the_end(house)
    assert [it for it in TRACES if it in everything(database_url)] == []
    assert [it for it in TRACES if it in caplog.text] == []


async def followed_up(house: House, who: Cast, mediator: Phone) -> None:
    """The ledger, the promise, both visits, the four notes; then the file, which is printed whole."""
    mediator.says("/ledger")
    await mediator.sees("在办 1 件", NO)
    await mediator.presses("✅ 核实第1条")
    for number, visit in enumerate((await the_dispute(house)).visits, 1):
        await house.sleep(visit.due + timedelta(minutes=1))
        await who.neighbour.sees("现在相处得怎么样")
        asked = await mediator.sees(f"第 {number}/2 次回访")
        await mediator.presses("✅ 回访正常", on=asked)
    for label in ("望(现场、情绪)", "闻(各方陈述) · 申请方", "问(核实、法理)", "切(症结、方案)"):
        await mediator.presses("📝 记录")
        await mediator.presses(label)
        asked = await mediator.sees("请回复这条消息")
        await house.settled()
        mediator.replies(asked, "楼板薄得像纸")
        await mediator.sees("已记")
    await mediator.presses("🗂 打印卷宗")
    assert (await mediator.sees("卷宗"))["document"]["file_name"] == f"file-{NO}.pdf"
    await mediator.presses("🗂 归档")
    assert (await the_dispute(house)).step is Step.FILED


def everything(url: str) -> str:
    """Every row of the database, as somebody reads it who has no key."""
    with Store.open(url, running=False) as blind:
        rows = blind.read(
            lambda conn: [repr(tuple(row)) for table in METADATA.tables.values() for row in conn.execute(select(table))]
        ).result()
    return "\n".join(rows)


async def test_a_patrol_writes_down_what_is_settled_in_one_sentence_and_one_tap(house: House, who: Cast) -> None:
    patrol = house.stage.phone(who.first.user)
    patrol.says("宏济新居3栋两家为停车吵架,已经劝开")
    await patrol.sees("当场谈拢了吗")
    await patrol.presses("✅ 当场化解")
    found = await the_dispute(house)
    assert (found.step, found.on_the_spot, found.chat) == (Step.FOLLOW, True, None)


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
