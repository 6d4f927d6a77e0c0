"""A complaint about a patrol, from its words to an answer that does not satisfy, and on to the next level."""

from bot.demo.house import House
from tests.stories.scene import CENTRE, POSTS, Cast, both_databases, sent_to, told


@both_databases
async def test_a_complaint_goes_to_the_grid_head_and_when_that_does_not_satisfy_to_the_centre(
    house: House, who: Cast
) -> None:
    seat = house.stage.phone(who.seat.user)
    who.resident.says("我要投诉巡逻队的人,在宏济新居3栋骂人,态度太差")
    await who.resident.sees("投诉编号 T2611-0001", "网格长")
    asked = await who.head.sees("投诉 T2611-0001", "骂人")
    assert not told(seat, "T2611-0001")
    who.resident.says("T2611-0001")
    await who.resident.sees("现在由网格长办")
    await house.settled()
    who.head.replies(asked, "我了解一下")
    await who.resident.sees("投诉 T2611-0001 的答复", "我了解一下")
    await who.resident.presses("☹️ 不满意")
    await who.resident.sees("哪里没解决")
    who.resident.says("没有人道歉")
    again = await seat.sees("投诉 T2611-0001", "没有人道歉")
    await house.settled()
    seat.replies(again, "今天下午队长上门道歉")
    await who.resident.sees("今天下午队长上门道歉")
    await who.resident.presses("👌 可以了")
    who.resident.says("T2611-0001")
    await who.resident.sees("T2611-0001", "由综治中心办", "答复了")
    await house.settled()
    for chat in (*POSTS, CENTRE):
        assert not any("骂人" in str(call) or "道歉" in str(call) for call in sent_to(house, chat))
