"""A group that is lost: told at once, all its open cases go on, and its cards come again when the bot is back."""

from datetime import timedelta

import pytest

from bot.demo.house import House
from bot.sandbox.faults import Fault
from core.case import Case, Status
from tests.stories.scene import CENTRE, ST2, Cast, all_cases, both_databases, only_case, sent_to, told

REPORT = "宏济新居3栋楼道堆满杂物"
OTHER = "宏济新居5栋门口路灯不亮"


@pytest.fixture(autouse=True)
def _expected(house: House) -> None:
    for words in ("bot was kicked", "not enough rights to send text", "bot was blocked"):
        house.sandbox.expect_refusal(words)


@both_databases
async def test_a_post_that_puts_the_bot_out_is_told_at_once_and_every_open_case_goes_on(
    house: House, who: Cast
) -> None:
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")
    await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")
    who.neighbour.says(OTHER)
    await who.first.sees("宏济新居5栋")
    await who.neighbour.sees("收到了,编号")
    house.sandbox.world.set_member(ST2, "kicked")
    await who.seat.sees("发不到宏济新路平安驿站", "2 件", "A2611-0001", "A2611-0002")
    captain = house.stage.phone(who.captain.user)
    await captain.sees("请把机器人重新拉进群")
    await who.backup.sees("宏济新居5栋")  # nobody had accepted it
    handler = house.stage.phone(who.first.user)
    await handler.sees("宏济新居3栋")
    await handler.presses("✅ 办结")  # who had accepted goes on in private
    handler.replies(await handler.sees("办结请附"), "清走了", photo="sample:after_clean")
    await who.resident.sees("解决了吗")
    assert len(told(who.seat, "发不到宏济新路平安驿站")) == 1


async def test_a_post_that_lets_the_bot_in_again_has_its_cards_again(house: House, who: Cast) -> None:
    who.resident.says(REPORT)
    await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")
    house.sandbox.world.set_member(ST2, "kicked")
    await house.stage.phone(who.first.user).sees("宏济新居3栋")
    await house.settled()
    house.stage.acted()
    house.sandbox.world.set_member(ST2, "administrator")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("📍 到场")
    await house.settled()
    case = await only_case(house)
    assert case.unheard == ()
    assert [offer.chat for offer in case.offers if offer.state == "accepted"] == [ST2]


async def test_a_chat_that_takes_messages_again_without_a_word_of_it_has_its_cards_again(
    house: House, who: Cast
) -> None:
    house.sandbox.world.faults.add(
        Fault(kind="answer", code=400, description="CHAT_WRITE_FORBIDDEN", method="editMessageText", chat_id=ST2)
    )
    who.resident.says(REPORT)
    await who.first.presses("✋ 签收")
    await house.stage.phone(who.first.user).sees("宏济新居3栋")
    await house.settled()
    house.stage.phone(who.second.user).says("👋 签退")  # whatever is said there next is tried all the same, and arrives
    await who.first.sees("已签退")
    await who.first.sees("宏济新居3栋", "已签收")
    assert (await only_case_of(house, "A2611-0001")).unheard == ()


async def test_a_group_in_which_the_bot_may_not_write_any_more_is_lost_as_well(house: House, who: Cast) -> None:
    house.sandbox.world.set_member(ST2, "restricted", rights={"can_send_messages": False})
    await who.seat.sees("发不到宏济新路平安驿站")
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋")


async def test_a_centre_that_is_lost_is_told_to_its_head_and_gets_its_cards_when_it_is_back(
    house: House, who: Cast
) -> None:
    who.resident.says("楼道里堆满了杂物,没人管")
    await who.resident.sees("地点")
    await house.jump_by(minutes=11)
    await who.seat.sees("A2611-0001")
    house.sandbox.world.set_member(CENTRE, "kicked")
    await house.settled()
    assert (await only_case(house)).status is Status.DISP
    house.stage.acted()
    house.sandbox.world.set_member(CENTRE, "administrator")
    await who.seat.sees("A2611-0001")
    await who.seat.presses("✋ 签收")
    assert (await only_case(house)).status is Status.ACK


async def test_a_resident_who_blocks_the_bot_costs_nobody_else_a_message(house: House, who: Cast) -> None:
    who.resident.says(REPORT)
    await who.resident.sees("收到了,编号")
    house.sandbox.world.set_member(who.resident.user, "kicked")
    await house.settled()
    before = len(sent_to(house, CENTRE))
    await who.first.presses("✋ 签收")
    await house.settled()
    assert len(sent_to(house, CENTRE)) == before


async def test_slow_mode_is_told_to_the_resident_and_an_urgent_case_goes_to_one_more_post(
    house: House, who: Cast
) -> None:
    await house.settled()
    fault = Fault(kind="429", method="sendMessage", chat_id=ST2, retry_after=900)
    house.sandbox.world.faults.add(fault)
    who.resident.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.resident.sees("收到了,编号", "15分钟")
    await who.backup.sees("宏济新居5栋")
    await who.backup.presses("✋ 签收")
    await who.resident.sees("已签收")
    house.app.pump.books._chats.clear()  # a quarter of an hour of real time, which a moved clock does not move
    await house.app.ticker.walk(house.now + timedelta(minutes=16))
    await who.first.sees("宏济新居5栋")


async def only_case_of(house: House, no: str) -> Case:
    return next(case for case in await all_cases(house) if case.no == no)
