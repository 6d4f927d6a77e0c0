"""Building, unit, floor and room out of what people write, in all the usual ways."""

import re
from dataclasses import dataclass

from core.understand.normal import number

_N = r"(?:[0-9]{1,4}|[零〇一二两三四五六七八九十百]{1,5})"
_BLD = r"(?:栋|幢|号楼|座(?![桥山位城大])|#楼?|舍(?!不))"
NAME = "§"  # stands where the compound's name was

_BUILDING = (
    re.compile(rf"(?<![0-9a-z这那哪同整每某另有])({_N})\s*{_BLD}"),
    re.compile(rf"(?<![0-9])({_N})\s*号(?=\s*{_N}\s*(?:单元|梯))"),
    re.compile(r"(?:building|bldg|block|blk)\.?\s*(?:no\.?\s*)?#?([0-9]{1,3})"),
    re.compile(r"\b([0-9]{1,3})(?:st|nd|rd|th) building"),
    re.compile(rf"{NAME}\s*({_N})东(?![门边侧西南北路头])"),  # 东 is typed for 栋 with a southern tongue
)
_UNIT = (
    re.compile(rf"({_N})\s*(?:单元|门洞|梯(?![坎子步间]))"),
    re.compile(r"\bunit\s*#?([0-9]{1,2})\b"),
)
_FLOOR = (
    re.compile(rf"(负|地下|-)?(?<![0-9有])({_N})\s*(?:楼(?!栋)|层(?!楼))"),
    re.compile(r"()\b([0-9]{1,2})(?:st|nd|rd|th)?\s*(?:floor|/f|f\b)"),
    re.compile(r"()\bfloor\s*([0-9]{1,2})\b"),
    re.compile(r"(b)([1-9])(?:层|楼)?(?![0-9a-z])"),
)
_AFTER = r"(?![0-9年月日号元块度米千万个多人天点*:-])"
_ROOM = (
    re.compile(r"(?<![0-9])([0-9]{3,4}|[零〇一二三四五六七八九]{3,4})\s*(?:室|号房|房(?![东屋子产间])|户(?!人))"),
    re.compile(rf"(?:{_BLD}|单元|梯|门|{NAME}|楼|unit\s*[0-9]{{1,2}},?)\s*,?([0-9]{{3,4}}){_AFTER}"),
    re.compile(r"(?:单元|梯|栋|幢)\s*([零〇一二三四五六七八九]{3,4})(?![栋幢单层楼])"),
    re.compile(r"\b(?:room|flat|apt|apartment|rm)\.?\s*#?([0-9]{3,4})\b"),
)
_DOOR = re.compile(rf"({_N})楼\s*({_N})号(?!楼|线|门)")
_DASH = "[-—–/]"
_FOUR = re.compile(
    rf"(?<![0-9-])([0-9]{{1,2}}){_DASH}([0-9]{{1,2}}){_DASH}([0-9]{{1,2}}){_DASH}([0-9]{{1,2}})(?![0-9-])"
)
_THREE = re.compile(rf"(?<![0-9-])([0-9]{{1,2}}){_DASH}([0-9]{{1,2}}){_DASH}([0-9]{{3,4}})(?![0-9-])")
_TWO_ROOM = re.compile(rf"{NAME}\s*([0-9]{{1,2}}){_DASH}([0-9]{{3,4}})(?![0-9-])")
_TWO_UNIT = re.compile(rf"{NAME}\s*([0-9]{{1,2}}){_DASH}([0-9]{{1,2}})(?![0-9-])")
_BEGIN = re.compile(
    rf"[ ,的那这边里个小区院]{{0,4}}"
    rf"(?:{_N}\s*(?:{_BLD}|单元|梯|楼|号(?!线)|东(?![门边侧]))|[0-9]{{1,2}}{_DASH}[0-9])"
)
_BETWEEN = re.compile(
    rf"({_N})\s*{_BLD}?\s*(?:和|跟|与|同|、|到|至|[-—–])\s*({_N})\s*{_BLD}\s*的?(?:之间|中间|当中|间)"
)
_OPPOSITE = re.compile(rf"{_N}\s*{_BLD}\s*的?(?:斜?对面|隔壁|对过|旁边那[栋幢])")
_NOISE = re.compile(
    r"不是[^,。;!?\n]*|[0-9]{2,4}年|[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[:点][0-9]{0,2}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """The numbers of an address and the stretch of text they were read from (start, end)."""

    building: int | None = None
    unit: int | None = None
    floor: int | None = None
    room: int | None = None
    between: tuple[int, int] | None = None
    beside: str | None = None
    span: tuple[int, int] | None = None


def read_address(said: str) -> Address:
    """Numbers of an address in a text of normal form and lower case, where `NAME` stands for the compound.

    Dates, times and what the writer denies (不是6栋) are no address. A room says its floor: 1203 is on the 12th.
    """
    clear = _NOISE.sub(lambda hit: " " * len(hit.group(0)), said)
    if gap := _BETWEEN.search(clear):
        ends = number(gap.group(1)), number(gap.group(2))
        if ends[0] is not None and ends[1] is not None:
            return Address(between=(ends[0], ends[1]), span=gap.span())
    if beside := _OPPOSITE.search(clear):
        return Address(beside=beside.group(0).strip(), span=beside.span())
    return _dashed(clear) or _worded(clear)


def starts_address(rest: str) -> bool:
    """Whether an address (number and 栋, 单元, dash …) begins here, a few linking characters aside."""
    return _BEGIN.match(rest) is not None


def _dashed(said: str) -> Address | None:
    if hit := _FOUR.search(said):
        building, unit, floor, door = (int(g) for g in hit.groups())
        return Address(building=building, unit=unit, floor=floor, room=floor * 100 + door, span=hit.span())
    if hit := _THREE.search(said):
        building, unit, room = (int(g) for g in hit.groups())
        return Address(building=building, unit=unit, floor=room // 100, room=room, span=hit.span())
    if hit := _TWO_ROOM.search(said):
        building, room = (int(g) for g in hit.groups())
        return Address(building=building, floor=room // 100, room=room, span=hit.span())
    if hit := _TWO_UNIT.search(said):
        return Address(building=int(hit.group(1)), unit=int(hit.group(2)), span=hit.span())
    return None


def _worded(said: str) -> Address:
    building, unit = _first(_BUILDING, said), _first(_UNIT, said)
    room, floor = _first(_ROOM, said), _floor(said)
    door = _DOOR.search(said)
    spans = [hit.span() for hit, _ in (building, unit, room, floor) if hit]
    at_door = (number(door.group(1)) or 0) * 100 + (number(door.group(2)) or 0) if door else None
    flat = room[1] if room[1] is not None else at_door
    level = floor[1] if floor[1] is not None else (flat // 100 if flat else None)
    span = (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None
    return Address(building=building[1], unit=unit[1], floor=level, room=flat, span=span)


def _first(patterns: tuple[re.Pattern[str], ...], said: str) -> tuple[re.Match[str] | None, int | None]:
    for pattern in patterns:
        if (hit := pattern.search(said)) and (value := number(hit.group(1))) is not None:
            return hit, value
    return None, None


def _floor(said: str) -> tuple[re.Match[str] | None, int | None]:
    for pattern in _FLOOR:
        if (hit := pattern.search(said)) and (value := number(hit.group(2))) is not None:
            return hit, -value if hit.group(1) else value
    return None, None
