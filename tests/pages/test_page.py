"""The page as a whole: layout, phones not shown, clock, cut lines, the technical view."""

import time
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import expect

from tests.pages.town import CONFIG, LI, QIAN, SECOND, SUN, ZHAO, Town
from tests.pages.wire import Wire

pytestmark = [pytest.mark.pages, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(("width", "height"), [(1440, 800), (1280, 800), (1280, 720), (1024, 768), (420, 800)])
async def test_nothing_runs_over_the_side_of_the_window(town: Town, width: int, height: int) -> None:
    await town.page.set_viewport_size({"width": width, "height": height})
    await town.bot("sendMessage", chat_id=LI, text="A" * 300 + "长" * 300)
    await town.open()
    await expect(town.words("resident")).to_have_count(1)
    assert await town.page.evaluate("document.documentElement.scrollWidth") <= width
    lists = await town.page.locator(".list").evaluate_all("all => all.map(it => it.scrollWidth - it.clientWidth)")
    assert lists == [0, 0, 0, 0]


async def test_the_input_line_of_every_phone_is_in_sight_on_a_laptop(town: Town) -> None:
    await town.open()
    for line in await town.page.get_by_label("消息", exact=True).all():
        await expect(line).to_be_in_viewport(ratio=1)


async def test_what_was_said_while_the_line_was_cut_is_there_after_it(town: Town) -> None:
    wire = Wire(town.url)
    await town.open(await wire.start())
    await town.bot("sendMessage", chat_id=LI, text="断线以前")
    await expect(town.words("resident")).to_contain_text("断线以前")
    wire.cut()
    await expect(town.page.locator("#linkbar")).to_be_visible()
    await town.bot("sendMessage", chat_id=LI, text="断线期间")
    wire.mend()
    await expect(town.page.locator("#linkbar")).to_be_hidden()
    await expect(town.words("resident")).to_have_count(2)
    await town.bot("sendMessage", chat_id=LI, text="恢复以后")
    await expect(town.words("resident").last).to_contain_text("恢复以后")
    await expect(town.words("resident")).to_have_count(3)
    town.troubles[:] = [line for line in town.troubles if "ERR_" not in line]  # the browser's own note of the cut
    await town.page.goto("about:blank")
    await wire.stop()


async def test_news_on_a_phone_not_shown_are_announced_and_brought_by_one_press(town: Town) -> None:
    await town.open()
    notice = town.page.locator("#topbar").get_by_role("button", name="第二巡防组 1 条新消息")
    await expect(notice).to_have_count(0)
    await town.bot("sendMessage", chat_id=SECOND, text="支援请求")
    await notice.click()
    await expect(town.words("second")).to_contain_text("支援请求")
    await expect(notice).to_have_count(0)
    await expect(town.phone("centre")).to_have_count(0)


async def test_any_phone_can_become_another_and_the_two_change_places(town: Town) -> None:
    await town.open()
    await become(town, "resident", "second")
    assert await shown(town) == ["second", "patrol", "head", "centre"]
    await become(town, "second", "centre")
    assert await shown(town) == ["centre", "patrol", "head", "second"]


async def become(town: Town, name: str, other: str) -> None:
    """Choose another phone in the caption of the one named."""
    await town.phone(name).get_by_label("换一部手机").select_option(other)


async def shown(town: Town) -> list[str]:
    """The phones on the desk, from left to right."""
    phones: list[str] = await town.page.locator("section.phone").evaluate_all("all => all.map(it => it.dataset.phone)")
    return phones


async def test_a_member_of_a_group_can_also_talk_to_the_bot_alone(town: Town) -> None:
    await town.open()
    await town.phone("patrol").get_by_role("button", name="私聊").click()
    await town.type("patrol", "/signin")
    await expect(town.words("patrol")).to_contain_text("/signin")
    (told,) = await town.updates("message")
    assert told["chat"]["id"] == ZHAO


async def test_a_new_configuration_is_taken_over_without_a_reload(town: Town) -> None:
    await town.open()
    renamed = {**CONFIG, "title": "另一条街道", "phones": CONFIG["phones"][1:]}
    async with town.session.post(f"{town.url}/sandbox/page", json=renamed) as reply:
        assert reply.status == 200
    await expect(town.page.get_by_role("heading", name="另一条街道")).to_be_visible()
    await expect(town.phone("resident")).to_have_count(0)
    await expect(town.phone("second")).to_have_count(1)


async def test_an_empty_private_chat_offers_start(town: Town) -> None:
    await town.open()
    await town.phone("head").get_by_role("button", name="开始").click()
    await expect(town.words("head")).to_contain_text("/start")
    await expect(town.phone("head").get_by_role("button", name="开始")).to_be_hidden()
    (told,) = await town.updates("message")
    assert (told["text"], told["chat"]["id"]) == ("/start", SUN)


async def test_a_drill_clock_is_what_the_phones_show_and_a_jump_leaves_the_past_alone(town: Town) -> None:
    clock = {
        "start": "2026-11-22T08:00:20+08:00",  # away from the edge of a minute
        "speed": 1,
        "origin": time.time(),
        "jump": 0,
        "timezone": "Asia/Shanghai",
    }
    town.sandbox.world.page = {**CONFIG, "clock": clock}
    await town.open()
    town.sandbox.world.say(LI, LI, text="跳以前")
    await expect(town.phone("resident").locator(".row time")).to_have_text("08:00")
    town.sandbox.world.page = {**CONFIG, "clock": {**clock, "jump": 3600}}
    town.sandbox.world.events.emit("page", page=town.sandbox.world.page)
    await expect(town.page.locator(".big-clock")).to_contain_text("09:00")
    town.sandbox.world.advance(5)
    town.sandbox.world.say(LI, LI, text="跳以后")
    await expect(town.phone("resident").locator(".row time")).to_have_text(["08:00", "09:00"])


async def test_the_next_moment_is_one_press_away(town: Town) -> None:
    hands = Hands()
    address = await hands.start()
    clock = {"start": hands.now, "speed": 1, "origin": time.time(), "jump": 0, "timezone": "Asia/Shanghai"}
    town.sandbox.world.page = {**CONFIG, "clock": clock, "jump_url": address, "next_due_url": address}
    await town.open()
    await town.page.get_by_role("button", name="下一个时刻 08:42").click()
    await expect(town.page.locator(".jump-note")).to_contain_text("已到")
    await expect(town.page.locator(".jump-note")).to_contain_text("08:42")
    assert hands.jumps == ["2026-11-22T08:42:00+08:00"]
    await expect(town.page.get_by_role("button", name="下一个时刻")).to_be_disabled()
    await hands.runner.cleanup()


class Hands:
    """A clock on another port, as the bot has one."""

    def __init__(self) -> None:
        self.now = "2026-11-22T08:00:00+08:00"
        self.next_due: str | None = "2026-11-22T08:42:00+08:00"
        self.jumps: list[str] = []

    async def start(self) -> str:
        app = web.Application()
        app.add_routes([web.get("/clock", self.show), web.post("/clock", self.turn)])
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/clock"

    async def show(self, _request: web.Request) -> web.Response:
        body: dict[str, Any] = {"now": self.now, "next_due": self.next_due}
        return web.json_response(body, headers={"Access-Control-Allow-Origin": "*"})

    async def turn(self, request: web.Request) -> web.Response:
        self.jumps.append(request.query["to"])
        self.now, self.next_due = request.query["to"], None
        return await self.show(request)


async def test_the_technical_view_shows_refused_calls_in_red(town: Town) -> None:
    await town.open()
    await town.bot("sendMessage", chat_id=LI, text="好")
    async with town.session.post(f"{town.url}/bot1:sandbox/sendMessage", json={"chat_id": 999, "text": "x"}) as reply:
        assert reply.status == 400
    await town.page.get_by_role("button", name="技术视图", exact=True).click()
    await expect(town.page.locator(".call.refused")).to_contain_text("chat not found")
    await expect(town.page.locator(".call:not(.refused)")).to_contain_text("sendMessage")
    await town.bot("sendMessage", chat_id=LI, text="又一条")
    await expect(town.page.locator(".call:not(.refused)", has_text="sendMessage")).to_have_count(2)


async def test_two_phones_may_show_the_same_person_and_stay_alike(town: Town) -> None:
    await town.open()
    await become(town, "centre", "second")
    await town.phone("second").get_by_role("button", name="私聊").click()
    await town.phone("patrol").get_by_label("发言人").select_option(str(QIAN))
    await town.phone("patrol").get_by_role("button", name="私聊").click()
    await town.type("patrol", "同一个人")
    await expect(town.words("second")).to_contain_text("同一个人")
    await expect(town.words("patrol")).to_contain_text("同一个人")


async def test_every_button_and_field_has_a_name_to_be_read_aloud(town: Town) -> None:
    await town.bot("sendMessage", chat_id=LI, text="好", reply_markup={"keyboard": [[{"text": "键"}]]})
    await town.open()
    await expect(town.words("resident")).to_have_count(1)
    nameless = await town.page.locator("button, input, select, textarea").evaluate_all(
        "all => all.filter(it => it.checkVisibility())"
        ".filter(it => !(it.ariaLabel || it.textContent.trim() || it.labels?.length)).map(it => it.outerHTML)"
    )
    assert nameless == []


async def test_a_jump_parts_what_was_said_before_and_after_it_even_within_one_second(town: Town) -> None:
    real = int(town.sandbox.world.clock()) + 1.05  # early in a second yet to come, to which dates are cut
    town.sandbox.world.advance(real - town.sandbox.world.clock())
    town.sandbox.world.say(LI, LI, text="还早")
    town.sandbox.world.advance(0.9)
    town.sandbox.world.say(LI, LI, text="早报")
    clock = {"start": "2026-11-22T07:00:00+08:00", "speed": 1, "origin": real - 60, "timezone": "Asia/Shanghai"}
    jumped = {**clock, "jump": 2340, "jumps": [{"at": real + 0.8, "seconds": 2340}]}
    town.sandbox.world.page = {**CONFIG, "clock": jumped}
    await town.open()
    await expect(town.phone("resident").locator(".row time")).to_have_text(["07:01", "07:40"])
