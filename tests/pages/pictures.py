"""The pictures of the roles' pages, taken from the phones page: `python -m tests.pages.pictures`."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.demo import play, town
from bot.demo.board import Board
from bot.demo.house import House, colleagues_signed_in, open_house
from core import rights
from core.records.check import Check
from storage import records
from tests.pages.conftest import ARGUMENTS, CHROMIUM

IMAGES = Path(__file__).parents[2] / "docs" / "images"
RESIDENT, PATROL, HEAD, CENTRE = range(4)  # phones from left to right
SETTLED = 700  # milliseconds, for the last bubble to have slid in
FIRE = -1009000000300
NOISE = "宏济新居3栋2单元楼上天天半夜拖椅子,说了几次都不听,能不能帮忙调一下"


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at the page's phones when nothing moves any more."""

    house: House
    board: Board
    page: Page

    async def takes(self, name: str, slot: int) -> None:
        """The picture of a role's page."""
        await self.house.settled()
        self.board.look()
        await self.page.wait_for_timeout(SETTLED)
        await self.page.locator("section.phone").nth(slot).screenshot(path=IMAGES / f"role-{name}.png")

    async def turns(self, slot: int, to: str) -> None:
        """One of the phones becomes another."""
        await self.page.locator("section.phone").nth(slot).get_by_label("换一部手机").select_option(to)

    async def alone(self, slot: int, user: int) -> None:
        """Somebody of a group looks at their own chat with the bot."""
        phone = self.page.locator("section.phone").nth(slot)
        await phone.get_by_label("发言人").select_option(str(user))
        await phone.get_by_role("button", name="私聊").click()


async def main() -> None:
    """A day of the demo town; at its moments the phones are photographed."""
    async with open_house(flood="off", paced=False) as house, async_playwright() as playwright:
        board = Board(house)
        await colleagues_signed_in(house)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1600, "height": 900}, timezone_id="Asia/Shanghai")
        await page.goto(house.url + "/")
        who, camera = play.cast(house), Camera(house, board, page)
        await accepted(who, camera)
        await called_in(house, who, camera)
        await play.up_the_ladder(house, who, lambda *_: None)
        await camera.takes("head", HEAD)
        await camera.takes("centre", CENTRE)
        await talked_over(house, who, camera)
        await administered(house, camera)
        await looked_after(house, camera)
        await browser.close()


async def accepted(who: play.Cast, camera: Camera) -> None:
    """A report reaches the post and is accepted."""
    who.resident.says("宏济新居3栋楼道有人给电瓶车充电,就在楼梯口", photo="sample:corridor_ebike")
    await who.first.sees("电动车", "宏济新居3栋")
    await camera.takes("patrol", PATROL)
    await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")
    await camera.takes("resident", RESIDENT)


async def called_in(house: House, who: play.Cast, camera: Camera) -> None:
    """The post whistles for the fire station, which reports in."""
    who.neighbour.says("宏济新居5栋楼道堆满杂物")
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await who.first.sees("宏济新居5栋", "已签收")
    await who.first.presses("📣 吹哨")
    await who.first.presses("消防救援站")
    await who.first.presses("日常哨 2 个工作日")
    await who.first.presses("不归我们管")
    await who.head.sees("申请吹哨")
    await who.head.presses("✔️ 同意")
    station = house.stage.phone(town.clerk(FIRE), FIRE)
    await station.sees("【吹哨】", "宏济新居5栋")
    await station.presses("🙋 报到")
    await camera.turns(CENTRE, f"d{FIRE}")
    await camera.takes("department", CENTRE)
    await camera.turns(CENTRE, "gCTR")


async def looked_after(house: House, camera: Camera) -> None:
    """A spot check that nobody of the post answers, and the inspectors' table of it."""
    found = await asyncio.wrap_future(house.app.store.read(partial(records.open_records, kinds={"check"})))
    check = min((it for it in found if isinstance(it, Check)), key=lambda it: it.at)
    await house.jump(check.at + timedelta(seconds=1))
    await house.jump_by(minutes=5)
    await camera.turns(CENTRE, "gINS")
    await camera.takes("inspector", CENTRE)


async def administered(house: House, camera: Camera) -> None:
    """Whoever administers the town looks at its settings."""
    if house.app.engine.town is None:
        raise LookupError("no town")
    account = next(it.tg_id for it in rights.administrators(house.app.engine.town) if it.tg_id is not None)
    admin = house.stage.phone(account)
    admin.says("/people")
    await admin.sees("人员和权限")
    admin.says("/setup")
    await admin.sees("辖区设置")
    await camera.alone(CENTRE, account)
    await camera.takes("administrator", CENTRE)


async def talked_over(house: House, who: play.Cast, camera: Camera) -> None:
    """A quarrel reaches a mediator, who accepts it and hears both sides."""
    captain = house.district.head("ST2")
    if captain is None or captain.tg_id is None:
        raise LookupError("post ST2 has no head")
    mediator = house.stage.phone(captain.tg_id)
    who.resident.says(NOISE)
    await who.first.sees("🤝", "宏济新居")
    await house.stage.phone(captain.tg_id, who.first.chat).presses("✋ 我来调解")
    await mediator.sees("拖椅子")
    await mediator.presses("✅ 受理")
    await who.resident.presses("✅ 同意")
    await camera.alone(PATROL, captain.tg_id)
    await camera.takes("mediator", PATROL)


if __name__ == "__main__":
    asyncio.run(main())
