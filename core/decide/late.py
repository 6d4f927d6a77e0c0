"""The rungs about the limit to close: warned, missed, supervised, and brought up each morning (life.md, ladder).

What is overdue of a slight matter is told in the lists of 08:30 and 16:30 (core.decide.overdue), not one by one.
"""

from collections.abc import Mapping

from core import ladder
from core.decide import levels, say
from core.decide.turn import Turn
from core.ladder import Due
from core.messages import Json, Lane


def close_warn(turn: Turn, due: Due) -> Turn:
    """A part of the time is left (办结预警): the holder and the grid head hear it."""
    del due
    limit = turn.case.close_due
    left = int((limit - turn.now).total_seconds()) if limit else 0
    turn = turn.log("close_warned")
    if left <= 0:
        return turn  # the warning fell due while nothing ran; the next rung says what is true now
    params: dict[str, Json] = {"left": left}
    return _holder_and_head(turn, "ladder.close_warn", params)


def listed(turn: Turn, due: Due) -> Turn:
    """Left for the next list; each rung once."""
    return turn.change(late=tuple(dict.fromkeys((*turn.case.late, due.rung))))


def close_late(turn: Turn, due: Due) -> Turn:
    """办结超期: the grid head and the community; whoever has it gets the 督办单."""
    turn = turn.log("close_late")
    if _in_lists(turn):
        return listed(turn, due)
    params: dict[str, Json] = {"over": levels.over(turn, due)}
    chat, town = None if turn.case.sealed else levels.chat_of_secretary(turn), turn.world.town
    keys, lane = levels.keys(turn.case), levels.lane(turn)
    secretary = say.staff(chat, "ladder.close_late", town, case=turn.case, lane=lane, keys=keys, params=params)
    head = levels.to_head(turn, "ladder.close_late", params, keys)
    sheet = say.staff(
        levels.holder_chat(turn.case), "ladder.sheet", town, case=turn.case, lane=lane, params=_sheet(turn, due)
    )
    return levels.once_each(turn, head, secretary, sheet)


def _in_lists(turn: Turn) -> bool:
    """A sealed matter is in no list: its number goes where it always goes."""
    return turn.case.severity >= ladder.SLIGHT and not turn.case.sealed


def _sheet(turn: Turn, due: Due) -> dict[str, Json]:
    case = turn.case
    return {
        "category": case.category,
        "place": case.place.label if case.place else None,
        "opened_at": say.iso(case.opened_at),
        "close_due": say.iso(case.close_due),
        "over": levels.over(turn, due),
    }


def supervise(turn: Turn, due: Due) -> Turn:
    """挂牌督办: the street; the card says so from now on."""
    turn = turn.log("supervised")
    if _in_lists(turn):
        return listed(turn, due)
    params: dict[str, Json] = {"over": levels.since(turn, turn.case.close_due)}
    chat, keys = levels.chat_of_director(turn), levels.keys(turn.case)
    town, lane = turn.world.town, levels.lane(turn)
    return turn.tell(say.staff(chat, "ladder.supervised", town, case=turn.case, lane=lane, keys=keys, params=params))


def morning(turn: Turn, due: Due) -> Turn:
    """Still open after its limit: whoever has it and the grid head hear it once a day; missed days are not made up."""
    del due
    today = turn.now.astimezone(turn.world.town.district.zone).date()
    others = tuple(it for it in turn.case.steps if not it.startswith(ladder.MORNING))
    turn = turn.change(steps=(*others, f"{ladder.MORNING}{today.isoformat()}")).log("brought_up")
    if _in_lists(turn):
        return turn  # the morning's list names everything that is overdue
    params: dict[str, Json] = {"over": levels.since(turn, turn.case.close_due)}
    return _holder_and_head(turn, "ladder.close_late", params)


def _holder_and_head(turn: Turn, kind: str, params: Mapping[str, Json]) -> Turn:
    """Told to whoever has the case and to the head of its grid, once to each person."""
    town, chat = turn.world.town, levels.holder_chat(turn.case)
    holder = say.staff(chat, kind, town, case=turn.case, lane=Lane.REMINDER, params=params)
    return levels.once_each(turn, levels.to_head(turn, kind, params, levels.keys(turn.case)), holder)
