"""What a phone does besides chatting: whom it talks with, where its links lead, what stays in view."""

import pytest
from playwright.async_api import expect

from tests.pages.town import CONFIG, LI, PATROL, QIAN, Town

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]


def link(face: str, url: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": face, "url": url}]]}


async def test_the_header_says_whom_one_talks_with(town: Town) -> None:
    town.sandbox.world.page = {**CONFIG, "bot_name": "望江驿站"}
    await town.open()
    await expect(town.phone("resident").locator(".chat-title b")).to_have_text("望江驿站")
    await expect(town.phone("patrol").locator(".chat-title b")).to_have_text("巡防组")
    await expect(town.phone("patrol").locator(".chat-title small")).to_have_text("3 位成员")
    assert "null" not in await town.page.locator("body").inner_text()


async def test_without_a_name_in_the_configuration_the_bots_messages_tell_it(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=LI, text="您好")
    await expect(town.phone("resident").locator(".chat-title b")).to_have_text(town.sandbox.settings.bot_name)


async def test_nothing_stands_on_top_of_a_chat_in_which_nothing_is_pinned(town: Town) -> None:
    await town.bot("sendMessage", chat_id=PATROL, text="交接班要点")
    await town.open()
    await expect(town.words("patrol")).to_have_count(1)
    await expect(town.page.locator(".pinned:visible")).to_have_count(0)


async def test_a_link_that_starts_the_bot_opens_the_speakers_own_chat_and_starts_it(town: Town) -> None:
    await town.open()
    button = link("发位置到场", "https://t.me/sandbox_bot?start=at_A2611-0001")
    await town.bot("sendMessage", chat_id=PATROL, text="任务", reply_markup=button)
    await town.phone("patrol").get_by_label("发言人").select_option(str(QIAN))
    await town.phone("patrol").get_by_role("button", name="发位置到场").click()
    await expect(town.words("patrol")).to_contain_text("/start at_A2611-0001")
    (told,) = await town.updates("message")
    assert (told["text"], told["chat"]["id"]) == ("/start at_A2611-0001", QIAN)
    await town.phone("patrol").get_by_role("button", name="群", exact=True).click()
    await expect(town.words("patrol")).to_contain_text("任务")


async def test_the_same_link_among_words_does_the_same(town: Town) -> None:
    await town.open()
    words = '请<a href="https://t.me/sandbox_bot?start=mine">看我的事项</a>'
    await town.bot("sendMessage", chat_id=LI, text=words, parse_mode="HTML")
    await town.phone("resident").get_by_role("link", name="看我的事项").click()
    await expect(town.words("resident").last).to_contain_text("/start mine")


async def test_any_other_link_is_shown_before_it_is_opened(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=LI, text="看", reply_markup=link("网页", "https://example.org/a"))
    await town.phone("resident").get_by_role("button", name="网页").click()
    opening = town.phone("resident").get_by_role("link", name="打开")
    await expect(opening).to_have_attribute("href", "https://example.org/a")
    await expect(opening).to_have_attribute("rel", "noopener noreferrer")


async def test_the_last_message_stays_in_view_when_pictures_come_and_a_keyboard_opens(town: Town) -> None:
    for _ in range(3):
        town.sandbox.world.say(LI, LI, photo="sample:manhole", caption="井盖没了")
    await town.open()
    keyboard = {"keyboard": [[{"text": "报隐患"}], [{"text": "我的事项"}], [{"text": "找人"}]]}
    await town.bot("sendMessage", chat_id=LI, text="收到", reply_markup=keyboard)
    await expect(town.phone("resident").get_by_role("button", name="找人")).to_be_visible()
    await expect(town.phone("resident").locator(".row").last).to_be_in_viewport(ratio=1)
