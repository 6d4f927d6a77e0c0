"""Read-only lists and figures. For `Store.read`, beside the writers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from sys import intern
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, or_, select, text

from core.case import Case, Event
from core.figures.log import Entry, Window
from core.figures.mediation import LASTING, LASTS
from core.figures.told import LISTED, Resting, Told, told
from core.world import LogLine
from storage.cases import case_of, open_cases, to_event
from storage.tables import CASES, EVENTS, OUTBOX
from storage.tenancy import run

__all__ = [
    "case_with_log",
    "cases_told",
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
_MOVED = select(EVENTS.c.case_no).where(
    EVENTS.c.district_id == bindparam("district"),
    EVENTS.c.at >= bindparam("since"),  # what has moved after a window that is long over stood in it as nobody sees now
    EVENTS.c.kind != "erased",  # no figure may change because somebody was forgotten
)
# Wrapped, or SQLite goes through all cases in an index that happens to hold whether they are open.
_OPEN = (
    CASES.c.district_id == bindparam("district"),
    CASES.c.open,
    func.coalesce(CASES.c.opened_at, CASES.c.opened_at) < bindparam("until"),
)
# Of what is open and quiet, what a window sees more of than that it is there: each by an index of its own.
_LATE_NOW = select(CASES.c.no).where(*_OPEN, CASES.c.close_due < bindparam("until"), CASES.c.history >= 0)
_OWED_NOW = select(CASES.c.no).where(*_OPEN, CASES.c.owed_until >= bindparam("since"), CASES.c.history >= 0)
_WAITED_FOR = select(CASES.c.no).where(*_OPEN, CASES.c.owed_until.is_(None), CASES.c.history >= 0)
_CLOSED_SINCE = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"), CASES.c.closed_at >= bindparam("since")
)
# In which a figure of a window may find more than where and when it was reported, and how it ended, besides those to
# which something has happened since it began: what was owed in it or is owed now.
_OWING = select(CASES.c.no).where(
    CASES.c.district_id == bindparam("district"),
    CASES.c.no.in_(bindparam("cases", expanding=True)),
    or_(
        CASES.c.owed_until.is_(None),
        CASES.c.owed_until >= bindparam("since"),
        CASES.c.close_due.between(bindparam("since"), bindparam("until")),
        CASES.c.open & (CASES.c.close_due < bindparam("until")),
    ),
)
_HOW_MANY = select(CASES.c.grid, func.count().label("cases")).where(*_OPEN).group_by(CASES.c.grid)
_GRIDS_OF = select(CASES.c.grid).where(
    *_OPEN,
    CASES.c.no.in_(bindparam("cases", expanding=True)),
    CASES.c.history >= 0,  # in no index, or SQLite would count the town for each of them
)
_IN_TURN = (
    select(CASES.c.no).where(*_OPEN).order_by(CASES.c.severity, CASES.c.opened_at, CASES.c.no).limit(bindparam("most"))
)
_IN_TURN_OF_GRID = _IN_TURN.where(CASES.c.grid == bindparam("grid"))
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
    """The histories, up to `end`, of all cases that changed between 30 days before `start` and `end`, or were open and
    owed something: of those whose every step may be in a figure of this window the whole; of the quiet others what
    makes them count. What is open, quiet, and owes nothing is left out.

    Ordered by case, then as it happened.
    """
    rows = _rows(conn, _numbers(conn, start, end), start, end)
    return tuple(LogLine(case=intern(row.case_no), event=to_event(conn, row)) for row in rows)


def cases_told(conn: Connection, window: Window, moments: Sequence[datetime]) -> Told:
    """The same, made into the cases as they stood at these moments, one after the other; and how many more rest."""
    numbers = _numbers(conn, window.start, window.end)
    rows = _rows(conn, numbers, window.start, window.end)
    known = told((map(partial(_entry, conn), lines) for _, lines in groupby(rows, attrgetter("case_no"))), moments)
    return replace(known, resting=_resting(conn, numbers, window.end))


def _entry(conn: Connection, row: Any) -> Entry:
    event = to_event(conn, row)
    return Entry(case=intern(row.case_no), at=event.at, kind=event.kind, actor=event.actor, data=event.data)


def _numbers(conn: Connection, start: datetime, end: datetime) -> list[str]:
    owing = (run(conn, it, since=start, until=end).scalars() for it in (_LATE_NOW, _OWED_NOW, _WAITED_FOR))
    moved = (run(conn, it, since=start - BACK).scalars() for it in (_MOVED, _CLOSED_SINCE))
    return sorted({no for found in (*moved, *owing) for no in found} - {""})


def _rows(conn: Connection, numbers: list[str], start: datetime, end: datetime) -> Iterator[Any]:
    moved = set(run(conn, _MOVED, since=start).scalars())
    for cases in _portions(numbers):
        owing = run(conn, _OWING, cases=cases, since=start, until=end).scalars()
        yield from run(conn, _LOG, until=end, cases=cases, whole=sorted({*owing, *moved.intersection(cases)}))


def _portions(numbers: list[str]) -> Iterator[list[str]]:
    """PostgreSQL would rather read every event there is than look up so many cases that it cannot count them."""
    return (numbers[first : first + TOGETHER] for first in range(0, len(numbers), TOGETHER))


def _resting(conn: Connection, read: list[str], until: datetime) -> Mapping[str | None, Resting]:
    """What is open less what was read: nothing has happened to it for so long that it stood then as it does now."""
    known = Counter[str | None]()
    for cases in _portions(read):
        known.update(run(conn, _GRIDS_OF, cases=cases, until=until).scalars())
    open_now = {row.grid: row.cases - known[row.grid] for row in run(conn, _HOW_MANY, until=until)}
    counts, there = {**open_now, None: sum(open_now.values())}, frozenset(read)
    looked = {**known, None: known.total()}
    return {
        grid: Resting(count=count, first=_first(conn, grid, looked.get(grid, 0), there, until))
        for grid, count in counts.items()
        if count
    }


def _first(conn: Connection, grid: str | None, known: int, read: frozenset[str], until: datetime) -> tuple[str, ...]:
    statement, of = (_IN_TURN, {}) if grid is None else (_IN_TURN_OF_GRID, {"grid": grid})
    found = run(conn, statement, until=until, most=LISTED + known, **of).scalars()
    return tuple(islice((no for no in found if no not in read), LISTED))


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
