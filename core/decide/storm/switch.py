"""On, longer, off: what changes, what the log says of it, and the one word to all posts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.case import Event
from core.decide import say
from core.decide.storm import rest
from core.messages import Json, Notice
from core.records.storm import Storm
from core.world import Decision, World

ASKED_BEFORE = timedelta(minutes=30)  # its end


def on(storm: Storm, hours: int, by: str, world: World) -> Decision:
    """On from now, or until another moment where it is on already; so many hours from now."""
    fresh, until = not storm.open, world.now + timedelta(hours=hours)
    storm = replace(
        storm, open=True, serial=storm.serial + 1, by=by, until=until, asked=False,
        since=world.now if fresh else storm.since, rested=rest.still(storm, world),
    )  # fmt: skip
    kind = "begun" if fresh else "longer"
    event = _event("storm_on" if fresh else "storm_longer", by, world, until=say.iso(until))
    told = to_posts(f"storm.{kind}", {"until": say.iso(until)}, world)
    return Decision(records=(waiting(storm, world),), events=(event,), notices=told)


def off(storm: Storm, by: str | None, world: World) -> Decision:
    """Off; `by` is None where its time had come and nobody wanted it longer. Cases keep what they began with."""
    ended = replace(storm, open=False, serial=storm.serial + 1, by=by, due_at=None, until=world.now)
    event = _event("storm_off", by, world, since=say.iso(storm.since))
    return Decision(
        records=(ended,), events=(event,), notices=to_posts("storm.over", {"since_at": say.iso(storm.since)}, world)
    )


def _event(kind: str, actor: str | None, world: World, **data: str | None) -> Event:
    return Event(kind=kind, at=world.now, actor=actor, data=data)


def to_posts(kind: str, params: Mapping[str, Json], world: World) -> tuple[Notice, ...]:
    """One word to the group of every team but the centre, which has the sheet."""
    district = world.town.district
    chats = dict.fromkeys(it.chat_id for it in district.teams if it.chat_id not in {None, district.centre_chat()})
    told = (say.staff(chat, kind, world.town, params=params) for chat in chats)
    return tuple(it for it in told if it is not None)


def waiting(storm: Storm, world: World) -> Storm:
    """The record with the moment at which the clock has to look: the question before the end, the end, a rest."""
    if storm.until is None:
        return replace(storm, due_at=None)
    end = storm.until if storm.asked else storm.until - ASKED_BEFORE
    return replace(storm, due_at=min(end, rest.next_look(storm, world)))
