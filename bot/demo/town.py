"""Fills the sandbox with the people and chats of a district, and says which phones the page shows."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from bot.sandbox.world import World
from core import roster
from core.district import Department, District, Person, Team

RESIDENT, NEIGHBOUR, VISITOR = 9_100_000_001, 9_100_000_002, 9_100_000_003
RESIDENTS = ((RESIDENT, "陈玉芳", "zh-hans"), (NEIGHBOUR, "刘大明", "zh-hans"), (VISITOR, "Emma Wright", "en"))


def fill(world: World, district: District) -> None:
    """Everybody of the district has pressed Start; every group has its members, the bot as administrator."""
    for person in district.people:
        if person.tg_id is not None:
            world.add_user(person.tg_id, person.name, language_code="zh-hans", started=True)
    for user, name, language in RESIDENTS:
        world.add_user(user, name, language_code=language, started=True)
    for team in district.teams:
        _room(world, team.chat_id, title_of(team), _accounts(_everybody(team, district)))
    for community in district.communities:
        _room(world, community.chat_id, community.name_zh, [])
    for department in district.departments:
        named = _accounts(district.members(department.id))
        if named:  # then nobody else may answer for it
            _room(world, department.chat_id, department.name_zh, named)
        else:
            _desk(world, department.chat_id, department.name_zh, f"{department.name_zh}值班员")
    for compound in district.compounds:
        _desk(world, compound.management_chat, f"{compound.name_zh}·物业保安", f"{compound.name_zh}保安")


def _room(world: World, chat: int | None, title: str, members: list[int]) -> None:
    if chat is not None:
        world.add_chat(chat, title, members=members, bot="administrator")


def _desk(world: World, chat: int | None, title: str, name: str) -> None:
    """A room in which one person answers whom the district's file does not name."""
    if chat is not None:
        world.add_user(clerk(chat), name, started=True)
        _room(world, chat, title, [clerk(chat)])


def clerk(chat: int) -> int:
    """The account of whoever answers in a department's or the guards' chat: the district's file names nobody there."""
    return abs(chat) + 8_200_000_000_000


def title_of(team: Team) -> str:
    """The name of a team's group."""
    return f"{team.name_zh or team.id}·工作群"


def _everybody(team: Team, district: District) -> Iterable[Person]:
    head = district.head(team.id)
    return (*((head,) if head else ()), *(it for it in district.members(team.id) if it != head))


def _accounts(people: Iterable[Person]) -> list[int]:
    return [person.tg_id for person in people if person.tg_id is not None]


def page(
    district: District, clock_url: str, clock: dict[str, Any] | None, *, now: datetime, bot_name: str
) -> dict[str, Any]:
    """What the phones page is told: phones with whose turn it is `now`, map, pictures, clock."""
    return {
        "bot_name": bot_name,
        "title": f"{district.name_zh} · 平安岗",
        "phones": phones(district, now),
        "map": chart(district),
        "photos": [{"name": name, "label": label} for name, label in PHOTOS],
        "clock": clock,
        "jump_url": clock_url,
        "next_due_url": clock_url,
    }


PHOTOS = (
    ("corridor_ebike", "楼道充电"),
    ("fire_smoke", "冒烟"),
    ("manhole", "井盖"),
    ("burst_pipe", "爆管"),
    ("rubbish", "垃圾"),
    ("street_lamp", "路灯"),
    ("after_clean", "清理后"),
    ("after_fixed", "修好后"),
)

SAMPLES = (
    "宏济新居3栋楼道有人给电瓶车充电",
    "宏济新居门口路灯黑了好几天",
    "水管爆了,水一直往外冲",
    "着火了!3栋5楼冒黑烟",
    "有人在楼上丢啤酒瓶下来",
    "宏济新居3栋2单元楼上天天半夜拖椅子,能不能帮忙调一下",
    "怎么样了?",
)


def phones(district: District, now: datetime) -> list[dict[str, Any]]:
    """The resident, the post of grid G05, its grid head and the centre come first; any phone can become another."""
    grid = district.grid("G05") or district.grids[0]
    post = district.team_of_station(grid.station) or district.teams[0]
    head, centre = district.grid_head(grid.id), district.centre()
    officer = district.police_officer(grid.community)
    secretary = district.secretary(grid.community)
    rows = [private(RESIDENT, RESIDENTS[0][1], "居民", SAMPLES), _group(post, district, now)]
    rows += [private(head.tg_id, head.name, f"网格长 · {grid.name_zh}", ())] if head and head.tg_id else []
    rows += [_group(centre, district, now)] if centre else []
    shown = {post.id, *((centre.id,) if centre else ())}
    rows += [_group(team, district, now) for team in district.teams if team.id not in shown and team.chat_id]
    for person, role in ((officer, "社区民警"), (secretary, "社区书记")):
        rows += [private(person.tg_id, person.name, role, ())] if person and person.tg_id else []
    rows += [
        private(user, name, "居民", SAMPLES if language != "en" else ENGLISH) for user, name, language in RESIDENTS[1:]
    ]
    mediators = (it for it in district.people if it.mediates is not None and it.team is None)
    rows += [private(it.tg_id, it.name, f"{it.role} · 调解", ()) for it in mediators if it.tg_id is not None]
    return rows + [_desk_of(it, it.chat_id, district) for it in district.departments if it.chat_id]


HOLDERS = {"station": "巡防员", "centre": "值班员"}  # whose phone shows a team's group
ENGLISH = ("The street lamp in front of the gate is out", "There is smoke coming from building 3", "Any news?")


def private(user: int, name: str, role: str, samples: tuple[str, ...]) -> dict[str, Any]:
    """The phone of one person in their own chat with the bot."""
    return {
        "id": f"u{user}",
        "title": name,
        "subtitle": role,
        "chat_id": user,
        "speakers": [{"user_id": user, "name": name}],
        "samples": list(samples),
    }


def _desk_of(department: Department, chat: int, district: District) -> dict[str, Any]:
    """A department's group, where whoever the file names answers, else one person."""
    people = (it for it in district.members(department.id) if it.tg_id is not None)
    named = [{"user_id": it.tg_id, "name": _speaker(it, ())} for it in people]
    return {
        "id": f"d{chat}",
        "title": department.name_zh,
        "subtitle": "部门",
        "chat_id": chat,
        "speakers": named or [{"user_id": clerk(chat), "name": f"{department.name_zh}值班员"}],
        "samples": ["正在处理", "已修好,现场恢复正常"],
    }


def _group(team: Team, district: District, now: datetime) -> dict[str, Any]:
    turn = {person for shift in roster.rostered(team, now, district) for person in shift.members}
    people = [person for person in _everybody(team, district) if person.tg_id is not None]
    return {
        "id": f"g{team.id}",
        "title": title_of(team),
        "subtitle": HOLDERS.get(team.kind, ""),
        "chat_id": team.chat_id,
        "speakers": [{"user_id": it.tg_id, "name": _speaker(it, turn)} for it in people],
        "samples": ["收到", "已劝离,车已推下楼,楼道清空"],
    }


def _speaker(person: Person, turn: Collection[str]) -> str:
    """Who may be chosen to speak in a group; whose shift it is stands behind the name."""
    return f"{person.name} · {person.role}{person.group or ''}{' · 当班' if person.id in turn else ''}"


def chart(district: District) -> dict[str, Any]:
    """The map: grids as areas, compounds, key places and posts as dots."""
    areas = [
        {"id": grid.id, "name": grid.name_zh, "polygon": [[x, y] for x, y in polygon.exterior.coords]}
        for grid in district.grids
        for polygon in getattr(grid.area, "geoms", [grid.area])
    ]
    dots = [(it.name_zh, it.point, "compound") for it in district.compounds]
    dots += [(it.name_zh, it.point, "key_place") for it in district.key_places]
    dots += [(it.name_zh, it.point, "station") for it in district.stations]
    return {
        "areas": areas,
        "places": [{"name": name, "lat": at.lat, "lng": at.lng, "kind": kind} for name, at, kind in dots],
    }
