"""Two neighbours tell of one matter; staff put cases together and take them apart (life.md rows 25, 28, 31, 32)."""

from bot.demo.house import House
from core.case import Status
from tests.stories.scene import Cast, all_cases, both_databases, happened


@both_databases
async def test_a_neighbour_joins_with_one_tap_and_both_hear_the_end(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    who.neighbour.says("宏济新居3栋楼道全是杂物,过不去人")
    await who.neighbour.sees("附近已经有一件", "宏济新居3栋")
    assert "并在一起" in await who.neighbour.presses("👍 就是这件")
    await who.neighbour.sees("已经有邻居反映")
    await who.first.sees("2 人反映")
    await who.first.sees("又有人反映", "过不去人")
    first, second = await all_cases(house)
    assert (second.status, second.into, first.joined) == (Status.MERGED, first.no, (second.no,))
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    ask = await who.first.sees("处理后照片")
    who.first.replies(ask, "已经清理", photo="sample:rubbish")
    await who.resident.sees("已经清理", "解决了吗")
    await who.neighbour.sees("已经清理", "解决了吗", second.no)
    await who.neighbour.presses("✅ 解决了")
    await who.resident.sees("一起反映的邻居说已经解决")
    first, second = await all_cases(house)
    assert first.status is Status.CLOSED
    assert [event.row for event in await happened(house, "merged", second.no)] == [31]


@both_databases
async def test_a_team_merges_two_cases_and_splits_them_again(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    who.neighbour.says("宏济新居3栋楼道全是杂物")
    await who.neighbour.sees("附近已经有一件")
    await who.neighbour.presses("🙅 不是,另一件")
    await who.neighbour.sees("收到了,编号")
    await who.first.presses("✋ 签收")
    first, second = await all_cases(house)
    await who.first.presses("✏️ 更正")
    await who.first.presses("🔗 并案")
    assert first.no in await who.first.presses(f"{first.no}")
    await who.neighbour.sees("已经有邻居反映", first.no)
    await who.first.sees(second.no, "已并入")
    await who.first.presses("✏️ 更正")
    await who.first.presses("✂️ 拆分")
    await who.first.presses(f"{second.no}")
    await who.neighbour.sees(second.no, "另一件事")
    first, second = await all_cases(house)
    assert (second.status, second.into, first.joined) == (Status.DISP, None, ())
