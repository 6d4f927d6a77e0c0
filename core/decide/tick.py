"""A case's due moment has come: every rung of the ladder that is due is climbed, each once (life.md, ladder)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core import ladder
from core.case import ENDED, Offer, Status
from core.deadlines import in_force
from core.decide import (
    claims,
    dispatch,
    hold,
    joining,
    late,
    levels,
    patrol,
    reading,
    say,
    sealing,
    supposing,
    talk,
    verify,
    whistle,
)
from core.decide.turn import Turn, begin
from core.ladder import Due
from core.life import can
from core.messages import Json, Lane, Tick
from core.world import Decision, World

Rung = Callable[[Turn, Due], Turn]
BACKUP_UP_TO = 3  # severity 4 goes to the grid worker instead of a second post (life.md ladder, step 2)


def ticked(command: Tick, world: World) -> Decision:
    """Climb what is due; a case that moved on meanwhile is left alone."""
    del command
    if world.case is None or world.case.status in ENDED:
        return Decision()
    turn = begin(world)
    while True:
        due = next((d for d in ladder.upcoming(turn.case, world.town) if d.at <= world.now), None)
        if due is None:
            return levels.one_each(turn).decide()
        turn = turn.change(steps=(*turn.case.steps, due.name))
        turn = RUNGS[due.rung](turn, due)


def _draft(turn: Turn, due: Due) -> Turn:
    """Ten minutes without an answer: it goes out with what is known; without a place to the centre (row 4)."""
    del due
    turn = replace(turn, case=supposing.settled(turn.case))
    turn = turn.move("told_without_place" if not reading.known_place(turn.case) else "told")
    if not reading.known_place(turn.case):
        centre = turn.world.town.district.centre_chat()
        turn = turn.tell(say.staff(centre, "centre.no_place", turn.world.town, case=turn.case))
        turn = turn.tell(supposing.hint(turn.case, centre, turn.world.town))
    return joining.unanswered(dispatch.start(turn))


def _route(turn: Turn, due: Due) -> Turn:
    """The morning has come for a case of the night."""
    del due
    return dispatch.send(turn)


def _offer(turn: Turn, due: Due) -> Offer | None:
    return next((o for o in turn.case.offers if o.serial == due.offer), None)


def _remind(turn: Turn, due: Due) -> Turn:
    offer = _offer(turn, due)
    if offer is None or offer.due is None:
        return turn
    left = int((offer.due - turn.now).total_seconds())
    turn = turn.log("reminded", assignment=offer.serial)
    if left <= 0:
        return turn  # the clock was late: the next rung says what is true now
    return turn.tell(
        say.staff(
            offer.chat, "duty.remind", turn.world.town, case=turn.case, lane=levels.lane(turn), params={"left": left}
        )
    )


def _overdue(turn: Turn, due: Due) -> Turn:
    """Nobody accepted in time: the back-up post gets it, the grid head is told (row 11)."""
    if turn.case.sealed:
        return _sealed_overdue(turn, due)
    before = len(turn.case.offers)
    if turn.case.severity <= BACKUP_UP_TO:
        turn = dispatch.call_backup(turn)
    backup = turn.case.offers[-1].team if len(turn.case.offers) > before else None
    turn = turn.watch(*_hear_of_overdue(turn))
    head = levels.head(turn)
    offer = _offer(turn, due)
    params = {"over": levels.over(turn, due), "person": head.id if head else None, "team": backup}
    turn = turn.log("overdue", assignment=due.offer)
    return turn.tell(
        say.staff(
            offer.chat if offer else None,
            "duty.overdue",
            turn.world.town,
            case=turn.case,
            lane=levels.lane(turn),
            params=params,
        )
    )


def _hear_of_overdue(turn: Turn) -> tuple[int | None, ...]:
    """Who gets the card when nobody accepted: for severity 1 all that were asked once more, and the centre, which must
    phone (its head level comes in the same minute); else the grid head, for severity 4 the grid worker too."""
    case, town = turn.case, turn.world.town
    if case.severity <= dispatch.SECOND_POST_SEVERITY:
        return (*(o.chat for o in case.offers if o.state == "open"), town.district.centre_chat())
    worker = town.district.grid_worker(case.place.grid if case.place else None)
    return (levels.chat_of_head(turn), worker.tg_id if worker and case.severity > BACKUP_UP_TO else None)


def _sealed_overdue(turn: Turn, due: Due) -> Turn:
    """The officer did not answer: the centre has it by number and must phone."""
    turn = turn.log("overdue", assignment=due.offer)
    centre = turn.world.town.district.centre_team
    if any(o.team == centre for o in turn.case.offers):
        return turn
    return dispatch.to_team(turn, centre, "centre")


def _level(name: str, *finds: Callable[[Turn], int | None]) -> Rung:
    """A rung that puts the case before the next level; an empty level is skipped and logged."""

    def climb(turn: Turn, due: Due) -> Turn:
        chats = tuple(dict.fromkeys(chat for find in finds if (chat := find(turn)) is not None))
        if not chats or turn.case.sealed:
            return turn.log("skipped", level=name, why="sealed" if chats else "nobody named")
        case = turn.case
        offer = _offer(turn, due)
        since = offer.at if offer else case.opened_at
        turn = turn.log("escalated", level=name)
        params = {
            "severity": case.severity,
            "category": case.category,
            "place": case.place.label if case.place else None,
            "over": int((turn.now - since).total_seconds()),
            "level": name,
            "team": case.team,
            "by": case.known.by if case.known else None,
            "reason": (case.known.reason or None) if case.known else None,
        }
        keys, town = levels.keys(case, decides=name == "head"), turn.world.town
        lane = levels.lane(turn)
        told = (
            say.staff(chat, "ladder.level", town, case=case, lane=lane, keys=keys, params=params, report=True)
            for chat in chats
        )
        return turn.tell(*told).watch(*chats, loud=False)

    return climb


def _street(turn: Turn, due: Due) -> Turn:
    """The centre as the street's chair: told that nobody accepted, that nobody came, or that the limit has passed."""
    if turn.case.sealed or due.offer or (turn.case.severity <= 2 and turn.case.status is Status.DISP):
        return _STREET_UNACCEPTED(turn, due)
    if turn.case.severity >= ladder.SLIGHT:
        return late.listed(turn.log("escalated", level="street"), due)
    params: dict[str, Json] = {"over": levels.since(turn, turn.case.arrive_due), "team": turn.case.team}
    chat, keys = levels.chat_of_director(turn), levels.keys(turn.case)
    town, lane = turn.world.town, levels.lane(turn)
    told = say.staff(chat, "ladder.arrive_late", town, case=turn.case, lane=lane, keys=keys, params=params)
    return turn.log("escalated", level="street").tell(told)


def _district(turn: Turn, due: Due) -> Turn:
    """区: told one by one while it is urgent; an overdue slight matter goes into the list (life.md, ladder)."""
    slight = turn.case.severity >= ladder.SLIGHT and not due.offer
    if slight and not turn.case.sealed and any(find(turn) for find in _ABOVE):
        return late.listed(turn.log("escalated", level="district"), due)
    return _DISTRICT(turn, due)


_STREET_UNACCEPTED = _level("street", levels.chat_of_director)
_ABOVE = (levels.chat_of_district, levels.chat_of_department)
_DISTRICT = _level("district", *_ABOVE)


def _handover(turn: Turn, due: Due) -> Turn:
    """The target did not answer: the first holder keeps the case (首问负责)."""
    del due
    return patrol.give_back(turn, None)


def _arrive_late(turn: Turn, due: Due) -> Turn:
    turn = turn.log("arrive_late")
    return turn.tell(
        levels.to_head(
            turn,
            "ladder.arrive_late",
            {"over": levels.over(turn, due), "team": turn.case.team},
            levels.keys(turn.case, decides=True),
        )
    )


def _shift(turn: Turn, due: Due) -> Turn:
    del due
    return patrol.shift_over(turn) if can(turn.case.status, "shift_ended") else turn


def _confirm_warn(turn: Turn, due: Due) -> Turn:
    """Said a day before it closes; when the clock was late, the day is given from now (row 27)."""
    del due
    until = turn.now + ladder.warning(in_force(turn.case.policy, turn.world.town))
    turn = turn.change(confirm_due=max(turn.case.confirm_due or until, until))
    case = turn.case
    days = (turn.now - case.done_at).days if case.done_at else 0
    keys = ((say.key("btn.solved", "ok", case), say.key("btn.not_solved", "re", case)),)
    return turn.log("close_announced").tell(
        say.reporter(
            case,
            "case.autoclose_warn",
            keys=keys,
            lane=Lane.REMINDER,
            params={"days": days, "until": say.iso(case.confirm_due)},
        )
    )


def _confirm(turn: Turn, due: Due) -> Turn:
    """No answer in days: closed, counted apart as not rated, unless somebody has to look first (rows 27, 28)."""
    if turn.case.status is not Status.DONE:
        return turn
    if verify.unseen(turn.case):
        return verify.once_more(turn, due)
    turn = turn.move("closed_unanswered").log("closed", auto=True)
    turn = turn.change(closed_at=turn.now, auto_closed=True, confirm_due=None)
    keys = ((say.key("btn.not_solved", "re", turn.case),),)
    return sealing.tidied(turn.tell(say.reporter(turn.case, "case.closed_auto", keys=keys, lane=Lane.REMINDER)))


RUNGS: Mapping[str, Rung] = {
    "draft": _draft,
    "route": _route,
    "remind": _remind,
    "overdue": _overdue,
    "head": _level("head", levels.chat_of_head),
    "community": _level("community", levels.chat_of_secretary),
    "street": _street,
    "district": _district,
    "handover": _handover,
    "arrive_late": _arrive_late,
    "close_warn": late.close_warn,
    "close_late": late.close_late,
    "supervise": late.supervise,
    "shift": _shift,
    "morning": late.morning,
    "confirm_warn": _confirm_warn,
    "confirm": _confirm,
    "check": verify.again,
    "sign": whistle.unsigned,
    "whistle": whistle.late,
    "sign_hold": hold.unsigned,
    "hold_end": hold.over,
    "alive": claims.asked,
    "amber": claims.amber,
    "silent_up": claims.put_up,
    "answer": talk.unanswered,
}
