"""Updates as Telegram would deliver them, in bulk."""

import time
from collections.abc import Iterator
from typing import Any

import orjson

from benchmarks.rig.town import BigTown

RESIDENT = 6_000_000_000
WORDS = "3栋楼道有人给电瓶车充电"
MATTERS = (  # all surely known, of severity 2, without advice: two messages each, sent out at once, day and night
    WORDS, "3栋消防通道被车堵住了", "3栋门口水管爆了", "3栋外墙瓷砖往下掉", "3栋有人高空抛物",
    "3栋门口树枝快断了", "3栋电梯坏了", "3栋楼顶有人堆放煤气罐", "3栋墙上裂了大缝", "3栋有陌生人挨家敲门",
)  # fmt: skip
DANGER = "3栋5楼着火了,冒黑烟"


def report(town: BigTown, number: int, words: str | None = None) -> bytes:
    """Update `number` (from 1): a resident nobody knows yet tells something."""
    return orjson.dumps({"update_id": number, "message": message(RESIDENT + number, told(town, number, words))})


def told(town: BigTown, number: int, words: str | None = None) -> str:
    """What they say, with `#number#`. The posts take turns, and after them the matters: the same is told of the same
    compound only after `posts` times as many reports as there are matters."""
    matter = words or MATTERS[number // town.posts % len(MATTERS)]
    return f"{town.compound(number % town.posts)}{matter} #{number:06d}#"


def message(user: int, text: str) -> dict[str, Any]:
    """A message in private."""
    return {
        "message_id": 1,
        "date": int(time.time()),
        "chat": {"id": user, "type": "private", "first_name": "R"},
        "from": {"id": user, "is_bot": False, "first_name": "R", "language_code": "zh-hans"},
        "text": text,
    }


def reports(town: BigTown, first: int, count: int) -> list[bytes]:
    """`count` reports, numbered from `first`."""
    return list(_reports(town, first, count))


def _reports(town: BigTown, first: int, count: int) -> Iterator[bytes]:
    for number in range(first, first + count):
        yield report(town, number)
