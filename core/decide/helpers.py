"""🤝 请专人协助: who has a sealed matter brings in somebody of the women's federation, of civil affairs or of the
police, by name (privacy.md, row of the sealed cases, column street/dept).

They hear number and kind, in private and without a sound; a tap shows them the building and a summary without name,
number or flat, on record each time. What they and the officer write goes through the bot. It ends with the case, or
sooner by a tap.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.case import ENDED, Case, Status
from core.decide import cards, choice, say
from core.decide.actor import Actor, colleague
from core.decide.turn import Turn, begin
from core.district import Person
from core.messages import Json, Key, Notice, Pressed, Spoke
from core.world import Decision, World

OFFICERS = "民警"  # in whose role this stands is of the police
MOST = 10  # buttons of one list
LONGEST = 1000  # characters of what is passed on
RUNNING = frozenset(Status) - ENDED - {Status.DRAFT, Status.NEW, Status.DISP}
TO_HELPER = frozenset({"sealed.helper", "sealed.summary", "sealed.officer_says", "sealed.helper_out"})
TO_OFFICER = frozenset({"sealed.helper_says"})


def candidates(case: Case, world: World) -> tuple[Person, ...]:
    """Who may be brought in: people of the departments of its kind, and the police; nobody who told of it or whom its
    words name, for that may be the person complained about."""
    district, category = world.town.district, world.town.taxonomy.category(case.category or "")
    depts = category.dept_ids if category else ()
    found = (*(it for dept in depts for it in district.members(dept)), *district.with_role(OFFICERS))
    words = cards.as_written(case)
    fit = (it for it in found if it.tg_id is not None and it.id != case.handler and it.tg_id != case.reporter)
    return tuple(dict.fromkeys(it for it in fit if it.tg_id not in case.unheard and it.name not in words))[:MOST]


def bring_in(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """Who, then whether it is really meant; whoever is in goes out by a tap."""
    case, (name, step) = turn.case, choice.parts(command, 2)
    if not case.sealed or case.status not in RUNNING or command.chat < 0:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if name in case.helpers:
        return _taken_out(turn, actor, name)
    person = next((it for it in candidates(case, turn.world) if it.id == name), None)
    if person is None:
        return _listed(turn, command)
    if step != "yes":
        sure = say.key("btn.helper_sure", "hp", case, f"{name}/yes", person=name)
        return choice.show(turn, command.chat, ((sure,),), "ans.helper_sure")
    turn = turn.change(helpers=(*case.helpers, name)).log("helper_in", actor=actor.person.id, person=name)
    return turn.tell(_asked(turn.case, person, turn.world)).decide(say.answer(turn.world, "ans.helper_in"))


def _listed(turn: Turn, command: Pressed) -> Decision:
    case = turn.case
    inside = tuple((say.key("btn.helper_out", "hp", case, it, person=it),) for it in case.helpers)
    others = (it.id for it in candidates(case, turn.world) if it.id not in case.helpers)
    keys = (*inside, *((say.key("btn.helper", "hp", case, it, person=it, team=_of(it, turn)),) for it in others))
    if not keys:
        return Decision(answer=say.answer(turn.world, "ans.no_helper", alert=True))
    return choice.show(turn, command.chat, keys, "ans.choose_helper")


def _of(name: str, turn: Turn) -> str | None:
    """The department of a person, to tell 妇联 from 民政."""
    person = turn.world.town.district.member(name)
    return person.team if person else None


def _taken_out(turn: Turn, actor: Actor, name: str) -> Decision:
    kept = tuple(it for it in turn.case.helpers if it != name)
    turn = turn.change(helpers=kept).log("helper_out", actor=actor.person.id, person=name)
    return turn.tell(*out(turn.case, (name,), turn.world)).decide(say.answer(turn.world, "ans.helper_out"))


def _asked(case: Case, person: Person, world: World) -> Notice | None:
    params: dict[str, Json] = {"category": case.category, "person": case.handler}
    keys: tuple[tuple[Key, ...], ...] = ((say.key("btn.summary", "hv", case),),)
    return _quiet(say.staff(person.tg_id, "sealed.helper", world.town, case=case, keys=keys, params=params))


def look(command: Pressed, world: World) -> Decision:
    """👁 What the table lets a named person of a department see; on record each time."""
    person, case = colleague(world, command.sender.user_id), world.case
    if person is None or case is None or not helps(person, case) or command.chat != person.tg_id:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    params: dict[str, Json] = {
        "category": case.category,
        "place": case.place.label if case.place else None,
        "summary": cards.summary(case) or None,
        "person": case.handler,
    }
    shown = _quiet(say.staff(person.tg_id, "sealed.summary", world.town, case=case, params=params))
    turn = begin(world).log("looked_up", actor=person.id, case=case.no, what="summary")
    return turn.tell(shown).decide(say.answer(world, "ans.ok"))


def helps(person: Person, case: Case) -> bool:
    """Whether somebody is in it now."""
    return case.sealed and case.status in RUNNING and person.id in case.helpers


def heard(command: Spoke, world: World) -> Decision | None:
    """A reply of either goes to the other; never a report, whose words a group would read."""
    kind, case, person = _kind(command, world), world.case, colleague(world, command.sender.user_id)
    if kind not in TO_HELPER | TO_OFFICER or case is None or person is None or command.edited:
        return None
    helper = person.id if kind in TO_HELPER else str(world.post.params.get("person") if world.post else "")
    known = world.town.district.member(helper)
    if known is None or not helps(known, case):
        return _answered(command, case, world, "sealed.helper_out")
    if not command.text.strip():
        return _answered(command, case, world, "sealed.words_only")
    return _to_officer(command, case, known, world) if kind in TO_HELPER else _to_helper(command, case, known, world)


def _kind(command: Spoke, world: World) -> str:
    """Of the message replied to; of one that names a sealed case and is not known yet, whether it was for a helper:
    nobody else without an offer reads the number in private."""
    if world.post is not None:
        return world.post.kind
    case = world.case
    named = command.about is not None and case is not None and case.sealed and command.chat != case.reporter
    return "sealed.helper" if named and case and all(it.chat != command.chat for it in case.offers) else ""


def _to_officer(command: Spoke, case: Case, helper: Person, world: World) -> Decision:
    params: dict[str, Json] = {"person": helper.id, "text": command.text.strip()[:LONGEST]}
    account = _account(case.handler, world)
    return _passed(command, say.staff(account, "sealed.helper_says", world.town, case=case, params=params), world)


def _to_helper(command: Spoke, case: Case, helper: Person, world: World) -> Decision:
    """Without name, number and flat of whoever told of it: the table keeps these from departments."""
    if command.sender.user_id != _account(case.handler, world):
        return _answered(command, case, world, "sealed.helper_out")
    params: dict[str, Json] = {"text": cards.masked(command.text.strip(), case)[:LONGEST]}
    return _passed(command, say.staff(helper.tg_id, "sealed.officer_says", world.town, case=case, params=params), world)


def _account(name: str | None, world: World) -> int | None:
    person = world.town.district.member(name)
    return person.tg_id if person else None


def _passed(command: Spoke, notice: Notice | None, world: World) -> Decision:
    """That they wrote is on record; what they wrote stands in their chats alone."""
    turn, person = begin(world), colleague(world, command.sender.user_id)
    noted = say.staff(command.chat, "sealed.passed_on", world.town, case=turn.case)
    turn = turn.log("helper_wrote", actor=person.id if person else None)
    return turn.tell(_quiet(notice), _quiet(noted)).decide()


def _answered(command: Spoke, case: Case, world: World, kind: str) -> Decision:
    return Decision(notices=tuple(_some(_quiet(say.staff(command.chat, kind, world.town, case=case)))))


def out(case: Case, names: tuple[str, ...], world: World) -> Iterator[Notice]:
    """They hear that it is no longer theirs, and what to do with what stands in their chat."""
    for name in names:
        yield from _some(_quiet(say.staff(_account(name, world), "sealed.helper_out", world.town, case=case)))


def _quiet(notice: Notice | None) -> Notice | None:
    return None if notice is None else replace(notice, silent=True)


def _some(*notices: Notice | None) -> Iterator[Notice]:
    return (it for it in notices if it is not None)
