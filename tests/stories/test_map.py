"""A road and a number that only a map knows: shown to the resident, and the nearest post has it after a yes."""

from bot.demo.house import open_house
from tests.bot.test_maps import INSIDE, served
from tests.stories.scene import NINE, cast_of, told


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
