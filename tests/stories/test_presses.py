"""Presses: one winner, everybody else is told politely; stale, forged, foreign and old buttons change nothing."""

import asyncio

import pytest

from bot.demo.house import House
from bot.demo.stage import Message
from bot.sandbox.faults import Fault
from core.case import Status
from tests.stories.scene import ST2, Cast, body_text, both_databases, happened, only_case, pressed_data, presses_data


@both_databases
async def test_five_people_press_at_once_and_one_has_it(house: House, who: Cast, card: Message) -> None:
    data, message = pressed_data(card, "✋ 签收"), card["message_id"]
    people = [who.first, who.second, who.captain, who.first, who.second]
    answers = await asyncio.gather(*(presses_data(phone, message, data) for phone in people))
    texts = [str(answer["text"]) for answer in answers]
    assert sum(text.startswith("已签收") for text in texts) == 1, texts
    assert sum("已经签收了,您不用再点" in text or "做不了" in text or "变了" in text for text in texts) == 4, texts
    assert len(await happened(house, "accepted")) == 1


async def test_whoever_comes_second_reads_who_was_first(house: House, who: Cast, card: Message) -> None:
    await who.first.presses("✋ 签收")
    answer = await presses_data(who.second, card["message_id"], pressed_data(card, "✋ 签收"))
    assert "廉景梅" in str(answer["text"])
    assert "已经签收了" in str(answer["text"])


async def test_the_same_press_delivered_twice_counts_once(house: House, who: Cast, card: Message) -> None:
    house.sandbox.expect_refusal("query is too old")  # the second delivery stops a spinner that is stopped already
    house.sandbox.world.faults.add(Fault(kind="repeat_update", times=1))
    assert "已签收" in await who.first.presses("✋ 签收")
    assert len(await happened(house, "accepted")) == 1


async def test_a_button_from_before_a_transfer_is_stale_and_the_card_is_shown_anew(
    house: House, who: Cast, card: Message
) -> None:
    await who.first.presses("↪️ 转派")
    await who.first.presses("工农院街")
    await who.backup.sees("想转给你们")
    await who.backup.presses("✋ 接收")
    answer = await presses_data(who.first, card["message_id"], pressed_data(card, "✋ 签收"))
    assert not str(answer["text"]).startswith("已签收")
    case = await only_case(house)
    assert (case.team, len(await happened(house, "accepted"))) == ("ST1", 1)


@pytest.mark.parametrize(
    "data",
    [
        "0|ac|A2611-0001|0|",
        "accept:1",
        "1|ac|A2611-9999|0|",
        "1|xx|A2611-0001|0|",
        "1|ac|A2611-0001|7|",
        "1|dn|A2611-0001|0|removed",
        "1|tr|A2611-0001|0|NOWHERE",
        "1|no|A2611-0001|0|area/CTR/x",
        "💥" * 16,
        "1|ok|A2611-0001|0|",
        "1|rt|A2611-0001|0|satisfied",
    ],
)
async def test_data_that_no_button_of_ours_carries_is_answered_and_changes_nothing(
    house: House, who: Cast, card: Message, data: str
) -> None:
    before = await only_case(house)
    answer = await presses_data(who.first, card["message_id"], data)
    assert answer["text"]
    after = await only_case(house)
    assert (after.status, after.team, after.handler) == (before.status, before.team, before.handler)


async def test_a_stranger_in_the_group_presses_in_vain(house: House, who: Cast, card: Message) -> None:
    house.sandbox.world.add_user(77, "路人", started=True)
    house.sandbox.world.add_chat(ST2, "宏济新路平安驿站·工作群", members=[77])
    answer = await presses_data(house.stage.phone(77, ST2), card["message_id"], pressed_data(card, "✋ 签收"))
    assert "没有派给您" in str(answer["text"])
    assert answer["show_alert"]
    assert (await only_case(house)).status is Status.DISP


async def test_a_colleague_who_is_not_on_duty_is_asked_to_sign_in(house: House, who: Cast, card: Message) -> None:
    answer = await presses_data(who.resting, card["message_id"], pressed_data(card, "✋ 签收"))
    assert "不在岗" in str(answer["text"])
    assert (await only_case(house)).status is Status.DISP


async def test_the_head_of_the_post_may_always_press(house: House, who: Cast, card: Message) -> None:
    assert "已签收" in await who.captain.presses("✋ 签收")


async def test_a_resident_cannot_answer_for_another(house: House, who: Cast, card: Message) -> None:
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "已清走", photo="sample:after_clean")
    question = await who.resident.sees("解决了吗")
    stranger = house.stage.phone(who.neighbour.user)
    stranger.says("你好")
    mine = next(m for m in stranger.messages())
    answer = await presses_data(stranger, mine["message_id"], pressed_data(question, "✅ 解决了"))
    assert "没有派给您" in str(answer["text"]) or answer["show_alert"]
    assert (await only_case(house)).status is Status.DONE


async def test_received_as_a_reply_counts_as_accepting(house: House, who: Cast, card: Message) -> None:
    who.first.replies(card, "收到")
    await who.resident.sees("已签收")
    await who.first.sees("廉景梅 已签收")


async def test_a_reply_of_a_stranger_or_a_chat_among_colleagues_is_nobodys_business(
    house: House, who: Cast, card: Message
) -> None:
    who.resting.replies(card, "收到")
    who.second.says("中午吃什么?收到")
    await house.settled()
    assert (await only_case(house)).status is Status.DISP


async def test_a_press_on_a_message_that_is_gone_is_answered(house: House, who: Cast, card: Message) -> None:
    answer = await presses_data(who.first, 99_999, pressed_data(card, "✋ 签收"))
    assert "已签收" in str(answer["text"])
    assert "廉景梅" in body_text(await who.first.sees("已签收", "廉景梅"))
