"""A year's holidays are sent as a file, looked at and used: over HTTP, from the phone to the town's calendar."""

import base64
from datetime import date

from bot.demo.house import House
from bot.demo.stage import Phone
from core.calendar import working_day, year_known
from tests.stories.scene import Cast

YEAR = 2040
TABLE = f"{YEAR}-10-01~{YEAR}-10-07,休\n{YEAR}-09-29,班\n"


def sends(phone: Phone, data: bytes, name: str = "放假.csv") -> None:
    coded = base64.b64encode(data).decode()
    phone.says("", document={"data": f"data:text/csv;base64,{coded}", "file_name": name, "mime_type": "text/csv"})


async def test_a_table_in_the_code_page_of_a_chinese_office_is_looked_at_and_used(house: House, who: Cast) -> None:
    seat = house.stage.phone(who.seat.user)
    sends(seat, TABLE.encode("gb18030"))
    await seat.sees(f"{YEAR} 年放假安排(还没启用)", "10月1日–10月7日", "9月29日")
    assert not year_known(YEAR, house.app.engine.town.calendar)
    await seat.presses("✅ 用这张表")
    await seat.sees("年放假安排已启用")
    seat.says("放假安排")
    await seat.sees("2026(本辖区的表)", "2027")
    known = house.app.engine.town.calendar
    assert [working_day(date(YEAR, 10, 4), known), working_day(date(YEAR, 9, 29), known)] == [False, True]


async def test_what_is_no_text_is_asked_for_again(house: House, who: Cast) -> None:
    seat = house.stage.phone(who.seat.user)
    sends(seat, b"\x81\x00\xff\xff", "放假.txt")
    await seat.sees("没读出来")
