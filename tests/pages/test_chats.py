"""What comes into the chats is shown on the right phone, in order, once, and as words only."""

import pytest
from playwright.async_api import expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.server import Sandbox
from tests.pages.conftest import GROUP, LI, SUN, WANG, Desk

pytestmark = pytest.mark.pages

NASTY = """<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>&lt;b&gt;"""


async def test_a_message_appears_on_the_phone_it_was_sent_to_and_on_no_other(town: Desk, bot: Bot) -> None:
    await bot.send_message(GROUP, "新任务")
    await expect(town.phone(GROUP).get_by_text("新任务")).to_be_visible()
    await expect(town.page.get_by_text("新任务")).to_have_count(1)


async def test_the_header_says_whom_one_talks_with_and_nothing_is_pinned_before_it_is(town: Desk, bot: Bot) -> None:
    await expect(town.phone(LI).locator(".chat-title b")).to_have_text("测试驿站")
    await expect(town.phone(GROUP).locator(".chat-title small")).to_have_text("3 位成员")
    sent = await bot.send_message(GROUP, "交接班要点")
    await expect(town.phone(GROUP).get_by_text("交接班要点")).to_be_visible()
    await expect(town.page.locator(".pinned:visible")).to_have_count(0)
    await bot.pin_chat_message(GROUP, sent.message_id)
    await expect(town.phone(GROUP).locator(".pinned")).to_contain_text("交接班要点")
    await bot.unpin_chat_message(GROUP, sent.message_id)
    await expect(town.page.locator(".pinned:visible")).to_have_count(0)


async def test_an_edit_changes_the_message_where_it_stands(town: Desk, bot: Bot) -> None:
    card = await bot.send_message(LI, "待签收")
    await bot.send_message(LI, "另一条")
    await expect(town.phone(LI).get_by_text("另一条")).to_be_visible()
    await card.edit_text("<b>已签收</b>", parse_mode="HTML")
    rows = town.phone(LI).locator(".row")
    await expect(rows.first.locator("b")).to_have_text("已签收")
    await expect(rows.first).to_contain_text("已编辑")
    await expect(town.phone(LI).get_by_text("待签收")).to_have_count(0)
    await expect(rows).to_have_count(2)


async def test_messages_stand_in_the_order_they_were_sent(town: Desk, sandbox: Sandbox, bot: Bot) -> None:
    for number in range(0, 30, 3):
        sandbox.world.say(GROUP, LI, text=f"第{number}句")
        sandbox.world.say(GROUP, WANG, text=f"第{number + 1}句")
        await bot.send_message(GROUP, f"第{number + 2}句")
    await expect(town.phone(GROUP).get_by_text("第29句")).to_be_in_viewport()
    await expect(town.phone(GROUP).locator(".words")).to_contain_text([f"第{number}句" for number in range(30)])


async def test_what_people_write_is_shown_as_they_wrote_it_and_never_run(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    button = InlineKeyboardMarkup.from_button(InlineKeyboardButton(NASTY, callback_data="x"))
    sandbox.world.add_user(WANG, NASTY, started=True)
    sandbox.world.say(GROUP, WANG, text=NASTY)
    sandbox.world.say(GROUP, WANG, photo="sample:manhole", caption=NASTY)
    await bot.send_message(GROUP, NASTY, reply_markup=button)
    phone = town.phone(GROUP)
    await expect(phone.locator(".words")).to_contain_text([NASTY] * 3)
    await expect(phone.locator(".sender").first).to_contain_text(NASTY)
    await expect(phone.locator(".inline-keyboard .key")).to_have_text(NASTY)
    assert await town.page.locator('img[src="x"], .phone script').count() == 0
    assert await town.page.evaluate("window.hacked") is None


async def test_nothing_is_wider_than_the_window_or_its_phone(town: Desk, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("很长的按钮" * 6, callback_data=str(n)) for n in range(3)]])
    await bot.send_message(LI, "x" * 500 + "长" * 200, reply_markup=keyboard)
    await expect(town.phone(LI).locator(".row")).to_have_count(1)
    for width, height in ((1280, 720), (1440, 900), (800, 900), (400, 800)):
        await town.page.set_viewport_size({"width": width, "height": height})
        over = await town.page.evaluate(
            """[document.documentElement, ...document.querySelectorAll('.list, .frame, .composer')]
               .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className)"""
        )
        assert over == [], width


async def test_the_last_message_stays_in_view_when_pictures_come_and_keyboards_open(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    for _ in range(3):
        sandbox.world.say(LI, LI, photo="sample:manhole", caption="井盖没了")
    last = await bot.send_message(LI, "收到", reply_markup={"keyboard": [["报隐患"], ["我的事项"], ["找人"]]})
    row = town.phone(LI).locator(f'[data-message="{last.message_id}"]')
    await expect(town.phone(LI).get_by_role("button", name="找人")).to_be_visible()
    await expect(row).to_be_in_viewport(ratio=1)


async def test_news_on_a_phone_that_is_not_shown_is_told_and_one_press_brings_it(town: Desk, bot: Bot) -> None:
    notice = town.page.locator(".news")
    await expect(notice).to_be_hidden()
    await bot.send_message(SUN, "请查收")
    await expect(notice).to_contain_text("孙 1 条新消息")
    await notice.click()
    await expect(town.phone(SUN).get_by_text("请查收")).to_be_visible()
    await expect(notice).to_be_hidden()
    await expect(town.page.locator(".phone")).to_have_count(4)


async def test_after_a_cut_line_the_page_says_so_comes_back_and_misses_nothing(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    town.meant += ["ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_EMPTY_RESPONSE"]
    await bot.send_message(LI, "断线以前")
    await expect(town.phone(LI).get_by_text("断线以前")).to_be_visible()
    port = int(sandbox.url.rpartition(":")[2])
    await sandbox.stop()
    await expect(town.page.get_by_text("连接中断")).to_be_visible()
    sandbox.world.say(LI, LI, text="断线时说的")
    await sandbox.start(port=port)
    await expect(town.page.get_by_text("连接中断")).to_be_hidden()
    await expect(town.phone(LI).get_by_text("断线时说的")).to_be_visible()
    sandbox.world.say(LI, LI, text="以后说的")
    await expect(town.phone(LI).locator(".words")).to_contain_text(["断线以前", "断线时说的", "以后说的"])


async def test_the_technical_view_lists_the_calls_and_marks_the_refused(
    town: Desk, sandbox: Sandbox, bot: Bot
) -> None:
    sandbox.expect_refusal("message is not modified")
    sent = await bot.send_message(LI, "一样")
    with pytest.raises(Exception, match="not modified"):
        await sent.edit_text("一样")
    await town.page.get_by_role("button", name="技术视图", exact=True).click()
    calls = town.page.locator(".call:visible")
    await expect(calls).to_contain_text(["editMessageText", "sendMessage"])
    await expect(town.page.locator(".call.refused")).to_contain_text("message is not modified")
