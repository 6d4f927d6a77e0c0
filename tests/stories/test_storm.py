"""Storm mode as the centre, a post and a resident live it."""

from bot.demo.house import House
from tests.stories.scene import Cast


async def test_the_centre_calls_a_storm_and_a_report_goes_out_without_a_question(house: House, who: Cast) -> None:
    who.seat.says("/storm")
    await who.seat.sees("没有打开")
    await who.seat.presses("⛈ 6 小时")
    await who.seat.sees("🟠 已打开")
    await who.first.sees("大风大雨,从现在起到")
    who.resident.says("宏济新居3栋有个怪东西")
    await who.first.sees("签收")
    who.seat.says("/cases")
    await who.seat.sees("大风大雨模式,到")
    await who.seat.presses("🔄 刷新")
    await who.seat.sees("宏济新居", "1件")
    await who.seat.presses("🌤 关闭")
    await who.first.sees("大风大雨模式结束")
