"""The rungs about the limit to close: warned, missed, supervised, and brought up each morning (life.md, ladder)."""

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


def close_late(turn: Turn, due: Due) -> Turn:
    """办结超期: the grid head and the community."""
    params: dict[str, Json] = {"over": levels.over(turn, due)}
    chat = None if turn.case.sealed else levels.chat_of_secretary(turn)
    secretary = say.staff(
        chat, "ladder.close_late", turn.world.town, case=turn.case, lane=levels.lane(turn), params=params
    )
    return levels.once_each(turn.log("close_late"), levels.to_head(turn, "ladder.close_late", params), secretary)


def supervise(turn: Turn, due: Due) -> Turn:
    """挂牌督办: the street."""
    del due
    params: dict[str, Json] = {"over": levels.since(turn, turn.case.close_due)}
    return turn.log("supervised").tell(
        say.staff(
            levels.chat_of_street(turn),
            "ladder.close_late",
            turn.world.town,
            case=turn.case,
            lane=levels.lane(turn),
            params=params,
        )
    )


def morning(turn: Turn, due: Due) -> Turn:
    """Still open after its limit: whoever has it and the grid head hear it once a day; missed days are not made up."""
    del due
    today = turn.now.astimezone(turn.world.town.district.zone).date()
    others = tuple(it for it in turn.case.steps if not it.startswith(ladder.MORNING))
    turn = turn.change(steps=(*others, f"{ladder.MORNING}{today.isoformat()}")).log("brought_up")
    params: dict[str, Json] = {"over": levels.since(turn, turn.case.close_due)}
    return _holder_and_head(turn, "ladder.close_late", params)


def _holder_and_head(turn: Turn, kind: str, params: Mapping[str, Json]) -> Turn:
    """Told to whoever has the case and to the head of its grid, once to each person."""
    town, chat = turn.world.town, levels.holder_chat(turn.case)
    holder = say.staff(chat, kind, town, case=turn.case, lane=Lane.REMINDER, params=params)
    return levels.once_each(turn, holder, levels.to_head(turn, kind, params))
