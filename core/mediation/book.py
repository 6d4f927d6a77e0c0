"""台账: every dispute that was not settled on the spot, with its owner, its next step and its date (mechanism F62)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.calendar import Calendar
from core.mediation import ladder
from core.mediation.life import ENDED
from core.records.mediation import Dispute
from core.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the ledger. `kind` and `compound` are None for who may know no more than that there is one."""

    no: str
    grade: str
    kind: str | None
    compound: str | None
    step: str
    owner: str | None
    opened_at: datetime
    next_at: datetime | None


def lines(disputes: Iterable[Dispute], person: str, town: Calendar, taxonomy: Taxonomy) -> tuple[Line, ...]:
    """The open ones, what is due first; whoever has one of them sees its kind though it is for named people only."""
    open_ones = [it for it in disputes if it.step not in ENDED and not it.on_the_spot]
    made = [_line(it, person, ladder.due_at(it, town, taxonomy)) for it in open_ones]
    return tuple(sorted(made, key=lambda it: (it.next_at is None, it.next_at or it.opened_at, it.no)))


def _line(dispute: Dispute, person: str, coming: datetime | None) -> Line:
    knows = not dispute.named or person in dispute.team_of_mediators()
    return Line(
        no=dispute.id,
        grade=dispute.grade,
        kind=dispute.kind if knows else None,
        compound=dispute.compound if knows else None,
        step=dispute.step.value,
        owner=dispute.owner,
        opened_at=dispute.opened_at,
        next_at=coming,
    )
