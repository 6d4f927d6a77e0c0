"""Housekeeping: what nobody needs any more goes, a bounded number of rows at a time so that no command waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, select, tuple_

from core.positions import KEPT
from storage.tables import (
    AWAYS,
    CASES,
    CHANGES,
    EVENTS,
    FILES,
    GEOCODES,
    LETTERS,
    OUTBOX,
    POSITIONS,
    POSTS,
    RECORDS,
    SEEN,
    SIGN_INS,
    SLOTS,
)
from storage.tenancy import district_of

BATCH = 500  # rows of a table in one transaction
# Telegram repeats an update for a day; a dead letter holds what a resident wrote; nobody answers a post of last season.
SEEN_FOR = SENT_FOR = LETTERS_FOR = timedelta(days=30)
POSTS_FOR = CHANGES_FOR = timedelta(days=60)  # of the roster: longer than rest and hours are looked back at
MAPS_FOR = timedelta(days=90)  # a street is built anew now and then
TRACKS_FOR = KEPT - timedelta(days=1)  # tidying comes once a day, and none may be older than was promised
LOG_FOR = timedelta(days=3 * 366)  # privacy.md, event log: three years; the figures of older days go with it
MANY = 10  # times as many small rows as others


def tidy(conn: Connection, now: datetime, batch: int = BATCH) -> bool:
    """Delete what is old; whether there may be more of it."""
    settled = OUTBOX.c.state.not_in(["pending", "sending"])
    last = func.coalesce(OUTBOX.c.sent_at, OUTBOX.c.created_at)
    counts = (
        _delete(conn, SEEN, SEEN.c.key, SEEN.c.at <= now - SEEN_FOR, batch),
        _delete(conn, OUTBOX, OUTBOX.c.id, settled & (last <= now - SENT_FOR), batch),
        _delete(conn, LETTERS, LETTERS.c.update_id, LETTERS.c.failed_at <= now - LETTERS_FOR, batch),
        _delete(conn, CHANGES, CHANGES.c.id, CHANGES.c.shift_end <= now - CHANGES_FOR, batch),
        _delete(conn, FILES, FILES.c.key, FILES.c.at <= now - POSTS_FOR, batch),
        _delete(conn, GEOCODES, GEOCODES.c.key, GEOCODES.c.at <= now - MAPS_FOR, batch),
        _delete_reports(conn, now - POSTS_FOR, batch),
        _delete_posts(conn, now - POSTS_FOR, batch),
        _delete_cases(conn, now - LOG_FOR, batch),
        _delete_apart(conn, now - LOG_FOR, batch),
    )
    _delete_presence(conn, now - CHANGES_FOR)
    tracks = _delete(conn, POSITIONS, POSITIONS.c.serial, POSITIONS.c.at <= now - TRACKS_FOR, batch * MANY)
    return max(counts) == batch or tracks == batch * MANY


def _delete(conn: Connection, table: Table, key: ColumnElement[object], old: ColumnElement[bool], batch: int) -> int:
    here = table.c.district_id == district_of(conn)
    some = conn.execute(select(key).where(here, old).order_by(key).limit(batch)).scalars().all()
    if some:
        conn.execute(delete(table).where(here, key.in_(some)))
    return len(some)


def _delete_reports(conn: Connection, before: datetime, batch: int) -> int:
    """Reports whose messages are not known any more; their ids begin with their day."""
    here = (RECORDS.c.district_id == district_of(conn), RECORDS.c.kind == "report")
    old = select(RECORDS.c.id).where(*here, ~RECORDS.c.open, RECORDS.c.id < f"{before:%y%m%d}")
    some = conn.execute(old.order_by(RECORDS.c.id).limit(batch)).scalars().all()
    if some:
        conn.execute(delete(RECORDS).where(*here, RECORDS.c.id.in_(some)))
    return len(some)


def _delete_cases(conn: Connection, before: datetime, batch: int) -> int:
    """Cases that ended so long ago, with their histories."""
    here, ended = CASES.c.district_id == district_of(conn), func.coalesce(CASES.c.closed_at, CASES.c.opened_at)
    old = select(CASES.c.no).where(here, CASES.c.opened_at <= before, ~CASES.c.open, ended <= before)
    some = conn.execute(old.order_by(CASES.c.opened_at).limit(batch)).scalars().all()
    if some:
        conn.execute(delete(EVENTS).where(EVENTS.c.district_id == district_of(conn), EVENTS.c.case_no.in_(some)))
        conn.execute(delete(CASES).where(here, CASES.c.no.in_(some)))
    return len(some)


def _delete_apart(conn: Connection, before: datetime, batch: int) -> int:
    """What happened so long ago and belongs to no case."""
    here = (EVENTS.c.district_id == district_of(conn), EVENTS.c.case_no == "")
    old = select(EVENTS.c.seq).where(*here, EVENTS.c.at <= before).order_by(EVENTS.c.seq).limit(batch)
    some = conn.execute(old).scalars().all()
    if some:
        conn.execute(delete(EVENTS).where(*here, EVENTS.c.seq.in_(some)))
    return len(some)


def _delete_presence(conn: Connection, before: datetime) -> None:
    """Who was at which post; what counts of it is in the log. A day's rows are few."""
    here = district_of(conn)
    conn.execute(delete(SIGN_INS).where(SIGN_INS.c.district_id == here, SIGN_INS.c.shift_end <= before))
    conn.execute(delete(AWAYS).where(AWAYS.c.district_id == here, AWAYS.c.until <= before))


def _delete_posts(conn: Connection, before: datetime, batch: int) -> int:
    """Posts about no open case, with the living cards that stand in them."""
    here = district_of(conn)
    in_work = exists().where(CASES.c.district_id == here, CASES.c.no == POSTS.c.case_no, CASES.c.open)
    old = select(POSTS.c.chat, POSTS.c.message).where(POSTS.c.district_id == here, POSTS.c.at <= before, ~in_work)
    some = [(row.chat, row.message) for row in conn.execute(old.order_by(POSTS.c.chat, POSTS.c.message).limit(batch))]
    for table in (POSTS, SLOTS) if some else ():
        conn.execute(delete(table).where(table.c.district_id == here, tuple_(table.c.chat, table.c.message).in_(some)))
    return len(some)
