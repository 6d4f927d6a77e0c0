"""Reports over HTTP: from the digest to the cases behind a figure, the deputy at noon, the week with its picture."""

import csv
import io
from datetime import timedelta

import pytest

from bot.demo.house import House, open_house, open_sandbox
from bot.demo.stage import Phone
from bot.exports import workshop
from tests.stories.scene import CENTRE, NINE, Cast, at_the_end, body_text, both_databases, cast_of, told

DEPUTY = "P066"


async def _late_case(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋门口路灯不亮")
    await who.resident.sees("收到了,编号")
    await house.settled()


async def _to(house: House, hour: int, minute: int, days: int = 1) -> None:
    await house.jump((house.now + timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0))


def _deputy(house: House) -> Phone:
    person = house.district.member(DEPUTY)
    assert person is not None
    return house.stage.phone(person.tg_id or 0)


@both_databases
async def test_a_head_taps_from_the_digest_to_the_cases_and_takes_them_along(house: House, who: Cast) -> None:
    await _late_case(house, who)
    await _to(house, 7, 40)
    await who.head.sees("日报")
    await who.head.presses("看全部")
    await who.head.sees("点一项")
    await who.head.presses("新增 1")
    assert "A2611-0001" in body_text(await who.head.sees("新增 1"))
    await who.head.presses("导出 CSV")
    await house.settled()
    (call,) = house.sandbox.world.calls.find(method="sendDocument")
    file = house.sandbox.world.files.by_id(call.result["document"]["file_id"])
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["编号", "A2611-0001"]
    assert "看过" in await who.head.presses("我已阅")
    await house.settled()
    assert any("已阅" in text for text in told(who.head, "日报"))


async def test_what_nobody_has_read_by_noon_goes_to_the_deputy_once(house: House, who: Cast) -> None:
    await _to(house, 7, 40)
    await who.head.sees("日报")
    await _to(house, 11, 59, days=0)
    assert told(_deputy(house), "日报", "第5网格") == []
    await _to(house, 12, 1, days=0)
    await _to(house, 23, 0, days=0)
    assert len(told(_deputy(house), "日报", "第5网格")) == 1


async def test_down_over_noon_the_deputy_still_gets_it_once(sqlite_url: str) -> None:
    async with open_sandbox(flood="off") as sandbox:
        async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
            await _to(house, 7, 41)
            await cast_of(house).head.sees("日报")
            await house.settled()
        sandbox.world.advance(5 * 3600)
        for _ in range(2):
            async with open_house(start=NINE, sandbox=sandbox, paced=False, database_url=sqlite_url) as house:
                phone = _deputy(house)
                await house.stage.until(lambda phone=phone: told(phone, "第5网格") or None, lambda: "nothing at noon")
                await house.settled()
                assert len(told(phone, "日报", "第5网格")) == 1
                await at_the_end(house)


async def test_on_monday_each_head_and_the_centre_get_the_week_with_a_picture(house: House, who: Cast) -> None:
    await _late_case(house, who)
    await _to(house, 8, 0, days=7)
    assert "新增1件" in body_text(await who.head.sees("周报"))
    await house.settled()
    pictures = house.sandbox.world.calls.find(method="sendPhoto")
    grids = len(house.district.grids)
    assert len([call for call in pictures if call.ok]) == grids + 1
    assert [call for call in pictures if call.params["chat_id"] in {CENTRE, str(CENTRE)}]


async def test_a_picture_that_cannot_be_made_does_not_stop_the_week(
    house: House, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "LONGEST", 0.001)
    await _to(house, 8, 0, days=7)
    assert "每天新增" in body_text(await who.head.sees("周报"))
    await house.settled()
    assert house.sandbox.world.calls.find(method="sendPhoto") == []


async def test_the_short_version_comes_at_twenty_past_five_when_it_was_asked_for(house: House, who: Cast) -> None:
    await _late_case(house, who)
    who.head.says("日报")
    assert "今天到现在" in body_text(await who.head.sees("简报"))
    await who.head.presses("每天17:20发我")
    await house.settled()
    before = len(told(who.head, "简报"))
    await _to(house, 17, 21, days=0)
    await house.settled()
    assert len(told(who.head, "简报")) == before + 1
