"""From one post to another: asked, accepted, refused or unanswered; who was asked first stays responsible. On site."""

import pytest

from bot.demo.house import House
from core.case import Status
from tests.stories.scene import CENTRE, COMPOUND, Cast, both_databases, happened, only_case, told

REPORT = "宏济新居3栋楼道堆满杂物"


@pytest.fixture
async def sent(house: House, who: Cast) -> None:
    """A case that waits at post ST2."""
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")


async def _asked(who: Cast) -> None:
    """ST2 asks ST1 to take it."""
    await who.first.presses("↪️ 转派")
    await who.first.sees("宏济新居3栋")
    assert "工农院街" in await who.first.presses("工农院街")
    await who.backup.sees("想转给你们")


@pytest.mark.usefixtures("sent")
async def test_a_transfer_that_is_accepted_moves_the_case_and_the_resident_is_told(house: House, who: Cast) -> None:
    await _asked(who)
    assert (await only_case(house)).team == "ST2", "until the target accepts, the first holder has it"
    await who.backup.presses("✋ 接收")
    await who.resident.sees("现在改由工农院街平安驿站办理")
    case = await only_case(house)
    assert (case.team, case.status, case.transfers) == ("ST1", Status.ACK, 1)


@pytest.mark.usefixtures("sent")
@both_databases
async def test_a_transfer_that_is_refused_stays_with_the_first_and_two_refusals_wake_the_grid_head(
    house: House, who: Cast
) -> None:
    await _asked(who)
    await who.backup.presses("🚫 不接")
    await who.first.sees("没有接,仍由你们负责")
    case = await only_case(house)
    assert (case.team, case.refusals, case.handover) == ("ST2", 1, None)
    assert not told(who.head, "A2611-0001")
    await who.first.presses("↪️ 转派")
    await who.first.presses("钢管厂")
    await who.fourth.sees("想转给你们")
    await who.fourth.presses("🚫 不接")
    await who.head.sees("A2611-0001", "宏济新居3栋")


@pytest.mark.usefixtures("sent")
async def test_a_transfer_that_nobody_answers_comes_back_after_ten_minutes(house: House, who: Cast) -> None:
    await _asked(who)
    await house.jump_by(minutes=11)
    await who.first.sees("没有接,仍由你们负责")
    case = await only_case(house)
    assert (case.team, case.handover) == ("ST2", None)
    await who.first.presses("✋ 签收")
    assert (await only_case(house)).handler == "P011"


@pytest.mark.usefixtures("sent")
async def test_not_ours_needs_a_reason_and_a_target_who_takes_it(house: House, who: Cast) -> None:
    assert "理由" in await who.first.presses("🚫 不属我处")
    await who.first.presses("不在我们片区")
    await who.first.presses("综治中心")
    await who.seat.sees("想转给你们", "理由")
    (declined,) = await happened(house, "declined")
    assert declined.data["reason"] == "area"
    assert (await only_case(house)).team == "ST2"
    await who.seat.presses("✋ 接收")
    await who.resident.sees("综治中心")
    assert (await only_case(house)).team == "CTR"


@pytest.mark.usefixtures("sent")
async def test_the_choice_can_be_left_again(house: House, who: Cast) -> None:
    await who.first.presses("🚫 不属我处")
    await who.first.presses("↩️ 返回")
    assert await who.first.presses("✋ 签收")
    assert (await only_case(house)).status is Status.ACK


@pytest.mark.usefixtures("sent")
async def test_the_grid_head_assigns_and_that_is_no_question(house: House, who: Cast) -> None:
    await house.jump_by(hours=2, minutes=1)
    await who.head.sees("宏济新居3栋")
    await who.head.presses("↪️ 转派")
    await who.head.presses("钢管厂")
    await who.fourth.sees("宏济新居3栋")
    case = await only_case(house)
    assert (case.team, case.status) == ("ST4", Status.DISP)
    await who.fourth.presses("✋ 签收")
    assert (await only_case(house)).handler == "P025"


@pytest.mark.usefixtures("sent")
async def test_the_head_of_the_post_is_on_site_by_word(house: House, who: Cast) -> None:
    await who.first.presses("✋ 签收")
    assert await who.captain.presses("📍 到场") == "已记到场。"
    await who.resident.sees("工作人员已到现场")
    (arrived,) = await happened(house, "arrived")
    assert (arrived.data["proof"], arrived.actor) == ("head", "P010")


@pytest.mark.usefixtures("sent")
async def test_on_site_by_a_place_in_private_counts_near_and_not_from_afar(house: House, who: Cast) -> None:
    await who.first.presses("✋ 签收")
    await who.first.presses("📍 到场")
    private = house.stage.phone(who.first.user)
    private.says("/start at_A2611-0001")
    await private.sees("A2611-0001")
    private.sends_place(30.6300, 104.0966)
    await private.sees("没有记到场", "米")
    assert (await only_case(house)).status is Status.ACK
    private.sends_place(*COMPOUND)
    await private.sees("已记到场")
    await who.resident.sees("工作人员已到现场")
    (arrived,) = await happened(house, "arrived")
    assert arrived.data["proof"] == "position"


async def test_help_called_from_the_site_reaches_the_two_nearest_posts_and_the_centre(house: House, who: Cast) -> None:
    who.resident.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    await who.captain.presses("📍 到场")
    await who.first.sees("到场")
    assert "支援" in await who.first.presses("🆘 请求支援")
    await who.backup.sees("请求支援", "宏济新居5栋")
    await who.seat.sees("请求支援")
    assert who.seat.chat == CENTRE
