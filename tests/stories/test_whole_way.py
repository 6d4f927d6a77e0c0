"""A report from the first word to the rating: on both databases, by polling and by webhook."""

import socket
from collections.abc import AsyncIterator

import pytest

from bot.demo.house import House, colleagues_signed_in, open_house
from core.case import Status
from tests.stories.scene import NINE, ST2, Cast, all_cases, at_the_end, cast_of, happened, only_case, told


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _webhook() -> dict[str, object]:
    port = _free_port()
    return {
        "listen": f"127.0.0.1:{port}",
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_secret": "a-secret",
    }


@pytest.fixture(params=["polling", "webhook"])
async def town(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[House]:
    given = _webhook() if request.param == "webhook" else {}
    async with open_house(start=NINE, flood="off", paced=False, database_url=database_url, **given) as opened:
        await colleagues_signed_in(opened)
        yield opened
        await at_the_end(opened)


async def test_a_report_goes_the_whole_way_from_the_first_word_to_the_rating(town: House) -> None:
    who = cast_of(town)
    await _told_and_accepted(town, who)
    await _on_site_and_done(town, who)
    await _confirmed_and_rated(town, who)
    case = await only_case(town)
    assert (case.status, case.rating, case.reopened) == (Status.CLOSED, "satisfied", 0)


async def _told_and_accepted(town: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道有人给电瓶车充电,就在楼梯口", photo="sample:corridor_ebike")
    card = await who.first.sees("电动车", "宏济新居3栋", "约48米", "09:10前签收")
    await who.resident.sees("收到了,编号 A2611-0001", "宏济新居3栋", "宏济新路平安驿站", "10分钟内会有人签收")
    await town.jump_by(minutes=3)
    assert "已签收 A2611-0001" in await who.first.presses("✋ 签收")
    await who.resident.sees("宏济新路平安驿站廉师傅已签收", "09:13")
    taken = await who.first.sees("廉景梅 已签收 09:03")
    assert taken["message_id"] == card["message_id"], "the card is one living message"
    assert "✋ 签收" not in who.first.buttons()


async def _on_site_and_done(town: House, who: Cast) -> None:
    assert "请按提示发现场照片" in await who.second.presses("📍 到场")
    prompt = await who.second.sees("窦兴超", "发一张现场照片")
    await town.jump_by(minutes=6)
    who.second.replies(prompt, photo="sample:corridor_ebike")
    await who.resident.sees("工作人员已到现场")
    await town.jump_by(minutes=25)
    await who.first.presses("✅ 办结")
    prompt = await who.first.sees("办结请附")
    who.first.replies(prompt, "车已推到楼下充电棚,楼道清空", photo="sample:after_clean")
    question = await who.resident.sees("问题解决了吗", "车已推到楼下充电棚")
    assert question["photo"], "the after-photo comes with the question"
    await who.first.sees("等居民确认")


async def _confirmed_and_rated(town: House, who: Cast) -> None:
    await town.jump_by(minutes=40)
    await who.resident.presses("✅ 解决了")
    await who.resident.sees("满意吗")
    await who.resident.presses("😊 满意")
    await who.first.sees("A2611-0001", "已结案", "满意")
    await town.settled()
    cards = [m for m in who.first.messages() if "电动车" in str(m.get("text", ""))]
    assert len(cards) == 1, "the post has one card from first to last"
    assert who.first.buttons() == ("📍 私聊发位置",), "nothing is left to press but a link in an old prompt"
    for text in ("收到了,编号", "已签收", "工作人员已到现场", "问题解决了吗", "满意吗", "收到您的评价"):
        assert len(told(who.resident, text)) == 1, text
    assert not told(who.resident, "窦兴超"), "residents read surnames only"


async def test_the_second_one_to_press_is_told_who_was_first(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物,过不去人")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    again = await who.second.presses("📍 到场")
    assert "发现场照片" in again
    assert len(await happened(house, "accepted")) == 1


async def test_done_with_a_line_and_no_photo_asks_for_one_and_takes_the_reason(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋门口路灯不亮")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "灯已亮,是跳闸,已复位")
    await who.first.sees("收到文字", "有照片请再发一张")
    await who.first.presses("没有照片,就这样办结")
    await who.resident.sees("已处理", "灯已亮,是跳闸")
    (done,) = await happened(house, "done")
    assert done.data["photo"] is False
    assert done.data["reason"] == "灯已亮,是跳闸,已复位"


async def test_done_with_a_photo_first_asks_what_came_of_it_in_one_tap(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), photo="sample:after_clean")
    asked = await who.first.sees("照片收到")
    await who.first.presses("已排除", on=asked)
    await who.resident.sees("问题解决了吗")


async def test_two_reports_of_two_residents_have_two_numbers_and_two_cards(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    who.neighbour.says("双桂东里2栋门口水管爆了,水往外冲")
    await who.first.sees("双桂东里2栋")
    await house.settled()
    assert {case.no for case in await all_cases(house)} == {"A2611-0001", "A2611-0002"}
    assert len({m["message_id"] for m in who.first.messages() if "签收" in str(m.get("reply_markup"))}) == 2
    assert who.first.chat == ST2
