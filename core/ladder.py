"""The escalation ladder as data: what falls due while nobody answers (life.md, ladder; rows 4, 11, 14, 27).

Escalation is a position beside the status: the names of the steps already done. There are no timers; a case's `due_at`
is the earliest step that is still to come, so a restart can neither lose nor repeat one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core import calendar
from core.calendar import Span
from core.case import Case, Offer, Status
from core.deadlines import in_force
from core.town import Town

MORNING = "morning:"
MORNING_AT = 8 * 60 + 30
SLIGHT = 3  # severities from here on are overdue in lists, not one by one
WORKING = frozenset({Status.DISP, Status.ACK, Status.SITE, Status.REF, Status.HOLD})
# Rungs that a level can put off by its word; what people have asked for, and the resident's answer, go on.
CLIMBING = frozenset({
    "remind", "overdue", "head", "community", "street", "district", "arrive_late", "close_warn", "close_late",
    "supervise", "morning", "alive", "amber", "silent_up",
})  # fmt: skip
CHECK = timedelta(hours=24)  # for the grid head to look whether it is done; then the centre is asked too (row 28)
SIGN = Span(minutes=120)  # of service time, for the grid head to sign; then the centre may (life.md rows 17, 22)


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
    return tuple(sorted(_ahead(case, town), key=lambda due: due.at))


def _ahead(case: Case, town: Town) -> Iterator[Due]:
    done, town = set(case.steps), in_force(case.policy, town)
    return (_put_off(due, case) for due in _rungs(case, town) if due.name not in done)


def _put_off(due: Due, case: Case) -> Due:
    """“已知,按计划” with a date stops the ladder until then; severity 1 nobody can put off. After hours that nobody
    knows every rung waits until people could press anew."""
    if case.rest_until is not None and due.at < case.rest_until:
        due = replace(due, at=case.rest_until)
    until = case.known.until if case.known else None
    if until is None or due.at >= until or case.severity == 1 or due.rung not in CLIMBING:
        return due
    return replace(due, at=until)


def due_at(case: Case, town: Town) -> datetime | None:
    """When something is owed next; None when nobody owes anything (an ended case)."""
    return min((due.at for due in _ahead(case, town)), default=None)


def warning(town: Town) -> timedelta:
    """How long before it closes by itself the reporter is told (life.md row 27)."""
    return timedelta(minutes=town.ladder.confirm_warn.minutes or 0)


def _after(start: datetime, span: Span, town: Town) -> datetime:
    return calendar.due(start, span, "N", town.calendar)


def _rungs(case: Case, town: Town) -> Iterator[Due]:
    match case.status:
        case Status.DRAFT:
            yield Due("draft", _after(case.opened_at, town.ladder.draft, town))
        case Status.NEW:
            yield Due("route", case.route_at or case.opened_at)
        case Status.DISP | Status.ACK | Status.SITE | Status.REF:
            yield from _working(case, town)
            yield from _signing(case, town)
            yield from _asked(case)
        case Status.HOLD:
            yield from _held(case)
            yield from _asked(case)
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
    yield from _silent(case, town)
    if case.close_due:
        yield from _closing(case, case.close_due, town)
        yield from _upper(case, case.close_due, town)
        yield _every_morning(case, case.close_due, town)


def first_open(case: Case) -> tuple[Offer, ...]:
    """The open offer whose clock drives the ladder: the one to the holder, not those to second posts or backups."""
    return tuple(o for o in case.offers if o.state == "open" and o.kind in {"post", "centre", "officer"})[-1:]


def _unaccepted(case: Case, offer: Offer, town: Town) -> Iterator[Due]:
    time = town.calendar
    for step in town.ladder.unaccepted:
        after = step.after[case.severity]
        if after is None:
            continue
        promised = offer.due if step.name == "overdue" else None  # what the card promises is what the ladder keeps
        yield Due(f"{step.name}:{offer.serial}", promised or calendar.due(offer.at, *after, time), offer.serial)


def last_sign(case: Case) -> datetime | None:
    """When whoever has accepted last gave a sign of life; None while nobody has."""
    if case.accepted_at is None:
        return None
    signs = (case.accepted_at, case.arrived_at, case.alive_at)
    return max(it for it in signs if it is not None)


def amber(case: Case) -> bool:
    """Whether whoever has accepted was asked for a sign of life in vain: others may take it."""
    since = last_sign(case) if case.status in {Status.ACK, Status.SITE} else None
    return since is not None and f"amber:{since.isoformat()}" in case.steps


def _silent(case: Case, town: Town) -> Iterator[Due]:
    """A claim without a sign of life is asked about, then shown to others, then put before the next level."""
    since = last_sign(case)
    if since is None or case.status not in {Status.ACK, Status.SITE}:
        return
    for step in town.ladder.silent if case.status is Status.ACK else town.ladder.silent_there:
        if (after := step.after[case.severity]) is not None:
            yield Due(f"{step.name}:{since.isoformat()}", calendar.due(since, *after, town.calendar))


def _asked(case: Case) -> Iterator[Due]:
    """The reporter was asked something: an answer is waited for so long."""
    if case.question is not None:
        yield Due(f"answer:{case.question.at.isoformat()}", case.question.due)


def _signing(case: Case, town: Town) -> Iterator[Due]:
    """A whistle that waits for a signature or for the department, a delay that waits for a signature."""
    for it in case.whistles:
        if it.state == "asked":
            yield Due(f"sign:{it.serial}", calendar.due(it.at, SIGN, "S", town.calendar))
        if it.state == "open" and it.due is not None:
            yield Due(f"whistle:{it.serial}", it.due)
    if case.hold is not None and case.hold.state == "asked":
        yield Due("sign_hold", calendar.due(case.hold.at, SIGN, "S", town.calendar))


def _held(case: Case) -> Iterator[Due]:
    """The clock stands still until the date that was approved (row 23)."""
    if case.hold is not None:
        yield Due(f"hold_end:{case.hold.until.isoformat()}", case.hold.until)


def _handover(case: Case, town: Town) -> Iterator[Due]:
    if case.handover:
        offer = next((o for o in case.offers if o.serial == case.handover.offer), None)
        if offer:
            yield Due(f"handover:{offer.serial}", _after(offer.at, town.ladder.handover, town), offer.serial)


def counted_from(case: Case) -> datetime:
    """Where the limits of the case begin: the first message, or its reopening."""
    return case.reopened_at or case.opened_at


def _closing(case: Case, limit: datetime, town: Town) -> Iterator[Due]:
    start = counted_from(case)
    for name, parts in town.ladder.closing.items():
        at = start + (limit - start) * parts[case.severity]
        if name == "supervise" and case.severity >= SLIGHT and case.reopened >= town.ladder.reopens:
            at = start  # 挂牌督办 of a slight matter that came back twice
        yield Due(f"{name}:{case.reopened}", at)


def _upper(case: Case, limit: datetime, town: Town) -> Iterator[Due]:
    start = counted_from(case) if case.severity <= 2 else limit
    for step in town.ladder.upper:
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
    slight = case.severity >= SLIGHT
    day = calendar.nth_working_day(last, 1, town.calendar) if slight else last + timedelta(days=1)
    return Due(f"{MORNING}{day.isoformat()}", calendar.moment(day, MORNING_AT, town.district.zone))


def _confirming(case: Case, town: Town) -> Iterator[Due]:
    if case.confirm_due:
        warn = case.confirm_due - warning(town)
        if case.done_at is None or warn > case.done_at:  # with a day or less to answer the question was the warning
            yield Due(f"confirm_warn:{case.reopened}", warn)
        yield Due(f"confirm:{case.reopened}", case.confirm_due)
    if case.check is not None and case.check.state == "asked":
        yield Due(f"check:{case.reopened}", case.check.at + CHECK)
