"""The bot was away for longer than Telegram keeps a press: each chat hears it once, and the buttons are there again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import Connection

from bot.demo.house import House, colleagues_signed_in, open_house, open_sandbox
from bot.outage import AWAY, HEARD
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from core.case import Status
from storage import meta
from storage.store import Store
from storage.tables import OUTBOX
from tests.bot.street import until
from tests.stories.scene import (
    CENTRE,
    NINE,
    ST1,
    ST2,
    Cast,
    all_cases,
    at_the_end,
    body_text,
    cast_of,
    only_case,
    pressed_data,
    read,
    told,
)

REPORT = "宏济新居3栋楼道堆满杂物"
BACK = "刚才断线"
Act = Callable[[House, Cast], Awaitable[None]]


@contextlib.asynccontextmanager
async def outage(before: Act, url: str, seconds: float = 600) -> AsyncIterator[tuple[House, Cast]]:
    """A town in which something happens; then the bot is away for so long, and comes back."""
    async with open_sandbox(flood="off") as sandbox:
        async with _house(sandbox, url) as house:
            await colleagues_signed_in(house)
            await before(house, cast_of(house))
        last = _heard(url)
        sandbox.world.advance(seconds)
        async with _house(sandbox, url) as house:
            await until(lambda: _looked(house, last))
            yield house, cast_of(house)
            await at_the_end(house)


def _heard(url: str) -> str | None:
    with Store.open(url, running=False) as store:
        return store.read(lambda conn: meta.get_meta(conn, HEARD)).result()


async def _looked(house: House, last: str | None) -> bool:
    """Whether the bot has noticed by now that it was away; a busy machine puts that off."""
    heard, away = await read(house, lambda conn: (meta.get_meta(conn, HEARD), meta.get_meta(conn, AWAY)))
    return heard != last and away is None


def _house(sandbox: Sandbox, url: str) -> contextlib.AbstractAsyncContextManager[House]:
    return open_house(start=NINE, flood="off", paced=False, sandbox=sandbox, database_url=url)


async def _reported(house: House, who: Cast) -> None:
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")


async def _pressed_into_the_dark(house: House, who: Cast) -> None:
    """The bot is deaf already when the button is pressed."""
    await _reported(house, who)
    await house.settled()
    house.app.poller.stop()
    await asyncio.sleep(0.1)
    card = next(m for m in reversed(who.first.messages()) if "宏济新居3栋" in body_text(m))
    house.sandbox.world.press(ST2, card["message_id"], who.first.user, pressed_data(card, "✋ 签收"))


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_a_press_that_was_lost_is_asked_for_again_once_and_counts(
    database: str, request: pytest.FixtureRequest
) -> None:
    async with outage(_pressed_into_the_dark, request.getfixturevalue(database)) as (house, who):
        await house.settled()
        (summary,) = told(who.first, BACK)
        assert "10分钟" in summary
        assert "在办 1 件" in summary
        assert (await only_case(house)).status is Status.DISP
        last = [body_text(m) for m in who.first.messages()][-2:]
        assert BACK in last[0]
        assert "宏济新居3栋" in last[1]
        assert "已签收" in await who.first.presses("✋ 签收")
        assert not told(who.resident, BACK)
        assert not told(who.seat, BACK)
        assert not told(who.head, BACK)


async def test_a_short_pause_is_no_outage(sqlite_url: str) -> None:
    async with outage(_reported, sqlite_url, seconds=120) as (house, who):
        await house.settled()
        assert told(who.first, BACK) == []
        assert len([m for m in who.first.messages() if "宏济新居3栋" in body_text(m)]) == 1


async def _many(house: House, who: Cast) -> None:
    for number in range(1, 8):
        phone = house.stage.phone(9_300_000_000 + number)
        house.sandbox.world.add_user(phone.user, f"居民{number}", language_code="zh-hans", started=True)
        phone.says(f"宏济新居{number}栋楼道堆满杂物")
        if number > 5:  # buildings there are
            await phone.presses("✅ 就是这里")
        await phone.sees("收到了,编号")


async def test_many_open_cases_are_one_summary_and_a_few_cards_and_no_flood(sqlite_url: str) -> None:
    since: list[int] = []

    async def before(house: House, who: Cast) -> None:
        await _many(house, who)
        await house.settled()
        since.append(house.sandbox.world.calls.last)

    async with outage(before, sqlite_url) as (house, who):
        await house.settled()
        (summary,) = told(who.first, BACK)
        assert "在办 7 件" in summary
        assert "其余 2 件" in summary
        sent = house.sandbox.world.calls.find(method="sendMessage", chat_id=ST2, since=since[0])
        assert len(sent) == 6
        assert len(house.sandbox.world.calls.find(chat_id=ST2, since=since[0])) <= 12
        assert not told(who.backup, BACK)


async def test_a_sealed_case_is_shown_again_to_its_officer_alone_and_to_groups_by_number(sqlite_url: str) -> None:
    async def before(house: House, who: Cast) -> None:
        who.resident.says("宏济新居3栋隔壁男的在打老婆,天天打")
        await who.officer.sees("宏济新居3栋")

    async with outage(before, sqlite_url) as (house, who):
        await house.settled()
        assert len(told(who.officer, BACK)) == 1
        assert told(who.first, BACK) == []
        for chat in (ST1, ST2, CENTRE):
            phone = house.stage.phone(who.first.user, chat)
            assert not told(phone, "宏济新居3栋")


async def _done(house: House, who: Cast) -> None:
    await _reported(house, who)
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "已清走", photo="sample:after_clean")
    await who.resident.sees("解决了吗")


async def test_a_resident_who_was_just_asked_is_asked_again_and_may_answer(sqlite_url: str) -> None:
    async with outage(_done, sqlite_url) as (house, who):
        await who.resident.stage.until(lambda: told(who.resident, "系统断线") or None, lambda: "not asked again")
        await house.settled()
        assert len(told(who.resident, "系统断线")) == 1
        assert told(who.first, BACK) == []
        await who.resident.presses("✅ 解决了")
        assert (await only_case(house)).status is Status.CLOSED


async def test_a_resident_who_was_asked_long_ago_hears_nothing(sqlite_url: str) -> None:
    async def before(house: House, who: Cast) -> None:
        await _done(house, who)
        await house.jump_by(hours=3)

    async with outage(before, sqlite_url) as (house, who):
        await house.settled()
        assert told(who.resident, "系统断线") == []
        assert (await only_case(house)).status is Status.DONE


async def test_who_would_be_closed_for_want_of_an_answer_in_the_outage_gets_another_day(sqlite_url: str) -> None:
    async with outage(_done, sqlite_url, seconds=6 * 86_400) as (house, who):
        await house.settled()
        case = await only_case(house)
        assert case.status is Status.DONE
        assert len(told(who.resident, "系统断线")) == 1
        await house.jump_by(hours=25)
        assert (await only_case(house)).status is Status.CLOSED


async def test_a_reply_that_was_written_in_the_outage_is_heard_before_anything_is_called_late(sqlite_url: str) -> None:
    async def before(house: House, who: Cast) -> None:
        await _reported(house, who)
        await house.settled()
        house.app.poller.stop()
        await asyncio.sleep(0.1)
        card = next(m for m in reversed(who.first.messages()) if "宏济新居3栋" in body_text(m))
        who.first.replies(card, "收到")
        who.resident.stage.acted()

    async with outage(before, sqlite_url, seconds=3600) as (house, who):
        await house.settled()
        case = await only_case(house)
        assert case.status is Status.ACK
        assert not told(who.first, "已报网格长")
        assert not told(who.backup, "宏济新居3栋")


async def test_what_fell_due_in_the_outage_is_done_once(sqlite_url: str) -> None:
    async with outage(_reported, sqlite_url, seconds=40 * 60) as (house, who):
        await who.backup.stage.until(lambda: told(who.backup, "宏济新居3栋") or None, lambda: "no backup")
        await house.settled()
        assert len(told(who.first, "已超时", "已报网格长")) == 1
        assert len(told(who.first, BACK)) == 1


async def test_a_crash_in_the_middle_of_telling_neither_repeats_nor_loses_it(sqlite_url: str) -> None:
    """Half of the chats were told; the next process tells the others."""

    async def two_chats(house: House, who: Cast) -> None:
        await _reported(house, who)
        who.neighbour.says("宏济花园2栋门口路灯不亮")
        await who.neighbour.sees("收到了,编号")

    async with open_sandbox(flood="off") as sandbox:
        async with _house(sandbox, sqlite_url) as house:
            await colleagues_signed_in(house)
            await two_chats(house, cast_of(house))
            await house.settled()
            chats = {offer.chat for case in await all_cases(house) for offer in case.offers}
        sandbox.world.advance(600)
        async with _house(sandbox, sqlite_url) as house:
            await house.settled()
            kept = await read(house, lambda conn: meta.get_meta(conn, AWAY))
            assert kept is None
            before = {chat: _back(house, chat) for chat in chats}
            assert set(before.values()) == {1}
            await _as_if_untold(house)
            await house.app.watch.beat()
            await house.settled()
            assert {chat: _back(house, chat) for chat in chats} == before
            assert await read(house, lambda conn: meta.get_meta(conn, AWAY)) is None


def _back(house: House, chat: int) -> int:
    return len(told(house.stage.phone(9_000_000_011, chat), BACK))


async def _as_if_untold(house: House) -> None:
    """The mark of an outage as a process leaves it that dies before it has told the last chat."""

    def keys(conn: Connection) -> list[str]:
        return [row.key for row in conn.execute(OUTBOX.select()) if row.key.startswith("returned:")]

    until = (await read(house, keys))[0].removeprefix("returned:").rpartition(":")[0]
    text = f'["{until}","{until}"]'
    await asyncio.wrap_future(house.app.store.submit(lambda conn: meta.put_meta(conn, AWAY, text)))


async def test_a_telegram_that_was_away_is_an_outage_as_well(sqlite_url: str) -> None:
    async with open_sandbox(flood="off") as sandbox, _house(sandbox, sqlite_url) as house:
        await colleagues_signed_in(house)
        who = cast_of(house)
        await _reported(house, who)
        sandbox.world.faults.add(Fault(kind="502_html", method="getUpdates", times=1))
        who.neighbour.says("你好")
        await until(lambda: "telegram" in house.app.health.reasons())
        await house.app.watch.beat()
        sandbox.world.advance(600)
        await house.app.watch.beat()
        assert told(who.first, BACK) == []
        await until(lambda: not house.app.health.reasons())
        await house.app.watch.beat()
        await house.settled()
        assert len(told(who.first, BACK)) == 1
