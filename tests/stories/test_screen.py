"""勤务一屏: the pinned message of the centre's chat, and a task that is sent from it and comes back to it."""

import asyncio
from typing import Any

from bot.demo.house import House
from storage.posts import slot_message
from tests.stories.scene import CENTRE, ST2, Cast, both_databases, read, sent_to

REF = "#board#centre"
SCREEN = "勤务一屏"


def pinned(house: House) -> list[int]:
    return list(house.sandbox.world.chats[CENTRE].pinned)


async def on_screen(house: House, who: Cast, *words: str) -> dict[str, Any]:
    """The screen when it shows these words, whenever that was."""
    seat = who.seat
    return await seat.stage.until(lambda: _now(who, words), lambda: f"the screen never said {words}")


async def first_screen(house: House, who: Cast) -> dict[str, Any]:
    """The screen with everybody there. One that was drawn while people came is drawn again only a minute later."""
    await house.settled()
    await house.jump_by(minutes=1)
    return await on_screen(house, who, "宏济新路", "2/2")


def _now(who: Cast, words: tuple[str, ...]) -> dict[str, Any] | None:
    found = [it for it in who.seat.messages() if SCREEN in str(it.get("text"))]
    return next((it for it in reversed(found) if all(word in it["text"] for word in words)), None)


async def drawn(house: House) -> int:
    """How often the screen was sent or edited until now."""
    await house.settled()
    return sum(SCREEN in str(call.get("text")) for call in sent_to(house, CENTRE))


@both_databases
async def test_the_screen_is_pinned_and_keeps_itself_current(house: House, who: Cast) -> None:
    shown = await first_screen(house, who)
    await house.jump_by(minutes=1)
    shown = await on_screen(house, who, "🟢")
    await house.settled()
    assert pinned(house) == [shown["message_id"]]
    who.resident.says("宏济新居3栋楼道堆了很多纸箱")
    await who.first.sees("签收")
    await house.jump_by(minutes=1)
    later = await on_screen(house, who, "在办1件")
    assert later["message_id"] == shown["message_id"]
    await house.settled()
    assert pinned(house) == [shown["message_id"]], "pinned once"


async def test_a_storm_stands_on_the_screen_while_it_is_on(house: House, who: Cast) -> None:
    await first_screen(house, who)
    who.seat.says("/storm")
    await who.seat.presses("⛈ 6 小时")
    await who.seat.sees("🟠 已打开")
    await house.jump_by(minutes=1)
    await on_screen(house, who, "大风大雨模式,到")
    await who.seat.presses("🌤 关闭")
    await who.first.sees("大风大雨模式结束")
    await house.jump_by(minutes=1)
    await who.seat.stage.until(lambda: _without_storm(who), lambda: "the screen still tells of a storm")


def _without_storm(who: Cast) -> dict[str, Any] | None:
    shown = _now(who, ())
    return shown if shown and "大风大雨" not in shown["text"] else None


async def test_quiet_hours_change_nothing_and_a_jump_is_one_edit(house: House, who: Cast) -> None:
    await first_screen(house, who)
    await house.jump_by(minutes=1)
    before = await drawn(house)
    for _ in range(3):
        await house.jump_by(minutes=5)
        await asyncio.sleep(1.1)  # a beat is real: nothing may come of it
    assert await drawn(house) <= before + 1
    before = await drawn(house)
    await house.jump_by(hours=11)
    await asyncio.sleep(1.1)
    assert await drawn(house) - before <= 3, "hundreds of minutes and two changes of shift"


async def test_one_that_was_deleted_by_hand_comes_again_and_is_pinned(house: House, who: Cast) -> None:
    shown = await first_screen(house, who)
    await house.settled()
    del house.sandbox.world.chats[CENTRE].messages[shown["message_id"]]
    house.sandbox.world.chats[CENTRE].pinned.clear()
    house.sandbox.expect_refusal("message to edit not found")
    who.resident.says("宏济新居3栋楼道堆了很多纸箱")
    await who.first.sees("签收")
    await house.jump_by(minutes=1)
    again = await on_screen(house, who, "在办1件")
    await house.settled()
    assert again["message_id"] != shown["message_id"]
    assert pinned(house) == [again["message_id"]]


async def test_a_bot_that_may_not_pin_says_once_what_to_do(house: House, who: Cast) -> None:
    await first_screen(house, who)
    await house.settled()
    house.sandbox.expect_refusal("manage pinned messages")
    rights = house.sandbox.world.chats[CENTRE].bot
    rights.rights["can_pin_messages"] = False
    for _ in range(2):
        who.seat.says("/duty")
        await who.seat.sees(SCREEN)
        await house.settled()
    told = [it for it in who.seat.messages() if "没能置顶" in str(it.get("text"))]
    assert len(told) == 1
    rights.rights["can_pin_messages"] = True
    who.seat.says("/duty")
    newest = await who.seat.sees(SCREEN)
    await house.settled()
    assert pinned(house)[-1] == newest["message_id"]
    assert await read(house, lambda conn: slot_message(conn, CENTRE, REF)) == newest["message_id"]


async def test_a_task_goes_out_with_a_photo_and_its_answer_comes_back_to_the_same_card(house: House, who: Cast) -> None:
    await first_screen(house, who)
    await who.seat.presses("宏济新路")
    await who.seat.sees("没有在办的事项")
    await who.seat.presses("派任务")
    asked = await who.seat.sees("请回复这条消息")
    order = who.seat.replies(asked, "去东门看看", photo="sample:after_clean")
    card = await who.first.sees("任务", "去东门看看", "还没有人接")
    assert any("photo" in it for it in who.first.messages())
    own = await who.seat.sees("任务", "还没有人接")
    await who.first.presses("收到")
    await who.seat.sees("任务", "收到")
    who.first.replies(card, "东门没有人", photo="sample:after_clean")
    back = await who.seat.sees("东门没有人", "任务")
    assert back["message_id"] == own["message_id"]
    await house.settled()
    picture = [it for it in who.seat.messages() if it.get("photo") and it["from"].get("is_bot")]
    assert picture[-1]["reply_to_message"]["message_id"] == order["message_id"]
    await who.first.presses("做完了")
    await who.seat.sees("任务做完了")
    assert [it["method"] for it in sent_to(house, ST2)].count("sendPhoto") == 1
