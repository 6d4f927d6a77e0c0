"""Nobody answers: every rung of the ladder at its own minute, the closing clock, and the resident's last word."""

from datetime import datetime, timedelta

import pytest

from bot.demo.house import House, colleagues_signed_in
from core.case import Status
from tests.stories.scene import CENTRE, Cast, both_databases, happened, only_case, sent_to, told

BURST = "宏济新居5栋门口水管爆了,水往外喷"  # severity 2
LAMP = "宏济新居3栋楼道堆满杂物"  # severity 3


async def _moments(house: House, kind: str) -> list[timedelta]:
    opened = (await only_case(house)).opened_at
    return [event.at - opened for event in await happened(house, kind)]


def _close(found: timedelta, minutes: float) -> bool:
    return abs(found - timedelta(minutes=minutes)) < timedelta(seconds=5)


@both_databases
async def test_a_burst_pipe_that_nobody_accepts_climbs_from_the_reminder_to_the_street(house: House, who: Cast) -> None:
    who.resident.says(BURST)
    await who.first.sees("宏济新居5栋")
    await house.jump_by(minutes=6, seconds=50)
    assert not told(who.first, "到签收时限")
    await house.jump_by(seconds=15)
    await who.first.sees("还有", "到签收时限")
    await house.jump_by(minutes=2, seconds=40)
    assert not told(who.backup, "宏济新居5栋")
    await house.jump_by(seconds=30)
    await who.backup.sees("宏济新居5栋")
    await house.jump_by(minutes=10)
    await who.head.sees("报到", "宏济新居5栋")
    await house.jump_by(minutes=40)
    await who.secretary.sees("宏济新居5栋")
    await house.jump_by(hours=3)
    await who.seat.sees("A2611-0001")
    (reminded,), (overdue,) = await _moments(house, "reminded"), await _moments(house, "overdue")
    assert _close(reminded, 7)
    assert _close(overdue, 10)
    levels = {e.data["level"]: e.at for e in await happened(house, "escalated")}
    opened = (await only_case(house)).opened_at
    assert _close(levels["head"] - opened, 20)
    assert _close(levels["community"] - opened, 60)
    assert _close(levels["street"] - opened, 240)


async def test_a_slight_matter_counts_service_minutes_and_is_told_to_each_once(house: House, who: Cast) -> None:
    who.resident.says(LAMP)
    await who.first.sees("宏济新居3栋")
    await house.jump_by(hours=3)
    (reminded,), (overdue,) = await _moments(house, "reminded"), await _moments(house, "overdue")
    assert (_close(reminded, 20), _close(overdue, 30)) == (True, True)
    (head,) = await _moments(house, "escalated")
    assert _close(head, 120)
    assert len(told(who.first, "到签收时限")) == 1
    assert len([call for call in sent_to(house, who.head.chat) if "报到" in str(call)]) == 1


async def test_an_empty_rung_is_skipped_and_logged(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋5楼着火了,冒黑烟")
    await who.first.sees("特急")
    await house.jump_by(minutes=16)
    assert {event.data["level"] for event in await happened(house, "skipped")} == {"district"}


async def test_the_backup_that_accepts_stops_the_ladder(house: House, who: Cast) -> None:
    who.resident.says(BURST)
    await who.first.sees("宏济新居5栋")
    await house.jump_by(minutes=11)
    await who.backup.sees("宏济新居5栋")
    await who.backup.presses("✋ 签收")
    await who.resident.sees("工农院街平安驿站", "已签收")
    await house.jump_by(minutes=30)
    assert await happened(house, "escalated") == []


async def test_closing_is_warned_of_at_half_the_time_and_told_when_it_has_passed(house: House, who: Cast) -> None:
    who.resident.says(BURST)
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await who.captain.presses("📍 到场")
    case = await only_case(house)
    assert case.close_due is not None
    half = case.opened_at + (case.close_due - case.opened_at) / 2
    await house.jump(half - timedelta(seconds=5))
    assert not told(who.first, "到办结时限")
    await house.jump(half + timedelta(seconds=5))
    await who.first.sees("到办结时限")
    await who.head.sees("到办结时限")
    await house.jump(case.close_due + timedelta(seconds=5))
    await who.head.sees("超过办结时限")
    await who.secretary.sees("超过办结时限")
    (late,) = await happened(house, "close_late")
    assert abs(late.at - case.close_due) < timedelta(seconds=5)


async def test_a_late_arrival_is_told_to_the_grid_head(house: House, who: Cast) -> None:
    who.resident.says(BURST)
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await house.jump_by(minutes=31)
    await who.head.sees("没到场")
    (late,) = await _moments(house, "arrive_late")
    assert _close(late, 30)


async def _done(house: House, who: Cast, report: str) -> datetime:
    who.resident.says(report)
    await who.first.sees("宏济新居")
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "处理好了,已清空", photo="sample:after_clean")
    await who.resident.sees("解决了吗")
    done = (await only_case(house)).done_at
    assert done is not None
    return done


@pytest.mark.parametrize(("report", "days"), [(BURST, 3), (LAMP, 5)])
async def test_a_silent_resident_is_warned_a_day_before_and_then_it_is_closed(
    house: House, who: Cast, report: str, days: int
) -> None:
    done = await _done(house, who, report)
    await house.sleep(done + timedelta(days=days - 1, seconds=-5))
    assert not told(who.resident, "还没收到您的意见")
    await house.jump(done + timedelta(days=days - 1, seconds=5))
    await who.resident.sees("还没收到您的意见")
    await house.jump(done + timedelta(days=days, seconds=-10))
    assert (await only_case(house)).status is Status.DONE
    await house.jump(done + timedelta(days=days, seconds=10))
    await who.resident.sees("已先结案")
    case = await only_case(house)
    assert (case.status, case.auto_closed, case.rating) == (Status.CLOSED, True, None)
    assert await house.next_due() is not None, "the digests go on"


async def test_not_solved_sends_it_out_again_and_the_grid_head_hears_it(house: House, who: Cast) -> None:
    await _done(house, who, BURST)
    await who.resident.presses("❌ 还没解决")
    await who.resident.sees("对不起", "A2611-0001")
    await who.first.sees("宏济新居5栋", "第 1 次重办")
    await who.head.sees("宏济新居5栋")
    case = await only_case(house)
    assert (case.status, case.reopened) == (Status.DISP, 1)
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "重新修好了阀门", photo="sample:after_fixed")
    await who.resident.sees("重新修好了阀门", "解决了吗")
    await who.resident.presses("✅ 解决了")
    assert (await only_case(house)).status is Status.CLOSED


async def test_not_solved_is_still_heard_after_it_was_closed_by_itself_but_not_after_thirty_days(
    house: House, who: Cast
) -> None:
    done = await _done(house, who, BURST)
    await house.sleep(done + timedelta(days=2, minutes=-1))
    await house.jump(done + timedelta(days=3, minutes=1))
    await who.resident.sees("已先结案")
    await house.sleep(house.now + timedelta(days=31))
    assert "过时限" in await who.resident.presses("❌ 还没解决")
    assert (await only_case(house)).status is Status.CLOSED


async def test_the_next_shift_has_the_case_that_nobody_reached(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋门口路灯不亮")
    await who.first.sees("宏济新居3栋")
    await house.jump_by(hours=9)
    await who.first.presses("✋ 签收")
    eight = house.now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)
    await house.jump(eight - timedelta(minutes=10))
    await colleagues_signed_in(house)
    await house.jump(eight + timedelta(minutes=5))
    await colleagues_signed_in(house)
    await house.settled()
    case = await only_case(house)
    assert (case.status, case.handler) == (Status.DISP, None)
    assert len(await happened(house, "shift_ended")) == 1
    assert CENTRE in house.sandbox.world.chats
