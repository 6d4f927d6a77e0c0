"""Housekeeping: what nobody needs any more goes, a bounded number of rows at a time so that no command waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, select, tuple_

from storage.tables import CASES, LETTERS, OUTBOX, POSTS, SEEN, SLOTS
from storage.tenancy import district_of

BATCH = 500  # rows of a table in one transaction
# Telegram repeats an update for a day; a dead letter holds what a resident wrote; nobody answers a post of last season.
SEEN_FOR = SENT_FOR = LETTERS_FOR = timedelta(days=30)
POSTS_FOR = timedelta(days=60)


def tidy(conn: Connection, now: datetime, batch: int = BATCH) -> bool:
    """Delete what is old; whether there may be more of it."""
    settled = OUTBOX.c.state.not_in(["pending", "sending"])
    last = func.coalesce(OUTBOX.c.sent_at, OUTBOX.c.created_at)
    counts = (
        _delete(conn, SEEN, SEEN.c.key, SEEN.c.at <= now - SEEN_FOR, batch),
        _delete(conn, OUTBOX, OUTBOX.c.id, settled & (last <= now - SENT_FOR), batch),
        _delete(conn, LETTERS, LETTERS.c.update_id, LETTERS.c.failed_at <= now - LETTERS_FOR, batch),
        _delete_posts(conn, now - POSTS_FOR, batch),
    )
    return max(counts) == batch


def _delete(conn: Connection, table: Table, key: ColumnElement[object], old: ColumnElement[bool], batch: int) -> int:
    here = table.c.district_id == district_of(conn)
    some = conn.execute(select(key).where(here, old).order_by(key).limit(batch)).scalars().all()
    if some:
        conn.execute(delete(table).where(here, key.in_(some)))
    return len(some)


def _delete_posts(conn: Connection, before: datetime, batch: int) -> int:
    """Posts about no open case, with the living cards that stand in them."""
    here = district_of(conn)
    in_work = exists().where(CASES.c.district_id == here, CASES.c.no == POSTS.c.case_no, CASES.c.open)
    old = select(POSTS.c.chat, POSTS.c.message).where(POSTS.c.district_id == here, POSTS.c.at <= before, ~in_work)
    some = [(row.chat, row.message) for row in conn.execute(old.order_by(POSTS.c.chat, POSTS.c.message).limit(batch))]
    for table in (POSTS, SLOTS) if some else ():
        conn.execute(delete(table).where(table.c.district_id == here, tuple_(table.c.chat, table.c.message).in_(some)))
    return len(some)
