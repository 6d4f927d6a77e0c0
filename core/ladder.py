"""The escalation ladder as data: what falls due while nobody answers (life.md, ladder; rows 4, 11, 14, 27).

Escalation is a position beside the status: the names of the steps already done. There are no timers; a case's `due_at`
is the earliest step that is still to come, so a restart can neither lose nor repeat one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import calendar
from core.calendar import Span
from core.case import Case, Offer, Status
from core.town import Town

MORNING = "morning:"
MORNING_AT = 8 * 60 + 30
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


def warning(town: Town) -> timedelta:
    """How long before it closes by itself the reporter is told (life.md row 27)."""
    return timedelta(minutes=town.district.options.ladder.confirm_warn.minutes or 0)


def _after(start: datetime, span: Span, town: Town) -> datetime:
    return calendar.due(start, span, "N", town.calendar)


def _rungs(case: Case, town: Town) -> Iterator[Due]:
    match case.status:
        case Status.DRAFT:
            yield Due("draft", _after(case.opened_at, town.district.options.ladder.draft, town))
        case Status.NEW:
            yield Due("route", case.route_at or case.opened_at)
        case Status.DISP | Status.ACK | Status.SITE:
            yield from _working(case, town)
        case Status.DONE:
            yield from _confirming(case, town)
        case _:
            return


def _working(case: Case, town: Town) -> Iterator[Due]:
    if case.status is Status.DISP:
        for offer in first_open(case):
            yield from _unaccepted(case, offer, town)
    if case.handover is not None:
        yield from _handover(case, town)
    if case.status in {Status.DISP, Status.ACK} and case.arrive_due and case.severity <= 2:
        yield Due(f"arrive_late:{case.reopened}", case.arrive_due)
    if case.status is Status.ACK and case.shift_ends:
        yield Due(f"shift:{case.round}", case.shift_ends)
    if case.close_due:
        yield from _closing(case, case.close_due, town)
        yield from _upper(case, case.close_due, town)
        yield _every_morning(case, case.close_due, town)


def first_open(case: Case) -> tuple[Offer, ...]:
    """The open offer whose clock drives the ladder: the one to the holder, not those to second posts or backups."""
    return tuple(o for o in case.offers if o.state == "open" and o.kind in {"post", "centre", "officer"})[-1:]


def _unaccepted(case: Case, offer: Offer, town: Town) -> Iterator[Due]:
    for step in town.district.options.ladder.unaccepted:
        after = step.after[case.severity]
        if after is None:
            continue
        at = calendar.due(offer.at, after[0], after[1], town.calendar)
        if step.name == "overdue" and offer.due is not None:
            at = offer.due  # what the card promises is what the ladder keeps
        yield Due(f"{step.name}:{offer.serial}", at, offer.serial)


def _handover(case: Case, town: Town) -> Iterator[Due]:
    if case.handover:
        offer = next((o for o in case.offers if o.serial == case.handover.offer), None)
        if offer:
            yield Due(
                f"handover:{offer.serial}", _after(offer.at, town.district.options.ladder.handover, town), offer.serial
            )


def counted_from(case: Case) -> datetime:
    """Where the limits of the case begin: the first message, or its reopening."""
    return case.reopened_at or case.opened_at


def _closing(case: Case, limit: datetime, town: Town) -> Iterator[Due]:
    start = counted_from(case)
    for name, parts in town.district.options.ladder.closing.items():
        yield Due(f"{name}:{case.reopened}", start + (limit - start) * parts[case.severity])


def _upper(case: Case, limit: datetime, town: Town) -> Iterator[Due]:
    start = counted_from(case) if case.severity <= 2 else limit
    for step in town.district.options.ladder.upper:
        after = step.after[case.severity]
        if after is None or (step.name == "street" and case.severity <= 2 and case.status is Status.SITE):
            continue
        at = calendar.due(start, after[0], after[1], town.calendar)
        yield Due(f"{step.name}:r{case.reopened}", at)


def _every_morning(case: Case, limit: datetime, town: Town) -> Due:
    """After its limit an open case is brought up again each morning: no last rung may forget it.

    Severities 3 and 4 rest on days off (life.md: their overdue is bundled at 08:30).
    """
    told = [date.fromisoformat(it.removeprefix(MORNING)) for it in case.steps if it.startswith(MORNING)]
    last = max(told, default=calendar.local(limit, town.district.zone).date())
    slight = case.severity >= 3
    day = calendar.nth_working_day(last, 1, town.calendar) if slight else last + timedelta(days=1)
    return Due(f"{MORNING}{day.isoformat()}", calendar.moment(day, MORNING_AT, town.district.zone))


def _confirming(case: Case, town: Town) -> Iterator[Due]:
    if case.confirm_due:
        warn = case.confirm_due - warning(town)
        if case.done_at is None or warn > case.done_at:  # with a day or less to answer the question was the warning
            yield Due(f"confirm_warn:{case.reopened}", warn)
        yield Due(f"confirm:{case.reopened}", case.confirm_due)
