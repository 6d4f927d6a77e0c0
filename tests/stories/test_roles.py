"""An administrator lets a patrol in by a link, who works, leaves, and hands all of it on; the audit log knows."""

from bot.demo.house import House, colleagues_signed_in, open_house
from bot.witness import checked
from core.case import Status
from storage import trail
from tests.stories.scene import (
    NINE,
    ST2,
    at_the_end,
    body_text,
    cast_of,
    happened,
    only_case,
    pressed_data,
    presses_data,
    read,
    told,
)

ADMIN, NEW = 9300000001, 9300000002
POST = (30.6389, 104.0968)


async def test_a_patrol_comes_by_a_link_takes_a_case_and_leaves_it_to_a_colleague(sqlite_url: str) -> None:
    async with open_house(start=NINE, flood="off", paced=False, database_url=sqlite_url, admins=str(ADMIN)) as house:
        await colleagues_signed_in(house)
        world = house.sandbox.world
        world.add_user(ADMIN, "周主任", language_code="zh-hans", started=True)
        world.add_user(NEW, "林小雨", language_code="zh-hans", started=True)
        world.set_member(ST2, "member", user_id=NEW)
        await _invited(house)
        await _works(house)
        await _leaves(house)
        await _known_to_the_log(house)
        await at_the_end(house)


async def _invited(house: House) -> None:
    """Five taps for the administrator, one for the newcomer."""
    admin, new = house.stage.phone(ADMIN), house.stage.phone(NEW)
    who = cast_of(house)
    group = next(it.name for it in house.district.team("ST2").groups if _member(house, who.first.user) in it.members)  # type: ignore[union-attr]  # of the demo town
    admin.says("/people")
    await admin.sees("人员和权限")
    for label in ("➕ 邀请", "巡防队员", house.district.team("ST2").name_zh, group):  # type: ignore[union-attr]  # as above
        await admin.presses(label)
    link = await admin.sees("🔗 邀请", "start=in_")
    code = str(link["text"]).partition("start=")[2].split()[0]
    new.says(f"/start {code}")
    await new.sees("您现在是", "巡防队员")
    await admin.sees("林小雨", "用邀请进来了")
    house.stage.phone(who.resident.user).says(f"/start {code}")
    await who.resident.sees("这个邀请链接用不了")


def _member(house: House, account: int) -> str:
    found = house.district.person(account)
    assert found is not None
    return found.id


async def _works(house: House) -> None:
    new, who = house.stage.phone(NEW), cast_of(house)
    new.says("📍 签到")
    await new.sees("位置")
    new.sends_place(*POST)
    await new.sees("已签到")
    who.resident.says("宏济新居3栋楼道堆了很多纸箱")
    mine = house.stage.phone(NEW, ST2)
    await mine.sees("宏济新居3栋")
    await mine.presses("✋ 签收")
    await house.settled()
    assert (await only_case(house)).status is Status.ACK
    new.says("/people")
    await new.sees("这项由", "管理员", "没有改动")


async def _leaves(house: House) -> None:
    admin, new, who = house.stage.phone(ADMIN), house.stage.phone(NEW), cast_of(house)
    heir = house.district.person(who.first.user)
    assert heir is not None
    card = next(it for it in reversed(house.stage.phone(NEW, ST2).messages()) if "宏济新居3栋" in body_text(it))
    admin.says("/people")
    for label in ("👥 名单", house.district.team("ST2").name_zh, "林小雨", "🚪 离开并移交", heir.name):  # type: ignore[union-attr]  # of the demo town
        await admin.presses(label)
    await admin.sees("🚪 林小雨 离开", heir.name, "在办事项 1 件")
    await admin.presses("✅ 确定移交")
    await admin.sees("林小雨 已离开", heir.name)
    await new.sees("您的岗位和权限已结束", heir.name)
    await house.settled()
    case = await only_case(house)
    assert (case.team, case.handler, case.status) == ("ST2", heir.id, Status.ACK)
    assert [it.data["to"] for it in await happened(house, "handed_on")] == [heir.id]
    refused = await presses_data(house.stage.phone(NEW, ST2), card["message_id"], pressed_data(card, "办结"))
    assert "没有派给您" in str(refused.get("text"))


async def _known_to_the_log(house: House) -> None:
    """The chain holds, tells who decided what, and names no resident; whoever administers gets it as a file."""
    lines = await read(house, lambda conn: list(trail.lines(conn)))
    kinds = [
        kind for it in lines for kind in ("role_invited", "role_came", "role_left", "handed_on") if kind in it.body
    ]
    assert kinds == ["role_invited", "role_came", "role_left", "handed_on"]
    assert (await read(house, lambda conn: checked(conn, {})))[1] is None
    assert not [it for it in lines if str(cast_of(house).resident.user) in it.body]
    admin = house.stage.phone(ADMIN)
    admin.says("/audit")
    sent = await house.stage.until(lambda: _file(admin.messages()), lambda: "no file of the audit log")
    assert sent.startswith("audit-")
    admin.says("/doctor")
    await admin.sees("🩺")
    assert not told(admin, "审计日志第")


def _file(messages: list[dict[str, object]]) -> str | None:
    documents = (it["document"] for it in messages if "document" in it)
    return next((str(it["file_name"]) for it in documents if isinstance(it, dict)), None)
