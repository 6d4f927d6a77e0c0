"""getUpdates as the Bot API server does it."""

import asyncio
import time

import aiohttp
import orjson
import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from bot.sandbox.world import updates as queue
from bot.sandbox.world.updates import Updates
from tests.sandbox.conftest import GROUP, LI, WANG, Answer, Raw, Start, raw_for


def say(sandbox: Sandbox, *texts: str) -> None:
    for text in texts:
        sandbox.world.say(LI, LI, text=text)


def texts(answer: Answer) -> list[str]:
    return [update["message"]["text"] for update in answer.result]


async def test_updates_come_again_until_an_offset_confirms_them(sandbox: Sandbox, raw: Raw) -> None:
    say(sandbox, "一", "二", "三")

    first = await raw("getUpdates")
    rest = await raw("getUpdates", offset=first.result[0]["update_id"] + 1)

    assert texts(first) == ["一", "二", "三"]
    assert texts(rest) == ["二", "三"]
    assert texts(await raw("getUpdates")) == ["二", "三"]


async def test_a_negative_offset_keeps_the_last(sandbox: Sandbox, raw: Raw) -> None:
    say(sandbox, "一", "二", "三")

    assert texts(await raw("getUpdates", offset=-2)) == ["二", "三"]
    assert texts(await raw("getUpdates")) == ["二", "三"]


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 1), (500, 100), ("x", 1)])
async def test_a_batch_has_1_to_100(sandbox: Sandbox, raw: Raw, limit: object, count: int) -> None:
    say(sandbox, *("好" for _ in range(101)))

    assert len((await raw("getUpdates", limit=limit)).result) == count


async def test_a_waiting_poll_is_woken_at_once(sandbox: Sandbox, raw: Raw) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.1)

    began = time.perf_counter()
    say(sandbox, "醒")
    answer = await poll

    assert texts(answer) == ["醒"]
    assert time.perf_counter() - began < 15, "the poll may last thirty"


async def test_a_poll_without_updates_ends_empty(raw: Raw) -> None:
    assert (await raw("getUpdates", timeout=0)).result == []


async def test_the_older_of_two_pollers_is_ousted(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("terminated by other getUpdates")
    older = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(raw("getUpdates", timeout=30))

    ousted = await older
    say(sandbox, "好")

    assert ousted.status == 409
    assert ousted.description == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts(await newer) == ["好"]


async def test_a_poller_that_is_gone_leaves_no_refusal_behind(sandbox: Sandbox, raw: Raw) -> None:
    older = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    older.cancel()
    await asyncio.sleep(0.05)

    await raw("getUpdates")

    assert sandbox.unexpected_refusals() == []


async def test_conflicts_that_come_thick_are_held_back(start: Start, session: object) -> None:
    sandbox = await start(conflict_delay=0.3)
    sandbox.expect_refusal("webhook is active")
    raw = raw_for(sandbox, session)
    await raw("setWebhook", url="http://127.0.0.1:9/hook")

    began = time.perf_counter()
    refused = [await raw("getUpdates") for _ in range(2)]

    assert [answer.status for answer in refused] == [409, 409]
    assert refused[0].description == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert time.perf_counter() - began >= 0.3


async def test_setting_a_webhook_ends_a_waiting_poll(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("terminated by setWebhook")
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)

    await raw("setWebhook", url="http://127.0.0.1:9/hook")

    assert (await poll).description == "Conflict: terminated by setWebhook request"


async def test_some_kinds_are_off_until_asked_for_and_the_wish_is_kept(sandbox: Sandbox, raw: Raw) -> None:
    said = sandbox.world.say(GROUP, LI, text="好")["message_id"]

    def happen() -> None:
        sandbox.world.set_member(GROUP, "left", user_id=WANG)
        sandbox.world.set_member(GROUP, "member", user_id=WANG)
        sandbox.world.react(GROUP, said, LI, "👍")

    kinds = []
    for allowed in ({}, {"allowed_updates": ["chat_member", "message_reaction", "tea"]}, {}, {"allowed_updates": []}):
        await raw("getUpdates", offset=-1, **allowed)
        sandbox.world.updates.clear()
        happen()
        kinds.append({kind for update in (await raw("getUpdates")).result for kind in update} - {"update_id"})

    chosen = {"chat_member", "message_reaction"}
    assert kinds == [{"message"}, chosen, chosen, {"message"}]


async def test_presses_live_150_seconds_and_messages_a_day(sandbox: Sandbox, raw: Raw) -> None:
    card = (await raw("sendMessage", chat_id=LI, text="好")).result["message_id"]
    say(sandbox, "好")
    sandbox.world.press(LI, card, LI, "x", forged=True)

    counts = []
    for seconds in (0, 151, 86_400):
        sandbox.world.advance(seconds)
        counts.append(len((await raw("getUpdates")).result))

    assert counts == [2, 1, 0]


async def test_asking_again_and_again_for_nothing_is_slowed_down(start: Start, session: object) -> None:
    sandbox = await start(poll_repeat_guard=0.4)
    raw = raw_for(sandbox, session)
    await raw("getUpdates", offset=5)

    began = time.perf_counter()
    await raw("getUpdates", offset=5)
    slowed = time.perf_counter() - began
    say(sandbox, "一", "二")
    news = await raw("getUpdates", offset=5)
    again = await raw("getUpdates", offset=5)

    assert slowed >= 0.4
    assert texts(news) == ["一", "二"]
    assert texts(again) == ["一"]


async def test_update_ids_may_jump(sandbox: Sandbox, raw: Raw) -> None:
    say(sandbox, "一")
    sandbox.world.updates.next_id += 1000
    say(sandbox, "二")

    ids = [update["update_id"] for update in (await raw("getUpdates")).result]

    assert ids[1] - ids[0] == 1001


async def test_any_object_can_be_injected_as_an_update(sandbox: Sandbox, raw: Raw) -> None:
    update_id = sandbox.world.inject({"update_id": 3, "message": {"date": "yesterday"}})

    assert (await raw("getUpdates")).result == [{"update_id": update_id, "message": {"date": "yesterday"}}]


async def test_every_update_of_a_busy_day_is_one_ptb_can_read(sandbox: Sandbox, ptb: Bot) -> None:
    world = sandbox.world
    await ptb.get_updates(
        allowed_updates=[
            "message",
            "edited_message",
            "callback_query",
            "chat_member",
            "my_chat_member",
            "message_reaction",
        ]
    )
    card = await ptb.send_message(GROUP, "卡")
    said = world.say(GROUP, LI, text="好", reply_to_message_id=card.message_id)["message_id"]
    world.edit(GROUP, said, LI, text="很好")
    world.say(LI, LI, venue={"latitude": 30.5, "longitude": 114.3, "title": "站", "address": "路"})
    world.say(LI, LI, contact={"phone_number": "110", "first_name": "李"})
    world.say(LI, LI, sticker="👍")
    world.say(LI, LI, voice=True)
    world.say(LI, LI, video=True, caption="看")
    world.say(LI, LI, photo="sample:rubbish", media_group_id="1", forward_from=WANG)
    world.press(GROUP, card.message_id, LI, "x", forged=True)
    world.press(GROUP, 999, LI, "x", forged=True)
    world.react(GROUP, said, LI, "👍")
    world.set_member(GROUP, "kicked", user_id=WANG)
    world.set_member(GROUP, "left")
    world.set_member(LI, "kicked")

    updates = await ptb.get_updates()

    assert len(updates) == 16
    assert [update.callback_query.message.is_accessible for update in updates if update.callback_query] == [True, False]


def test_what_is_too_large_or_too_much_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LONGEST_QUEUE", 2)
    updates = Updates()

    large = updates.put("message", {"text": "a" * 65_536}, key="k", expires=9.0)
    kept = [updates.put("message", {"n": number}, key="k", expires=9.0) for number in range(3)]

    assert large is None
    assert [update_id is not None for update_id in kept] == [True, True, False]


def test_a_batch_stays_under_four_megabytes() -> None:
    updates = Updates()
    for _ in range(100):
        updates.put("message", {"text": "a" * 60_000}, key="k", expires=9.0)

    batch = updates.take(100, 0.0)

    assert len(batch) == 69
    assert orjson.loads(batch[0].payload)["update_id"] == batch[0].id


async def test_a_sandbox_stops_at_once_though_a_poll_waits(sandbox: Sandbox, raw: Raw) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)

    began = time.perf_counter()
    await sandbox.stop()

    with pytest.raises(aiohttp.ClientError):
        await poll
    assert time.perf_counter() - began < 15, "the poll may last thirty"
