"""The control interface over HTTP, as the phones page and other processes use it."""

import asyncio
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import BASIC, GROUP, LI, WANG, Raw


async def post(raw: Raw, action: str, **values: Any) -> dict[str, Any]:
    answer = await raw.send("POST", f"/sandbox/{action}", json=values)
    assert answer.status == 200, answer.body
    return answer.body


async def get(raw: Raw, path: str) -> Any:
    return (await raw.send("GET", f"/sandbox/{path}")).body


async def test_a_whole_conversation_over_http(raw: Raw) -> None:
    await post(raw, "users", id=20, first_name="赵", started=False)
    await post(raw, "chats", id=-1020, type="supergroup", title="新组", members=[20], bot="administrator")
    said = await post(raw, "say", chat_id=20, user_id=20, text="/start")
    await post(raw, "edit", chat_id=20, message_id=said["message"]["message_id"], user_id=20, text="开始")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    sent = (await raw("sendMessage", chat_id=-1020, text="<b>卡</b>", parse_mode="HTML", reply_markup=markup)).result
    press = await post(raw, "press", chat_id=-1020, message_id=sent["message_id"], user_id=20, data="b")

    waiting = asyncio.create_task(get(raw, f"answers/{press['callback_query_id']}?wait=5"))
    await raw("answerCallbackQuery", callback_query_id=press["callback_query_id"], text="好")
    shown = await get(raw, "chats/-1020/messages?viewer=20")

    assert await waiting == {"answered": True, "text": "好", "show_alert": False, "url": ""}
    assert shown["chat"]["title"] == "新组"
    assert shown["messages"][-1]["html"] == "<b>卡</b>"
    assert shown["messages"][-1]["reply_markup"] == markup
    kinds = [list(update)[1] for update in (await raw("getUpdates")).result]
    assert kinds == ["message", "edited_message", "callback_query"]


async def test_the_reply_keyboard_is_the_viewers_own(raw: Raw) -> None:
    keyboard = {"keyboard": [[{"text": "📍", "request_location": True}]], "one_time_keyboard": True}
    await raw("sendMessage", chat_id=LI, text="在哪?", reply_markup=keyboard)

    before = await get(raw, f"chats/{LI}/messages?viewer={LI}")
    await post(raw, "say", chat_id=LI, user_id=LI, location={"latitude": 30.5, "longitude": 114.3})
    after = await get(raw, f"chats/{LI}/messages?viewer={LI}")

    assert before["reply_keyboard"] == before["messages"][0]["reply_keyboard"] == keyboard
    assert after["reply_keyboard"] is None


async def test_status_changes_upgrades_topics_reactions_and_poison(sandbox: Sandbox, raw: Raw) -> None:
    await post(raw, "member", chat_id=GROUP, status="member")
    await post(raw, "member", chat_id=GROUP, user_id=WANG, status="left")
    upgraded = await post(raw, "migrate", chat_id=BASIC)
    await post(raw, "chats", id=GROUP, title="论坛", is_forum=True)
    thread = await post(raw, "topics", chat_id=GROUP, name="消防")
    said = await post(raw, "say", chat_id=LI, user_id=LI, text="好")
    await post(raw, "react", chat_id=LI, message_id=said["message"]["message_id"], user_id=LI, emoji="👍")
    poison = await post(raw, "inject", update={"tea": 1})

    told = (await raw("getUpdates")).result
    assert upgraded["new_chat_id"] == -1_000_000_000_000 + BASIC
    assert thread["message_thread_id"] in sandbox.world.chats[GROUP].topics
    assert told[-1] == {"update_id": poison["update_id"], "tea": 1}
    assert told[0]["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_faults_clock_and_calls(sandbox: Sandbox, raw: Raw) -> None:
    await post(raw, "faults", kind="500", method="getMe", times=3)
    await raw("getMe")
    await raw.send("DELETE", "/sandbox/faults")
    await raw("getMe")
    before = sandbox.world.clock()
    moved = await post(raw, "clock", advance=3600)

    calls = await get(raw, "calls?method=getme&since=0")
    assert [(call["ok"], call.get("fault")) for call in calls["calls"]] == [(False, "500"), (True, None)]
    assert calls["last"] == 2
    assert moved["now"] - before == pytest.approx(3600, abs=1)
    assert (await get(raw, "clock"))["offset"] == 3600


async def test_calls_of_one_chat_show_what_was_refused(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("message text is empty")
    await raw("sendMessage", chat_id=LI, text="")
    await raw("sendMessage", chat_id=WANG, text="好")
    await raw("getUpdates")

    calls = (await get(raw, f"calls?chat_id={LI}"))["calls"]

    assert [(call["refused"], call["error"]["error_code"]) for call in calls] == [(True, 400)]
    assert (await get(raw, "calls"))["calls"][2]["result"] == []


@pytest.mark.parametrize(
    ("action", "values", "reason"),
    [
        ("say", {"chat_id": 404, "user_id": LI, "text": "a"}, "there is no chat 404"),
        ("say", {"chat_id": LI, "user_id": LI, "location": {"latitude": 1}}, "'longitude' is missing"),
        ("users", {"first_name": "a"}, "'id' is missing"),
        ("users", {"id": -1, "first_name": "a"}, "a person's id is positive"),
        ("chats", {"id": 1, "title": "a"}, "a group's id is negative"),
        ("chats", {"id": -1, "title": "a", "type": "channel"}, "a chat of type 'channel' can't be made"),
        ("chats", {"id": -1, "title": "a", "bot": "boss"}, "status 'boss' is not one of"),
        ("member", {"chat_id": GROUP, "status": "boss"}, "status 'boss' is not one of"),
        ("member", {"chat_id": LI, "status": "left"}, "in a private chat the bot is a member, or kicked"),
        ("migrate", {"chat_id": GROUP}, "is no basic group"),
        ("topics", {"chat_id": GROUP, "name": "a"}, "is no forum"),
        ("edit", {"chat_id": LI, "message_id": 9, "user_id": LI, "text": "a"}, "has no message 9"),
        ("react", {"chat_id": LI, "message_id": 9, "user_id": LI, "emoji": "👍"}, "has no message 9"),
        ("faults", {"kind": "tea"}, "fault 'tea' is not one of"),
        ("clock", {"advance": -1}, "the clock moves forward only"),
    ],
)
async def test_an_impossible_action_is_answered_with_a_sentence(
    raw: Raw, action: str, values: dict[str, Any], reason: str
) -> None:
    answer = await raw.send("POST", f"/sandbox/{action}", json=values)

    assert answer.status == 400
    assert reason in answer.body["error"]


@pytest.mark.parametrize("body", [b"[]", b"tea"])
async def test_an_action_takes_a_json_object_only(raw: Raw, body: bytes) -> None:
    assert (await raw.send("POST", "/sandbox/say", data=body)).status == 400


@pytest.mark.parametrize("path", ["answers/1", "chats/404/messages", "chats/x/messages", "calls?since=x"])
async def test_looking_for_what_is_not_there_is_answered_with_a_sentence(raw: Raw, path: str) -> None:
    answer = await raw.send("GET", f"/sandbox/{path}")

    assert answer.status == 400
    assert answer.body["error"]


async def stream(session: aiohttp.ClientSession, url: str, count: int, **headers: str) -> list[dict[str, Any]]:
    """Return the first `count` events of a stream, each with its id."""
    events = []
    async with session.get(f"{url}/sandbox/events", headers=headers) as reply:
        assert reply.content_type == "text/event-stream"
        number = ""
        async for line in reply.content:
            if line.startswith(b"id: "):
                number = line[4:].decode().strip()
            if line.startswith(b"data: "):
                events.append({"id": number, **orjson.loads(line[6:])})
            if len(events) == count:
                break
    return events


async def test_events_are_streamed_and_replayed(sandbox: Sandbox, raw: Raw) -> None:
    seen = str(sandbox.world.events.last)
    live = asyncio.create_task(stream(raw.session, sandbox.url, 7))
    await asyncio.sleep(0.1)
    sent = (await raw("sendMessage", chat_id=LI, text="<i>一</i>", parse_mode="HTML")).result["message_id"]
    await raw("editMessageText", chat_id=LI, message_id=sent, text="二")
    await raw("sendMessage", chat_id=LI, text="三", reply_markup={"keyboard": [["a"]]})
    await raw("deleteMessage", chat_id=LI, message_id=sent)
    await post(raw, "page", title="演示")
    await post(raw, "clock", advance=1)

    events = await asyncio.wait_for(live, 60)
    replayed = await asyncio.wait_for(stream(raw.session, sandbox.url, 7, **{"Last-Event-ID": seen}), 60)

    kinds = [event["type"] for event in events]
    assert kinds == ["message", "edit", "message", "markup", "delete", "page", "clock"]
    assert [event["message"]["html"] for event in events[:3]] == ["<i>一</i>", "二", "三"]
    assert replayed == events


async def test_the_page_its_configuration_and_its_pictures(sandbox: Sandbox, raw: Raw) -> None:
    await post(raw, "page", title="演示", phones=[])
    sandbox.world.say(LI, LI, photo="sample:manhole")
    shown = await get(raw, f"chats/{LI}/messages")

    assert await get(raw, "page") == {"title": "演示", "phones": []}
    for path in ("/sandbox/photos/manhole", shown["messages"][0]["photo_url"]):
        async with raw.session.get(sandbox.url + path) as reply:
            assert (reply.status, reply.content_type) == (200, "image/png")
            assert await reply.read() == sandbox.world.sample("manhole")


@pytest.mark.parametrize("path", ["/sandbox/photos/tea", "/sandbox/files/tea", "/sandbox/static/tea.js"])
async def test_what_is_not_there_is_404(sandbox: Sandbox, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(sandbox.url + path) as reply:
        assert reply.status == 404


async def test_the_phones_page_is_served(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(sandbox.url + "/") as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
