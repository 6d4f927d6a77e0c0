"""The escalation ladder as data: what falls due while nobody answers (life.md, ladder; rows 4, 11, 14, 27).

Escalation is a position beside the status: the names of the steps already done. There are no timers; a case's `due_at`
is the earliest step that is still to come, so a restart can neither lose nor repeat one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from core import calendar
from core.calendar import Basis
from core.case import Case, Offer, Status
from core.town import Town

DRAFT_PATIENCE = timedelta(minutes=10)  # life.md row 4
WARN_BEFORE_CLOSING = timedelta(hours=24)  # life.md row 27
HANDOVER_PATIENCE = timedelta(minutes=10)  # an unanswered transfer goes back to its first holder


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: its name, and per severity after which span it is due (None: this severity has no such rung)."""

    name: str
    after: Mapping[int, tuple[str, Basis] | None]


def _step(name: str, *after: str) -> Step:
    """Spans for severities 1 to 4, written `3m`, `20m S`, `1WD`, `-`."""
    spans: dict[int, tuple[str, Basis] | None] = {}
    for severity, words in enumerate(after, start=1):
        span, _, basis = words.partition(" ")
        spans[severity] = None if span == "-" else (span, "S" if basis == "S" else "N")
    return Step(name, MappingProxyType(spans))


# Counted from the offer, while nobody has accepted it.
UNACCEPTED: tuple[Step, ...] = (
    _step("remind", "2m", "7m", "20m S", "3h S"),
    _step("overdue", "3m", "10m", "30m S", "4h S"),
    _step("head", "3m", "20m", "2h S", "8h S"),
    _step("community", "6m", "60m", "1WD", "2WD"),
    _step("street", "10m", "-", "-", "-"),
    _step("district", "15m", "-", "-", "-"),
)

# The upper levels of the lower severities: severity 2 is counted from the first message (street: while nobody is on
# site), severities 3 and 4 from the limit to close, whoever has accepted meanwhile.
UPPER: tuple[Step, ...] = (
    _step("street", "-", "4h", "1WD", "2WD"),
    _step("district", "-", "24h", "3WD", "5WD"),
)

# Counted as a part of the time from the first message to the limit, until somebody says it is done.
CLOSING: Mapping[str, Mapping[int, float]] = MappingProxyType(
    {
        "close_warn": MappingProxyType({1: 0.5, 2: 0.5, 3: 0.8, 4: 0.8}),
        "close_late": MappingProxyType({1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}),
        "supervise": MappingProxyType({1: 1.2, 2: 1.5, 3: 1.5, 4: 2.0}),
    }
)

WORKING = frozenset({Status.DISP, Status.ACK, Status.SITE})


@dataclass(frozen=True, slots=True)
class Due:
    """A rung of one case: `name` as kept in `Case.steps`, and its moment. `offer` is the serial it belongs to."""

    name: str
    at: datetime
    offer: int = 0

    @property
    def rung(self) -> str:
        """The name without the offer it belongs to."""
        return self.name.partition(":")[0]


def upcoming(case: Case, town: Town) -> tuple[Due, ...]:
    """All rungs still to come, earliest first; the ones already done are left out."""
    done = set(case.steps)
    return tuple(sorted((due for due in _rungs(case, town) if due.name not in done), key=lambda due: due.at))


def due_at(case: Case, town: Town) -> datetime | None:
    """When something is owed next; None when nobody owes anything (an ended case)."""
    rungs = upcoming(case, town)
    return rungs[0].at if rungs else None


def _rungs(case: Case, town: Town) -> Iterator[Due]:
    match case.status:
        case Status.DRAFT:
            yield Due("draft", case.opened_at + DRAFT_PATIENCE)
        case Status.NEW:
            yield Due("route", case.route_at or case.opened_at)
        case Status.DISP | Status.ACK | Status.SITE:
            yield from _working(case, town)
        case Status.DONE:
            yield from _confirming(case)
        case _:
            return


def _working(case: Case, town: Town) -> Iterator[Due]:
    if case.status is Status.DISP:
        for offer in first_open(case):
            yield from _unaccepted(case, offer, town)
    if case.handover is not None:
        yield from _handover(case)
    if case.status in {Status.DISP, Status.ACK} and case.arrive_due and case.severity <= 2:
        yield Due(f"arrive_late:{case.reopened}", case.arrive_due)
    if case.status is Status.ACK and case.shift_ends:
        yield Due(f"shift:{case.round}", case.shift_ends)
    if case.close_due:
        yield from _closing(case, case.close_due)
        yield from _upper(case, case.close_due, town)


def first_open(case: Case) -> tuple[Offer, ...]:
    """The open offer whose clock drives the ladder: the one to the holder, not those to second posts or backups."""
    return tuple(o for o in case.offers if o.state == "open" and o.kind in {"post", "centre", "officer"})[-1:]


def _unaccepted(case: Case, offer: Offer, town: Town) -> Iterator[Due]:
    for step in UNACCEPTED:
        after = step.after[case.severity]
        if after is None:
            continue
        at = calendar.due(offer.at, calendar.parse_span(after[0]), after[1], town.calendar)
        if step.name == "overdue" and offer.due is not None:
            at = offer.due  # what the card promises is what the ladder keeps
        yield Due(f"{step.name}:{offer.serial}", at, offer.serial)


def _handover(case: Case) -> Iterator[Due]:
    if case.handover:
        offer = next((o for o in case.offers if o.serial == case.handover.offer), None)
        if offer:
            yield Due(f"handover:{offer.serial}", offer.at + HANDOVER_PATIENCE, offer.serial)


def counted_from(case: Case) -> datetime:
    """Where the limits of the case begin: the first message, or its reopening."""
    return case.reopened_at or case.opened_at


def _closing(case: Case, limit: datetime) -> Iterator[Due]:
    start = counted_from(case)
    for name, parts in CLOSING.items():
        yield Due(f"{name}:{case.reopened}", start + (limit - start) * parts[case.severity])


def _upper(case: Case, limit: datetime, town: Town) -> Iterator[Due]:
    start = counted_from(case) if case.severity <= 2 else limit
    for step in UPPER:
        after = step.after[case.severity]
        if after is None or (step.name == "street" and case.severity <= 2 and case.status is Status.SITE):
            continue
        at = calendar.due(start, calendar.parse_span(after[0]), after[1], town.calendar)
        yield Due(f"{step.name}:r{case.reopened}", at)


def _confirming(case: Case) -> Iterator[Due]:
    if case.confirm_due:
        yield Due(f"confirm_warn:{case.reopened}", case.confirm_due - WARN_BEFORE_CLOSING)
        yield Due(f"confirm:{case.reopened}", case.confirm_due)
