"""What the clock does while it is on: the word to rest, the question before its end, its end."""

from dataclasses import replace

from core.decide import say
from core.decide.storm import rest, sheet, switch
from core.messages import Notice
from core.records.storm import Storm
from core.world import Decision, World


def due(storm: Storm, world: World) -> Decision:
    """Its end where that has come, told to the centre as well; else whatever has come."""
    if storm.until is None or world.now >= storm.until:
        decision = switch.off(storm, None, world)
        return decision.also(*_to_centre("storm.over_centre", storm, world))
    tired = rest.tired(storm, world)
    asked = storm.asked or world.now >= storm.until - switch.ASKED_BEFORE
    question = _question(storm, world) if asked and not storm.asked else ()
    known = replace(storm, asked=asked, rested=(*storm.rested, *(it.mark for it in tired)))
    words = tuple(notice for it in tired for notice in rest.told(it, world))
    events = tuple(rest.event(it, world) for it in tired)
    return Decision(records=(switch.waiting(known, world),), events=events, notices=(*question, *words))


def _question(storm: Storm, world: World) -> tuple[Notice, ...]:
    """Longer or off, with the buttons of the sheet; no answer lets it end."""
    return _to_centre("storm.ask", storm, world)


def _to_centre(kind: str, storm: Storm, world: World) -> tuple[Notice, ...]:
    ask = kind == "storm.ask"
    params = {"until": say.iso(storm.until)} if ask else {"since_at": say.iso(storm.since)}
    keys = sheet.keys(storm) if ask else ()
    told = say.staff(world.town.district.centre_chat(), kind, world.town, params=params, keys=keys)
    return (told,) if told else ()
