"""What is due by itself: cases by their `due_at`, and rows for digests, reports and broadcasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from core.messages import Json
from storage.codec import pack, unpack
from storage.queueing import PENDING
from storage.tables import CASES, OUTBOX, RECORDS, SCHEDULES
from storage.tenancy import district_of, run
from storage.upserts import put

_DUE = (
    select(SCHEDULES)
    .where(SCHEDULES.c.district_id == bindparam("district"), SCHEDULES.c.due_at <= bindparam("now"))
    .order_by(SCHEDULES.c.due_at, SCHEDULES.c.key)
    .limit(bindparam("count"))
)
_NEXT = tuple(
    select(func.min(moment)).where(owner == bindparam("district"), moment > bindparam("after"), *waiting)
    for moment, owner, waiting in (
        (CASES.c.due_at, CASES.c.district_id, (CASES.c.open,)),
        (SCHEDULES.c.due_at, SCHEDULES.c.district_id, ()),
        (RECORDS.c.due_at, RECORDS.c.district_id, (RECORDS.c.open,)),
        (OUTBOX.c.not_before, OUTBOX.c.district_id, (OUTBOX.c.state == PENDING,)),
    )
)
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Something due once. `key` names it for ever: doing it under that key happens once."""

    key: str
    kind: str
    params: Mapping[str, Json]
    due_at: datetime


def due_schedules(conn: Connection, now: datetime, limit: int = 100) -> list[Schedule]:
    """What has come due, the longest overdue first. It stays until it is dropped or put anew."""
    return [
        Schedule(key=row.key, kind=row.kind, params=unpack(dict, row.params), due_at=row.due_at)
        for row in run(conn, _DUE, now=now, count=limit)
    ]


def put_schedule(conn: Connection, key: str, kind: str, params: Mapping[str, Json], due_at: datetime) -> None:
    """Note something to be done, or move it."""
    put(conn, SCHEDULES, [{"key": key, "kind": kind, "params": pack(params), "due_at": due_at}])


def drop_schedule(conn: Connection, key: str) -> None:
    """It is done, or not wanted any more."""
    conn.execute(delete(SCHEDULES).where(SCHEDULES.c.district_id == district_of(conn), SCHEDULES.c.key == key))


def next_due(conn: Connection, after: datetime | None = None) -> datetime | None:
    """The soonest moment at which something has to happen by itself; None when nothing waits.

    With `after`, the soonest later than that: what is overdue and cannot be done must not hide what comes behind it.
    """
    moments = (run(conn, statement, after=after or EVER).scalar() for statement in _NEXT)
    return min((moment for moment in moments if moment is not None), default=None)
