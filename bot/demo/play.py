"""Whole cases played by themselves: the sandbox's people press and write, and every step must be seen in the chats."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo import town
from bot.demo.house import House, colleagues_signed_in
from bot.demo.stage import Phone
from core import roster

Tell = Callable[[datetime, str, str], None]  # the bot's time, who, what was done or seen


@dataclass(frozen=True, slots=True)
class Cast:
    """The phones of the play: a resident, a neighbour, two of the post on duty, its head (as `mediator` alone with the
    bot), its back-up, those above."""

    resident: Phone
    neighbour: Phone
    first: Phone
    second: Phone
    captain: Phone
    mediator: Phone
    backup: Phone
    head: Phone
    secretary: Phone
    centre: Phone


def cast(house: House) -> Cast:
    """Who plays, by the district's file and today's roster: post ST2 of grid G05 and its neighbours."""
    district, phone = house.district, house.stage.phone
    grid = district.grid("G05")
    post = district.team_of_station(grid.station) if grid else None
    head = district.grid_head("G05")
    secretary = district.secretary(grid.community) if grid else None
    centre, other = district.centre(), district.team("ST1")
    on, captain = _on_duty(house, "ST2"), district.head("ST2")
    if captain is None or captain.tg_id is None:
        raise LookupError("the post has no head")
    if not (post and head and secretary and centre and other and post.chat_id and other.chat_id and centre.chat_id):
        raise LookupError("the play needs the demo district")
    return Cast(
        resident=phone(town.RESIDENT),
        neighbour=phone(town.NEIGHBOUR),
        first=phone(on[0], post.chat_id),
        second=phone(on[1], post.chat_id),
        captain=phone(captain.tg_id, post.chat_id),
        mediator=phone(captain.tg_id),
        backup=phone(_on_duty(house, "ST1")[0], other.chat_id),
        head=phone(head.tg_id or 0),
        secretary=phone(secretary.tg_id or 0),
        centre=phone(_on_duty(house, centre.id)[0], centre.chat_id),
    )


def _on_duty(house: House, team: str) -> list[int]:
    found = house.district.team(team)
    shifts = roster.rostered(found, house.now, house.district) if found else ()
    people = [house.district.member(person) for shift in shifts for person in shift.members]
    return [person.tg_id for person in people if person and person.tg_id]


async def whole_case(house: House, who: Cast, tell: Tell) -> None:
    """Report → card → accept → arrive → after-photo → confirm → rating."""
    who.resident.says("宏济新居3栋楼道有人给电瓶车充电,就在楼梯口", photo="sample:corridor_ebike")
    tell(house.now, "居民", "发来照片和一句话:楼道里给电瓶车充电")
    card = await who.first.sees("电动车", "宏济新居3栋")
    tell(house.now, "驿站群", f"收到派单卡:{first_line(card)}")
    received = await who.resident.sees("收到了,编号")
    tell(house.now, "居民", first_line(received))
    await house.jump_by(minutes=3)
    await who.first.presses("✋ 签收")
    tell(house.now, "巡防员", "点 ✋ 签收")
    tell(house.now, "居民", first_line(await who.resident.sees("已签收")))
    late = await who.second.presses("📍 到场")
    prompt = await who.second.sees("照片")
    tell(house.now, "同事", f"点 📍 到场,机器人答:{late}")
    await house.jump_by(minutes=6)
    who.first.replies(prompt, "", photo="sample:corridor_ebike")
    tell(house.now, "巡防员", "回复一张现场照片")
    tell(house.now, "居民", first_line(await who.resident.sees("已到现场")))
    await house.jump_by(minutes=25)
    await who.first.presses("✅ 办结")
    prompt = await who.first.sees("办结请附")
    who.first.replies(prompt, "车已推到楼下充电棚,楼道清空", photo="sample:after_clean")
    tell(house.now, "巡防员", "点 ✅ 办结,回复处理后照片和一句话结果")
    tell(house.now, "居民", first_line(await who.resident.sees("问题解决了吗")))
    await house.jump_by(minutes=40)
    await who.resident.presses("✅ 解决了")
    tell(house.now, "居民", "点 ✅ 解决了")
    await who.resident.sees("满意吗")
    await who.resident.presses("😊 满意")
    await who.first.sees("已结案")
    tell(house.now, "驿站群", "卡片更新:已结案,居民评价满意")


async def up_the_ladder(house: House, who: Cast, tell: Tell) -> None:
    """A case that nobody accepts: reminder, back-up post and grid head, community, street; then somebody answers."""
    who.neighbour.says("宏济新居5栋门口水管爆了,水往外喷")
    tell(house.now, "邻居", "报水管爆裂,没有人签收")
    await who.first.sees("宏济新居5栋")
    await who.neighbour.sees("收到了,编号")
    rungs: tuple[tuple[str, Phone, tuple[str, ...]], ...] = (
        ("驿站群", who.first, ("到签收时限",)),
        ("备勤驿站", who.backup, ("宏济新居5栋",)),
        ("网格长", who.head, ("宏济新居5栋",)),
        ("社区书记", who.secretary, ("宏济新居5栋",)),
    )
    for name, phone, words in rungs:
        message = await climb_until(house, phone, words)
        tell(house.now, name, first_line(message))
    await who.backup.presses("✋ 签收")
    tell(house.now, "备勤驿站", "点 ✋ 签收")
    tell(house.now, "邻居", first_line(await who.neighbour.sees("已签收")))


async def climb_until(house: House, phone: Phone, words: tuple[str, ...], steps: int = 8) -> dict[str, object]:
    """Jump from due moment to due moment until the phone shows the words; what it shows."""
    for _ in range(steps):
        await house.jump_to_next_due()
        await house.settled()
        found = phone.has(*words)
        if found is not None:
            return found
    return await phone.sees(*words)


async def digest(house: House, who: Cast, tell: Tell) -> None:
    """The next morning at 07:40 the grid head has yesterday in exact figures."""
    local = house.now
    morning = local.replace(hour=7, minute=40, second=0, microsecond=0) + timedelta(days=1)
    await house.jump(morning)
    await colleagues_signed_in(house)
    message = await who.head.sees("日报")
    tell(house.now, "网格长", "收到昨日日报:\n" + str(message.get("text", "")))


def first_line(message: dict[str, object]) -> str:
    """The first two lines of a message, for the timeline."""
    lines = str(message.get("text") or message.get("caption") or "").splitlines()
    return " / ".join(_kept(lines))


def _kept(lines: list[str]) -> Iterator[str]:
    yield from (line for line in lines[:2] if line.strip())
