"""A small town with a bot that a test plays by hand, and the page that shows it."""

from dataclasses import dataclass, field
from typing import Any

import aiohttp
from playwright.async_api import Locator, Page

from bot.sandbox.server import Sandbox

TOKEN = "1:sandbox"
LI, ZHAO, QIAN, SUN, ZHOU = 7, 21, 22, 31, 41
PATROL, CENTRE, SECOND = -1001, -1002, -1003
PEOPLE = {LI: "李秀英", ZHAO: "赵强", QIAN: "钱梅", SUN: "孙网格", ZHOU: "周值班"}

WEST = [[104.09, 30.63], [104.10, 30.63], [104.10, 30.64], [104.09, 30.64], [104.09, 30.63]]
EAST = [[104.10, 30.63], [104.11, 30.63], [104.11, 30.64], [104.10, 30.64], [104.10, 30.63]]
MAP = {
    "areas": [{"id": "G1", "name": "第1网格", "polygon": WEST}, {"id": "G2", "name": "第2网格", "polygon": EAST}],
    "places": [
        {"name": "锦畔苑", "lat": 30.634, "lng": 104.092, "kind": "compound"},
        {"name": "望江驿站", "lat": 30.636, "lng": 104.105, "kind": "station"},
    ],
}


def phone(name: str, title: str, chat: int, *speakers: int, samples: tuple[str, ...] = ()) -> dict[str, Any]:
    """One phone of the page's configuration."""
    people = [{"user_id": user, "name": PEOPLE[user]} for user in speakers]
    return {"id": name, "title": title, "subtitle": "", "chat_id": chat, "speakers": people, "samples": list(samples)}


CONFIG: dict[str, Any] = {
    "title": "试验街道",
    "phones": [
        phone("resident", "居民", LI, LI, samples=("楼道里有人给电瓶车充电",)),
        phone("patrol", "巡防组", PATROL, ZHAO, QIAN),
        phone("head", "网格长", SUN, SUN),
        phone("centre", "综治中心", CENTRE, ZHOU),
        phone("second", "第二巡防组", SECOND, QIAN),
    ],
    "map": MAP,
    "photos": [{"name": "corridor_ebike", "label": "楼道充电"}, {"name": "manhole", "label": "井盖"}],
    "clock": None,
    "jump_url": None,
}


@dataclass
class Town:
    """The sandbox, a raw Bot API client, and the page once it is open."""

    sandbox: Sandbox
    url: str
    session: aiohttp.ClientSession
    page: Page
    troubles: list[str] = field(default_factory=list)

    async def bot(self, method: str, **values: Any) -> Any:
        """Call the Bot API as the bot would; the call must be taken."""
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=values) as reply:
            body = await reply.json()
        assert body["ok"], body
        return body["result"]

    async def updates(self, *kinds: str) -> list[Any]:
        """What the bot would receive now, of the given kinds."""
        return [one[kind] for one in await self.bot("getUpdates") for kind in kinds if kind in one]

    async def open(self, address: str | None = None) -> None:
        """Open the page and wait until the phones stand and events flow."""
        await self.page.goto(f"{address or self.url}/")
        await self.page.locator("section.phone").nth(3).wait_for()
        await self.page.locator("#linkbar").wait_for(state="hidden")

    def phone(self, name: str) -> Locator:
        """A phone on the desk."""
        return self.page.locator(f'section.phone[data-phone="{name}"]')

    def words(self, name: str) -> Locator:
        """The words of all bubbles of a phone, in order."""
        return self.phone(name).locator(".bubble .words")

    async def type(self, name: str, text: str) -> None:
        """Type into a phone and press Enter."""
        line = self.phone(name).get_by_label("消息", exact=True)
        await line.fill(text)
        await line.press("Enter")
