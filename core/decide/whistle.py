"""吹哨: what a whistle does to the case and who hears of it (life.md rows 17-20)."""

from collections.abc import Mapping
from dataclasses import replace

from core import calendar
from core.calendar import Basis, Span
from core.case import Status, Whistle
from core.decide import evidence, levels, say
from core.decide.turn import Turn
from core.district import Department, Person
from core.ladder import Due
from core.messages import Json, Key, Lane, Notice
from core.reachable import next_opening, reachable

# By when the department must have reported in (life.md row 18; standards.md: 应急哨, 日常哨, 攻坚哨).
KINDS: Mapping[str, tuple[Span, Basis]] = {
    "urgent": (Span(minutes=30), "N"),
    "daily": (Span(working_days=2), "W"),
    "hard": (Span(working_days=5), "W"),
}
LANES: Mapping[str, Lane] = {"urgent": Lane.URGENT}
SHOWN = 6
STREET_AFTER = 2  # returns; then the street decides (row 19)


def became(turn: Turn, whistle: Whistle, **fields: object) -> Turn:
    """The case with one of its whistles changed."""
    changed = replace(whistle, **fields)  # type: ignore[arg-type]  # names are checked by the dataclass
    all_of_them = tuple(changed if it.serial == whistle.serial else it for it in turn.case.whistles)
    return turn.change(whistles=all_of_them)


def open_to(turn: Turn, dept: str) -> Whistle | None:
    """The whistle that a department still owes an answer or an end to."""
    return next((it for it in turn.case.whistles if it.dept == dept and it.state in {"open", "in"}), None)


def callable_for(turn: Turn) -> tuple[Department, ...]:
    """The departments that may be called in: those of the kind first; none without a chat, none that gave it back."""
    town, case = turn.world.town, turn.case
    category = town.taxonomy.category(case.category or "")
    usual = category.dept_ids if category else ()
    back = {it.dept for it in case.whistles if it.state == "returned"}
    found = [it for it in town.district.departments if it.chat_id is not None and it.id not in back]
    return tuple(sorted(found, key=lambda it: usual.index(it.id) if it.id in usual else len(usual)))


def choices(turn: Turn) -> tuple[tuple[Key, ...], ...]:
    """A button per department, the likeliest first."""
    found = callable_for(turn)[:SHOWN]
    return tuple((say.key("btn.department", "wh", turn.case, it.id, target=it.id),) for it in found)


def to_sign(turn: Turn, whistle: Whistle, chat: int | None) -> Turn:
    """Somebody who may sign is asked: the grid head, then the centre."""
    verdicts = (("btn.sign", "yes"), ("btn.sign_not", "no"))
    keys = (tuple(say.key(label, "ws", turn.case, f"{whistle.serial}/{it}") for label, it in verdicts),)
    params = {"target": whistle.dept, "by": whistle.by, "reason": whistle.reason}
    asked = say.staff(
        chat, "whistle.sign", turn.world.town, case=turn.case, keys=keys, params=params, lane=levels.lane(turn)
    )
    return turn.tell(asked).watch(chat, loud=False)


def blow(turn: Turn, whistle: Whistle, signed: str) -> Turn:
    """The whistle is blown: the department has it with a limit, the resident hears whom it needs (row 17)."""
    span, basis = KINDS[whistle.kind]
    due = calendar.due(turn.now, span, basis, turn.world.town.calendar)
    turn = turn.move(
        "whistled", actor=signed, whistle=whistle.serial, dept=whistle.dept, due=say.iso(due), reason=whistle.reason
    )
    turn = became(turn, whistle, state="open", due=due).change(handover=None, closing=None)
    turn = call(turn, replace(whistle, state="open", due=due), loud=True)
    department = turn.world.town.district.department(whistle.dept)
    if department and department.chat_id:
        turn = turn.tell(*evidence.show(turn.case, turn.world, department.chat_id), _closed(turn, department))
    return turn.tell(say.reporter(turn.case, "case.referred", params={"target": whistle.dept, "until": say.iso(due)}))


def _closed(turn: Turn, department: Department) -> Notice | None:
    """Outside its hours the team is told so at once, and whom to call meanwhile: nobody waits for an empty office."""
    town, case = turn.world.town, turn.case
    if reachable(department, turn.now, town.calendar):
        return None
    category = town.taxonomy.category(case.category or "")
    opens = next_opening(department, turn.now, town.calendar)
    params: dict[str, Json] = {
        "target": department.id,
        "opens_at": say.iso(opens),
        "number": " / ".join(category.numbers) if category else None,
    }
    return say.staff(levels.holder_chat(case), "dept.closed", town, case=case, lane=levels.lane(turn), params=params)


def call(turn: Turn, whistle: Whistle, *, loud: bool) -> Turn:
    """The department's own card: what, where, why, until when, and its three buttons."""
    return turn.tell(card(turn, whistle, loud=loud))


def card(turn: Turn, whistle: Whistle, *, loud: bool) -> Notice | None:
    """The living message in the department's chat."""
    case, department = turn.case, turn.world.town.district.department(whistle.dept)
    params: dict[str, Json] = {
        "no": case.no,
        "severity": case.severity,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "by": whistle.by,
        "team": case.team,
        "reason": whistle.reason,
        "until": say.iso(whistle.due),
        "answered": whistle.state,
    }
    chat, lane = department.chat_id if department else None, LANES.get(whistle.kind, Lane.INTERACTIVE)
    keys = _buttons(turn, whistle)
    notice = say.staff(
        chat, "dept.whistle", turn.world.town, case=case, keys=keys, params=params, lane=lane, report=loud
    )
    return replace(notice, slot=f"whistle:{case.no}.{whistle.serial}", again=loud) if notice else None


def _buttons(turn: Turn, whistle: Whistle) -> tuple[tuple[Key, ...], ...]:
    case = turn.case
    if case.status is not Status.REF:
        return ()
    arrived = (say.key("btn.dept_in", "wi", case), say.key("btn.dept_return", "wr", case))
    done = (say.key("btn.done", "wd", case),)
    return {"open": (arrived, done), "in": (done, arrived[1:])}.get(whistle.state, ())


def unsigned(turn: Turn, due: Due) -> Turn:
    """The grid head did not sign in time: the centre may."""
    whistle = next((it for it in turn.case.whistles if due.name == f"sign:{it.serial}"), None)
    if whistle is None:
        return turn
    return to_sign(turn.log("unsigned", whistle=whistle.serial), whistle, levels.chat_of_street(turn))


def late(turn: Turn, due: Due) -> Turn:
    """The department did not report in: its chat hears it again, whoever answers for it hears it in private, and the
    street and the grid head are told (row 20)."""
    whistle = next((it for it in turn.case.whistles if due.name == f"whistle:{it.serial}"), None)
    if whistle is None or turn.case.status is not Status.REF:
        return turn
    contact = None if turn.case.sealed else levels.contact_of(whistle.dept, turn.case, turn.world)
    by = contact.id if contact else None
    turn = turn.move("whistle_late", whistle=whistle.serial, dept=whistle.dept, contact=by)
    params: dict[str, Json] = {"target": whistle.dept, "over": levels.over(turn, due), "person": by}
    chat, lane = levels.chat_of_street(turn), levels.lane(turn)
    street = say.staff(chat, "whistle.late", turn.world.town, case=turn.case, lane=lane, params=params)
    asked = _asked_in_private(turn, whistle, contact, params["over"])
    turn = levels.once_each(turn, street, levels.to_head(turn, "whistle.late", params), asked)
    return call(turn, whistle, loud=True)


def _asked_in_private(turn: Turn, whistle: Whistle, contact: Person | None, over: Json) -> Notice | None:
    """Number, kind and limit, and what is asked; where it is stands in the department's own chat."""
    case = turn.case
    params: dict[str, Json] = {
        "target": whistle.dept,
        "severity": case.severity,
        "category": case.category,
        "until": say.iso(whistle.due),
        "over": over,
    }
    chat = contact.tg_id if contact else None
    return say.staff(chat, "dept.late", turn.world.town, case=case, lane=levels.lane(turn), params=params)


def came_back(turn: Turn, whistle: Whistle, ground: str) -> Turn:
    """退回 with its ground: the team has it again; the grid head, after the second time the street, picks another."""
    turn = turn.move("returned", whistle=whistle.serial, dept=whistle.dept)
    turn = became(turn, whistle, state="returned", ground=ground)
    returns = sum(it.state == "returned" for it in turn.case.whistles)
    street = levels.chat_of_street(turn)
    decider = street if returns >= STREET_AFTER else levels.chat_of_head(turn) or street
    params = {"target": whistle.dept, "text": ground}
    town, case = turn.world.town, turn.case
    asked = say.staff(decider, "whistle.returned", town, case=case, keys=choices(turn), params=params)
    told = say.staff(levels.holder_chat(case), "whistle.returned", town, case=case, params=params)
    return levels.once_each(turn, asked, told).watch(decider, loud=False)
