"""A sandbox in which nothing is set up: people with phones, and groups that the bot is not in.

For whoever wants to play by hand what docs/operate.md tells: from a token to the first case.
"""

from datetime import datetime
from typing import Any

from bot.demo import town
from bot.demo.house import DISTRICT
from bot.districts import read
from bot.sandbox.world import World
from core.district import District

BOSS, PATROL, MATE, SEAT, RESIDENT, STRANGER = range(9_200_000_001, 9_200_000_007)
PEOPLE = {BOSS: "周主任", PATROL: "李卫国", MATE: "何小军", SEAT: "王秀兰", RESIDENT: "陈玉芳", STRANGER: "路人"}
GATE, PARK, CENTRE, FOREIGN = -1_009_200_000_001, -1_009_200_000_002, -1_009_200_000_003, -1_009_200_000_004
GROUPS = {
    GATE: ("东门岗", (BOSS, PATROL, MATE)),
    PARK: ("公园岗", (BOSS, MATE)),
    CENTRE: ("街道综治中心", (BOSS, SEAT)),
    FOREIGN: ("业主闲聊", (STRANGER, RESIDENT)),
}


def fill(world: World) -> None:
    """People have the app, groups exist; nobody has met the bot but by pressing Start."""
    for user, name in PEOPLE.items():
        world.add_user(user, name, language_code="zh-hans", started=True)
    for chat, (title, members) in GROUPS.items():
        world.add_chat(chat, title, members=list(members), owner=members[0], bot="left")


def page(
    district: District, clock_url: str, clock: dict[str, Any] | None, *, now: datetime, bot_name: str
) -> dict[str, Any]:
    """What the phones page is told. The map is the demo town's: a place has to be picked somewhere."""
    made = town.page(read(DISTRICT), clock_url, clock, now=now, bot_name=bot_name)
    people = [town.private(user, PEOPLE[user], role, samples) for user, role, samples in ROLES]
    gate, park, centre, foreign = (_group(chat) for chat in GROUPS)
    phones = [people[0], gate, centre, *people[1:], park, foreign]
    return {**made, "title": f"{district.name_zh} · 从零开始", "phones": phones}


ROLES = (
    (BOSS, "管理员", ("/setup", "东门街道")),
    (RESIDENT, "居民", ("楼道里有人给电瓶车充电",)),
    (PATROL, "巡防员", ("/start", "/signin")),
    (MATE, "巡防员", ("/start", "/signin")),
    (SEAT, "综治中心", ("/start",)),
)


def _group(chat: int) -> dict[str, Any]:
    title, members = GROUPS[chat]
    return {
        "id": f"g{abs(chat)}",
        "title": title,
        "subtitle": "群",
        "chat_id": chat,
        "speakers": [{"user_id": user, "name": PEOPLE[user]} for user in members],
        "samples": [],
    }
