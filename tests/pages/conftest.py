"""One browser for all tests; for each a new sandbox town and a new tab. Complaints of the browser fail the test."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, ConsoleMessage, Page, async_playwright, expect

from bot.sandbox.server import Sandbox
from bot.sandbox.settings import Settings
from tests.pages.town import CENTRE, CONFIG, PATROL, PEOPLE, QIAN, SECOND, TOKEN, ZHAO, ZHOU, Town

CHROMIUM = Path("/usr/bin/chromium")
THERE = CHROMIUM.exists()
# Nothing of the browser may look for the internet: the page must work on a machine that has none.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window() -> AsyncIterator[BrowserContext]:
    """Debian's chromium; without it the tests fail, for a page that nobody looked at is not known to work."""
    if not THERE:
        pytest.fail("the phones page is tested in Debian's chromium: run apt-get install chromium", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        # The page keeps nothing in the browser, so all tests may share a window: a new one costs much of a test's time.
        yield await opened.new_context(viewport={"width": 1280, "height": 720}, timezone_id="Asia/Shanghai")
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(window: BrowserContext) -> AsyncIterator[tuple[Page, list[str]]]:
    """An empty tab as wide as a small notebook, and what the browser complained about in it."""
    page = await window.new_page()
    page.set_default_timeout(PATIENCE)
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            troubles.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page, troubles
    await page.close()
    assert troubles == []


@pytest_asyncio.fixture(loop_scope="session")
async def town(tab: tuple[Page, list[str]]) -> AsyncIterator[Town]:
    """The small town; the page is not open yet."""
    sandbox = Sandbox(TOKEN, settings=Settings(flood="off", poll_repeat_guard=0.0, conflict_delay=0.0))
    for user, name in PEOPLE.items():
        sandbox.world.add_user(user, name, started=True)
    groups = {PATROL: ("巡防组", [ZHAO, QIAN]), CENTRE: ("综治中心", [ZHOU]), SECOND: ("第二巡防组", [QIAN])}
    for chat, (title, members) in groups.items():
        sandbox.world.add_chat(chat, title, members=members, bot="administrator")
    sandbox.world.page = CONFIG
    url = await sandbox.start()
    page, troubles = tab
    async with aiohttp.ClientSession() as session:
        yield Town(sandbox, url, session, page, troubles)
        await page.goto("about:blank")
    await sandbox.stop()
