"""The phones page in a real chromium, on a real sandbox in the same process; the tests speak as its bot."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect
from telegram import Bot, CallbackQuery

from bot.sandbox.server import Sandbox
from bot.sandbox.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
# Nothing of the browser may look for the internet: the page must work on a machine that has none.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE = 8000  # milliseconds

LI, WANG, ZHAO, QIAN, SUN = 7, 8, 9, 10, 11
GROUP = -1001
SQUARE = [[104.09, 30.63], [104.11, 30.63], [104.11, 30.65], [104.09, 30.65]]


@dataclass
class Desk:
    """The open page. Whatever it complains about in the console fails the test, unless the test says it is meant."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)

    def phone(self, chat: int) -> Locator:
        """The frame that shows a chat, by the phone's id in the configuration."""
        return self.page.locator(f'[data-phone="{chat}"]')

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def unexpected(self) -> list[str]:
        return [text for text in self.complaints if not any(word in text for word in self.meant)]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail("the phones page is tested in Debian's chromium: run apt-get install chromium", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    """An empty tab, as wide as a small notebook."""
    page = await browser.new_page(viewport={"width": 1280, "height": 720}, timezone_id="Asia/Shanghai")
    page.set_default_timeout(PATIENCE)
    opened = Desk(page)
    page.on("console", opened.heard)
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    await page.close()
    assert opened.unexpected() == []


def phone_of(chat: int, title: str, *speakers: tuple[int, str], samples: tuple[str, ...] = ()) -> dict[str, Any]:
    people = [{"user_id": user, "name": name} for user, name in speakers]
    return {"id": str(chat), "title": title, "chat_id": chat, "speakers": people, "samples": list(samples)}


def configuration() -> dict[str, Any]:
    return {
        "title": "测试街道",
        "bot_name": "测试驿站",
        "phones": [
            phone_of(LI, "李", (LI, "李"), samples=("路灯坏了",)),
            phone_of(GROUP, "巡逻一组", (LI, "李"), (WANG, "王")),
            phone_of(ZHAO, "赵", (ZHAO, "赵")),
            phone_of(QIAN, "钱", (QIAN, "钱")),
            phone_of(SUN, "孙", (SUN, "孙")),
        ],
        "map": {
            "areas": [{"id": "G1", "name": "第1网格", "polygon": SQUARE}],
            "places": [{"name": "东门岗", "lat": 30.641, "lng": 104.101, "kind": "station"}],
        },
        "photos": [{"name": "manhole", "label": "井盖"}, {"name": "rubbish", "label": "垃圾"}],
        "clock": None,
    }


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    served = Sandbox(settings=Settings(flood="off", poll_repeat_guard=0.0, conflict_delay=0.0, bot_username="test_bot"))
    for user, name in ((LI, "李"), (WANG, "王"), (ZHAO, "赵"), (QIAN, "钱"), (SUN, "孙")):
        served.world.add_user(user, name, started=True)
    served.world.add_chat(GROUP, "巡逻一组", members=[LI, WANG], bot="administrator")
    served.world.page = configuration()
    await served.start()
    yield served
    await served.stop()
    assert [str(call) for call in served.unexpected_refusals()] == []


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot") as speaking:
        yield speaking


@pytest.fixture
async def town(desk: Desk, sandbox: Sandbox) -> Desk:
    """The page, open on the sandbox and listening."""
    await desk.page.goto(sandbox.url + "/")
    await expect(desk.page.locator(".phone")).to_have_count(4)
    await expect(desk.phone(LI).get_by_text("还没有消息")).to_be_visible()
    return desk


async def next_press(bot: Bot) -> CallbackQuery:
    """The press that the page has made, as the bot gets it."""
    seen = 0
    for _ in range(20):
        for update in await bot.get_updates(offset=seen + 1, timeout=2):
            seen = update.update_id
            if update.callback_query:
                return update.callback_query
    raise AssertionError("nobody pressed anything")
