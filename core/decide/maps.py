"""Asking a map for an address that the town's own names do not know. Nothing waits for it: the place is asked for at
the same time, and what the map says is shown to the reporter before it counts.

Never of a sealed matter, nor before the kind is known, which may be one: the address would leave the house.
"""

from dataclasses import replace
from datetime import timedelta

from core import ladder
from core.case import Case, Place, Status
from core.decide import pins, reading, say, supposing
from core.decide.turn import Turn, begin
from core.distance import Point
from core.messages import Mapped
from core.records import Lookup
from core.town import Town
from core.understand import street_of
from core.world import Decision, World

GIVEN_UP = timedelta(minutes=1)  # where there is no map, or it says nothing
ASKED = "map:"  # a step: this address was asked already


def question(turn: Turn) -> tuple[Lookup, ...]:
    """What a map is to be asked about the case as it is now; nothing for most."""
    case, query = turn.case, _address(turn.case)
    if case.sealed or case.category is None or reading.known_place(case) or case.supposed is not None or query is None:
        return ()
    serial = sum(it.startswith(ASKED) for it in case.steps)
    return (Lookup(id=f"{case.no}.{serial}", no=case.no, query=query, at=turn.now, due_at=turn.now + GIVEN_UP),)


def asked(turn: Turn) -> Turn:
    """The case, remembering what is asked: each address once."""
    return turn.change(steps=(*turn.case.steps, *(f"{ASKED}{it.query}" for it in question(turn))))


def _address(case: Case) -> str | None:
    said = (street_of(words) for words in reversed(case.words))
    return next((it for it in said if it is not None and f"{ASKED}{it}" not in case.steps), None)


def given_up(record: Lookup, world: World) -> Decision:
    """Nobody has answered, and nobody was promised anything."""
    del world
    return Decision(records=(replace(record, open=False, due_at=None),))


def answered(command: Mapped, world: World) -> Decision:
    """The reporter is asked whether it is there; or told that the map does not know, as long as the place is wanted."""
    record, case = world.record, world.case
    if not isinstance(record, Lookup) or not record.open:
        return Decision()
    closed = given_up(record, world)
    if case is None or not _wanted(case):
        return closed
    turn = begin(world).log("map_asked", found=command.found is not None, down=command.down)
    if command.found is None:
        kind = "place.map_down" if command.down else "place.map_none"
        turn = turn.tell(say.reporter(case, kind, params={"place": record.query}, menu="place"))
    else:
        place = _place(Point(*command.found), record.query, world.town)
        turn = replace(turn, case=supposing.suppose(case, place, supposing.MAP)).change(asked="supposed")
        turn = turn.tell(supposing.question(turn.case))
    return replace(turn.decide(), records=closed.records)


def _wanted(case: Case) -> bool:
    """Whether anybody still has to know where it is."""
    living = case.status in ladder.WORKING | {Status.DRAFT, Status.NEW}
    return living and not (case.sealed or reading.known_place(case) or case.supposed is not None)


def _place(point: Point, query: str, town: Town) -> Place:
    """The house, with a name near it that people know. One that lies in no grid is asked about all the same: it may be
    across the street."""
    return Place(
        label=f"{query}({pins.nearby(point, town)})", lat=point.lat, lng=point.lng, grid=town.grids.find(point),
        precision="pin",
    )  # fmt: skip
