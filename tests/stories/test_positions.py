"""Where colleagues are: who is nearer goes, stale positions are forgotten, nobody is followed after duty."""

from datetime import timedelta

from sqlalchemy import Connection, select

from bot.demo.house import House
from bot.demo.stage import Phone
from core.case import Status
from storage.tables import POSITIONS
from tests.stories.scene import COMPOUND, Cast, both_databases, happened, on_duty, only_case, read, told

REPORT = "宏济新居3栋楼道堆满杂物"
AWAY = (30.6336, 104.0958)  # post ST1


async def kept(house: House, who: Phone) -> list[float]:
    """The latitudes that are kept of somebody, oldest first."""
    await house.settled()
    person = house.district.person(who.user)
    assert person is not None
    mine = select(POSITIONS.c.lat).where(POSITIONS.c.person == person.id).order_by(POSITIONS.c.serial)

    def look(conn: Connection) -> list[float]:
        return list(conn.execute(mine).scalars())

    return await read(house, look)


def private(house: House, who: Phone) -> Phone:
    """The same person, alone with the bot."""
    return house.stage.phone(who.user)


@both_databases
async def test_a_patrol_that_walks_near_gets_the_case_comes_and_is_noted_as_on_site(house: House, who: Cast) -> None:
    patrol = private(house, who.backup)
    shared = patrol.shares_place(*AWAY)
    await patrol.sees("收到您的实时位置", "7 天")
    await house.jump_by(minutes=2)
    patrol.moves(shared, COMPOUND[0] + 0.003, COMPOUND[1])
    await house.jump_by(minutes=2)
    patrol.moves(shared, *COMPOUND)
    assert await kept(house, patrol) == [AWAY[0], COMPOUND[0] + 0.003, COMPOUND[0]]
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋", "离得最近(按09:04的位置)", "在岗至")
    await who.resident.sees("收到了", "最近的在岗驿站,约 50 米")
    assert (await only_case(house)).team == "ST1"
    await who.backup.presses("✋ 签收")
    patrol.moves(shared, COMPOUND[0] + 0.0001, COMPOUND[1])
    await patrol.sees("已记到场")
    await who.resident.sees("已到现场")
    assert (await only_case(house)).status is Status.SITE
    (arrived,) = await happened(house, "arrived")
    assert arrived.data["proof"] == "position"


async def test_a_position_that_is_stale_counts_as_the_posts_own_place(house: House, who: Cast) -> None:
    patrol = private(house, who.backup)
    patrol.shares_place(*COMPOUND)
    await patrol.sees("收到您的实时位置")
    await house.jump_by(minutes=16)
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋", "离得最近(按驿站位置)")
    assert (await only_case(house)).team == "ST2"


async def test_after_signing_out_nobody_is_followed_and_each_sees_their_own_track(house: House, who: Cast) -> None:
    patrol = private(house, who.first)
    shared = patrol.shares_place(*COMPOUND)
    await patrol.sees("收到您的实时位置")
    patrol.says("我的轨迹")
    await patrol.sees("您的轨迹", "09:00 距站 48 米 · 实时", "只有您能看")
    patrol.says("👋 签退")
    await patrol.sees("已签退")
    await house.jump_by(minutes=5)
    patrol.moves(shared, *AWAY)
    patrol.stops_sharing(shared)
    assert await kept(house, patrol) == [COMPOUND[0]]
    who.head.says("我的轨迹")
    await who.head.sees("还没有轨迹")
    colleague = private(house, who.second)
    colleague.says("我的轨迹")
    await colleague.sees("还没有轨迹")
    who.resident.says("我的轨迹")
    await who.resident.sees("只给在岗的工作人员用")


async def test_a_shared_place_of_somebody_off_duty_is_not_kept_and_opens_no_case(house: House, who: Cast) -> None:
    resting = private(house, who.resting)
    shared = resting.shares_place(*COMPOUND)
    await resting.sees("不在岗", "没有保存")
    resting.moves(shared, *AWAY)
    assert await kept(house, resting) == []


async def test_a_track_is_erased_in_its_days(house: House, who: Cast) -> None:
    patrol = private(house, who.first)
    patrol.shares_place(*COMPOUND)
    await patrol.sees("收到您的实时位置")
    await house.sleep(house.now + timedelta(days=3))
    assert await kept(house, patrol) == [COMPOUND[0]]
    await house.sleep(house.now + timedelta(days=3))
    await house.jump_by(days=1)
    assert await kept(house, patrol) == []
    patrol.says("我的轨迹")
    await patrol.sees("还没有轨迹")


async def test_with_the_nearest_post_empty_the_card_and_the_centre_say_so(house: House, who: Cast) -> None:
    for account in on_duty(house, "ST2"):
        phone = house.stage.phone(account)
        phone.says("👋 签退")
        await phone.sees("已签退")
    who.resident.says("宏济新居3栋门口水管爆了,水往外喷")
    await who.backup.sees("宏济新居3栋", "更近的宏济新路平安驿站(48 米)没人在岗")
    assert not told(who.first, "A2611-0001")
    (assigned,) = await happened(house, "assigned")
    assert assigned.data["why"]["absent"] == ["ST2", 48]


async def test_of_two_posts_about_equally_near_the_idle_one_goes(house: House, who: Cast) -> None:
    patrol = private(house, who.backup)
    patrol.shares_place(COMPOUND[0] + 0.001, COMPOUND[1])
    await patrol.sees("收到您的实时位置")
    who.neighbour.says("宏济新居1栋路灯不亮了")
    await who.first.sees("宏济新居1栋")
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋", "附近数这里手上事少", "更近的宏济新路平安驿站(48 米)手上事多")
    assert (await happened(house, "dispatched", "A2611-0002"))[0].data["reason"] == "load"
