"""Presses that arrive late, twice or in another order than they were made: none undoes what was decided after it."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.demo.house import House
from bot.demo.stage import Message, Phone
from core.case import Status
from core.life import advance
from storage.tables import OUTBOX
from tests.stories.scene import Cast, body_text, happened, history, only_case, pressed_data, presses_data, read, told


async def path_is_sound(house: House) -> None:
    """Each step of the history begins where the one before it ended."""
    case = await only_case(house)
    steps = [event for event in await history(house, case.no) if {"from", "to"} <= event.data.keys()]
    for before, after in itertools.pairwise(steps):
        assert before.data["to"] == after.data["from"], [(it.kind, dict(it.data)) for it in steps]
    assert all(advance(Status(str(it.data["from"])), it.kind) == it.data["to"] for it in steps)
    assert steps[-1].data["to"] == case.status.value


def dated(data: str, action: str) -> str:
    """The button of the same case and round with another action."""
    version, _, case, *rest = data.split("|")
    return "|".join((version, action, case, *rest))


@pytest.mark.parametrize("order", list(itertools.permutations(["ac", "ar", "dn", "no"])))
async def test_in_whatever_order_presses_of_one_round_arrive_the_history_is_sound(
    house: House, who: Cast, card: Message, order: tuple[str, ...]
) -> None:
    data = pressed_data(card, "✋ 签收")
    for action in order:
        await presses_data(who.captain, card["message_id"], dated(data, action))
    await path_is_sound(house)
    assert (await only_case(house)).status in {Status.ACK, Status.SITE}


async def test_a_press_from_before_a_reopening_does_not_end_what_was_reopened(
    house: House, who: Cast, card: Message
) -> None:
    await _to_done(who)
    question = await who.resident.sees("解决了吗")
    solved, handled = pressed_data(question, "✅ 解决了"), pressed_data(card, "✋ 签收")
    await who.resident.presses("❌ 还没解决")
    await who.first.sees("宏济新居3栋")
    await presses_data(who.resident, question["message_id"], solved)
    for action in ("ac", "dn", "ar", "no", "tr"):
        await presses_data(who.first, card["message_id"], dated(handled, action))
    case = await only_case(house)
    assert (case.status, case.reopened, case.handler) == (Status.DISP, 1, None)
    await path_is_sound(house)


async def test_a_press_from_before_the_shift_went_home_gives_nobody_the_case(
    house: House, who: Cast, card: Message
) -> None:
    await who.first.presses("✋ 签收")
    data = pressed_data(card, "✋ 签收")
    await house.jump(house.now + timedelta(hours=23, minutes=5))
    await presses_data(who.captain, card["message_id"], dated(data, "ar"))
    assert (await only_case(house)).arrived_at is None
    await path_is_sound(house)


async def test_an_answer_that_comes_too_late_leaves_the_decision_and_renews_the_card(
    house: House, who: Cast, card: Message
) -> None:
    house.sandbox.expect_refusal("query is too old")
    await house.settled()
    await who.first.presses("✋ 签收")
    await who.first.sees("廉景梅 已签收")
    await house.settled()
    late(house, who.second, card["message_id"], pressed_data(card, "✋ 签收"))
    async with asyncio.timeout(house.stage.patience):
        while not await read(house, _renewed):  # noqa: ASYNC110  # a database rings no bell
            await asyncio.sleep(0.01)
    assert len(await happened(house, "accepted")) == 1
    assert told(who.first, "廉景梅 已签收")


async def test_a_late_press_that_is_right_counts(house: House, who: Cast, card: Message) -> None:
    house.sandbox.expect_refusal("query is too old")
    late(house, who.first, card["message_id"], pressed_data(card, "✋ 签收"))
    await who.resident.sees("已签收")
    assert "廉景梅" in body_text(await who.first.sees("廉景梅 已签收"))


def late(house: House, phone: Phone, message: int, data: str) -> str:
    """A press whose time to be answered is over when it is delivered."""
    callbacks: Any = house.sandbox.world.callbacks
    callbacks._lifetime = -1.0
    phone.stage.acted()
    return house.sandbox.world.press(phone.chat, message, phone.user, data, forged=True)


def _renewed(conn: Connection) -> bool:
    """Whether the card was put on its way for the sake of a press that could not be answered."""
    return any(row.key.startswith("unheard:") for row in conn.execute(select(OUTBOX.c.key)))


async def _to_done(who: Cast) -> None:
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "已清走", photo="sample:after_clean")
    await who.resident.sees("解决了吗")
