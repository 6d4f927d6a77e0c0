"""The digest at 07:40: figures that can be recomputed from the log, once a day, whatever was down."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from bot.demo import play
from bot.demo.house import House, colleagues_signed_in, open_house, open_sandbox
from bot.sandbox.server import Sandbox
from core.case import Event
from storage import views
from tests.stories.scene import NINE, Cast, at_the_end, body_text, both_databases, cast_of, read, told


def _morning(house: House, days: int = 1) -> datetime:
    return house.now.replace(hour=7, minute=40, second=0, microsecond=0) + timedelta(days=days)


async def _busy_day(house: House, who: Cast) -> None:
    """One solved and rated, one that nobody accepts, one that was withdrawn, one reopened, one of another grid."""
    await play.whole_case(house, play.cast(house), lambda *_: None)
    who.neighbour.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.neighbour.sees("收到了,编号")
    await house.jump_by(minutes=5)
    who.visitor.says("宏济花园2栋门口路灯不亮")
    await who.visitor.sees("Received, case")
    await house.jump_by(minutes=5)
    who.visitor.says("/mine")
    await who.visitor.sees("A2611-0003")
    await who.visitor.presses("A2611-0003")
    await who.visitor.presses("Withdraw")
    await who.visitor.sees("withdrawn")
    who.resident.says("锦畔苑2栋楼道堆满杂物")
    await who.resident.sees("收到了,编号")


async def _log(house: House, day: datetime) -> dict[str, list[Event]]:
    """The log of a day, by case; read from the database and not by the digest's own hands."""
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    lines = await read(house, lambda conn: views.log_lines(conn, start, start + timedelta(days=1)))
    cases: dict[str, list[Event]] = {}
    for line in lines:
        cases.setdefault(line.case, []).append(line.event)
    return cases


def _of_grid(log: dict[str, list[Event]], grid: str) -> dict[str, list[Event]]:
    return {no: events for no, events in log.items() if any(e.data.get("grid") == grid for e in events)}


def _on_time(log: dict[str, list[Event]]) -> tuple[int, int]:
    """Assignments whose limit fell into the log, and how many of them were accepted within it."""
    inside = asked = 0
    for events in log.values():
        accepted = {e.data["assignment"]: e.at for e in events if e.kind == "accepted"}
        for event in events:
            if event.kind == "assigned":
                asked += 1
                at = accepted.get(event.data["assignment"])
                inside += at is not None and at <= datetime.fromisoformat(str(event.data["ack_due"]))
    return inside, asked


@both_databases
async def test_the_digest_says_what_the_log_says(house: House, who: Cast) -> None:
    day = house.now
    await _busy_day(house, who)
    await house.jump(_morning(house))
    digest = body_text(await who.head.sees("日报"))
    log = _of_grid(await _log(house, day), "G05")
    kept = {no: events for no, events in log.items() if not any(e.kind == "cancelled" for e in events)}
    assert (len(log), len(kept)) == (3, 2), "the withdrawn one leaves the bases (figures.md)"
    assert f"新增{len(kept)}件" in digest
    assert f"办结{sum(e.kind == 'closed' for events in kept.values() for e in events)}件" in digest
    assert "满意 1/1(1件结案,1件评价)" in digest
    assert "撤销1" in digest
    found = re.search(r"按时签收 (\d+)/(\d+)", digest)
    assert found is not None
    assert (int(found[1]), int(found[2])) == _on_time(kept)
    assert "A2611-0002" in digest, "what nobody accepted is read first"
    assert "锦畔苑" not in digest, "another grid's matter is another digest's"


async def test_every_grid_head_reads_one_digest_a_day(house: House, who: Cast) -> None:
    for days in (1, 1, 1):
        await house.jump(_morning(house, days))
    await house.settled()
    for grid in house.district.grids:
        head = house.district.grid_head(grid.id)
        assert head is not None
        phone = house.stage.phone(head.tg_id or 0)
        mine = [text for text in told(phone, "日报") if grid.name_zh in text]
        assert len(mine) == 3, grid.id


async def test_the_head_taps_that_it_was_read(house: House, who: Cast) -> None:
    await house.jump(_morning(house))
    await who.head.sees("日报")
    assert "看过" in await who.head.presses("我已阅")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with open_sandbox(flood="off") as opened:
        yield opened


async def test_down_over_the_digest_it_is_sent_once_when_the_bot_is_back(sandbox: Sandbox, sqlite_url: str) -> None:
    async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
        await house.jump(house.now.replace(hour=23, minute=50))
        chat = cast_of(house).head
    sandbox.world.advance(9 * 3600)  # ten to nine in the morning
    for _ in range(2):
        async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
            phone = house.stage.phone(chat.user)
            await house.stage.until(lambda phone=phone: told(phone, "日报") or None, lambda: "no digest")
            await house.settled()
            assert house.now.hour == 8
            assert len(told(phone, "日报")) == 1
            await at_the_end(house)


async def test_three_days_down_bring_one_digest_and_one_step_of_each_case_and_no_flood(
    sandbox: Sandbox, sqlite_url: str
) -> None:
    async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
        await colleagues_signed_in(house)
        who = cast_of(house)
        who.resident.says("宏济新居3栋门口路灯不亮")
        await who.resident.sees("收到了")
        await house.settled()
    before = sandbox.world.calls.last
    sandbox.world.advance(3 * 86_400)
    async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
        head = house.stage.phone(who.head.user)
        await house.stage.until(lambda: told(head, "日报") or None, lambda: "no digest")
        await house.settled()
        digests = [call for call in sandbox.world.calls.find(since=before) if "日报" in str(call.params)]
        assert len(digests) == len({call.params["chat_id"] for call in digests}) == len(house.district.grids)
        about = [call for call in sandbox.world.calls.find(since=before) if "A2611-0001" in str(call.params)]
        assert len(about) < 16, [str(call) for call in about]
        assert not [call for call in about if "还有" in str(call.params.get("text"))], "no reminder of a past limit"
        await at_the_end(house)


async def test_nothing_is_counted_that_the_log_does_not_hold(house: House, who: Cast) -> None:
    await house.jump(_morning(house))
    digest = body_text(await who.head.sees("日报"))
    assert "新增0件" in digest or "新增" not in digest

    def events(conn: Connection) -> int:
        return int(conn.execute(text("select count(*) from events where case_no <> ''")).scalar_one())

    assert await read(house, events) == 0
