"""The levels of the ladder: who is told, in which chat, how late it is (life.md, 网格员→网格长→社区→街道)."""

from collections.abc import Mapping
from datetime import datetime

from core.case import Case
from core.decide import say
from core.decide.turn import Turn
from core.district import Person
from core.ladder import Due
from core.messages import Json, Lane, Notice


def lane(turn: Turn) -> Lane:
    """Only severities 1 and 2 go before everything else."""
    return Lane.URGENT if turn.case.severity <= 2 else Lane.REMINDER


def over(turn: Turn, due: Due) -> int:
    """Seconds since a rung fell due."""
    return max(int((turn.now - due.at).total_seconds()), 0)


def since(turn: Turn, moment: datetime | None) -> int:
    """Seconds since a limit passed; 0 when it has not."""
    return max(int((turn.now - moment).total_seconds()), 0) if moment else 0


def head(turn: Turn) -> Person | None:
    """网格长 of the case's grid."""
    case = turn.case
    return turn.world.town.district.grid_head(case.place.grid if case.place else None)


def chat_of_head(turn: Turn) -> int | None:
    """The grid head in private."""
    found = head(turn)
    return found.tg_id if found else None


def chat_of_secretary(turn: Turn) -> int | None:
    """社区书记 in private."""
    district = turn.world.town.district
    community = district.community_of_grid(turn.case.place.grid if turn.case.place else None)
    secretary = district.secretary(community.id) if community else None
    return secretary.tg_id if secretary else None


def chat_of_street(turn: Turn) -> int | None:
    """The centre's group stands for the street."""
    return turn.world.town.district.centre_chat()


def to_head(turn: Turn, kind: str, params: Mapping[str, Json]) -> Notice | None:
    """A message to the grid head; to the centre where there is none, and by number when it is sealed."""
    chat = chat_of_head(turn) or turn.world.town.district.centre_chat()
    if turn.case.sealed:
        chat = turn.world.town.district.centre_chat()
    return say.staff(chat, kind, turn.world.town, case=turn.case, lane=lane(turn), params=params)


def holder_chat(case: Case) -> int | None:
    """The chat that has the case, or was asked last."""
    held = [o.chat for o in case.offers if o.state == "accepted"] or [o.chat for o in case.offers if o.state == "open"]
    return held[-1] if held else None


def once_each(turn: Turn, *notices: Notice | None) -> Turn:
    """At most one message of a step to each chat (life.md, rules of the ladder)."""
    first: dict[int, Notice] = {}
    for notice in notices:
        if notice is not None:
            first.setdefault(notice.to, notice)
    return turn.tell(*first.values())
