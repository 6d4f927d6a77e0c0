"""Sent out again: the resident says that it is not solved, or it was told of anew (life.md rows 26, 29)."""

from datetime import timedelta

from core.decide import dispatch, limits, say
from core.decide.turn import Turn

WITHIN = timedelta(days=30)  # life.md rows 26, 29


def reopen(turn: Turn, event: str = "reopened", actor: str | None = "resident") -> Turn:
    """With a new round; its limits run from now, the old ones stay in the figures. `event`: a row of LIFE.

    One that was erased has no reporter who could answer: it ends by a photo and a visit (row 42), and what comes to it
    now is erased once more after its end.
    """
    turn = turn.move(event, actor=actor)
    turn = turn.log("answered", actor=actor, solved=False) if event == "reopened" else turn.log("reopened", actor=actor)
    case = turn.case
    turn = turn.pass_others(None).change(
        reopened=case.reopened + 1, reopened_at=turn.now, round=case.round + 1, handler=None, accepted_at=None,
        arrived_at=None, done_at=None, closed_at=None, confirm_due=None, result="", result_photo=None, rating=None,
        auto_closed=False, known=None, question=None, late=(), shift_ends=None, handover=None, closing=None,
        told_received=True, check=None, unreachable=case.unreachable or case.erased_at is not None, erased_at=None,
    )  # fmt: skip
    turn = limits.count_from(turn, turn.now)
    turn = dispatch.to_officer(turn) if case.sealed else dispatch.back_to_team(turn)
    head = turn.world.town.district.grid_head(case.place.grid if case.place else None)
    turn = turn.watch(head.tg_id if head else None)
    return turn.tell(say.reporter(turn.case, "case.reopened", params={"person": head.id if head else None}))
