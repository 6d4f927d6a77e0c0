"""Calls for help at a case: who is asked, what they answer, who sees it (life.md row 16; mechanisms F09, F51)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from core import rights
from core.case import ENDED, Case, Event
from core.decide import dispatch, say
from core.decide.turn import begin
from core.distance import Point, metres
from core.messages import Json, Key, Lane, Notice, Press, Pressed, record_ref
from core.records.call import Asked, Call
from core.world import Decision, World

MINUTES = (5, 10, 20)  # how long they may say it takes
COUNTED_AFTER = timedelta(minutes=2)  # F51: answers within two minutes
LOOKED_AFTER = timedelta(minutes=10)
GIVEN_UP = timedelta(hours=6)
GUARDS_WITHIN = 500.0  # metres, F51


def called(case: Case, world: World, asked: Sequence[Asked]) -> Call:
    """The case's calls with these added; whoever was asked before is not asked twice."""
    known = world.record if isinstance(world.record, Call) else None
    call = known or Call(id=case.no, team=case.team or "", at=world.now)
    due = world.now + COUNTED_AFTER
    return replace(call, open=True, at=world.now, due_at=due, counted=False, asked=(*call.asked, *asked))


def fresh(world: World, found: Sequence[Asked]) -> tuple[Asked, ...]:
    """Those who were not asked yet."""
    known = {(it.kind, it.name) for it in world.record.asked} if isinstance(world.record, Call) else set()
    return tuple(it for it in found if (it.kind, it.name) not in known)


def requests(call: Call, case: Case, world: World, since: int) -> tuple[Notice, ...]:
    """The question to everybody from number `since` on, each with its answers as buttons."""
    found = (_request(call, index, case, world) for index in range(since, len(call.asked)))
    return tuple(it for it in found if it is not None)


def _request(call: Call, index: int, case: Case, world: World) -> Notice | None:
    asked = call.asked[index]
    params = {**PARAMS[asked.kind](case), "metres": asked.metres}
    keys = (_coming(call, index), (_key("btn.cannot", call, "ca", f"{index}/n"),))
    chat = chat_of(asked, world)
    notice = say.staff(chat, KINDS[asked.kind], world.town, lane=Lane.URGENT, params=params, keys=keys)
    return replace(notice, slot=f"{record_ref('call', call.id)}/{index}") if notice else None


KINDS: Mapping[str, str] = {"post": "backup.asked", "guard": "call.guard", "volunteer": "volunteer.ask"}


def _of_post(case: Case) -> dict[str, Json]:
    return {"no": case.no, "team": case.team, "place": case.place.label if case.place else ""}


def _of_guard(case: Case) -> dict[str, Json]:
    return {"team": case.team, "category": case.category, "place": case.place.label if case.place else ""}


def _of_volunteer(case: Case) -> dict[str, Json]:
    """Place and kind, no number, no name (privacy.md)."""
    return {"category": case.category, "place": case.place.label if case.place else ""}


PARAMS: Mapping[str, Callable[[Case], dict[str, Json]]] = {
    "post": _of_post,
    "guard": _of_guard,
    "volunteer": _of_volunteer,
}


def chat_of(asked: Asked, world: World) -> int | None:
    """Where somebody is asked: a post's group, the guards' group of a compound, a volunteer in private."""
    district = world.town.district
    if asked.kind == "volunteer":
        return int(asked.name) if asked.name else None
    if asked.kind == "guard":
        compound = district.compound(asked.name)
        return compound.management_chat if compound else None
    team = district.team(asked.name)
    return team.chat_id if team else None


def _coming(call: Call, index: int) -> tuple[Key, ...]:
    return tuple(
        replace(_key("btn.coming", call, "ca", f"{index}/{minutes}"), params={"minutes": minutes})
        for minutes in MINUTES
    )


def _key(label: str, call: Call, action: str, arg: str = "") -> Key:
    return Key(label=label, press=Press(action=action, case=record_ref("call", call.id), arg=arg))


def board(call: Call, case: Case | None, world: World) -> tuple[Notice, ...]:
    """Who comes, as the team that asked sees it; volunteers are counted, not named."""
    team = world.town.district.team(call.team)
    rows: list[Json] = [
        {
            "kind": it.kind, "team": it.name if it.kind == "post" else None, "name": _compound(it, world),
            "metres": it.metres,
            "coming": it.coming, "minutes": it.minutes, "person": it.person,
        }
        for it in call.asked
    ]  # fmt: skip
    params: dict[str, Json] = {"no": call.id, "rows": rows, "answered": _in_time(call) if call.counted else None}
    keys = more(call, case, world) if case is not None else ()
    shown = say.staff(
        team.chat_id if team else None, "call.board", world.town, lane=Lane.URGENT, params=params, keys=keys
    )
    return (replace(shown, slot=record_ref("call", call.id)),) if shown else ()


def _compound(asked: Asked, world: World) -> str | None:
    found = world.town.district.compound(asked.name) if asked.kind == "guard" else None
    return found.name_zh if found else None


def _in_time(call: Call) -> list[Json]:
    return [sum(it.at is not None for it in call.asked), len(call.asked)]


def more(call: Call, case: Case, world: World) -> tuple[tuple[Key, ...], ...]:
    """Who else may be called: guards near by, volunteers where it is not dangerous."""
    rows = []
    if fresh(replace(world, record=call), guards(case, world)):
        rows.append((_key("btn.call_guards", call, "cg"),))
    if may_ask_volunteers(case, world) and not any(it.kind == "volunteer" for it in call.asked):
        rows.append((_key("btn.call_volunteers", call, "cv"),))
    return tuple(rows)


def may_ask_volunteers(case: Case, world: World) -> bool:
    """Never for violence, weapons or sealed matters; only for kinds of which the taxonomy says so (F35); at night only
    for severity 1."""
    taxonomy = world.town.taxonomy
    category = taxonomy.category(case.category or "")
    if category is None or case.sealed or category.sealed or category.violent or case.emergency == "silent":
        return False
    said = " ".join(case.words)
    if any(word in said for it in taxonomy.categories.values() if it.violent for word in it.words):
        return False
    local = world.now.astimezone(world.town.district.zone)
    if case.severity > 1 and world.town.district.options.quiet_hours.holds(local.hour * 60 + local.minute):
        return False
    return "always" in category.volunteers or any(it in category.volunteers for it in case.raised)


def guards(case: Case, world: World) -> tuple[Asked, ...]:
    """保安 of the compounds within 500 m, nearest first; none for a sealed case or without a place."""
    place = case.place
    if case.sealed or place is None or place.lat is None or place.lng is None:
        return ()
    here = Point(place.lat, place.lng)
    near = ((metres(here, it.point), it) for it in world.town.district.compounds if it.management_chat is not None)
    found = sorted((off, it.id) for off, it in near if off <= GUARDS_WITHIN)
    return tuple(Asked(kind="guard", name=name, metres=round(off)) for off, name in found)


def call_guards(command: Pressed, world: World) -> Decision:
    """📣 to all guards within 500 m (F51)."""
    return add(command, world, guards)


def add(command: Pressed, world: World, find: Callable[[Case, World], tuple[Asked, ...]]) -> Decision:
    """More are called to a case, by somebody of the team that has it."""
    call, case = world.record, world.case
    if not isinstance(call, Call) or case is None or case.status in ENDED:
        return Decision(answer=say.answer(world, "ans.call_over"))
    person = world.town.district.person(command.sender.user_id)
    team = world.town.district.team(call.team)
    on = dispatch.on_duty(world)
    here = team is not None and team.chat_id == command.chat
    if person is None or not here or not rights.may_act(person, call.team, world.town.district, on):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    found = fresh(world, find(case, world))
    if not found:
        return Decision(answer=say.answer(world, "ans.nobody_near", alert=True))
    since, call = len(call.asked), called(case, world, found)
    turn = begin(world).log("help_called", actor=person.id, whom=found[0].kind, count=len(found))
    turn = turn.tell(*requests(call, case, world, since), *board(call, case, world))
    return replace(turn.decide(say.answer(world, "ans.called", count=len(found))), records=(call,))


def answer(command: Pressed, world: World) -> Decision:
    """能 in so many minutes, or 不能; it may be changed while the case is open."""
    call, case = world.record, world.case
    index, _, told = (command.press.arg if command.press else "").partition("/")
    if not isinstance(call, Call) or not index.isdecimal() or int(index) >= len(call.asked):
        return Decision(answer=say.answer(world, "ans.stale"))
    if case is None or case.status in ENDED or not call.open:
        return Decision(answer=say.answer(world, "ans.call_over", alert=True))
    asked = call.asked[int(index)]
    if not _may_answer(asked, command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    person = world.town.district.person(command.sender.user_id)
    asked = replace(
        asked, coming=told.isdecimal(), minutes=int(told) if told.isdecimal() else None, at=world.now,
        person=person.id if person else None,
    )  # fmt: skip
    call = replace(call, asked=(*call.asked[: int(index)], asked, *call.asked[int(index) + 1 :]))
    turn = begin(world).log(
        "help_answered", actor=asked.person, whom=asked.kind, coming=asked.coming, minutes=asked.minutes,
        seconds=int((world.now - call.at).total_seconds()),
    )  # fmt: skip
    turn = turn.tell(*board(call, case, world))
    return replace(turn.decide(say.answer(world, _thanks(asked))), records=(call,))


def _thanks(asked: Asked) -> str:
    if not asked.coming:
        return "ans.noted"
    return "ans.take_care" if asked.kind == "volunteer" else "ans.coming"


def _may_answer(asked: Asked, command: Pressed, world: World) -> bool:
    """A post's people on duty; whoever is in the guards' own group, for we know no names there; the volunteer."""
    if asked.kind != "post":
        return chat_of(asked, world) == command.chat
    person = world.town.district.person(command.sender.user_id)
    on = dispatch.on_duty(world)
    return person is not None and rights.may_act(person, asked.name, world.town.district, on)


def due(record: Call, world: World) -> Decision:
    """Two minutes later the answers are counted; when the case is over, whoever comes is released."""
    case = next((it for it in world.open_cases if it.no == record.id), None)
    if case is None or world.now - record.at > GIVEN_UP:
        return _released(record, world)
    later = replace(record, counted=True, due_at=world.now + LOOKED_AFTER)
    if record.counted:
        return Decision(records=(later,))
    answered, of = _in_time(later)
    event = Event(kind="help_counted", at=world.now, data={"case": record.id, "answered": answered, "asked": of})
    return Decision(records=(later,), notices=board(later, case, world), events=(event,))


def forgotten(user: int, world: World) -> tuple[Call, ...]:
    """Running calls without this volunteer; nobody is asked under their account any more."""
    mine = Asked(kind="volunteer", name=str(user))
    calls = (it for it in world.every(Call) if any((a.kind, a.name) == (mine.kind, mine.name) for a in it.asked))
    return tuple(
        replace(it, asked=tuple(replace(a, name="") if a.name == mine.name else a for a in it.asked)) for it in calls
    )


def _released(record: Call, world: World) -> Decision:
    """Whoever said yes hears that it is over; volunteers are forgotten."""
    coming = [(index, it) for index, it in enumerate(record.asked) if it.coming and it.kind != "post"]
    told = (say.staff(chat_of(it, world), "call.over", world.town) for _, it in coming)
    kept = tuple(replace(it, name="") if it.kind == "volunteer" else it for it in record.asked)
    return Decision(
        records=(replace(record, open=False, due_at=None, asked=kept),),
        notices=tuple(it for it in told if it is not None),
    )
