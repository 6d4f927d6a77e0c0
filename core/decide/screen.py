"""勤务一屏: one pinned message in the centre's chat that keeps itself current, with a way to every post (F07)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from core import rights
from core.case import Case
from core.decide import crews, duty, say, storm
from core.decide.crews import Crew
from core.district import Person, Team
from core.ladder import WORKING
from core.messages import Answer, Json, Key, Lane, Notice, Ordered, Press, Pressed, ScreenDue, record_ref
from core.records.board import Board
from core.world import Decision, World

ID = "centre"
REF = record_ref("board", ID)
SHOWN = 24  # posts on one screen: a message holds 4,096 characters, a thumb scrolls no further
IN_A_ROW = 2  # buttons
ROOM = 40  # bytes of a button that are left for a team and a person of it
PEOPLE = 8  # of a post who have a button of their own
CASES_SHOWN = 15
CALM = {"empty": 0, "part": 1, "full": 2, "rest": 3}  # what needs an eye comes first where not all can be shown


def due(command: ScreenDue, world: World) -> Decision:
    """The screen as it is now; nothing is said when it stands there already."""
    del command
    return _shown(world, again=False)


def _shown(world: World, *, again: bool) -> Decision:
    chat = world.town.district.centre_chat()
    if chat is None:
        return Decision()
    known = world.record if isinstance(world.record, Board) else Board(id=ID)
    found = crews.crews(world)
    rows = _rows(found, world)
    stormy = say.iso(storm.until(world))
    digest, until = _digest(chat, rows, stormy), crews.until(found, world.now)
    if digest == known.shown and not again:
        return Decision(records=() if until == known.until else (replace(known, until=until),))
    record = replace(known, shown=digest, shown_at=world.now, until=until)
    return Decision(
        records=(record,),
        notices=(replace(_notice(chat, rows, stormy, world, again=again), key=f"board:{known.version}"),),
    )


def _rows(found: Sequence[Crew], world: World) -> list[Json]:
    loads = world.loads_of([it.team.id for it in found])
    return [crews.row(it, loads, world) for it in found]


def _digest(chat: int, rows: list[Json], stormy: str | None) -> str:
    shown = [chat, rows, stormy] if stormy else [chat, rows]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:16]


def _notice(chat: int, rows: list[Json], stormy: str | None, world: World, *, again: bool) -> Notice:
    shown = rows if len(rows) <= SHOWN else sorted(rows, key=_calm)[:SHOWN]
    more = len(rows) - len(shown) or None
    params: dict[str, Json] = {"at": say.iso(world.now), "until": stormy, "rows": shown, "more": more}
    return Notice(
        to=chat,
        kind="board.now",
        key="",
        lane=Lane.INTERACTIVE if again else Lane.REMINDER,  # somebody waits for it, or nobody
        params=params,
        keys=_keys([str(it["team"]) for it in shown if isinstance(it, dict)]),
        slot=REF,
        again=again,
        language=say.staff_language(world.town),
        silent=True,
        pin=True,
    )


def _calm(row: Json) -> int:
    return CALM[str(row["how"])] if isinstance(row, dict) else 0


def _keys(teams: list[str]) -> tuple[tuple[Key, ...], ...]:
    return _rows_of([_key("btn.post", "bp", team, team=team) for team in teams])


def _rows_of(keys: Sequence[Key]) -> tuple[tuple[Key, ...], ...]:
    return tuple(tuple(keys[at : at + IN_A_ROW]) for at in range(0, len(keys), IN_A_ROW))


def _key(label: str, action: str, name: str, **params: Json) -> Key:
    return Key(label=label, press=Press(action=action, case=REF, arg=name), params=params)


def ordered(command: Ordered, world: World) -> Decision:
    """/duty: in the centre's chat the screen itself, at the bottom and pinned anew; elsewhere the list of posts."""
    person = world.town.district.person(command.sender.user_id)
    if may_see(person, command.chat, world):
        return _shown(world, again=True)
    return duty.board(command, world)


def may_see(person: Person | None, chat: int, world: World) -> bool:
    """Somebody of the centre or a grid head, in the centre's own chat: nobody else learns where others are."""
    district = world.town.district
    if person is None or chat != district.centre_chat():
        return False
    return rights.belongs(person, district.centre_team, district) or rights.GRID_HEAD in person.role


def chosen(command: Pressed, world: World) -> tuple[Person, Team] | Answer:
    """Who pressed the button of which post, or why nothing comes of it."""
    person = world.town.district.person(command.sender.user_id)
    if person is None or not may_see(person, command.chat, world):
        return say.answer(world, "ans.not_yours", alert=True)
    team = world.town.district.team(_arg(command).partition("/")[0])
    return (person, team) if team else say.answer(world, "ans.stale")


def _arg(command: Pressed) -> str:
    return command.press.arg if command.press else ""


def named(command: Pressed) -> str | None:
    """The person of the post whose button it was; None for the post as a whole."""
    return _arg(command).partition("/")[2] or None


def reached(team: Team, world: World) -> tuple[str, ...]:
    """Who of a post is there now and can be written to."""
    members = ((person, world.town.district.member(person)) for person in crews.crew_of(team, world).on)
    return tuple(person for person, member in members if member is not None and member.tg_id is not None)


def post(command: Pressed, world: World) -> Decision:
    """One post: its people (no telephone numbers), when they were last seen, its open cases by number."""
    found = chosen(command, world)
    if isinstance(found, Answer):
        return Decision(answer=found)
    team = found[1]
    crew = crews.crew_of(team, world)
    cases = sorted(
        (it for it in world.open_cases if it.team == team.id and it.status in WORKING),
        key=lambda it: (it.severity, it.opened_at),
    )
    params: dict[str, Json] = {
        "team": team.id, "how": crew.how, "change_at": say.iso(crew.change_at), "crew": _people(crew, world),
        "cases": [_case(it) for it in cases[:CASES_SHOWN]], "gaps": crews.gaps(crew),
    }  # fmt: skip
    keys = _tasks(team, world) if may_be_sent(team, world) else ()
    shown = say.staff(command.chat, "board.post", world.town, params=params, keys=keys)
    return Decision(notices=(shown,) if shown else (), answer=say.answer(world, "ans.ok"))


def _tasks(team: Team, world: World) -> tuple[tuple[Key, ...], ...]:
    """A task for the post, or for one of those who are there."""
    names = [f"{team.id}/{it}" for it in reached(team, world)[:PEOPLE]]
    people = [
        _key("btn.task_person", "tn", it, person=it.partition("/")[2]) for it in names if len(it.encode()) <= ROOM
    ]
    return ((_key("btn.task_send", "tn", team.id),), *_rows_of(people))


def may_be_sent(team: Team, world: World) -> bool:
    """Whether a task can reach the team: it has a chat, and is not the centre, which would be talking to itself."""
    return team.chat_id is not None and team.id != world.town.district.centre_team


def _people(crew: Crew, world: World) -> list[Json]:
    away = {it.person: it for it in crew.away}
    return [
        {
            "person": person,
            "how": "away" if person in away else "on" if person in crew.on else "missing",
            "until": say.iso(away[person].until) if person in away else None,
            "seen_at": say.iso(crews.seen_at([person], world)) if person in crew.on else None,
        }
        for person in crew.planned
    ]


def _case(case: Case) -> dict[str, Json]:
    """A sealed one has its number and nothing else (privacy.md)."""
    if case.sealed:
        return {"no": case.no, "sealed": True}
    place = case.place.label if case.place else None
    return {"no": case.no, "severity": case.severity, "category": case.category, "place": place,
            "status": case.status.value}  # fmt: skip
