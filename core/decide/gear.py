"""装备 at the hand-over: counted by a tap or by a reply with numbers; what is missing is told to the head (F14)."""

import re
from collections.abc import Mapping
from dataclasses import replace

from core.decide import say
from core.messages import Json, Notice
from core.records.handover import Handover
from core.world import World

_COUNT = r"\s*[×xX*::=]?\s*(\d{1,3}|没有|没了|无|缺)"


def wanted(record: Handover, world: World) -> dict[str, int]:
    """What the post's list says should be there."""
    team = world.town.district.team(record.team)
    station = world.town.district.station(team.station) if team else None
    listed = station.facilities.get("gear") if station else None
    if not isinstance(listed, Mapping):
        return {}
    return {str(name): number for name, number in listed.items() if isinstance(number, int) and number > 0}


def read(text: str, listed: Mapping[str, int]) -> dict[str, int]:
    """The counts in a reply: `橡胶棍3 AED没有`; only what is on the list. Empty when it is no count."""
    found: dict[str, int] = {}
    for name in listed:
        hit = re.search(re.escape(name) + _COUNT, text)
        if hit is not None:
            found[name] = int(hit[1]) if hit[1].isdecimal() else 0
    return found


def counted(record: Handover, counts: Mapping[str, int], world: World) -> Handover:
    """The record with these counts; what was not named is taken as there."""
    known = {**dict(record.gear), **counts}
    whole = all(number >= wanted(record, world).get(name, 0) for name, number in known.items())
    return replace(record, gear=tuple(sorted(known.items())), whole=whole)


def lacking(record: Handover, world: World) -> dict[str, int]:
    """How many of each are missing."""
    listed = wanted(record, world)
    return {name: listed[name] - number for name, number in record.gear if listed.get(name, 0) > number}


def told(record: Handover, world: World) -> list[Json]:
    """What is missing, as the sheet says it."""
    return listed(lacking(record, world))


def listed(things: Mapping[str, int]) -> list[Json]:
    """Things with their numbers as plain values."""
    return [{"name": name, "count": number} for name, number in things.items()]


def missing(record: Handover, world: World) -> tuple[Notice, ...]:
    """Word to the head of the post that something is missing; said once, by the reply that counted it."""
    if record.whole is not False:
        return ()
    head = world.town.district.head(record.team)
    chat = head.tg_id if head and head.tg_id else world.town.district.centre_chat()
    params: dict[str, Json] = {"station": record.team, "gear": told(record, world)}
    notice = say.staff(chat, "handover.gear_lack", world.town, params=params)
    return (notice,) if notice else ()
