"""Search and lists for staff: /cases, /find, pages in one message, each case's card with its history, read only.

What a list was asked for stays with its message, so that a button says only which page; whose cases may be seen is
decided anew at every press, by who presses and where.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import rights, search
from core.case import ENDED, Case, Event
from core.decide import cards, people, say, storm
from core.decide.actor import Actor, colleague, for_chat
from core.decide.turn import Turn
from core.district import Person
from core.messages import Json, Key, Notice, Ordered, Press, Pressed, record_ref
from core.search import Query, Scope
from core.world import Decision, World

ON_A_PAGE = 6  # cases, each with a button
HISTORY = 20  # lines: the newest
A_YEAR = timedelta(days=366)  # that is looked through when no day is named; what is open is found however old
OUR_LISTS = frozenset({"find.list", "find.none", "find.case"})
NO_LIST: Mapping[str, Json] = {"text": None, "asked_at": None, "open": False}  # opened by number, or from a report
# What is a line of the history without being a step of the life.
BESIDE = frozenset({"overdue", "escalated", "rated", "transfer_refused", "arrive_late", "close_late", "supervised"})


def cases(command: Ordered, world: World) -> Decision:
    """/cases: what is open with one's teams and grids, the most urgent first; all of it for the centre."""
    return _asked(command, world, still_open=True)


def find(command: Ordered, world: World) -> Decision:
    """/find 昨天 电瓶车 宏济新居: by number, place, state, person, day or kind, in any order."""
    if not command.rest.strip() and not command.group and colleague(world, command.sender.user_id):
        return Decision(notices=(_to(command.chat, world, people.tell(command, world, "find.ask")),))
    return _asked(command, world, still_open=False)


def _asked(command: Ordered, world: World, *, still_open: bool) -> Decision:
    person = colleague(world, command.sender.user_id)
    scope = _scope(person, command.chat, world)
    if person is None or scope is None:  # a list of cases has no place in any other group
        return Decision() if command.group else Decision(notices=(_unknown(command, world),))
    wanted: dict[str, Json] = {
        "text": command.rest[: search.LONGEST],
        "asked_at": world.now.isoformat(),
        "open": still_open,
    }
    return Decision(notices=(_page(wanted, 0, scope, command, world),))


def _unknown(command: Ordered, world: World) -> Notice:
    return people.tell(command, world, "err.unknown_command", menu="resident")


def _scope(person: Person | None, chat: int, world: World) -> Scope | None:
    """Whose cases a colleague may find here: in private their own, in a group that team's."""
    if person is None:
        return None
    district = world.town.district
    if chat < 0:
        return rights.scope_in(chat, person, district)
    return rights.scope_of(person, district) if chat == person.tg_id else None


def turn_page(command: Pressed, world: World) -> Decision:
    """◀ ▶ and back from a case: another page, in the same message."""
    wanted, person, scope = _list_of(command, world)
    arg = command.press.arg if command.press else ""
    if person is None or scope is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if wanted is None or not arg.isascii() or not arg.isdecimal():
        return Decision(answer=say.answer(world, "ans.stale"))
    shown = replace(_page(wanted, int(arg), scope, command, world), edit=command.message)
    return Decision(notices=(shown,), answer=say.answer(world, "ans.ok"))


def view(command: Pressed, world: World) -> Decision:
    """One case of a list: its card as it stands and its history, without a button that would change it.

    What may not be seen is answered as what is not there.
    """
    wanted, person, scope = _list_of(command, world)
    case, arg = world.case, command.press.arg if command.press else ""
    if person is None or scope is None or case is None or not search.within(scope, case):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if wanted is None or not arg.isascii() or not arg.isdecimal():
        return Decision(answer=say.answer(world, "ans.stale"))
    back = (say.key("btn.back", "sp", None, arg),)
    shown = replace(_shown(case, wanted, command, world, back), edit=command.message)
    return Decision(events=(_looked_up(case, person, world),), notices=(shown,), answer=say.answer(world, "ans.ok"))


def _shown(
    case: Case, wanted: Mapping[str, Json], command: Ordered | Pressed, world: World, *rows: tuple[Key, ...]
) -> Notice:
    """The case as it stands with its history. Its own buttons are a tap away for whoever may press them here."""
    acts = isinstance(for_chat(world, case, command.sender.user_id, command.chat), Actor) and case.status not in ENDED
    keys = (((say.key("btn.open_card", "oc", case),),) if acts else ()) + rows
    return Notice(
        to=command.chat,
        kind="find.case",
        key="",
        params={
            **wanted,
            "no": case.no,
            "card": {**cards.params(case, world, command.chat, "head"), "photos": len(case.photos)},
            "history": history(world),
        },
        keys=keys,
        case=case.no,
        language=say.staff_language(world.town),
    )


def _looked_up(case: Case, person: Person, world: World) -> Event:
    """Who looked is on record (privacy.md)."""
    return Event(kind="looked_up", at=world.now, actor=person.id, data={"case": case.no})


def opened(command: Ordered | Pressed, world: World, *rows: tuple[Key, ...]) -> Decision | None:
    """One case by its number, for a colleague who may see it here; None for anybody else."""
    person, case = colleague(world, command.sender.user_id), world.case
    scope = _scope(person, command.chat, world)
    if person is None or scope is None or case is None or not search.within(scope, case):
        return None
    return Decision(events=(_looked_up(case, person, world),), notices=(_shown(case, NO_LIST, command, world, *rows),))


def from_report(command: Pressed, world: World) -> Decision:
    """One case of a list, for whoever may see it, and the way back to its page."""
    name, _, where = (command.press.arg if command.press else "").partition("/")
    press = Press(action="fl", case=record_ref("report", name), arg=where)
    shown = opened(command, world, (Key(label="btn.back", press=press),))
    if shown is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    here = tuple(replace(it, edit=command.message) for it in shown.notices)
    return replace(shown, notices=here, answer=say.answer(world, "ans.ok"))


def open_card(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🗂: the living card, in the chat in which it was asked for, with what whoever asks may do."""
    del actor
    return turn.watch(command.chat).decide(say.answer(turn.world, "ans.ok"))


def _list_of(command: Pressed, world: World) -> tuple[Mapping[str, Json] | None, Person | None, Scope | None]:
    """What the list under the button was asked for, who presses, and what they may see here."""
    person = colleague(world, command.sender.user_id)
    scope = _scope(person, command.chat, world)
    if world.post is None or world.post.kind not in OUR_LISTS or world.post.params.get("asked_at") is None:
        return None, person, scope
    return {name: world.post.params.get(name) for name in ("text", "asked_at", "open")}, person, scope


def _query(wanted: Mapping[str, Json], person: Person | None, world: World) -> Query:
    """Read anew at the moment it was asked for, so that 昨天 stays that day while pages are turned."""
    text, asked = str(wanted["text"]), datetime.fromisoformat(str(wanted["asked_at"]))
    query = search.read(text, world.town, asked, person)
    if not wanted["open"]:
        whole = query.numbers or query.open or query.since
        return query if whole else replace(query, since=asked - A_YEAR)
    kept = tuple(it for it in query.statuses if it in search.OPEN)
    return replace(query, statuses=kept or search.OPEN, urgent_first=True)


def _page(wanted: Mapping[str, Json], at: int, scope: Scope, command: Ordered | Pressed, world: World) -> Notice:
    query = _query(wanted, colleague(world, command.sender.user_id), world)
    found = world.search(scope, query)
    pages = -(-len(found.numbers) // ON_A_PAGE)
    at = max(min(at, pages - 1), 0)
    numbers = found.numbers[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]
    here = [it for it in world.cases_of(numbers) if search.within(scope, it)]
    told = {**wanted, "query": _told(query)}
    if not here:
        return _to(command.chat, world, people.tell(command, world, "find.none", params=told))
    params: dict[str, Json] = {
        **told,
        "items": [{**say.listed(it), "person": it.handler} for it in here],
        "count": len(found.numbers),
        "page": at + 1,
        "pages": pages,
        "more": found.more,
        "until": say.iso(storm.until(world)) if wanted["open"] else None,
    }
    keys = (*_cases(here, at), *_turns(at, pages))
    return _to(command.chat, world, people.tell(command, world, "find.list", params=params, keys=keys))


def _to(chat: int, world: World, notice: Notice) -> Notice:
    return replace(notice, to=chat, language=say.staff_language(world.town))


def _cases(here: list[Case], at: int) -> tuple[tuple[Key, ...], ...]:
    keys = [_ageless(say.key("btn.case", "sv", it, str(at), no=it.no, category=it.category)) for it in here]
    return tuple(tuple(keys[row : row + 2]) for row in range(0, len(keys), 2))


def _ageless(key: Key) -> Key:
    """A button to look does not age."""
    return replace(key, press=replace(key.press, round=0)) if key.press else key


def _turns(at: int, pages: int) -> tuple[tuple[Key, ...], ...]:
    back = (say.key("btn.earlier", "sp", None, str(at - 1)),) if at else ()
    on = (say.key("btn.later", "sp", None, str(at + 1)),) if at + 1 < pages else ()
    return ((*back, *on),) if back or on else ()


def _told(query: Query) -> dict[str, Json]:
    """How the words were understood, to be said back."""
    states = () if set(query.statuses) >= set(search.OPEN) else query.statuses
    return {
        "numbers": list(query.numbers[:1]),
        "since": say.iso(query.since),
        "until": say.iso(query.until - timedelta(seconds=1)) if query.until else None,  # the last day that is meant
        "open": query.open and not states and query.late_at is None,
        "late": query.late_at is not None,
        "statuses": [it.value for it in states],
        "severities": list(query.severities),
        "categories": list(query.categories),
        "places": list(query.places),
        "grids": list(query.grids),
        "teams": list(query.teams),
        "people": list(query.people),
        "text": " ".join(query.words),
    }


def history(world: World) -> list[Json]:
    """The case's steps in order, the newest HISTORY of them: who, when, where to. No word of a resident is in it."""
    steps = [it.event for it in world.log if it.event.row is not None or it.event.kind in BESIDE]
    return [
        {
            "kind": it.kind,
            "at": say.iso(it.at),
            "by": it.actor if it.actor not in {None, "resident"} else None,
            "team": _code(it, "team"),
            "level": _code(it, "level"),
            "target": _code(it, "target") or _code(it, "dept"),
        }
        for it in steps[-HISTORY:]
    ]


def _code(event: Event, name: str) -> str | None:
    value = event.data.get(name)
    return value if isinstance(value, str) else None
