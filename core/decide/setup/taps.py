"""Taps on the screens of /setup: each verb does one thing and shows where it left things."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from core.decide import say
from core.decide.setup import asks, files, group, live, screens
from core.decide.setup.desk import Desk, desk_of, draft_of
from core.messages import Notice, Pressed
from core.setup import edit
from core.setup.templates import TEMPLATES
from core.world import Decision, World

QUESTIONS = {"name": "setup.ask_name", "gas": "setup.ask_gas", "title": "setup.ask_title"}

Verb = Callable[[Desk, Pressed, str], Decision]


def pressed(command: Pressed, world: World) -> Decision:
    """Administrators alone, but for the one button by which colleagues come to their post."""
    verb, _, about = (command.press.arg if command.press else "").partition(":")
    if verb in group.VERBS:
        return group.VERBS[verb](command, world, draft_of(world), about)
    desk = desk_of(command.sender, world)
    if desk is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if verb not in VERBS:
        return Decision(answer=say.answer(world, "ans.unknown"))
    decision = VERBS[verb](desk, command, about)
    return decision if decision.answer else replace(decision, answer=say.answer(world, "ans.ok"))


def _show(screen: Callable[[Desk], Notice]) -> Verb:
    return lambda desk, _command, _about: Decision(notices=(screen(desk),))


def _kept(desk: Desk, screen: Callable[[Desk], Notice]) -> Decision:
    return Decision(records=(desk.draft,), notices=(screen(desk),))


def _home(desk: Desk, _command: Pressed, _about: str) -> Decision:
    contact = say.unasked(say.contact_of(desk.world, desk.user, desk.sender.name))
    return Decision(contact=contact, notices=(screens.overview(desk),))


def _ask(desk: Desk, _command: Pressed, about: str) -> Decision:
    """The next message is the answer."""
    question = QUESTIONS.get(about.partition(":")[0])
    if question is None:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    return asks.awaiting(desk, about, desk.tell(question, (screens.back(),)))


def _zone(desk: Desk, _command: Pressed, about: str) -> Decision:
    if about not in screens.ZONES:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    return _kept(desk.kept(edit.zoned(desk.doc, about)), screens.clock)


def _tongue(desk: Desk, _command: Pressed, about: str) -> Decision:
    if about not in screens.LANGUAGES:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    return _kept(desk.kept(edit.speaking(desk.doc, about)), screens.clock)


def _around(desk: Desk, _command: Pressed, about: str) -> Decision:
    if about not in map(str, screens.METRES):
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    doc = edit.around(desk.doc, int(about))
    if files.dangling(doc):  # compounds and people that are of a grid: the file says better what becomes of them
        return Decision(answer=say.answer(desk.world, "ans.su_grids_used", alert=True))
    return _kept(desk.kept(doc), screens.area)


def _area(desk: Desk, _command: Pressed, _about: str) -> Decision:
    return asks.awaiting(desk, "grids", screens.area(desk))


def _place(desk: Desk, _command: Pressed, about: str) -> Decision:
    row = edit.row_of(desk.doc, "stations", about)
    if row is None:
        return _gone(desk)
    return asks.awaiting(desk, f"place:{about}", asks.place(desk, about))


def _head(desk: Desk, _command: Pressed, about: str) -> Decision:
    name, _, person = about.partition(":")
    known = {it["id"] for it in edit.members(desk.doc, screens.team_of(desk, name))}
    if edit.row_of(desk.doc, "stations", name) is None or person not in known:
        return _gone(desk)
    return _kept(desk.kept(edit.headed(desk.doc, name, person)), lambda it: screens.post(it, name))


def _remove(desk: Desk, _command: Pressed, about: str) -> Decision:
    if edit.row_of(desk.doc, "stations", about) is None:
        return _gone(desk)
    return _kept(desk.kept(edit.without_post(desk.doc, about)), screens.overview)


def _out(desk: Desk, _command: Pressed, about: str) -> Decision:
    """Somebody who came by a tap and is not live yet; whoever works already leaves by /people, and hands on."""
    row = edit.row_of(desk.doc, "people", about)
    if row is None or desk.world.town.district.person(row.get("tg_user_id")) is not None:
        return _gone(desk)
    return _kept(desk.kept(edit.gone(desk.doc, about)), screens.people)


def _gone(desk: Desk) -> Decision:
    return Decision(notices=(screens.overview(desk),), answer=say.answer(desk.world, "ans.stale"))


def _shift(desk: Desk, _command: Pressed, about: str) -> Decision:
    if about not in TEMPLATES:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    return Decision(notices=(screens.days(desk, about),))


def _planned(desk: Desk, about: str) -> tuple[str, date, Desk] | None:
    template, _, day = about.partition(":")
    try:
        first = date.fromisoformat(day)
    except ValueError:
        return None
    if template not in TEMPLATES:
        return None
    return template, first, desk.kept(edit.rostered(desk.doc, TEMPLATES[template], first.isoformat()))


def _first(desk: Desk, _command: Pressed, about: str) -> Decision:
    """The first week, as it would be."""
    planned = _planned(desk, about)
    if planned is None:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    template, first, ahead = planned
    town = screens.readable(ahead.doc)
    if town is None:  # a week can be told of whole posts alone
        return Decision(notices=live.check(ahead), answer=say.answer(desk.world, "ans.su_posts_first", alert=True))
    return Decision(notices=(screens.week(desk, template, first, town),))


def _roster(desk: Desk, _command: Pressed, about: str) -> Decision:
    planned = _planned(desk, about)
    if planned is None:
        return Decision(answer=say.answer(desk.world, "ans.unknown"))
    return _kept(planned[2], screens.overview)


def _drop(desk: Desk, _command: Pressed, _about: str) -> Decision:
    return _kept(desk.dropped(), screens.overview)


VERBS: Mapping[str, Verb] = {
    "home": _home,
    "ask": _ask,
    "clock": _show(screens.clock),
    "zone": _zone,
    "tongue": _tongue,
    "area": _area,
    "around": _around,
    "post": lambda desk, _command, about: Decision(notices=(screens.post(desk, about),)),
    "place": _place,
    "head": _head,
    "remove": _remove,
    "people": _show(screens.people),
    "out": _out,
    "shifts": _show(screens.shifts),
    "shift": _shift,
    "first": _first,
    "roster": _roster,
    "file": files.export,
    "drop": _drop,
    "check": lambda desk, _command, _about: Decision(notices=live.check(desk)),
    "live": lambda desk, command, _about: live.confirmed(desk, command),
}
