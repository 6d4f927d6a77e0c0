"""Words in any order to a query: 昨天 电瓶车 宏济新居 未结. What is understood is taken out of the text, piece by
piece; what is left must stand in the place."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from core.case import ENDED, Status
from core.district import Person
from core.search.query import Query
from core.search.times import take_days
from core.town import Town
from core.understand import categories, normal

Meant = TypeVar("Meant")

OPEN = tuple(it for it in Status if it not in ENDED)
LONGEST = 200  # characters of a search that are read
MONTHS_BACK = 12  # in which a bare serial is looked for
_NUMBER = re.compile(r"(?<![a-z0-9])[a-z]\d{4}-\d{4,9}(?!\d)", re.IGNORECASE)
_SERIAL = re.compile(r"(?<![\w-])(?:#\s*(\d{1,6})|(\d{4,6})|(\d{1,6})号)(?![\w-])")
_BETWEEN = re.compile(r"[\s,、。;!?]+")
_ENGLISH_FIRST = re.compile(r"[a-z]")

# What people call the states; longer words first, for 已结案 holds 结案.
STATES: Mapping[str, tuple[Status, ...]] = {
    "未结案": OPEN, "未结": OPEN, "没结": OPEN, "未办结": OPEN, "在办": OPEN, "open": OPEN,
    "未签收": (Status.DISP,), "待签收": (Status.DISP,), "没签收": (Status.DISP,),
    "已签收": (Status.ACK,), "accepted": (Status.ACK,),
    "待受理": (Status.NEW,),
    "处置中": (Status.SITE,), "在现场": (Status.SITE,), "已到场": (Status.SITE,), "on site": (Status.SITE,),
    "已吹哨": (Status.REF,), "吹哨": (Status.REF,), "whistled": (Status.REF,),
    "延期": (Status.HOLD,), "on hold": (Status.HOLD,),
    "待确认": (Status.DONE,), "已办结": (Status.DONE,), "已处理": (Status.DONE,), "done": (Status.DONE,),
    "已结案": (Status.CLOSED,), "结案": (Status.CLOSED,), "已结": (Status.CLOSED,), "closed": (Status.CLOSED,),
    "不予受理": (Status.REJECTED,), "已撤销": (Status.CANCELLED,), "撤销": (Status.CANCELLED,),
    "已并案": (Status.MERGED,), "并案": (Status.MERGED,), "无效": (Status.SPAM,),
}  # fmt: skip
LATE = ("超期未结", "超期", "超时", "逾期", "overdue")
SEVERITIES: Mapping[str, int] = {
    "特急": 1, "一级": 1, "紧急": 2, "二级": 2, "一般": 3, "三级": 3, "轻微": 4, "四级": 4,
}  # fmt: skip
MINE = ("我的", "我办的", "我处理的", "mine")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The query so far, and the text that has not been understood yet."""

    left: str
    query: Query
    town: Town
    now: datetime
    me: Person | None

    def found(self, left: str, **more: object) -> "_Asked":
        return replace(self, left=left, query=replace(self.query, **more))  # type: ignore[arg-type]  # checked by Query


def read(text: str, town: Town, now: datetime, me: Person | None) -> Query:
    """What somebody looks for, in any order; `me` is who asks (我的). Words that mean nothing are words of a place."""
    said = normal(text[:LONGEST], town.lexicon.simple).lower()
    asked = _Asked(left=said, query=Query(), town=town, now=now, me=me)
    for step in STEPS:
        asked = step(asked)
    return asked.query


def _take(said: str, words: Iterable[str]) -> tuple[str | None, str]:
    """The longest of these words that stands in the text, and the text without it."""
    for word in sorted((it for it in words if it and it in said), key=len, reverse=True):
        edge = r"\b" if _ENGLISH_FIRST.match(word) else ""
        if found := re.search(f"{edge}{re.escape(word)}{edge}", said):
            return word, f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def _take_all(said: str, named: Mapping[str, tuple[Meant, ...]]) -> tuple[tuple[Meant, ...], str]:
    """All that names in the text stand for, each once, and the text without these names."""
    meant: dict[Meant, None] = {}
    while True:
        name, said = _take(said, named)
        if name is None:
            return tuple(meant), said
        meant |= dict.fromkeys(named[name])


def _numbers(asked: _Asked) -> _Asked:
    numbers = tuple(it.upper() for it in _NUMBER.findall(asked.left))
    return asked.found(_NUMBER.sub(" ", asked.left), numbers=numbers) if numbers else asked


def _days(asked: _Asked) -> _Asked:
    zone = asked.town.district.zone
    days, left = take_days(asked.left, asked.now.astimezone(zone).date())
    if days is None:
        return asked
    first, last = days

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time.min, zone)

    return asked.found(left, since=midnight(first), until=midnight(last + timedelta(days=1)))


def _serials(asked: _Asked) -> _Asked:
    """A bare serial (0042, #42, 42号) is looked for in this month and those before it."""
    found = _SERIAL.search(asked.left)
    if found is None or asked.query.numbers:
        return asked
    serial = int(found[1] or found[2] or found[3])
    first = asked.now.astimezone(asked.town.district.zone).date().replace(day=1)
    months = [first]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    numbers = tuple(f"A{it:%y%m}-{serial:04d}" for it in months)
    return asked.found(f"{asked.left[: found.start()]} {asked.left[found.end() :]}", numbers=numbers)


def _late(asked: _Asked) -> _Asked:
    word, left = _take(asked.left, LATE)
    return asked.found(left, late_at=asked.now) if word else asked


def _states(asked: _Asked) -> _Asked:
    statuses, left = _take_all(asked.left, STATES)
    return asked.found(left, statuses=statuses)


def _severity(asked: _Asked) -> _Asked:
    word, left = _take(asked.left, SEVERITIES)
    return asked.found(left, severities=(SEVERITIES[word],)) if word else asked


def _people(asked: _Asked) -> _Asked:
    me, left = _take(asked.left, MINE)
    named = {it.name.lower(): (it.id,) for it in asked.town.district.people if len(it.name) > 1}
    people, left = _take_all(left, named)
    return asked.found(left, people=(*people, *((asked.me.id,) if me and asked.me else ())))


def _teams(asked: _Asked) -> _Asked:
    """Teams by name; the word for all of them (驿站) alone says nothing."""
    district = asked.town.district
    named = {name.lower(): (it.id,) for it in district.teams for name in (it.name_zh, it.name_en, it.id) if name}
    teams, left = _take_all(asked.left, named)
    return asked.found(left, teams=teams)


def _places(asked: _Asked) -> _Asked:
    """Compounds by their names and aliases: a name that two of them have means both."""
    names = {it.lower: it.owners for it in asked.town.gazetteer.names if not it.stem}
    places, left = _take_all(asked.left, names)
    return asked.found(left, places=places)


def _grids(asked: _Asked) -> _Asked:
    district = asked.town.district
    named = {name.lower(): (it.id,) for it in district.grids for name in (it.id, it.name_zh, it.name_en) if name}
    grids, left = _take_all(asked.left, named)
    of = {name.lower(): (it.id,) for it in district.communities for name in (it.name_zh, it.name_en) if name}
    communities, left = _take_all(left, of)
    whole = (it.id for it in district.grids if it.community in communities)
    return asked.found(left, grids=tuple(dict.fromkeys((*grids, *whole))))


def _kinds(asked: _Asked) -> _Asked:
    """What is left, word by word: a kind of matter, or a word of the place."""
    words = [it for it in _BETWEEN.split(asked.left) if it]
    names = _names_of_kinds(asked.town)
    codes = {it: (names[it],) if it in names else categories(it, asked.town.lexicon).three for it in words}
    left = tuple(it for it in words if not codes[it])
    together = categories("".join(left), asked.town.lexicon).three if len(left) > 1 else ()  # 楼道 堆物
    found = dict.fromkeys((*(code for it in words for code in codes[it]), *together))
    return asked.found("", categories=tuple(found), words=() if together else tuple(dict.fromkeys(left)))


def _names_of_kinds(town: Town) -> Mapping[str, str]:
    hazards, disputes = town.taxonomy.categories.values(), town.taxonomy.disputes.values()
    named = {name.lower(): it.code for it in disputes for name in (it.zh, it.en, it.code)}
    return named | {name.lower(): it.code for it in hazards for name in (it.zh, it.en, it.code)}


STEPS: tuple[Callable[[_Asked], _Asked], ...] = (
    _numbers, _days, _serials, _late, _states, _people, _teams, _places, _grids, _severity, _kinds,
)  # fmt: skip
