"""The pictures of the roles' pages, taken from the phones page: `python -m tests.pages.pictures`."""

import asyncio
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.demo import play
from bot.demo.board import Board
from bot.demo.house import House, colleagues_signed_in, open_house
from tests.pages.conftest import ARGUMENTS, CHROMIUM

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PHONES = {"resident": 0, "patrol": 1, "head": 2, "centre": 3}
SETTLED = 700  # milliseconds, for the last bubble to have slid in


async def main() -> None:
    """A day of the demo town; at its moments the phones are photographed."""
    async with open_house(flood="off", paced=False) as house, async_playwright() as playwright:
        board = Board(house)
        await colleagues_signed_in(house)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1600, "height": 900}, timezone_id="Asia/Shanghai")
        await page.goto(house.url + "/")
        who = play.cast(house)
        who.resident.says("宏济新居3栋楼道有人给电瓶车充电,就在楼梯口", photo="sample:corridor_ebike")
        await who.first.sees("电动车", "宏济新居3栋")
        await _taken(house, board, page, "patrol")
        await who.first.presses("✋ 签收")
        await who.resident.sees("已签收")
        await _taken(house, board, page, "resident")
        await play.up_the_ladder(house, who, lambda *_: None)
        await _taken(house, board, page, "head")
        await _taken(house, board, page, "centre")
        await browser.close()


async def _taken(house: House, board: Board, page: Page, name: str) -> None:
    await house.settled()
    board.look()
    await page.wait_for_timeout(SETTLED)
    await page.locator("section.phone").nth(PHONES[name]).screenshot(path=IMAGES / f"role-{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
