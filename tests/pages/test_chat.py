"""What is said appears where it belongs, as it was said."""

import pytest
from playwright.async_api import expect

from tests.pages.town import CENTRE, LI, PATROL, QIAN, SUN, ZHAO, Town

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]


async def test_a_message_of_the_bot_appears_on_its_phone_and_on_no_other(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=PATROL, text="【较急】<b>A2611-0042</b>", parse_mode="HTML")
    await expect(town.words("patrol")).to_contain_text("【较急】A2611-0042")
    await expect(town.words("patrol").locator("b")).to_have_text("A2611-0042")
    for other in ("resident", "head", "centre"):
        await expect(town.words(other)).to_have_count(0)


async def test_own_words_stand_right_and_others_left_with_their_name(town: Town) -> None:
    await town.open()
    await town.type("patrol", "收到,马上过去")
    town.sandbox.world.say(PATROL, QIAN, text="我也去")
    rows = town.phone("patrol").locator(".row")
    await expect(rows.nth(0)).to_have_class("row own tail")
    await expect(rows.nth(1)).to_have_class("row other tail")
    await expect(rows.nth(1).locator(".sender")).to_have_text("钱梅")


async def test_who_speaks_in_a_group_can_be_switched(town: Town) -> None:
    await town.open()
    await town.phone("patrol").get_by_label("发言人").select_option(str(QIAN))
    await town.type("patrol", "换我说")
    await expect(town.words("patrol")).to_contain_text("换我说")
    (told,) = await town.updates("message")
    assert (told["from"]["id"], told["text"]) == (QIAN, "换我说")


async def test_messages_stand_in_the_order_of_the_chat(town: Town) -> None:
    town.sandbox.world.say(LI, LI, text="第1句")
    await town.open()
    for number in range(2, 8):
        if number % 2:
            town.sandbox.world.say(LI, LI, text=f"第{number}句")
        else:
            await town.bot("sendMessage", chat_id=LI, text=f"第{number}句")
    await expect(town.words("resident")).to_have_count(7)
    shown = await town.words("resident").all_inner_texts()
    assert [words[:3] for words in shown] == [f"第{number}句" for number in range(1, 8)]


async def test_an_edited_message_changes_in_place_and_says_so(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=PATROL, text="待签收")
    await town.open()
    await town.bot("editMessageText", chat_id=PATROL, message_id=card["message_id"], text="赵强 已签收")
    bubble = town.phone("patrol").locator(".bubble")
    await expect(bubble).to_contain_text("赵强 已签收")
    await expect(bubble).to_contain_text("已编辑")
    await expect(bubble).not_to_contain_text("待签收")
    await expect(town.phone("patrol").locator(".row.flash")).to_have_count(1)


async def test_a_resident_can_edit_what_was_sent(town: Town) -> None:
    await town.open()
    await town.type("resident", "3栋2单元")
    await town.phone("resident").locator(".row").hover()
    await town.phone("resident").get_by_role("button", name="编辑").click()
    await town.type("resident", "3栋3单元")
    await expect(town.words("resident")).to_contain_text("3栋3单元")
    (told,) = await town.updates("edited_message")
    assert told["text"] == "3栋3单元"


async def test_a_deleted_message_goes_away(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=SUN, text="发错了")
    await town.open()
    await expect(town.words("head")).to_have_count(1)
    await town.bot("deleteMessage", chat_id=SUN, message_id=card["message_id"])
    await expect(town.words("head")).to_have_count(0)


async def test_markup_in_a_message_is_shown_as_text_and_never_runs(town: Town) -> None:
    evil = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script> & <b>粗</b>"
    town.sandbox.world.add_user(ZHAO, "<i>赵</i>", started=True)
    await town.open()
    town.sandbox.world.say(LI, LI, text=evil)
    town.sandbox.world.say(PATROL, ZHAO, photo="sample:manhole", caption=evil)
    await town.bot("sendMessage", chat_id=CENTRE, text=evil, reply_markup={"inline_keyboard": [[_key(evil)]]})
    for name in ("resident", "patrol", "centre"):
        await expect(town.words(name)).to_contain_text(evil)
        assert await town.words(name).locator("img, script, b").count() == 0
    await expect(town.phone("centre").locator(".key")).to_have_text(evil)
    assert await town.page.title() == "试验街道"


def _key(text: str) -> dict[str, str]:
    return {"text": text, "callback_data": "x"}


async def test_the_pinned_message_stands_on_top_until_it_is_unpinned(town: Town) -> None:
    card = await town.bot("sendMessage", chat_id=PATROL, text="今晚重点:地铁口")
    await town.open()
    await town.bot("pinChatMessage", chat_id=PATROL, message_id=card["message_id"])
    pinned = town.phone("patrol").locator(".pinned")
    await expect(pinned).to_contain_text("今晚重点:地铁口")
    await town.bot("unpinChatMessage", chat_id=PATROL, message_id=card["message_id"])
    await expect(pinned).to_be_hidden()


async def test_the_bot_is_seen_typing_until_it_speaks(town: Town) -> None:
    await town.open()
    await town.bot("sendChatAction", chat_id=LI, action="typing")
    header = town.phone("resident").locator(".chat-header")
    await expect(header).to_contain_text("正在输入")
    await town.bot("sendMessage", chat_id=LI, text="好了")
    await expect(header).not_to_contain_text("正在输入")


async def test_a_reader_who_scrolled_up_is_told_of_news_and_not_moved(town: Town) -> None:
    for number in range(40):
        await town.bot("sendMessage", chat_id=LI, text=f"旧消息 {number}")
    await town.open()
    phone = town.phone("resident")
    await expect(phone.get_by_text("旧消息 39", exact=False)).to_be_in_viewport()
    await phone.locator(".list").hover()
    await town.page.mouse.wheel(0, -900)
    await expect(phone.locator(".chip")).to_be_visible()
    await town.bot("sendMessage", chat_id=LI, text="新消息")
    await expect(phone.locator(".chip")).to_contain_text("1 条新消息")
    await phone.locator(".chip").click()
    await expect(phone.get_by_text("新消息", exact=False).last).to_be_in_viewport()
    await expect(phone.locator(".chip")).to_be_hidden()


async def test_a_group_that_becomes_a_supergroup_stays_on_its_phone(town: Town) -> None:
    town.sandbox.world.add_chat(CENTRE, "街道综治中心", type="group", members=[41], bot="administrator")
    await town.open()
    new = town.sandbox.world.migrate(CENTRE)
    await town.bot("sendMessage", chat_id=new, text="升级以后")
    await expect(town.words("centre")).to_contain_text("升级以后")
