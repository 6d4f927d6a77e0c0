"""Faults on demand: each is what the bot would see of a bad day."""

import time

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import LI, WANG, Raw


def count(sandbox: Sandbox) -> int:
    return len(sandbox.world.chats[LI].messages)


@pytest.mark.parametrize(
    ("kind", "status", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 4"),
        ("500", 500, "Internal Server Error: restart"),
        ("401", 401, "Unauthorized"),
    ],
)
async def test_a_refusal_on_demand_is_no_refusal_of_the_bots_own(
    sandbox: Sandbox, raw: Raw, kind: str, status: int, description: str
) -> None:
    sandbox.world.faults.add(Fault(kind=kind, method="SendMessage", retry_after=4))

    refused = await raw("sendMessage", chat_id=LI, text="好")
    taken = await raw("sendMessage", chat_id=LI, text="好")

    assert (refused.status, refused.description) == (status, description)
    assert taken.body["ok"]
    assert (sandbox.unexpected_refusals(), count(sandbox)) == ([], 1)


async def test_ptb_sees_the_wait(sandbox: Sandbox, ptb: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    sandbox.world.faults.add(Fault(kind="429", retry_after=7))

    with pytest.raises(RetryAfter, match=r"Retry in 0:00:07"):
        await ptb.send_message(LI, "好")


async def test_a_bad_gateway_speaks_html(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.world.faults.add(Fault(kind="502_html"))

    async with session.get(f"{sandbox.url}/bot{sandbox.token}/getMe") as reply:
        assert (reply.status, reply.content_type) == (502, "text/html")
        assert "Bad Gateway" in await reply.text()


@pytest.mark.parametrize(("kind", "sent"), [("cut_before", 0), ("cut_after", 1)])
async def test_a_cut_connection_leaves_the_outcome_open(sandbox: Sandbox, ptb: Bot, kind: str, sent: int) -> None:
    sandbox.world.faults.add(Fault(kind=kind, method="sendMessage"))

    with pytest.raises(NetworkError):
        await ptb.send_message(LI, "好")

    assert count(sandbox) == sent


async def test_a_slow_answer_comes_after_the_deed(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.world.faults.add(Fault(kind="slow", seconds=5))
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"

    with pytest.raises(TimeoutError):
        await session.post(url, data={"chat_id": LI, "text": "好"}, timeout=aiohttp.ClientTimeout(total=0.2))

    assert count(sandbox) == 1


async def test_a_slow_answer_comes(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.faults.add(Fault(kind="slow", seconds=0.3))

    began = time.perf_counter()
    await raw("getMe")

    assert time.perf_counter() - began >= 0.3


async def test_a_fault_strikes_only_the_chat_it_is_meant_for(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.faults.add(Fault(kind="500", chat_id=LI, times=2))

    statuses = [(await raw("sendMessage", chat_id=chat, text="好")).status for chat in (WANG, LI, WANG, LI, LI)]

    assert statuses == [200, 500, 200, 500, 200]


async def test_a_fault_may_strike_by_chance(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.faults.add(Fault(kind="500", times=99, probability=0.5))

    statuses = [(await raw("getMe")).status for _ in range(40)]

    assert 8 < statuses.count(500) < 32


async def test_a_confirmed_update_may_come_again(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.world.say(LI, LI, text="一")
    first = (await raw("getUpdates")).result
    sandbox.world.faults.add(Fault(kind="repeat_update"))

    offset = first[0]["update_id"] + 1
    again = (await raw("getUpdates", offset=offset)).result
    then = (await raw("getUpdates", offset=offset)).result

    assert (again, then) == (first, [])


def test_only_built_faults_are_taken(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="'flood' is not one of"):
        sandbox.world.faults.add(Fault(kind="flood"))
