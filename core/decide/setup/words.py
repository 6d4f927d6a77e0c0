"""What an administrator writes or sends while something is asked: a name, a number, a place, a file."""

import re
from collections.abc import Callable, Mapping

from core.decide import people, reading
from core.decide.setup import asks, files, screens
from core.decide.setup.desk import Desk, desk_of
from core.messages import Spoke
from core.setup import edit
from core.world import Decision, World

NUMBER = re.compile(r"[0-9+() -]{3,20}")
NOTHING = frozenset({"-", "—", "无", "無", "none"})


def heard(command: Spoke, world: World) -> Decision | None:
    """The answer to what a screen asked, or a district file; None when it is nothing of the kind."""
    asked = people.awaited(world.contact, world) or ""
    if command.edited or not (asked.startswith(asks.PREFIX) or command.paper is not None):
        return None
    if reading.hear(command, world.town).emergency:
        return None  # danger is never taken for a name
    desk = desk_of(command.sender, world)
    if desk is None:
        return None
    sent = files.received(desk, command)
    if sent is not None or not asked.startswith(asks.PREFIX):
        return sent
    what, _, about = asked.removeprefix(asks.PREFIX).partition(":")
    answer = ANSWERS.get(what)
    return answer(desk, command, about) if answer else None


def _again(desk: Desk, why: str) -> Decision:
    return Decision(notices=(desk.tell(why, (screens.back(),), again=True),))


def _text(command: Spoke) -> str:
    return " ".join(command.text.split())


def _name(desk: Desk, command: Spoke, _about: str) -> Decision:
    text = _text(command)
    if not 0 < len(text) <= screens.LONGEST:
        return _again(desk, "setup.bad_name")
    return asks.answered(desk.kept(edit.named(desk.doc, text)))


def _title(desk: Desk, command: Spoke, about: str) -> Decision:
    text = _text(command)
    if not 0 < len(text) <= screens.LONGEST:
        return _again(desk, "setup.bad_name")
    if edit.row_of(desk.doc, "stations", about) is None:
        return asks.answered(desk)
    return asks.answered(desk.kept(edit.renamed(desk.doc, about, text)), about)


def _gas(desk: Desk, command: Spoke, _about: str) -> Decision:
    text = _text(command)
    if text.lower() in NOTHING:
        return asks.answered(desk.kept(edit.calling(desk.doc, "")))
    if not NUMBER.fullmatch(text):
        return _again(desk, "setup.bad_number")
    return asks.answered(desk.kept(edit.calling(desk.doc, text)))


def _place(desk: Desk, command: Spoke, about: str) -> Decision:
    if command.spot is None:
        return _again(desk, "setup.no_place")
    return asks.placed(desk, about, command)


def _grids(desk: Desk, _command: Spoke, _about: str) -> Decision:
    return _again(desk, "setup.no_grids")


ANSWERS: Mapping[str, Callable[[Desk, Spoke, str], Decision]] = {
    "name": _name,
    "title": _title,
    "gas": _gas,
    "place": _place,
    "grids": _grids,
}
