"""The centre asks for a check-up in chat: what has to be mended comes with its remedy, and goes when it is mended."""

from bot.demo.house import House
from tests.stories.scene import ST1, Cast, told


async def test_a_group_in_which_the_bot_is_nobody_is_found_and_mended(house: House, who: Cast) -> None:
    seat = house.stage.phone(who.seat.user)
    house.sandbox.world.set_member(ST1, "member")
    seat.says("/doctor")
    sick = await seat.sees("🩺 体检,要处理的", "机器人不是管理员")
    (key,) = (it for row in sick["reply_markup"]["inline_keyboard"] for it in row)
    assert key["url"].endswith("?startgroup=post&admin=pin_messages")
    house.sandbox.world.set_member(ST1, "administrator")
    seat.says("系统体检")
    await house.stage.until(lambda: len(told(seat, "🩺")) == 2 or None, lambda: "no second answer")
    assert "不是管理员" not in told(seat, "🩺")[-1]
    who.resident.says("/doctor")
    await who.resident.sees("没有这个命令")
