"""What is set right before anything runs on a copy: between its moment and the crash there are hours that nobody knows.

Nothing that may have been sent in them is sent again, no number that was given out in them is given out twice, and
nobody is called late before they could press anew what was lost.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, or_, select, union, update

from core.case import Event
from storage import counters, erasure
from storage.cases import case_of, open_cases, write_case
from storage.sealing import HIDDEN
from storage.tables import CASES, CONTACTS, OUTBOX, RECORDS, SCHEDULES
from storage.tenancy import district_of

# To sign in and to press again before the ladder goes on, by severity.
GRACE = {1: timedelta(minutes=3), 2: timedelta(minutes=10), 3: timedelta(minutes=15), 4: timedelta(minutes=15)}
LEAST = 500  # numbers left out for a day: more cases than a street has
TIMES = 3  # as many as in the day before the copy
ROUND = 100
WHY = "It waited when the copy was made, and may have been sent since."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was found: notices that are not sent any more, cases that go on, residents who are forgotten again."""

    notices: int
    cases: int
    forgotten: int


def settle(
    conn: Connection,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    zone: ZoneInfo,
    told_by: Collection[str],
    forgotten: Callable[[int], bool],
) -> Settled:
    """Set everything right, in the transaction that takes the mark away.

    `since` and `until`: the hours that are lost, in the bot's time. `told_by`: kinds of schedules that tell people
    something at a fixed hour. `forgotten`: whether somebody asked to be erased in these hours.
    """
    gone = [user for user in _people(conn) if forgotten(user)]
    for user in gone:
        erasure.forget(conn, user, now)
    _skip_numbers(conn, since, until, zone)
    _drop_told(conn, until, told_by)
    _wait(conn, now)
    return Settled(
        notices=_not_again(conn, until), cases=_go_on(conn, since, until, now), forgotten=len(gone)
    )  # fmt: skip


def _people(conn: Connection) -> list[int]:
    here = district_of(conn)
    known = select(CONTACTS.c.user_id).where(CONTACTS.c.district_id == here)
    told = select(CASES.c.reporter).where(CASES.c.district_id == here, CASES.c.reporter < HIDDEN)
    unread = select(CASES.c.no).where(CASES.c.district_id == here, CASES.c.reporter >= HIDDEN)
    hidden = (case_of(conn, no) for no in conn.execute(unread).scalars().all())
    return sorted({*conn.execute(union(known, told)).scalars(), *(it.reporter for it in hidden if it is not None)})


def _not_again(conn: Connection, until: datetime) -> int:
    """What was to be sent by then has been, or is told anew by the cards; what was to wait longer still waits."""
    waiting = OUTBOX.c.state.in_(["pending", "sending"])
    due = or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= until)
    rows = update(OUTBOX).where(OUTBOX.c.district_id == district_of(conn), waiting, due)
    return conn.execute(rows.values(state="unknown", lease_until=None, error=WHY)).rowcount


def _go_on(conn: Connection, since: datetime, until: datetime, now: datetime) -> int:
    """Every open case has it in its history that hours are missing from it, and none is late at once."""
    lost = Event(kind="restored", at=now, data={"since": since.isoformat(), "until": until.isoformat()})
    there = open_cases(conn)
    for case in there:
        rest = now + GRACE[case.severity]
        due_at = max(case.due_at, rest) if case.due_at is not None else None
        write_case(conn, replace(case, rest_until=rest, due_at=due_at), [lost])
    return len(there)


def _wait(conn: Connection, now: datetime) -> None:
    """The same for what goes its own way beside the cases: whoever signed in or took over has to say so again."""
    until = now + max(GRACE.values())
    due = (RECORDS.c.district_id == district_of(conn), RECORDS.c.open, RECORDS.c.due_at < until)
    conn.execute(update(RECORDS).where(*due).values(due_at=until))


def _drop_told(conn: Connection, until: datetime, kinds: Collection[str]) -> None:
    """Digests of hours that are lost: they were sent then; the coming ones are planned at the first beat."""
    told = (SCHEDULES.c.kind.in_(list(kinds)), SCHEDULES.c.due_at <= until)
    conn.execute(delete(SCHEDULES).where(SCHEDULES.c.district_id == district_of(conn), *told))


def _skip_numbers(conn: Connection, since: datetime, until: datetime, zone: ZoneInfo) -> None:
    """Numbers that residents and groups may hold of cases that are lost; none may come to mean another case."""
    recent = (CASES.c.district_id == district_of(conn), CASES.c.opened_at > since - timedelta(days=1))
    count: int = conn.execute(select(func.count()).select_from(CASES).where(*recent)).scalar_one()
    days = (until - since).days + 1
    for moment in _months(since, until, zone):
        counters.skip_numbers(conn, moment, zone, days * max(LEAST, TIMES * count), ROUND)


def _months(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """A moment in each local month."""
    days = range((until - since).days + 1)
    moments = (*(since + timedelta(days=day) for day in days), until)
    return iter({f"{at.astimezone(zone):%y%m}": at for at in moments}.values())
