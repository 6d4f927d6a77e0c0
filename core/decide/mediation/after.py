"""What is promised when the talks are over, settled or not: the visits of its grade (disputes.md, step 11)."""

from datetime import timedelta

from core.decide.mediation.turn import Med
from core.mediation import ladder
from core.records.mediation import Visit


def planned(med: Med) -> Med:
    """The days of its grade, counted from now; each is a promise in the log from the beginning."""
    days = ladder.visit_days(med.dispute, med.world.town.taxonomy)
    visits = tuple(Visit(due=med.now + timedelta(days=it)) for it in days)
    med = med.change(visits=visits, ended_at=med.now)
    for index, it in enumerate(visits):
        med = med.log("followup_due", None, id=id_of(med, index), due=it.due.isoformat())
    return med


def id_of(med: Med, index: int) -> str:
    """What a visit is called in the log: the dispute, how often it was opened again, and its number."""
    return f"{med.dispute.id}.{med.dispute.reopened}.{index}"


def dropped(med: Med, actor: str | None) -> Med:
    """What is taken up again is visited after its new end: the visits and terms of before are owed no more."""
    for index, it in enumerate(med.dispute.visits):
        if it.done_at is None:
            med = med.log("followup_done", actor, id=id_of(med, index), result="reopened")
    return med
