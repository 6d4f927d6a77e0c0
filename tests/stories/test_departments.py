"""A department is whistled for, in its own chat (life.md rows 17-21), and more time is asked for (rows 22-23)."""

import pytest

from bot.demo import town
from bot.demo.house import House
from core.case import Status
from tests.stories.scene import Cast, both_databases, happened, only_case

FIRE = -1009000000300


@pytest.fixture
async def whistled(house: House, who: Cast) -> None:
    """ST2 is on site and has called the fire station in; the grid head has signed."""
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.first.presses("📣 吹哨")
    await who.first.presses("消防救援站")
    await who.first.presses("日常哨 2 个工作日")
    assert "签字" in await who.first.presses("不归我们管")
    await who.head.sees("申请吹哨", "消防救援站")
    await who.head.presses("✔️ 同意")


@both_databases
@pytest.mark.usefixtures("whistled")
async def test_the_department_reports_in_and_ends_it_with_a_photo_and_the_resident_has_the_last_word(
    house: House, who: Cast
) -> None:
    fire = house.stage.phone(town.clerk(FIRE), FIRE)
    await who.resident.sees("消防救援站处理", "吹哨")
    await fire.sees("【吹哨】", "宏济新居3栋")
    await fire.presses("🙋 报到")
    await who.first.sees("消防救援站已报到")
    await fire.presses("✅ 办结")
    ask = await fire.sees("办完的照片")
    fire.replies(ask, "清理完了", photo="sample:rubbish")
    await who.resident.sees("清理完了", "解决了吗")
    await who.resident.presses("✅ 解决了")
    assert (await only_case(house)).status is Status.CLOSED
    assert [event.row for event in await happened(house, "done_by_department")] == [21]


@pytest.mark.usefixtures("whistled")
async def test_a_department_that_gives_it_back_says_why_and_the_grid_head_picks_another(
    house: House, who: Cast
) -> None:
    fire = house.stage.phone(town.clerk(FIRE), FIRE)
    await fire.sees("【吹哨】")
    await fire.presses("↩️ 退回")
    ask = await fire.sees("退回依据")
    fire.replies(ask, "物业管理区域内由物业负责清理")
    await who.head.sees("退回", "物业管理区域内")
    assert (await only_case(house)).status is Status.ACK
    await who.head.presses("综合行政执法(城管)中队")
    await who.head.presses("日常哨 2 个工作日")
    await who.head.presses("不归我们管")
    case = await only_case(house)
    assert (case.status, [it.state for it in case.whistles]) == (Status.REF, ["returned", "open"])


async def test_more_time_that_the_grid_head_signs_is_told_to_the_resident_and_the_clock_stands_still(
    house: House, who: Cast
) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.first.presses("⏳ 延期")
    await who.first.presses(await house.stage.until(lambda: _date(who), lambda: "no date is offered"))
    await who.first.presses("等当事人")
    await who.head.sees("申请延期")
    await who.head.presses("✔️ 同意")
    await who.resident.sees("因等当事人", "延到")
    assert (await only_case(house)).status is Status.HOLD
    await who.first.presses("▶️ 恢复办理")
    assert (await only_case(house)).status is Status.ACK


def _date(who: Cast) -> str | None:
    return next((label for label in who.first.buttons() if label.startswith("延到")), None)
