"""The promise of the first message, kept: thirty days after the end, or at a word, the person is gone."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.demo import play
from bot.demo.house import House, colleagues_signed_in, open_house
from core.case import Status
from core.decide import daily
from core.figures.log import Window
from core.figures.metrics import Figures, metrics
from storage import views
from storage.copies import folder
from storage.copies.roads import make_copy
from storage.tables import METADATA
from tests.stories.scene import NINE, Cast, all_cases, at_the_end, cast_of, only_case, read, sent_to

NAME, PHONE = "陈玉芳", "13812345678"


async def found(house: House, *needles: str) -> list[str]:
    """Where any of these stands in the bot's database, the district file left aside."""

    def look(conn: Connection) -> list[str]:
        tables = [(name, it) for name, it in METADATA.tables.items() if name != "districts"]
        rows = [(name, repr(tuple(row))) for name, table in tables for row in conn.execute(select(table))]
        return [f"{it} in {name}: {row}" for it in needles for name, row in rows if it in row]

    return await read(house, look)


async def _figures(house: House, window: Window) -> Figures:
    lines = await read(house, lambda conn: views.log_lines(conn, window.start, window.end))
    return metrics(daily.entries(lines), window, "G05", house.district.calendar())


async def test_thirty_days_after_the_end_nobody_can_tell_who_reported(house: House, who: Cast) -> None:
    traces = (NAME, PHONE, str(who.resident.user), "sample:corridor", "我叫")
    day = Window(house.now, house.now + timedelta(days=1))
    who.resident.says("/start")
    await who.resident.sees("结案后 30 天自动删除个人信息")
    await play.whole_case(house, play.cast(house), lambda *_: None)
    who.resident.says(f"谢谢,我的电话是{PHONE}")
    case = await only_case(house)
    assert case.status is Status.CLOSED
    assert [it for it in (NAME, str(who.resident.user)) if not await found(house, it)] == []
    files = case.photos
    assert files
    await house.jump(day.end)
    before = await _figures(house, day)
    await house.sleep(day.end + timedelta(days=28))
    assert (await only_case(house)).reporter == who.resident.user, "not a day too early: it may still be reopened"
    await house.jump_by(days=2)
    case = await only_case(house)
    assert (case.reporter, case.photos, case.status) == (0, (), Status.CLOSED)
    assert await found(house, *traces, *files) == []
    assert await _figures(house, day) == before


async def test_a_resident_erases_at_once_and_the_open_matter_goes_on(house: House, who: Cast) -> None:
    await play.whole_case(house, play.cast(house), lambda *_: None)
    who.resident.says(f"宏济新居3栋门口路灯不亮,我是{NAME},电话{PHONE}")
    await who.resident.sees("A2611-0002")
    await who.first.presses("✋ 签收")
    who.resident.says("/privacy")
    await who.resident.sees("未结 1 件", "已结 1 件")
    await who.resident.presses("🗑 删除我的信息")
    await who.resident.sees("不能恢复")
    await who.resident.presses("确定删除")
    await who.resident.sees("您的个人信息已删除", "还有 1 件没有办完")
    await house.jump_by(minutes=2)
    ended, going = await all_cases(house)
    assert (ended.reporter, going.reporter, going.forget) == (0, who.resident.user, True)
    await _finished(house, who)
    await house.jump_by(minutes=3)
    assert [case.reporter for case in await all_cases(house)] == [0, 0]
    assert await found(house, NAME, PHONE, str(who.resident.user)) == []


async def _finished(house: House, who: Cast) -> None:
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "灯已亮,是跳闸,已复位")
    await who.first.sees("收到文字")
    await who.first.presses("没有照片,就这样办结")
    await who.resident.sees("灯已亮")
    await who.resident.presses("✅ 解决了")
    await house.settled()


async def test_a_neighbour_finds_nothing_of_the_resident_to_erase(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了,编号")
    who.neighbour.says("/privacy")
    await who.neighbour.sees("未结 0 件", "已结 0 件")
    await who.neighbour.presses("🗑")
    await who.neighbour.presses("确定删除")
    await who.neighbour.sees("您的个人信息已删除")
    await house.jump_by(minutes=2)
    assert (await only_case(house)).reporter == who.resident.user


async def test_whoever_asks_is_found_nowhere_any_more(
    house: House, who: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every table, every line that was logged, a fresh copy, what the figures can be exported as; and the copies that
    were made before expire, and are put back without the person (test_restored)."""
    caplog.set_level(logging.DEBUG)
    await play.whole_case(house, play.cast(house), lambda *_: None)
    who.resident.says(f"谢谢,我是{NAME},电话{PHONE}")
    await house.settled()
    traces = (NAME, PHONE, str(who.resident.user))
    before = await asyncio.to_thread(make_copy, house.app.settings.database_url, tmp_path, datetime.now(UTC))
    assert all(it.encode() in before.read_bytes() for it in traces)
    who.resident.says("/privacy")
    await who.resident.presses("🗑 删除我的信息")
    await who.resident.presses("确定删除")
    await who.resident.sees("您的个人信息已删除")
    await house.jump_by(minutes=3)
    assert await found(house, *traces) == []
    now = datetime.now(UTC) + timedelta(seconds=1)
    fresh = await asyncio.to_thread(make_copy, house.app.settings.database_url, tmp_path, now)
    assert [it for it in traces if it.encode() in fresh.read_bytes()] == []
    ours = [it for it in caplog.records if it.name.split(".")[0] in {"bot", "core", "storage", "handlers"}]
    assert [it.getMessage() for it in ours if any(trace in repr(vars(it)) for trace in (NAME, PHONE))] == []
    rows = await read(house, lambda conn: _exported(house, conn))
    assert rows
    assert [it for it in traces if it in rows] == []
    folder.rotate(tmp_path, now + timedelta(days=35))
    assert not before.exists()


def _exported(house: House, conn: Connection) -> str:
    """The figures behind a weekly report, as they can be had as a table."""
    lines = views.log_lines(conn, house.now - timedelta(days=7), house.now + timedelta(days=1))
    return repr(daily.entries(lines))


async def test_a_report_without_a_name_is_answered_to_its_end_and_its_case_does_not_know_the_account(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    secret = "a-key-of-the-town-that-nobody-can-guess"
    async with open_house(start=NINE, flood="off", paced=False, database_url=sqlite_url, secret_key=secret) as house:
        await colleagues_signed_in(house)
        who = cast_of(house)
        who.resident.says("匿名反映,宏济新居3栋楼道有人给电瓶车充电")
        await who.first.sees("宏济新居3栋")
        await who.first.presses("✋ 签收")
        await who.resident.sees("已签收")
        await who.first.presses("✅ 办结")
        who.first.replies(await who.first.sees("办结请附"), "已劝离", photo="sample:after_clean")
        await who.resident.sees("解决了吗")
        await who.resident.presses("✅ 解决了")
        await who.resident.sees("满意吗")
        assert (await only_case(house)).reporter == who.resident.user
        account = str(who.resident.user)
        tables = {it.partition(" in ")[2].partition(":")[0] for it in await found(house, account)}
        assert not tables & {"cases", "events"}
        assert account not in str([sent_to(house, it) for it in house.sandbox.world.chats if it < 0])
        assert account not in str(await read(house, lambda conn: _exported(house, conn)))
        await at_the_end(house)
    ours = [it for it in caplog.records if it.name.split(".")[0] in {"bot", "core", "storage", "handlers"}]
    assert [it.getMessage() for it in ours if account in repr(vars(it))] == []
