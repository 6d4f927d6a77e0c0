"""Danger: the numbers first, everybody who can come at once, and no false alarm for a figure of speech."""

import pytest

from bot.demo.house import House
from tests.stories.scene import (
    CENTRE,
    ST1,
    ST2,
    ST4,
    Cast,
    all_cases,
    body_text,
    both_databases,
    happened,
    only_case,
    presses_data,
    sent_to,
    told,
)


@both_databases
async def test_a_fire_without_a_place_gives_the_numbers_first_and_reaches_the_centre_at_once(
    house: House, who: Cast
) -> None:
    who.resident.says("着火了!冒黑烟")
    await who.seat.sees("A2611-0001", "特急")
    await who.resident.sees("还差一个地点")
    await house.settled()
    first = next(m for m in who.resident.messages() if m["from"]["is_bot"])
    assert "119" in body_text(first), "the first thing that is read are the numbers to call"
    assert not told(who.first, "A2611-0001"), "no post is asked before there is a place"
    who.resident.sends_place(30.6393, 104.0966)
    await who.first.sees("A2611-0001", "特急")
    await who.backup.sees("A2611-0001", "特急")
    await who.head.sees("A2611-0001")
    assert (await only_case(house)).team == "ST2"


async def test_severity_one_with_a_place_goes_to_two_posts_the_centre_and_the_grid_head(
    house: House, who: Cast
) -> None:
    who.resident.says("宏济新居3栋5楼着火了,冒黑烟,有人被困")
    for phone in (who.first, who.backup, who.seat, who.head):
        await phone.sees("特急", "宏济新居3栋")
    await house.settled()
    first = next(m for m in who.resident.messages() if m["from"]["is_bot"])
    assert "119" in body_text(first)
    assert not told(who.fourth, "A2611-0001")
    sounds = [call for chat in (ST1, ST2, CENTRE) for call in sent_to(house, chat) if "A2611-0001" in str(call)]
    assert sounds
    assert not any(call.get("disable_notification") for call in sounds if call["method"] == "sendMessage")


async def test_the_second_post_that_accepts_first_has_the_fire(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋5楼着火了,冒黑烟")
    await who.backup.sees("特急")
    await who.backup.presses("✋ 签收")
    await who.resident.sees("工农院街平安驿站", "已签收")
    await who.first.sees("工农院街平安驿站", "已签收")
    assert "已经签收了" in await _late(who)
    assert (await only_case(house)).team == "ST1"


async def _late(who: Cast) -> str:
    """The first post presses a button that was on the card before it changed."""
    card = next(m for m in who.first.messages() if "特急" in body_text(m))
    return str((await presses_data(who.first, card["message_id"], "1|ac|A2611-0001|0|"))["text"])


async def test_gas_is_told_not_to_phone_indoors(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道里燃气味好大")
    text = body_text(await who.resident.sees("不要在屋里打电话"))
    assert "119" in text
    assert "不要开关灯" in text
    await who.first.sees("宏济新居3栋", "特急")


@pytest.mark.parametrize("words", ["这天气热得要着火了", "今天生意火爆", "这游戏好杀时间"])
async def test_a_figure_of_speech_alarms_nobody(house: House, who: Cast, words: str) -> None:
    who.resident.says(words)
    await who.resident.sees("")
    await house.settled()
    assert not told(who.resident, "119", "马上拨打")
    assert not told(who.seat, "特急")
    assert all(case.severity > 1 for case in await all_cases(house))


async def test_danger_that_comes_while_a_case_is_under_way_raises_it_and_wakes_the_centre(
    house: House, who: Cast
) -> None:
    who.resident.says("宏济新居3栋楼道有人给电瓶车充电")
    await who.first.sees("宏济新居3栋")
    await house.jump_by(minutes=1)
    who.resident.says("电瓶车着火了!")
    await who.seat.sees("特急")
    await who.resident.sees("119")
    await house.settled()
    assert len(await all_cases(house)) <= 2


async def test_nobody_accepts_a_fire_and_the_ladder_is_climbed_by_the_minute(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋5楼着火了,冒黑烟")
    await who.first.sees("特急")
    await house.settled()
    opened = (await only_case(house)).opened_at
    await house.jump_by(minutes=12)
    await house.settled()
    minutes = {e.data.get("level"): (e.at - opened).total_seconds() / 60 for e in await happened(house, "escalated")}
    assert minutes["head"] == pytest.approx(3, abs=0.1)
    assert minutes["community"] == pytest.approx(6, abs=0.1)
    assert minutes["street"] == pytest.approx(10, abs=0.1)
    (reminded,) = await happened(house, "reminded")
    assert (reminded.at - opened).total_seconds() / 60 == pytest.approx(2, abs=0.1)
    assert told(who.secretary, "A2611-0001")
    assert not any(call["chat_id"] == ST4 for call in sent_to(house, ST4) if "duty.overdue" in str(call))
