"""A case played through the page alone, against the real bot: what is pressed and read here is what people have."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo import play
from bot.demo.board import Board
from bot.demo.house import House, colleagues_signed_in, open_house
from tests.pages.town import Town

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]


@contextlib.asynccontextmanager
async def demo(page: Page) -> AsyncIterator[tuple[House, Board]]:
    """The demo's town with everybody on duty, its page open."""
    async with open_house(flood="off", paced=False) as house:
        board = Board(house)
        await colleagues_signed_in(house)
        await page.goto(house.url + "/")
        await expect(page.locator("section.phone")).to_have_count(4)
        yield house, board
        await house.settled()
        assert [str(call) for call in house.sandbox.unexpected_refusals()] == []
        await page.goto("about:blank")


async def write(phone: Locator, text: str) -> None:
    line = phone.get_by_label("消息", exact=True)
    await line.fill(text)
    await line.press("Enter")


async def send_photo(page: Page, phone: Locator, label: str, caption: str = "") -> None:
    await phone.get_by_role("button", name="发送照片").click()
    window = page.get_by_role("dialog")
    await window.locator(".tile", has_text=label).click()
    await window.get_by_label("照片说明").fill(caption)
    await window.get_by_role("button", name="发送", exact=True).click()


async def speaks(phone: Locator, user: int) -> None:
    await phone.get_by_label("发言人").select_option(str(user))


async def test_a_report_goes_from_the_residents_words_to_the_rating(town: Town) -> None:
    page = town.page
    async with demo(page) as (house, _board):
        who = play.cast(house)
        resident, patrol = page.locator("section.phone").nth(0), page.locator("section.phone").nth(1)
        await told(page, resident)
        await accepted_and_reached(resident, patrol, who.first.user)
        await done(page, patrol, who.first.user)
        await resident.get_by_role("button", name="解决了").click()
        await resident.get_by_role("button", name="满意", exact=False).first.click()
        await expect(patrol.locator(".words", has_text="已结案").first).to_be_visible()


async def told(page: Page, resident: Locator) -> None:
    await write(resident, "/start")
    await expect(resident.get_by_role("button", name="报隐患")).to_be_visible()
    await write(resident, "宏济新居3栋楼道有人给电瓶车充电,就在楼梯口")
    await expect(resident.get_by_text("收到了,编号 A2611-0001")).to_be_visible()
    await send_photo(page, resident, "楼道充电")
    await expect(resident.locator(".row.own .picture")).to_have_count(1)


async def accepted_and_reached(resident: Locator, patrol: Locator, member: int) -> None:
    await expect(patrol.locator(".picture")).to_have_count(1)  # the resident's photo reaches the post too
    await speaks(patrol, member)
    await patrol.get_by_role("button", name="签收").last.click()
    await expect(patrol.locator(".toast")).to_contain_text("已签收 A2611-0001")
    await expect(resident.get_by_text("已签收")).to_be_visible()
    head = patrol.get_by_label("发言人").locator("option").first
    await speaks(patrol, int(await head.get_attribute("value") or 0))
    await patrol.get_by_role("button", name="到场").last.click()
    await expect(patrol.locator(".toast")).to_contain_text("已记到场")
    await expect(resident.get_by_text("已到现场")).to_be_visible()


async def done(page: Page, patrol: Locator, member: int) -> None:
    await speaks(patrol, member)
    await patrol.get_by_role("button", name="办结").last.click()
    await expect(patrol.locator(".about")).to_contain_text("办结请附")
    await send_photo(page, patrol, "清理后", "车已推到楼下充电棚,楼道清空")
    await expect(patrol.locator(".row.own .quote")).to_contain_text("办结请附")
    resident = page.locator("section.phone").nth(0)
    await expect(resident.get_by_text("问题解决了吗")).to_be_visible()


async def test_a_jump_brings_what_falls_due_and_leaves_the_times_of_before(town: Town) -> None:
    page = town.page
    async with demo(page) as (house, board):
        resident, head = page.locator("section.phone").nth(0), page.locator("section.phone").nth(2)
        await write(resident, "宏济新居5栋门口水管爆了,水往外喷")
        await expect(resident.get_by_text("收到了,编号 A2611-0001")).to_be_visible()
        before = await resident.locator(".row time").all_inner_texts()
        looking = asyncio.create_task(keep(board))
        for _ in range(3):
            await page.get_by_role("button", name="下一个时刻").click()
            await expect(page.locator(".jump.turning")).to_have_count(0)
            await house.settled()
        await expect(head.locator(".words", has_text="宏济新居5栋").first).to_be_visible()
        shown = await resident.locator(".row time").all_inner_texts()
        looking.cancel()
        assert shown[: len(before)] == before == ["09:00"] * len(before)
        await page.reload()
        await expect(resident.locator(".row time").first).to_have_text("09:00")
        stamps = await head.locator(".row time").all_inner_texts()
        assert stamps[-1] > "09:00"


async def keep(board: Board) -> None:
    while True:
        board.look()
        await asyncio.sleep(0.1)
