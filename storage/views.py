"""Read-only lists and figures. For `Store.read`, beside the writers."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, literal_column, or_, select

from core.case import Case, Event
from core.world import LogLine
from storage.cases import case_of, open_cases, to_event
from storage.tables import CASES, EVENTS, OUTBOX
from storage.tenancy import run

__all__ = ["case_with_log", "log_lines", "oldest_waiting", "open_cases", "outbox_counts"]

BACK = timedelta(days=30)  # hot spots look back that far (figures.md)

_LINES = (EVENTS.c.case_no, EVENTS.c.kind, EVENTS.c.at, EVENTS.c.actor, EVENTS.c.row, EVENTS.c.data)
_HISTORY = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.case_no == bindparam("no"))
    .order_by(EVENTS.c.seq)
)
_TOLD_OF = select(EVENTS.c.case_no).where(
    EVENTS.c.district_id == bindparam("district"),
    EVENTS.c.at >= bindparam("since"),
    EVENTS.c.at < bindparam("until"),
    EVENTS.c.kind != "erased",  # no figure may change because somebody was forgotten
)
_OPEN_THEN = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"),
    CASES.c.opened_at < bindparam("until"),
    or_(CASES.c.open, CASES.c.closed_at >= bindparam("since")),
)
_LOG = (
    select(*_LINES)
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.at < bindparam("until"), EVENTS.c.case_no != "")
    .where(EVENTS.c.case_no.in_(_TOLD_OF.union(_OPEN_THEN)))
    .order_by(EVENTS.c.case_no, EVENTS.c.seq)
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
    return (case, [to_event(row) for row in run(conn, _HISTORY, no=no)]) if case is not None else None


def log_lines(conn: Connection, start: datetime, end: datetime) -> tuple[LogLine, ...]:
    """The histories, up to `end`, of all cases that were open or changed between 30 days before `start` and `end`.

    Ordered by case, then as it happened.
    """
    return tuple(
        LogLine(case=row.case_no, event=to_event(row)) for row in run(conn, _LOG, since=start - BACK, until=end)
    )


def outbox_counts(conn: Connection) -> dict[tuple[int, str], int]:
    """How many notices there are of each lane and state."""
    return {(row.lane, row.state): row.rows for row in run(conn, _COUNTS)}


def oldest_waiting(conn: Connection) -> dict[int, datetime]:
    """Since when the oldest waiting notice of each lane waits, in the bot's time."""
    return {row.lane: row.oldest for row in run(conn, _OLDEST)}
