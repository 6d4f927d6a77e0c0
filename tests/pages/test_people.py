"""What people do on their phones: press, reply, send pictures and places, follow links."""

import pytest
from playwright.async_api import expect
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.sandbox.server import Sandbox
from tests.pages.conftest import GROUP, LI, WANG, Desk, next_press

pytestmark = pytest.mark.pages


def one_button(face: str, **what: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton(face, **what))


def said(sandbox: Sandbox, chat: int) -> dict[str, object]:
    """The newest message of a chat, as the server keeps it."""
    newest: dict[str, object] = sandbox.world.view_chat(chat, chat)["messages"][-1]
    return newest


async def test_a_button_turns_until_the_bot_answers_and_the_answer_is_a_toast_on_that_phone(
    town: Desk, bot: Bot
) -> None:
    await bot.send_message(GROUP, "任务", reply_markup=one_button("签收", callback_data="a"))
    key = town.phone(GROUP).get_by_role("button", name="签收")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    await (await next_press(bot)).answer("已签收")
    await expect(town.phone(GROUP).locator(".toast")).to_have_text("已签收")
    await expect(town.page.locator(".toast")).to_have_count(1)
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_the_one_who_is_chosen_as_speaker_presses(town: Desk, bot: Bot) -> None:
    await bot.send_message(GROUP, "任务", reply_markup=one_button("签收", callback_data="a"))
    await town.phone(GROUP).get_by_label("发言人").select_option(str(WANG))
    await town.phone(GROUP).get_by_role("button", name="签收").click()
    query = await next_press(bot)
    assert query.from_user.id == WANG
    await query.answer()


async def test_an_alert_waits_in_a_window_inside_the_phone_until_it_is_read(town: Desk, bot: Bot) -> None:
    await bot.send_message(LI, "请选", reply_markup=one_button("撤销", callback_data="a"))
    await town.phone(LI).get_by_role("button", name="撤销").click()
    await (await next_press(bot)).answer("已经不能撤销了", show_alert=True)
    window = town.phone(LI).get_by_role("alertdialog")
    await expect(window).to_contain_text("已经不能撤销了")
    await window.get_by_role("button", name="好的").click()
    await expect(window).to_have_count(0)


async def test_the_location_button_opens_the_map_and_the_place_chosen_there_is_sent(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    asked = ReplyKeyboardMarkup([[KeyboardButton("发送位置给驿站", request_location=True)]], resize_keyboard=True)
    await bot.send_message(LI, "在哪里?", reply_markup=asked)
    await town.phone(LI).get_by_role("button", name="发送位置给驿站").click()
    window = town.page.get_by_role("dialog")
    await window.get_by_role("button", name="东门岗").click()
    await window.get_by_role("button", name="发送这个位置").click()
    await expect(town.phone(LI).locator(".row.own .place")).to_be_visible()
    assert said(sandbox, LI)["location"] == {"latitude": 30.641, "longitude": 104.101}


async def test_any_point_of_the_map_can_be_sent(town: Desk, sandbox: Sandbox) -> None:
    await town.phone(LI).get_by_role("button", name="发送位置", exact=True).click()
    window = town.page.get_by_role("dialog")
    await window.locator(".map-pick").click(position={"x": 200, "y": 260})
    await window.get_by_role("button", name="发送这个位置").click()
    await expect(town.phone(LI).locator(".row.own .place")).to_be_visible()
    place = said(sandbox, LI)["location"]
    assert isinstance(place, dict)
    assert 30.63 < place["latitude"] < 30.65
    assert 104.09 < place["longitude"] < 104.11


async def test_photos_are_chosen_and_sent_with_their_words(town: Desk, sandbox: Sandbox) -> None:
    await town.phone(LI).get_by_role("button", name="发送照片").click()
    window = town.page.get_by_role("dialog")
    for name in ("井盖", "垃圾"):
        await window.get_by_role("button", name=name).click()
    await window.get_by_label("照片说明").fill("门口这样")
    await window.get_by_role("button", name="发送 2 张").click()
    album = town.phone(LI).locator(".row.own")
    await expect(album.locator(".album img")).to_have_count(2)
    await expect(album).to_contain_text("门口这样")
    assert said(sandbox, LI)["photo"]


async def test_a_reply_that_the_bot_asks_for_is_opened_and_sent_as_a_reply(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    asked = await bot.send_message(LI, "办结请写结果", reply_markup=ForceReply(input_field_placeholder="写结果"))
    phone = town.phone(LI)
    await expect(phone.locator(".about")).to_contain_text("办结请写结果")
    field = phone.get_by_label("消息", exact=True)
    await expect(field).to_have_attribute("placeholder", "写结果")
    await field.fill("已清理")
    await field.press("Enter")
    await expect(phone.locator(".row.own .quote")).to_contain_text("办结请写结果")
    await expect(phone.locator(".about")).to_be_hidden()
    answer = said(sandbox, LI)["reply_to_message"]
    assert isinstance(answer, dict)
    assert answer["message_id"] == asked.message_id


async def test_a_link_that_starts_the_bot_opens_the_speakers_own_chat_and_starts_it(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    link = one_button("发位置到场", url="https://t.me/test_bot?start=at_A2611-0001")
    await bot.send_message(GROUP, "任务", reply_markup=link)
    await town.phone(GROUP).get_by_label("发言人").select_option(str(WANG))
    await town.phone(GROUP).get_by_role("button", name="发位置到场").click()
    await expect(town.phone(GROUP).get_by_text("/start at_A2611-0001")).to_be_visible()
    assert said(sandbox, WANG)["text"] == "/start at_A2611-0001"
    await town.phone(GROUP).get_by_role("button", name="群", exact=True).click()
    await expect(town.phone(GROUP).get_by_text("任务")).to_be_visible()


async def test_other_links_are_shown_before_they_are_opened(town: Desk, bot: Bot) -> None:
    await bot.send_message(LI, "看", reply_markup=one_button("网页", url="https://example.org/a"))
    await town.phone(LI).get_by_role("button", name="网页").click()
    await expect(town.phone(LI).get_by_role("link", name="打开")).to_have_attribute("href", "https://example.org/a")


async def test_a_sentence_ready_to_send_is_one_press_away(town: Desk, sandbox: Sandbox) -> None:
    await town.phone(LI).get_by_role("button", name="路灯坏了").click()
    await expect(town.phone(LI).locator(".row.own")).to_contain_text("路灯坏了")
    assert said(sandbox, LI)["text"] == "路灯坏了"


async def test_what_the_server_refuses_is_told_and_the_words_are_not_lost(town: Desk, sandbox: Sandbox) -> None:
    town.meant.append("400 (Bad Request)")
    sandbox.world.set_member(GROUP, "kicked", user_id=LI)
    field = town.phone(GROUP).get_by_label("消息", exact=True)
    await field.fill("我还在吗")
    await field.press("Enter")
    await expect(town.phone(GROUP).locator(".toast")).to_be_visible()
    await expect(field).to_have_value("我还在吗")
