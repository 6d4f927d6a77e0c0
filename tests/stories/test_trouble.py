"""Telegram in trouble in the middle of a case: nothing is lost, and what may be doubled is only what is urgent."""

import pytest

from bot.demo.house import House
from bot.sandbox.faults import Fault
from core.case import Status
from tests.stories.scene import ST2, Cast, all_cases, body_text, both_databases, happened, only_case, sent_to, told

REPORT = "宏济新居3栋楼道堆满杂物"
URGENT = "宏济新居5栋门口水管爆了,水往外喷"


def _fault(house: House, kind: str, **more: object) -> None:
    house.sandbox.world.faults.add(Fault(kind=kind, **more))  # type: ignore[arg-type]  # the fields of Fault


@pytest.mark.parametrize("kind", ["429", "502_html", "cut_before"])
async def test_a_send_that_was_not_done_is_done_once_later(house: House, who: Cast, kind: str) -> None:
    _fault(house, kind, method="sendMessage", chat_id=ST2, times=1, retry_after=1)
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")
    await house.settled()
    assert len(told(who.first, "宏济新居3栋")) == 1
    assert len(told(who.resident, "收到了,编号")) == 1


@pytest.mark.parametrize("kind", ["500", "cut_after"])
async def test_a_send_whose_outcome_nobody_knows_is_rather_doubled_than_lost(
    house: House, who: Cast, kind: str
) -> None:
    _fault(house, kind, method="sendMessage", chat_id=ST2, times=1)
    who.resident.says(URGENT)
    await who.first.sees("宏济新居5栋")
    await who.resident.sees("收到了,编号")
    await house.settled()
    assert 1 <= len(told(who.first, "宏济新居5栋")) <= 2
    await who.first.presses("✋ 签收")
    assert len(await happened(house, "accepted")) == 1


async def test_a_reply_to_a_card_whose_sending_was_never_confirmed_is_still_understood(house: House, who: Cast) -> None:
    _fault(house, "cut_after", method="sendMessage", chat_id=ST2, times=1)
    who.resident.says(REPORT)
    await who.resident.sees("收到了,编号")
    first = next(m for m in who.first.messages() if "宏济新居3栋" in body_text(m))
    who.first.replies(first, "收到")
    await who.resident.sees("已签收")


async def test_polling_that_fails_for_a_while_loses_nothing(house: House, who: Cast) -> None:
    _fault(house, "502_html", method="getUpdates", times=2)
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    assert len(await all_cases(house)) == 1


async def test_an_update_that_is_delivered_twice_is_one_case(house: House, who: Cast) -> None:
    _fault(house, "repeat_update", times=1)
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await house.settled()
    assert len(await all_cases(house)) == 1
    assert len(told(who.resident, "收到了,编号")) == 1


async def test_an_edit_of_a_card_that_fails_is_repeated_until_it_stands(house: House, who: Cast) -> None:
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    _fault(house, "500", method="editMessageText", chat_id=ST2, times=1)
    await who.first.presses("✋ 签收")
    await who.first.sees("廉景梅 已签收")
    await house.settled()
    assert len(told(who.first, "宏济新居3栋")) == 1


async def test_a_card_that_somebody_deleted_is_sent_anew(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("message to edit not found")
    who.resident.says(REPORT)
    card = await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    del house.sandbox.world.chats[ST2].messages[card["message_id"]]
    who.resident.says("还有一只沙发")
    anew = await who.first.sees("宏济新居3栋", "还有一只沙发", "09:30前签收")
    assert anew["message_id"] > card["message_id"]
    await who.first.presses("✋ 签收")


@pytest.mark.parametrize("status", ["kicked", "left"])
async def test_a_post_that_put_the_bot_out_is_told_to_the_centre_and_the_next_post_is_asked(
    house: House, who: Cast, status: str
) -> None:
    for words in ("bot was kicked", "bot is not a member"):
        house.sandbox.expect_refusal(words)
    house.sandbox.world.set_member(ST2, status)
    await house.settled()
    assert told(who.seat, "发不到宏济新路平安驿站")
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋")
    await who.resident.sees("收到了", "工农院街平安驿站")
    await who.backup.presses("✋ 签收")
    assert (await only_case(house)).team == "ST1"


async def test_a_post_without_rights_to_write_is_as_good_as_gone(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("not enough rights")
    rights = {"can_send_messages": False}
    house.sandbox.world.set_member(ST2, "restricted", rights=rights)
    await house.settled()
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋")


@both_databases
async def test_a_group_that_becomes_a_supergroup_keeps_its_case_and_its_buttons(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("upgraded to a supergroup")
    house.sandbox.world.chats[ST2].type = "group"
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    new = house.sandbox.world.migrate(ST2)
    there = house.stage.phone(who.first.user, new)
    await house.jump_by(minutes=21)
    await there.sees("到签收时限")
    await house.jump_by(minutes=12)
    await there.presses("✋ 签收")
    await who.resident.sees("已签收")
    who.neighbour.says("宏济花园2栋门口路灯不亮")
    await there.sees("宏济花园2栋")
    assert {case.status for case in await all_cases(house)} == {Status.ACK, Status.DISP}
    assert all(ST2 not in case.watchers for case in await all_cases(house))
    assert sent_to(house, new)


async def test_everything_slow_at_once_still_answers_presses(house: House, who: Cast) -> None:
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    _fault(house, "slow", method="sendMessage", times=3, seconds=0.5)
    assert "已签收" in await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")
