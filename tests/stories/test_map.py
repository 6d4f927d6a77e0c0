"""A road and a number that only a map knows: shown to the resident, and the nearest post has it after a yes."""

import asyncio

import pytest

from bot import maps
from bot.demo.house import open_house
from core.records import Lookup
from storage import records
from tests.bot.test_maps import INSIDE, Held, served
from tests.stories.scene import NINE, cast_of, read, told


async def test_an_address_that_a_map_knows_reaches_the_nearest_post(sqlite_url: str) -> None:
    async with served([INSIDE]) as (server, url), open_house(
        start=NINE, flood="off", paced=False, database_url=sqlite_url, geocoder_url=url
    ) as house:  # fmt: skip
        who = cast_of(house)
        who.resident.says("我是陈玉芳13812345678,龙舟路45号门口路灯坏了")
        await who.resident.sees("地图上找到", "龙舟路45号", "宏济新居")
        assert told(who.resident, "还差一个地点")
        await who.resident.presses("✅ 就是这里")
        await who.resident.sees("收到了", "龙舟路45号")
        assert [it["q"] for it in server.asked] == ["龙舟路45号"]


async def test_a_map_that_hangs_delays_nobody_and_its_late_answer_changes_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "WAIT", 60.0)
    held = Held([INSIDE])
    async with served(held) as (server, url), open_house(
        start=NINE, flood="off", paced=False, database_url=sqlite_url, geocoder_url=url
    ) as house:  # fmt: skip
        who = cast_of(house)
        who.resident.says("龙舟路45号门口路灯坏了")
        await who.resident.sees("还差一个地点")
        async with asyncio.timeout(house.stage.patience):
            await server.reached.wait()
        who.resident.says("就在宏济新居3栋旁边")
        await who.resident.sees("收到了", "宏济新居3栋")
        who.neighbour.says("宏济新居2栋楼道堆了很多纸箱")
        await who.neighbour.sees("收到了", "宏济新居2栋")
        held.until.set()
        async with asyncio.timeout(house.stage.patience):
            while any(isinstance(it, Lookup) for it in await read(house, _open)):  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.02)
        await house.settled()
        assert not told(who.resident, "地图上")


def _open(conn):
    return records.open_records(conn, {"lookup"})
