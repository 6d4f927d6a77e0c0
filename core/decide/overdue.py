"""Overdue slight matters in lists: at 08:30 and 16:30 one message to each person, with a button for each case.

Severities 3 and 4 alone (life.md, ladder): ten small delays must not hide a large one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import calendar, ladder
from core.case import Case
from core.decide import levels, say
from core.decide.turn import Turn, begin
from core.messages import Json, Lane, LateTold, Notice
from core.records.lists import Overdue
from core.world import Decision, World

ONLY = "next"  # the one record there is
SLOTS = (ladder.MORNING_AT, 16 * 60 + 30)
SHOWN = 8  # with a button each; the rest is counted

Find = Callable[[Turn], int | None]


def _holder(turn: Turn) -> int | None:
    return levels.holder_chat(turn.case)


# Who hears of which rung. `morning` stands for the daily reminder of everything that is overdue.
HEAR: Mapping[str, tuple[Find, ...]] = {
    "close_late": (levels.chat_of_head, levels.chat_of_secretary, _holder),
    "supervise": (levels.chat_of_director,),
    "street": (levels.chat_of_director,),
    "district": (levels.chat_of_district, levels.chat_of_department),
    "morning": (_holder, levels.chat_of_head),
}


def of_day(world: World) -> tuple[Overdue, ...]:
    """The record, where there is none yet."""
    return () if world.of(Overdue) else (Overdue(id=ONLY, due_at=next_slot(world.now, world)),)


def next_slot(after: datetime, world: World) -> datetime:
    """The next 08:30 or 16:30 after a moment."""
    zone = world.town.district.zone
    today = calendar.local(after, zone).date()
    slots = (calendar.moment(today + timedelta(days=ahead), at, zone) for ahead in (0, 1) for at in SLOTS)
    return next(at for at in slots if at > after)


def due(record: Overdue, world: World) -> Decision:
    """The lists of now, and the next moment."""
    told: dict[int, list[tuple[Case, str]]] = {}
    mornings = _morning(record, world)
    slight = [it for it in world.open_cases if _listed(it)]
    for case in sorted(slight, key=lambda it: (it.severity, it.close_due or it.opened_at)):
        for chat, rung in _hearers(case, world, mornings=mornings):
            if all(case.no != other.no for other, _ in told.get(chat, [])):
                told.setdefault(chat, []).append((case, rung))
    return Decision(
        records=(replace(record, due_at=next_slot(world.now, world)),),
        notices=tuple(_list(chat, rows, world) for chat, rows in told.items()),
        then=tuple(LateTold(at=world.now, case=it.no) for it in slight if it.late),
    )


def _listed(case: Case) -> bool:
    return case.severity >= ladder.SLIGHT and not case.sealed and case.status in ladder.WORKING


def _morning(record: Overdue, world: World) -> bool:
    """Whether everything that is overdue is named again: once each working morning, also when it was slept through."""
    zone, since = world.town.district.zone, record.due_at or world.now
    day, today = calendar.local(since, zone).date(), calendar.local(world.now, zone).date()
    days = (day + timedelta(days=ahead) for ahead in range((today - day).days + 1))
    return any(
        since <= calendar.moment(it, ladder.MORNING_AT, zone) <= world.now
        and calendar.working_day(it, world.town.calendar)
        for it in days
    )


def _hearers(case: Case, world: World, *, mornings: bool) -> Iterator[tuple[int, str]]:
    """Chats that have to hear of a case now, the highest level's reason first."""
    turn = Turn(case=case, world=replace(world, case=case))
    put_off = case.known is not None and case.known.until is not None and case.known.until > world.now
    overdue = case.close_due is not None and case.close_due < world.now and not put_off
    daily = ("morning",) if mornings and overdue else ()
    for rung in (*reversed(case.late), *daily):
        for find in HEAR[rung]:
            if (chat := find(turn)) is not None:
                yield chat, rung


def _list(chat: int, rows: list[tuple[Case, str]], world: World) -> Notice:
    """One message: each case with how late it is, and a button to say 已知,按计划 where that is up to the reader."""
    items: list[Json] = [_row(case, rung, world) for case, rung in rows]
    shown = [case for case, _ in rows[:SHOWN]] if chat > 0 or chat == world.town.district.centre_chat() else []
    return Notice(
        to=chat,
        kind="ladder.list",
        key=f"overdue:{world.now.isoformat()}:{chat}",
        lane=Lane.REMINDER,
        params={"count": len(rows), "items": items, "hint": bool(shown) or None},
        keys=tuple((say.key("btn.known_case", "kn", it, no=it.no),) for it in shown),
        language=say.staff_language(world.town),
    )


def _row(case: Case, rung: str, world: World) -> dict[str, Json]:
    late = (world.now - case.close_due).total_seconds() if case.close_due else 0
    return {
        "no": case.no,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "over": max(int(late), 0),
        "team": case.team,
        "rung": rung,
    }


def told(command: LateTold, world: World) -> Decision:
    """The case has been in its lists."""
    del command
    if world.case is None or not world.case.late:
        return Decision()
    return begin(world).change(late=()).decide()
