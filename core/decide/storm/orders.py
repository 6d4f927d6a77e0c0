"""/storm in the centre's chat, and the buttons of its sheet; by the centre's people alone."""

from dataclasses import replace

from core import rights
from core.decide import say
from core.decide.storm.sheet import HOURS, sheet
from core.decide.storm.switch import off, on
from core.district import Person
from core.messages import Ordered, Pressed
from core.records.storm import ONLY, Storm
from core.world import Decision, World


def ordered(command: Ordered, world: World) -> Decision:
    """The sheet; nobody but the centre learns of it, in no other chat."""
    if _of_centre(command, world) is None:
        return Decision()
    shown = sheet(_known(world), world)
    return Decision(notices=(shown,) if shown else ())


def _known(world: World) -> Storm:
    return world.record if isinstance(world.record, Storm) else Storm(id=ONLY)


def _of_centre(command: Ordered | Pressed, world: World) -> Person | None:
    """Whoever asks, where it is one of the centre in the centre's chat."""
    district = world.town.district
    person = district.person(command.sender.user_id)
    if person is None or command.chat != district.centre_chat():
        return None
    return person if rights.belongs(person, district.centre_team, district) else None


def pressed(command: Pressed, world: World) -> Decision:
    """6, 12 or 24 hours, off, or just how it stands; a button of an older sheet changes nothing."""
    person, storm, press = _of_centre(command, world), _known(world), command.press
    if person is None or press is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if press.arg == "look":
        return _shown(Decision(answer=say.answer(world, "ans.ok")), storm, command, world)
    if press.round != storm.serial:
        return _shown(Decision(answer=say.answer(world, "ans.stale")), storm, command, world)
    decision = _decided(storm, press.arg, person, world)
    if decision is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    changed = next(it for it in decision.records if isinstance(it, Storm))
    return _shown(decision, changed, command, world)


def _decided(storm: Storm, arg: str, person: Person, world: World) -> Decision | None:
    """None for a button that is not ours, and for an end of what is not on."""
    if arg == "off" and storm.open:
        return _answered(off(storm, person.id, world), "ans.storm_off", world)
    if arg.isascii() and arg.isdecimal() and int(arg) in HOURS:
        return _answered(on(storm, int(arg), person.id, world), "ans.storm_on", world)
    return None


def _answered(decision: Decision, kind: str, world: World) -> Decision:
    return replace(decision, answer=say.answer(world, kind))


def _shown(decision: Decision, storm: Storm, command: Pressed, world: World) -> Decision:
    """The sheet as it is now, in the place of the one that was pressed."""
    shown = sheet(storm, world, edit=command.message)
    return decision.also(shown) if shown else decision
