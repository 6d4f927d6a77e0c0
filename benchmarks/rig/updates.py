"""Updates as Telegram would deliver them, in bulk."""

import time
from collections.abc import Iterator
from typing import Any

import orjson

from benchmarks.rig.town import BigTown

RESIDENT = 6_000_000_000
WORDS = "3栋楼道有人给电瓶车充电"
DANGER = "3栋5楼着火了,冒黑烟"


def report(town: BigTown, number: int, words: str = WORDS) -> bytes:
    """Update `number` (from 1): a resident nobody knows yet tells something; the posts take turns. The words carry
    `#number#`."""
    told = f"{town.compound(number % town.posts)}{words} #{number:06d}#"
    return orjson.dumps({"update_id": number, "message": message(RESIDENT + number, told)})


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
