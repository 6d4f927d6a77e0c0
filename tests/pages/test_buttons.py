"""Buttons under bubbles, reply keyboards, ForceReply."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.pages.town import LI, PATROL, QIAN, ZHAO, Town

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]

ACCEPT = {
    "inline_keyboard": [[{"text": "✋ 签收", "callback_data": "ack"}, {"text": "↪️ 转派", "callback_data": "pass"}]]
}
MENU = {
    "keyboard": [[{"text": "🔔 报隐患"}], [{"text": "📍 发送位置", "request_location": True}]],
    "resize_keyboard": True,
}


async def pressed(town: Town, face: str) -> Any:
    """Press a button on the patrol's phone; what the bot is told."""
    await town.phone("patrol").get_by_role("button", name=face).click()
    await expect(town.phone("patrol").locator(".key.turning")).to_have_count(1)
    (query,) = await town.updates("callback_query")
    return query


async def test_a_pressed_button_turns_until_the_answer_which_is_a_toast(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=PATROL, text="新案件", reply_markup=ACCEPT)
    query = await pressed(town, "签收")
    assert (query["data"], query["from"]["id"]) == ("ack", ZHAO)
    await town.bot("answerCallbackQuery", callback_query_id=query["id"], text="您已签收")
    await expect(town.phone("patrol").locator(".toast")).to_have_text("您已签收")
    await expect(town.phone("patrol").locator(".key.turning")).to_have_count(0)
    await expect(town.page.locator(".toast")).to_have_count(1)


async def test_an_alert_waits_on_the_phone_until_it_is_read(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=PATROL, text="新案件", reply_markup=ACCEPT)
    query = await pressed(town, "转派")
    await town.bot("answerCallbackQuery", callback_query_id=query["id"], text="钱梅已经签收了", show_alert=True)
    alert = town.phone("patrol").get_by_role("alertdialog")
    await expect(alert).to_contain_text("钱梅已经签收了")
    await alert.get_by_role("button", name="好的").click()
    await expect(alert).to_have_count(0)


async def test_a_press_made_elsewhere_shows_its_answer_on_the_pressers_phone(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=PATROL, text="新案件", reply_markup=ACCEPT)
    await town.open()
    query_id = town.sandbox.world.press(PATROL, card["message_id"], ZHAO, "ack")
    await town.bot("answerCallbackQuery", callback_query_id=query_id, text="您已签收")
    await expect(town.phone("patrol").locator(".toast")).to_have_text("您已签收")


async def test_buttons_that_an_edit_took_away_are_gone(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=PATROL, text="新案件", reply_markup=ACCEPT)
    await town.open()
    await expect(town.phone("patrol").locator(".key")).to_have_count(2)
    await town.bot("editMessageReplyMarkup", chat_id=PATROL, message_id=card["message_id"])
    await expect(town.phone("patrol").locator(".key")).to_have_count(0)


async def test_a_reply_key_sends_its_text(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=LI, text="您好", reply_markup=MENU)
    await town.phone("resident").get_by_role("button", name="报隐患").click()
    await expect(town.words("resident").last).to_contain_text("🔔 报隐患")
    (told,) = await town.updates("message")
    assert told["text"] == "🔔 报隐患"


async def test_the_key_that_asks_for_a_place_opens_the_map_and_sends_the_place(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=LI, text="在哪里?", reply_markup=MENU)
    await town.phone("resident").locator(".reply-keyboard").get_by_role("button", name="发送位置").click()
    await town.page.get_by_role("button", name="锦畔苑").click()
    await town.page.get_by_role("button", name="发送这个位置").click()
    place = town.phone("resident").locator(".place")
    await expect(place).to_contain_text("锦畔苑 · 第1网格")
    (told,) = await town.updates("message")
    assert told["location"] == pytest.approx({"latitude": 30.634, "longitude": 104.092})


async def test_a_removed_keyboard_goes_away(town: Town) -> None:
    await town.bot("sendMessage", chat_id=LI, text="您好", reply_markup=MENU)
    await town.open()
    await expect(town.phone("resident").locator(".reply-keyboard")).to_be_visible()
    await town.bot("sendMessage", chat_id=LI, text="好了", reply_markup={"remove_keyboard": True})
    await expect(town.phone("resident").locator(".reply-keyboard")).to_have_count(0)


async def test_force_reply_opens_an_answer_to_its_own_message(town: Town) -> None:
    await town.open()
    ask = await town.bot("sendMessage", chat_id=PATROL, text="请写一句话结果", reply_markup={"force_reply": True})
    await town.bot("sendMessage", chat_id=PATROL, text="另一条")
    await expect(town.phone("patrol").locator(".about")).to_contain_text("请写一句话结果")
    await town.type("patrol", "车已移出")
    await expect(town.phone("patrol").locator(".row .quote")).to_contain_text("请写一句话结果")
    await expect(town.phone("patrol").locator(".about")).to_be_hidden()
    (told,) = await town.updates("message")
    assert told["reply_to_message"]["message_id"] == ask["message_id"]


async def test_a_selective_force_reply_speaks_only_to_the_one_it_answers(town: Town) -> None:
    said = town.sandbox.world.say(PATROL, QIAN, text="办结")
    await town.open()
    await town.bot(
        "sendMessage",
        chat_id=PATROL,
        text="请写结果",
        reply_parameters={"message_id": said["message_id"]},
        reply_markup={"force_reply": True, "selective": True},
    )
    await expect(town.words("patrol")).to_have_count(2)
    await expect(town.phone("patrol").locator(".about")).to_be_hidden()
    await town.phone("patrol").get_by_label("发言人").select_option(str(QIAN))
    await expect(town.phone("patrol").locator(".about")).to_contain_text("请写结果")


async def test_any_message_can_be_answered_by_hand(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=LI, text="哪一栋?")
    await town.open()
    await town.phone("resident").locator(".row").hover()
    await town.phone("resident").get_by_role("button", name="回复").click()
    await town.type("resident", "3栋")
    await expect(town.phone("resident").locator(".quote")).to_contain_text("哪一栋?")
    (told,) = await town.updates("message")
    assert told["reply_to_message"]["message_id"] == card["message_id"]


async def test_an_alert_for_somebody_else_does_not_stop_the_one_who_holds_the_phone(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=PATROL, text="新案件", reply_markup=ACCEPT)
    await town.open()
    query_id = town.sandbox.world.press(PATROL, card["message_id"], QIAN, "ack")
    await town.bot("answerCallbackQuery", callback_query_id=query_id, text="您没有当班", show_alert=True)
    await expect(town.phone("patrol").locator(".toast")).to_have_text("钱梅:您没有当班")
    await expect(town.page.get_by_role("alertdialog")).to_have_count(0)
