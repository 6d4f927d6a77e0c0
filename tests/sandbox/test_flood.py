"""Flood limits: who has to wait, how long, and what is counted."""

import asyncio
from math import inf

import aiohttp

from bot.sandbox.server import Sandbox
from bot.sandbox.settings import Settings
from bot.sandbox.world.flood import Flood
from tests.sandbox.conftest import GROUP, LI, Answer, Raw, Start, raw_for


def waits(flood: Flood, chat_id: int, times: list[float], **how: bool) -> list[float]:
    """Return how long each call has to wait; those that need not are spent."""
    told = []
    for now in times:
        wait = flood.wait_for(chat_id, now, **how)
        told.append(round(wait, 3))
        if not wait:
            flood.spend(chat_id, now, **how)
    return told


def test_a_private_chat_takes_a_small_burst_then_one_a_second() -> None:
    assert waits(Flood(Settings()), LI, [0, 0, 0, 0, 0.5, 1.0, 1.1]) == [0, 0, 0, 1, 0.5, 0, 0.9]


def test_a_group_takes_twenty_in_any_minute() -> None:
    told = waits(Flood(Settings()), GROUP, [float(second) for second in range(20)] + [20.0, 59.0, 60.0, 60.5])

    assert told == [0] * 20 + [40, 1, 0, 0.5]


def test_edits_count_in_groups_but_not_in_private() -> None:
    flood = Flood(Settings())

    assert waits(flood, GROUP, [float(second) for second in range(21)], edit=True)[-1] == 40
    assert waits(flood, LI, [0.0] * 50, edit=True) == [0] * 50


def test_all_chats_together_take_thirty_a_second() -> None:
    flood = Flood(Settings())
    told = [waits(flood, chat_id, [0.0])[0] for chat_id in range(1, 32)]

    assert told == [0] * 30 + [1]
    assert waits(flood, 99, [1.0]) == [0]


def test_an_album_counts_each_picture_in_a_group() -> None:
    flood = Flood(Settings())
    flood.spend(GROUP, 0.0, count=15)

    assert flood.wait_for(GROUP, 1.0, count=5) == 0
    assert flood.wait_for(GROUP, 1.0, count=6) == 59


def test_without_limits_all_is_counted_still() -> None:
    flood = Flood(Settings(flood="off"))
    for number in range(90):
        flood.spend(LI if number % 3 else GROUP, number / 30)

    assert (flood.sent_within(1.0, 3.0), flood.sent_within(9.0, 3.0, GROUP)) == (29, 30)
    assert (flood.peak(1.0), flood.peak(60.0, LI), flood.wait_for(LI, 3.0)) == (30, 60, 0)


def test_the_same_large_picture_uploaded_again_and_again_is_held_back() -> None:
    flood = Flood(Settings())

    delays = [flood.upload_delay(5_000_000, 1000.0) for _ in range(16)]

    assert delays[:5] == [0, 0, 0, 0.5, 1]
    assert delays[-3:] == [5.5, inf, inf]
    assert flood.upload_delay(100_000, 1000.0) == 0
    assert flood.upload_delay(5_000_001, 1000.0) == 0


async def test_absorbed_waits_only_delay_the_answer(start: Start, session: aiohttp.ClientSession) -> None:
    sandbox = await start(flood="absorb", private_burst=1)
    raw = raw_for(sandbox, session)
    await raw("sendMessage", chat_id=LI, text="一")

    late = asyncio.create_task(raw("sendMessage", chat_id=LI, text="二"))
    await asyncio.sleep(0.1)
    sent_early = len(sandbox.world.chats[LI].messages)
    sandbox.world.advance(1)

    assert (await late).result["text"] == "二"
    assert sent_early == 1


async def test_waits_over_eight_seconds_are_refused_even_so(start: Start, session: aiohttp.ClientSession) -> None:
    sandbox = await start(flood="absorb", group_per_minute=1)
    sandbox.expect_refusal("retry after")
    raw = raw_for(sandbox, session)
    await raw("sendMessage", chat_id=GROUP, text="一")

    answer = await raw("sendMessage", chat_id=GROUP, text="二")

    assert (answer.status, answer.body["parameters"]["retry_after"]) == (429, 60)


async def test_slow_mode_holds_back_one_group_only(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("retry after")
    sandbox.world.add_chat(GROUP, "慢", bot="member", slow_mode_delay=900)
    await raw("sendMessage", chat_id=GROUP, text="一")

    slow = await raw("sendMessage", chat_id=GROUP, text="二")
    other = await raw("sendMessage", chat_id=LI, text="二")
    sandbox.world.advance(900)
    later = await raw("sendMessage", chat_id=GROUP, text="二")

    assert slow.body["parameters"]["retry_after"] == 900
    assert other.body["ok"]
    assert later.body["ok"]


async def test_an_administrator_knows_no_slow_mode(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.add_chat(GROUP, "慢", bot="administrator", slow_mode_delay=900)

    answers = [await raw("sendMessage", chat_id=GROUP, text="好") for _ in range(2)]

    assert all(answer.body["ok"] for answer in answers)


async def test_a_blocked_person_costs_budget_too(start: Start, session: aiohttp.ClientSession) -> None:
    sandbox = await start(flood="strict", overall_per_second=1)
    sandbox.expect_refusal("blocked")
    sandbox.expect_refusal("retry after")
    sandbox.world.add_user(LI, "李", blocked=True)
    raw = raw_for(sandbox, session)

    answers = [await raw("sendMessage", chat_id=chat, text="好") for chat in (LI, GROUP)]

    assert [answer.status for answer in answers] == [403, 429]


async def test_an_upload_waits_for_its_turn_or_is_sent_away(start: Start, session: aiohttp.ClientSession) -> None:
    sandbox = await start(flood="strict")
    sandbox.expect_refusal("retry after 60")
    world, data = sandbox.world, b"0" * 200_000
    while not world.flood.upload_delay(len(data), world.clock()):
        pass

    def upload() -> asyncio.Task[Answer]:
        form = aiohttp.FormData({"chat_id": str(LI)})
        form.add_field("document", data, filename="a.bin")
        raw = raw_for(sandbox, session)
        return asyncio.create_task(raw.send("POST", f"/bot{raw.token}/sendDocument", data=form))

    held = upload()
    await asyncio.sleep(0.1)
    early = held.done()
    sandbox.world.advance(1)
    sent = await held
    while world.flood.upload_delay(len(data), world.clock()) != inf:
        pass
    refused = await upload()

    assert (early, sent.status) == (False, 200)
    assert (refused.status, refused.body["parameters"]) == (429, {"retry_after": 60})
