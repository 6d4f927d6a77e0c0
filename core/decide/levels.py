"""The levels of the ladder: who is told, in which chat, how late it is (life.md, 网格员→网格长→社区→街道)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core import rights, roster
from core.case import Case, Status
from core.decide import say
from core.decide.turn import Turn
from core.district import Person
from core.ladder import Due
from core.messages import Json, Key, Lane, Notice
from core.world import World

# What the ladder tells about a case, the gravest last.
GRAVITY = (
    "ladder.close_warn", "ladder.silent", "ladder.level", "ladder.arrive_late", "ladder.close_late",
    "ladder.supervised",
)  # fmt: skip
DIRECTORS = ("值班领导", "综治中心主任")


def lane(turn: Turn) -> Lane:
    """Only severities 1 and 2 go before everything else."""
    return Lane.URGENT if turn.case.severity <= 2 else Lane.REMINDER


def over(turn: Turn, due: Due) -> int:
    """Seconds since a rung fell due."""
    return max(int((turn.now - due.at).total_seconds()), 0)


def since(turn: Turn, moment: datetime | None) -> int:
    """Seconds since a limit passed; 0 when it has not."""
    return max(int((turn.now - moment).total_seconds()), 0) if moment else 0


def head_of(case: Case, world: World) -> Person | None:
    """网格长 of the case's grid, or whoever stands in for an absent one (A4: 副网格长, 副书记, 民警)."""
    grid, district = case.place.grid if case.place else None, world.town.district
    return _there(case, world, district.grid_head(grid), *rights.deputies(grid, district))


def head(turn: Turn) -> Person | None:
    """The same for the case of a turn."""
    return head_of(turn.case, turn.world)


def secretary_of(case: Case, world: World) -> Person | None:
    """社区书记, or the deputy secretary or the police officer of the community."""
    district = world.town.district
    community = district.community_of_grid(case.place.grid if case.place else None)
    if community is None:
        return None
    deputies = (it for word in rights.STANDING_IN for it in district.with_role(word, community.id))
    return _there(case, world, district.secretary(community.id), *deputies)


def director_of(case: Case, world: World) -> Person | None:
    """值班领导 or 综治中心主任, where the file names one with an account."""
    found = (it for word in DIRECTORS for it in world.town.district.with_role(word))
    return _there(case, world, *found)


def department_of(case: Case, world: World) -> Person | None:
    """部门: somebody of the department that was whistled for, else of the one whose kind of matter it is, where the
    file names people of it; whistled for or not."""
    category = world.town.taxonomy.category(case.category or "")
    called = (it.dept for it in reversed(case.whistles) if it.state in {"open", "in"})
    depts = dict.fromkeys((*called, *(category.dept_ids if category else ())))
    return _there(case, world, *(it for dept in depts for it in world.town.district.members(dept)))


def contact_of(dept: str, case: Case, world: World) -> Person | None:
    """Who answers for a department that was whistled for: the first of its people in the file who is there and can be
    written to (life.md row 20)."""
    found = _there(case, world, *world.town.district.members(dept))
    return found if found is not None and found.tg_id not in case.unheard else None


def _there(case: Case, world: World, *people: Person | None) -> Person | None:
    """The first who is neither on leave nor away and can be written to; the first with an account when nobody is."""
    named = tuple(it for it in people if it is not None and it.tg_id is not None)
    here = (it for it in named if it.tg_id not in case.unheard and not _absent(it.id, world))
    return next(here, named[0] if named else None)


def _absent(person: str, world: World) -> bool:
    leaves = (it for it in world.presence.changes if it.kind == "leave" and it.off == person)
    on_leave = any(it.start <= world.now < it.end for it in leaves)
    return on_leave or roster.is_away(person, world.now, world.presence)


def oversees(person: Person, case: Case, world: World) -> bool:
    """Whether somebody is one of the case's levels, whose word can stop the ladder: the heads there are now with their
    deputies, and the centre."""
    district = world.town.district
    grid = case.place.grid if case.place else None
    own = (district.grid_head(grid), head_of(case, world), secretary_of(case, world), director_of(case, world),
           department_of(case, world))  # fmt: skip
    return person in own or rights.belongs(person, district.centre_team, district)


def chat_of_head(turn: Turn) -> int | None:
    """The grid head in private, or the deputy."""
    found = head(turn)
    return found.tg_id if found else None


def chat_of_secretary(turn: Turn) -> int | None:
    """社区书记 in private, or the deputy."""
    found = secretary_of(turn.case, turn.world)
    return found.tg_id if found else None


def chat_of_director(turn: Turn) -> int | None:
    """Who answers for the street in private; the centre's group where the file names nobody."""
    found = director_of(turn.case, turn.world)
    return found.tg_id if found else chat_of_street(turn)


def chat_of_district(turn: Turn) -> int | None:
    """The level above the street, as the district file names it."""
    above = turn.world.town.district.options.escalation
    person = turn.world.town.district.member(above.person)
    return above.chat_id or (person.tg_id if person else None)


def chat_of_department(turn: Turn) -> int | None:
    """部门 in private; its group hears of what it was whistled for alone."""
    found = department_of(turn.case, turn.world)
    return found.tg_id if found else None


def keys(case: Case, *, decides: bool = False) -> tuple[tuple[Key, ...], ...]:
    """What a level can answer: 已知,按计划 (not of severity 1) and 说明; the grid head 接管 and 指派 as well."""
    row: tuple[Key, ...] = (say.key("btn.explain", "ex", case),)
    if case.severity > 1:
        row = (say.key("btn.known", "kn", case), *row)
    before_site = decides and case.status in {Status.DISP, Status.ACK}
    return ((say.key("btn.take_it", "to", case), say.key("btn.assign", "tr", case)), row) if before_site else (row,)


def chat_of_street(turn: Turn) -> int | None:
    """The centre's group stands for the street."""
    return turn.world.town.district.centre_chat()


def to_head(turn: Turn, kind: str, params: Mapping[str, Json], keys: tuple[tuple[Key, ...], ...] = ()) -> Notice | None:
    """A message to the grid head; to the centre where there is none, and by number when it is sealed."""
    chat = chat_of_head(turn) or turn.world.town.district.centre_chat()
    if turn.case.sealed:
        chat = turn.world.town.district.centre_chat()
    return say.staff(chat, kind, turn.world.town, case=turn.case, lane=lane(turn), params=params, keys=keys)


def holder_chat(case: Case) -> int | None:
    """The chat that has the case, or was asked last."""
    held = [o.chat for o in case.offers if o.state == "accepted"] or [o.chat for o in case.offers if o.state == "open"]
    return held[-1] if held else None


def one_each(turn: Turn) -> Turn:
    """Rungs that fall due in one beat, at the same minute or after an outage, are one message to each person: the
    gravest, whose buttons are those of the others (life.md, rules of the ladder)."""
    gravest: dict[int, Notice] = {}
    for it in turn.notices:
        if it.kind in GRAVITY and (it.to not in gravest or _graver(it, gravest[it.to])):
            gravest[it.to] = it
    kept = (it for it in turn.notices if it.kind not in GRAVITY or gravest[it.to] is it)
    return replace(turn, notices=tuple(kept))


def _graver(it: Notice, other: Notice) -> bool:
    return GRAVITY.index(it.kind) >= GRAVITY.index(other.kind)


def once_each(turn: Turn, *notices: Notice | None) -> Turn:
    """At most one message of a step to each chat (life.md, rules of the ladder)."""
    first: dict[int, Notice] = {}
    for notice in notices:
        if notice is not None:
            first.setdefault(notice.to, notice)
    return turn.tell(*first.values())
