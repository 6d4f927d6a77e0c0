"""Somebody leaves: in one confirmed step all that is theirs is somebody else's, and nothing stays with nobody.

Offices, cases, private offers, disputes, tasks. Shifts are not inherited: an hour without anybody is told as one.
"""

from collections.abc import Iterable
from dataclasses import replace

from core import access, rights
from core.case import ENDED, Case
from core.decide import people, say, tasks
from core.decide.roles import about
from core.district import Person
from core.mediation.life import ENDED as OVER
from core.messages import Command, HandedOn, Json, Notice, Orphaned, Pressed
from core.records import Dispute, Invite, Member, Record, StandIn, Task
from core.roles import KNOWN
from core.world import Decision, World


def ask(command: Pressed, world: World) -> Decision:
    """🚪 who takes over, then what that is, then yes."""
    arg, page = about.page_of(command)
    name, _, heir_id = arg.partition(":")
    person, heir = about.known(name, world), world.town.district.member(heir_id)
    if person is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    if heir is None or heir not in heirs(person, world):
        keys = [
            say.key("btn.role_name", "pp.out", None, f"{name}:{it.id}", name=it.name) for it in heirs(person, world)
        ]
        rows = [*about.paged(keys, page, "pp.out", name), about.back(name, "pp.one")]
        return about.screen(command, world, "role.heir", rows, person=person.id)
    yes = [say.key("btn.role_go", "pp.go", None, arg)]
    rows = [yes, about.back(name, "pp.out")]
    return about.screen(command, world, "role.leaving", rows, person=person.id, who=heir.id, **_counts(person, world))


def heirs(person: Person, world: World) -> tuple[Person, ...]:
    """Who may take over, the likeliest first: the head, the same team, those of the same place, the centre; everybody
    with an account in the end, for there must be somebody."""
    district = world.town.district
    near = (
        *((head,) if (head := district.head(person.team or "")) else ()),
        *(district.members(person.team) if person.team else ()),
        *(it for it in district.people if person.community and it.community == person.community),
        *district.members(district.centre_team),
    )
    able = [it for it in dict.fromkeys(near) if it.tg_id is not None and it != person]
    return tuple(able) or tuple(it for it in district.people if it.tg_id is not None and it != person)


def _counts(person: Person, world: World) -> dict[str, Json]:
    cases = theirs(person, world.open_cases)
    found = {
        "cases": len(cases),
        "sealed": sum(it.sealed for it in cases),
        "disputes": len(_disputes(person, world)),
        "tasks": len(_tasks(person, world)),
    }
    return {name: count or None for name, count in found.items()}


def theirs(person: Person, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The open cases that somebody handles, or was asked about in private."""
    asked = {"open", "accepted"}
    return tuple(
        it
        for it in cases
        if it.status not in ENDED
        and (
            it.handler == person.id
            or it.team == f"person:{person.id}"
            or any(o.chat == person.tg_id and o.state in asked for o in it.offers)
        )
    )


def _disputes(person: Person, world: World) -> tuple[Dispute, ...]:
    return tuple(it for it in world.every(Dispute) if it.step not in OVER and it.owner == person.id)


def _tasks(person: Person, world: World) -> tuple[Task, ...]:
    return tuple(it for it in world.every(Task) if it.to == person.id)


def held(person: Person, world: World) -> int:
    """How much is theirs: cases, disputes and tasks, which would be nobody's without them."""
    return len(theirs(person, world.open_cases)) + len(_disputes(person, world)) + len(_tasks(person, world))


def go(command: Pressed, world: World) -> Decision:
    """Yes: done, said to all three."""
    name, _, heir_id = (command.press.arg if command.press else "").partition(":")
    person, heir = about.known(name, world), world.town.district.member(heir_id)
    if person is None or heir is None or heir not in heirs(person, world):
        return Decision(answer=say.answer(world, "ans.stale"))
    if _last_administrator(person, world):
        return Decision(answer=say.answer(world, "ans.role_last", alert=True))
    decision = left(person, heir, command.sender.user_id, world)
    params: dict[str, Json] = {"name": person.name, "who": heir.id, **_counts(person, world)}
    told = people.tell(command, world, "role.left", params=params, edit=command.message, keys=(tuple(about.back()),))
    return replace(decision, notices=(*decision.notices, told), answer=say.answer(world, "ans.ok"))


def _last_administrator(person: Person, world: World) -> bool:
    """Nobody would be left to let anybody in."""
    return not world.town.admins and rights.administrators(world.town) == (person,)


def left(person: Person, heir: Person, by: int, world: World, why: str = "left") -> Decision:
    """Out of the town, with all that is theirs given to the heir; `why`: left, expired or undone."""
    gone = replace(
        _member(person, by, world), open=True, gone=True, gone_at=world.now, heir=heir.id, until=None, due_at=None
    )
    moved = [tasks.passed_on(it, heir, world) for it in _tasks(person, world)]
    event = about.event("role_left", by, world, person=person.id, heir=heir.id, why=why)
    return Decision(
        records=(gone, *_closed(person, world), *(it for made in moved for it in made.records)),
        events=(event, *(it for made in moved for it in made.events)),
        notices=(*_told(person, heir, world), *(it for made in moved for it in made.notices)),
        then=_follows(person, heir, by, world),
    )


def _member(person: Person, by: int, world: World) -> Member:
    known = world.look_up(Member, person.id)
    return known or Member(id=person.id, role=KNOWN, account=person.tg_id, name=person.name, since=world.now, by=by)


def _closed(person: Person, world: World) -> tuple[Record, ...]:
    """Nobody comes by their invitations any more, and they stand in for nobody."""
    invites = [replace(it, open=False, due_at=None) for it in world.every(Invite) if it.by == person.tg_id]
    acting = [it for it in world.every(StandIn) if person.id in {it.person, it.of}]
    return (*invites, *(replace(it, open=False, on=False, due_at=None) for it in acting))


def _follows(person: Person, heir: Person, by: int, world: World) -> tuple[Command, ...]:
    who = about.actor(by, world)
    cases = [
        HandedOn(at=world.now, case=it.no, person=person.id, account=person.tg_id, heir=heir.id, by=who)
        for it in theirs(person, world.open_cases)
    ]
    return (*cases, *(Orphaned(at=world.now, dispute=it.id) for it in _disputes(person, world)))


def _told(person: Person, heir: Person, world: World) -> tuple[Notice, ...]:
    """Whoever leaves is a resident again; the heir hears what has become theirs."""
    params: dict[str, Json] = {"name": person.name, **_counts(person, world)}
    bye = say.staff(person.tg_id, "role.bye", world.town, params={"who": heir.id})
    bye = replace(bye, menu="resident", commands=access.offered(None, bye.to, world.town)) if bye else None
    told = say.staff(heir.tg_id, "role.inherited", world.town, params=params)
    return tuple(it for it in (bye, told) if it is not None)


def undo(command: Pressed, world: World) -> Decision:
    """↩️ the wrong person came by a link: out again, whatever they have taken meanwhile."""
    person = about.known(command.press.arg if command.press else "", world)
    member = world.look_up(Member, person.id) if person else None
    if person is None or member is None or not heirs(person, world):
        return Decision(answer=say.answer(world, "ans.stale"))
    decision = left(person, heirs(person, world)[0], command.sender.user_id, world, "undone")
    told = people.tell(command, world, "role.undone", params={"name": person.name}, edit=command.message)
    return replace(decision, notices=(*decision.notices, told), answer=say.answer(world, "ans.ok"))
