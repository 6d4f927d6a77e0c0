"""Webhook delivery against a small bot that answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import LI, STRANGER, WANG, Raw

Replying = Callable[[dict[str, Any]], web.Response]


@dataclass
class Hook:
    """A bot's door: notes what comes, answers 200 unless told otherwise, may hold all answers back."""

    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    replies: list[web.Response] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def receive(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        async with self.news:
            self.news.notify_all()
        await self.open.wait()
        self.at_once -= 1
        return self.replies.pop(0) if self.replies else web.Response()

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: len(self.heard) >= count), 60)
        return self.heard

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    hook.open.set()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    hook.open.set()
    await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    """Wait a few seconds for something that happens on its own."""
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


async def settled(sandbox: Sandbox) -> None:
    """Wait until every update is delivered."""
    await until(lambda: not sandbox.world.updates.pending(sandbox.world.clock()))


async def backing_off(sandbox: Sandbox) -> None:
    """Wait until the delivery waits for its next try: only then a moved clock means what it says."""
    await until(lambda: bool(sandbox.world.clock._sleepers))


async def test_updates_are_posted_with_the_secret(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    sandbox.world.say(LI, LI, text="早")
    await raw("setWebhook", url=hook.url, secret_token="s3cret_-", max_connections=7)
    sandbox.world.say(LI, LI, text="晚")

    await hook.wait_for(2)
    await settled(sandbox)

    assert hook.texts() == ["早", "晚"]
    assert set(hook.secrets) == {"s3cret_-"}
    info = (await raw("getWebhookInfo")).result
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (hook.url, 7, 0)


async def test_one_chat_waits_while_others_go_on(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.open.clear()
    await raw("setWebhook", url=hook.url)
    for person in (LI, WANG, STRANGER):
        sandbox.world.say(person, person, text=f"一{person}")
        sandbox.world.say(person, person, text=f"二{person}")

    await hook.wait_for(3)
    await asyncio.sleep(0.05)
    first = hook.texts()
    hook.open.set()
    await hook.wait_for(6)

    assert sorted(first) == ["一7", "一8", "一9"]
    assert hook.most_at_once == 3


async def test_no_more_connections_than_the_bot_allows(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.open.clear()
    await raw("setWebhook", url=hook.url, max_connections=2)
    for person in (LI, WANG, STRANGER):
        sandbox.world.say(person, person, text="好")

    await hook.wait_for(2)
    await asyncio.sleep(0.05)
    at_first = len(hook.heard)
    hook.open.set()
    await hook.wait_for(3)

    assert (at_first, hook.most_at_once) == (2, 2)


async def test_presses_of_two_people_on_one_card_come_side_by_side(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.open.clear()
    card = (await raw("sendMessage", chat_id=-1001, text="卡")).result["message_id"]
    await raw("setWebhook", url=hook.url)
    for person in (LI, WANG):
        sandbox.world.press(-1001, card, person, "take", forged=True)

    heard = await hook.wait_for(2)

    assert {update["callback_query"]["from"]["id"] for update in heard} == {LI, WANG}


async def test_failed_updates_come_again_after_0_2_4_seconds(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies += [web.Response(status=500) for _ in range(4)]
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")
    sandbox.world.say(LI, LI, text="二")

    await hook.wait_for(2)  # the first repetition comes at once
    for wait, count in ((2, 3), (4, 4)):
        await backing_off(sandbox)
        sandbox.world.advance(wait - 0.5)
        await asyncio.sleep(0.05)
        assert len(hook.heard) == count - 1
        sandbox.world.advance(0.6)
        await hook.wait_for(count)

    await backing_off(sandbox)
    sandbox.world.advance(8)
    await hook.wait_for(6)
    assert hook.texts() == ["一"] * 5 + ["二"]
    info = (await raw("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_the_wait_a_bot_asks_for_is_kept(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies.append(web.Response(status=503, headers={"Retry-After": "30"}))
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")
    await hook.wait_for(1)
    await backing_off(sandbox)

    sandbox.world.advance(28)
    await asyncio.sleep(0.05)
    early = len(hook.heard)
    sandbox.world.advance(3)
    await hook.wait_for(2)

    assert early == 1


async def test_any_2xx_is_a_success_and_may_carry_a_call(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies.append(web.json_response({"method": "sendMessage", "chat_id": LI, "text": "收到"}, status=202))
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")

    await settled(sandbox)
    await until(lambda: len(sandbox.world.chats[LI].messages) == 2)

    assert [stored.body["text"] for stored in sandbox.world.chats[LI].messages.values()] == ["一", "收到"]
    assert len(hook.heard) == 1


@pytest.mark.parametrize("kind", ["drop_webhook_reply", "repeat_update"])
async def test_an_update_comes_twice_when_its_answer_is_lost(sandbox: Sandbox, raw: Raw, hook: Hook, kind: str) -> None:
    sandbox.world.faults.add(Fault(kind=kind))
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")

    await hook.wait_for(2)
    await settled(sandbox)

    assert hook.heard[0] == hook.heard[1]


async def test_what_expires_while_the_bot_is_down_is_dropped(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies += [web.Response(status=500) for _ in range(3)]
    await raw("setWebhook", url=hook.url)
    sandbox.world.press(LI, 1, LI, "x", forged=True)
    await hook.wait_for(2)
    await backing_off(sandbox)

    sandbox.world.advance(151)
    sandbox.world.press(LI, 1, LI, "y", forged=True)

    await hook.wait_for(4)
    assert [update["callback_query"]["data"] for update in hook.heard] == ["x", "x", "y", "y"]


async def test_a_bot_that_is_down_gets_its_updates_when_it_is_back(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    await raw("setWebhook", url="http://127.0.0.1:9/hook")
    sandbox.world.say(LI, LI, text="一")
    await backing_off(sandbox)
    down = (await raw("getWebhookInfo")).result

    sandbox.world.advance(1)
    await raw("setWebhook", url=hook.url)
    await hook.wait_for(1)

    assert down["last_error_message"].startswith("Connection failed")
    assert down["pending_update_count"] == 1
    assert hook.texts() == ["一"]


async def test_a_deleted_webhook_leaves_the_rest_to_polling(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies += [web.Response(status=500) for _ in range(2)]
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")
    await hook.wait_for(2)

    assert (await raw("deleteWebhook")).result is True

    assert [update["message"]["text"] for update in (await raw("getUpdates")).result] == ["一"]
    assert (await raw("getWebhookInfo")).result["url"] == ""


async def test_23_hours_of_410_delete_the_webhook(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    hook.replies += [web.Response(status=410) for _ in range(4)]
    await raw("setWebhook", url=hook.url)
    sandbox.world.say(LI, LI, text="一")
    await hook.wait_for(2)
    await backing_off(sandbox)

    sandbox.world.advance(23 * 3600 + 10)
    await until(lambda: sandbox._desk.webhook.address is None)

    assert (await raw("getWebhookInfo")).result["url"] == ""


async def test_pending_updates_are_dropped_on_request(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    sandbox.world.say(LI, LI, text="旧")
    await raw("setWebhook", url=hook.url, drop_pending_updates=True)
    sandbox.world.say(LI, LI, text="新")

    await hook.wait_for(1)

    assert hook.texts() == ["新"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"url": "ftp://x"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://"}, "Bad Request: invalid webhook URL specified"),
        ({"secret_token": "a" * 257}, "Bad Request: secret token is too long"),
        ({"secret_token": "with space"}, "Bad Request: secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_is_refused(sandbox: Sandbox, raw: Raw, values: dict[str, str], text: str) -> None:
    sandbox.expect_refusal(text)

    assert (await raw("setWebhook", **{"url": "http://127.0.0.1:9/", **values})).description == text


async def test_webhooks_are_set_once_a_second(sandbox: Sandbox, raw: Raw, hook: Hook) -> None:
    sandbox.expect_refusal("retry after 1")
    await raw("setWebhook", url=hook.url)

    second = await raw("setWebhook", url=hook.url)
    sandbox.world.advance(1)
    third = await raw("setWebhook", url=hook.url, allowed_updates=["message"])

    assert (second.status, second.body["parameters"]) == (429, {"retry_after": 1})
    assert third.result is True
    assert (await raw("getWebhookInfo")).result["allowed_updates"] == ["message"]
