"""Read-only lists and figures. For `Store.read`, beside the writers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from sys import intern
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, or_, select, text, union_all

from core.case import Case, Event, Status
from core.figures.mediation import LASTING, LASTS
from core.world import LogLine
from storage.cases import case_of, open_cases, to_event
from storage.tables import CASES, EVENTS, OUTBOX
from storage.tenancy import run

__all__ = [
    "case_with_log",
    "count_lines",
    "history_of",
    "log_apart",
    "log_lines",
    "oldest_waiting",
    "open_cases",
    "outbox_counts",
]

BACK = timedelta(days=30)  # hot spots look back that far (figures.md)
TOGETHER = 500  # cases of which the events are read by one statement

_LINES = (EVENTS.c.case_no, EVENTS.c.kind, EVENTS.c.at, EVENTS.c.actor, EVENTS.c.row, EVENTS.c.data)
_HISTORY = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.case_no == bindparam("no"))
    .order_by(EVENTS.c.seq)
)
# What decides whether and where a case counts as a new one.
_COUNTED = ("reported", "corrected", "sealed", "merged", "split", "spam", "cancelled", "drill", "test")
# The same, and whether it is over: for 重点部位 and 重复投诉, which look back 30 days.
_OUTLINE = (*_COUNTED, "rejected", "appealed", "closed", "reopened")
_TOLD_OF = select(EVENTS.c.case_no).where(
    EVENTS.c.district_id == bindparam("district"),
    EVENTS.c.at >= bindparam("since"),
    EVENTS.c.at < bindparam("until"),
    EVENTS.c.kind != "erased",  # no figure may change because somebody was forgotten
)
# Without the word about a history SQLite goes through all cases in an index that happens to hold whether they are open.
_OPEN_NOW = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"),
    CASES.c.open,
    CASES.c.opened_at < bindparam("until"),
    CASES.c.history > 0,
)
_CLOSED_SINCE = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"), CASES.c.closed_at >= bindparam("since")
)
# In which a figure of a window may find more than where and when it was reported, and how it ended: what has happened
# since the window began; and what was owed in it or is owed now, by a case to which nothing has happened since.
_MOVED = select(EVENTS.c.case_no).where(
    EVENTS.c.district_id == bindparam("district"), EVENTS.c.at >= bindparam("since"), EVENTS.c.kind != "erased"
)
_WORKED_ON = (Status.ACK.value, Status.SITE.value, Status.DONE.value)  # nobody is waited for
_OWING = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"),
    CASES.c.no.in_(bindparam("cases", expanding=True)),
    or_(
        CASES.c.owed_until.is_(None),
        CASES.c.owed_until >= bindparam("since"),
        CASES.c.close_due.between(bindparam("since"), bindparam("until")),
        CASES.c.open & ((CASES.c.close_due < bindparam("until")) | CASES.c.status.not_in(_WORKED_ON)),
    ),
)
# All of them, told apart afterwards: for rows in order SQLite from 3.53 on goes through every case of the district.
_TOLD = union_all(_TOLD_OF, _OPEN_NOW, _CLOSED_SINCE)
_LOG = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"))
    # Wrapped, or SQLite goes through all events ever written for as good an index as that of the cases.
    .where(func.coalesce(EVENTS.c.at, EVENTS.c.at) < bindparam("until"))
    .where(EVENTS.c.case_no.in_(bindparam("cases", expanding=True)))
    .where(or_(EVENTS.c.kind.in_(_OUTLINE), EVENTS.c.case_no.in_(bindparam("whole", expanding=True))))
    .order_by(EVENTS.c.case_no, EVENTS.c.seq)
)
_COUNT_LINES = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.case_no != "", EVENTS.c.kind.in_(_COUNTED))
    .where(EVENTS.c.at >= bindparam("since"), EVENTS.c.at < bindparam("until"))
    .order_by(EVENTS.c.case_no, EVENTS.c.seq)
)
_APART = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.case_no == "")
    .where(EVENTS.c.at >= bindparam("since"), EVENTS.c.at < bindparam("until"))
    .order_by(EVENTS.c.seq)
)
# What disputes began, promised and kept before the window: few rows, of a year and more.
_LASTING = (
    select(*_LINES, EVENTS.c.seq)
    # Written out, and put into order afterwards: else SQLite would rather read all that ever belonged to no case.
    .where(EVENTS.c.district_id == bindparam("district"), text("case_no = ''"))
    .where(EVENTS.c.at >= bindparam("since"), EVENTS.c.at < bindparam("until"))
    .where(EVENTS.c.kind.in_(sorted(LASTING)))
)
_COUNTS = (
    select(OUTBOX.c.lane, OUTBOX.c.state, func.count().label("rows"))
    .where(OUTBOX.c.district_id == bindparam("district"))
    .group_by(OUTBOX.c.lane, OUTBOX.c.state)
)
_OLDEST = (
    select(OUTBOX.c.lane, func.min(OUTBOX.c.created_at).label("oldest"))
    .where(OUTBOX.c.district_id == bindparam("district"), OUTBOX.c.state == literal_column("'pending'"))
    .group_by(OUTBOX.c.lane)
)


def case_with_log(conn: Connection, no: str) -> tuple[Case, list[Event]] | None:
    """A case and its whole history, in order."""
    case = case_of(conn, no)
    return (case, [to_event(conn, row) for row in run(conn, _HISTORY, no=no)]) if case is not None else None


def history_of(conn: Connection, no: str) -> tuple[LogLine, ...]:
    """The whole history of a case, in order."""
    return tuple(LogLine(case=no, event=to_event(conn, row)) for row in run(conn, _HISTORY, no=no))


def log_lines(conn: Connection, start: datetime, end: datetime) -> tuple[LogLine, ...]:
    """The histories, up to `end`, of all cases that were open or changed between 30 days before `start` and `end`: of
    those whose every step may be in a figure of this window the whole; of the quiet others what makes them count.

    Ordered by case, then as it happened.
    """
    told = sorted(set(run(conn, _TOLD, since=start - BACK, until=end).scalars()) - {""})
    moved = set(run(conn, _MOVED, since=start).scalars())
    # In portions, since PostgreSQL would rather read every event there is than look up so many cases it cannot count.
    some = (told[first : first + TOGETHER] for first in range(0, len(told), TOGETHER))
    rows = (row for cases in some for row in _lines_of(conn, cases, moved, start, end))
    return tuple(LogLine(case=intern(row.case_no), event=to_event(conn, row)) for row in rows)


def _lines_of(conn: Connection, cases: list[str], moved: set[str], start: datetime, end: datetime) -> Iterator[Any]:
    whole = {*run(conn, _OWING, cases=cases, since=start, until=end).scalars(), *moved.intersection(cases)}
    yield from run(conn, _LOG, until=end, cases=cases, whole=sorted(whole))


def log_apart(conn: Connection, start: datetime, end: datetime) -> tuple[LogLine, ...]:
    """What happened in a window and belongs to no case, in order: hand-overs, spot checks; of disputes what happened
    in the year before as well, since they last longer than a window."""
    before = sorted(run(conn, _LASTING, since=start - LASTS, until=start), key=lambda it: it.seq)
    rows = (*before, *run(conn, _APART, since=start, until=end))
    return tuple(LogLine(case="", event=to_event(conn, row)) for row in rows)


def count_lines(conn: Connection, start: datetime, end: datetime) -> tuple[LogLine, ...]:
    """Of the cases told of in a window, what a mere count of new ones needs: weeks of a town in few rows."""
    return tuple(
        LogLine(case=row.case_no, event=to_event(conn, row)) for row in run(conn, _COUNT_LINES, since=start, until=end)
    )


def outbox_counts(conn: Connection) -> dict[tuple[int, str], int]:
    """How many notices there are of each lane and state."""
    return {(row.lane, row.state): row.rows for row in run(conn, _COUNTS)}


def oldest_waiting(conn: Connection) -> dict[int, datetime]:
    """Since when the oldest waiting notice of each lane waits, in the bot's time."""
    return {row.lane: row.oldest for row in run(conn, _OLDEST)}
