"""What is learned about a case that is already on its way: new limits, an alarm, a seal, another post."""

from core import ladder
from core.case import Case, Status
from core.decide import dispatch, limits, patrol, reading, say
from core.decide.turn import Turn
from core.messages import Json, Lane, Notice

ALARMING = 1


def numbers_first(turn: Turn) -> Notice:
    """The numbers to call, in the manner that endangers nobody (gas: not indoors; violence: no sound)."""
    case, town = turn.case, turn.world.town
    kind = reading.MANNERS.get(case.emergency or "") or ("emg.top" if reading.surely(case, town) else "emg.perhaps")
    station = case.team if case.team and town.district.team(case.team) else town.district.centre_team
    call: dict[str, Json] = {"number": reading.numbers(case, town), "station": station}
    told: dict[str, dict[str, Json]] = {
        "emg.top": call,
        "emg.perhaps": call,
        "emg.gas": {"gas_no": town.district.options.gas_no or None},
    }
    return say.reporter(case, kind, lane=Lane.URGENT, params=told.get(kind, {}))


def which_is_right(turn: Turn) -> Notice | None:
    """Pin and words are two places: asked, with both as buttons; None when they agree."""
    case = turn.case
    if case.place is None or case.conflict is None:
        return None
    named = {"pin": case.place.label, "text": case.conflict.label}
    keys = tuple((say.key("btn.place", "pl", case, which, name=name),) for which, name in named.items())
    params: dict[str, Json] = {"pin_place": named["pin"], "text_place": named["text"]}
    return say.reporter(case, "case.pin_conflict", keys=keys, params=params)


def settled(turn: Turn, before: Case) -> Turn:
    """What is known now and was not before: new limits, an alarm, a seal, another post (rows 2, 9, 37, 39, 40)."""
    if before.status not in ladder.WORKING | {Status.NEW}:
        return turn
    turn = _corrected(turn, before)
    if turn.case.conflict is not None and turn.case.conflict != before.conflict:
        turn = turn.tell(which_is_right(turn))
    now = turn.case
    if now.sealed and not before.sealed:
        return _seal(turn)
    if _alarming(now) and not _alarming(before):
        turn = _alarm_on_the_way(turn)
    if _place_came(before, now) and turn.case.status in {Status.NEW, Status.DISP}:
        return dispatch.reroute(turn.change(told_received=False))
    return turn


def _corrected(turn: Turn, before: Case) -> Turn:
    """Severity up: anyone may; the limits anew from the first message (row 39); the figures follow."""
    told = {
        name: value for name, value in _figures_of(turn.case).items() if value and value != _figures_of(before)[name]
    }
    now, was = turn.case.place, before.place
    moved = dispatch.located(now) if now is not None and dispatch.located(now) != dispatch.located(was) else {}
    if not told and not moved:
        return turn
    kind, severity, grid = (told.get(name) for name in ("category", "severity", "grid"))
    turn = turn.log("corrected", category=kind, severity=severity, grid=grid, **moved)
    if turn.case.severity < before.severity:
        turn = limits.unplanned(turn)
    return limits.note(turn) if {"category", "severity"} & set(told) else turn


def _figures_of(case: Case) -> dict[str, str | int | None]:
    return {"category": case.category, "severity": case.severity, "grid": case.place.grid if case.place else None}


def _alarming(case: Case) -> bool:
    return case.severity == ALARMING and (case.category is not None or case.emergency is not None)


def _alarm_on_the_way(turn: Turn) -> Turn:
    """It became dangerous: the numbers first; a case of the night goes out at once, others alert everybody (row 2)."""
    turn = turn.tell_first(numbers_first(turn))
    if turn.case.status is Status.NEW:
        return dispatch.start(turn.move("alarmed"))
    if turn.case.sealed:
        return turn
    return dispatch.alert_all(turn) if turn.case.status is Status.DISP else dispatch.also_alert(turn)


def _seal(turn: Turn) -> Turn:
    """It turned out to be a sealed matter: the officer gets it, the group keeps the number (row 9). Whoever has
    accepted it keeps it, and goes on in private."""
    if turn.case.emergency is not None:
        turn = turn.tell_first(numbers_first(turn))
    if turn.case.status in {Status.NEW, Status.DISP}:
        return dispatch.reroute(turn.change(told_received=False))
    return patrol.keep_in_private(turn)


def _place_came(before: Case, now: Case) -> bool:
    """The place became known, or moved to another grid."""
    if not reading.known_place(now):
        return False
    return not reading.known_place(before) or (before.place is not None and now.place is not None
                                               and before.place.grid != now.place.grid)  # fmt: skip
