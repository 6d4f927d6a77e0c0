"""Starting on a copy of the database: what has to be set right is set right before anything else looks at it."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.clock import Clock
from bot.forgotten import Journal
from bot.outage import AWAY, HEARD, Gap
from bot.schedule import DIGEST, WEEK
from bot.town import build_town
from bot.witness import Witness
from core.trail import Entry
from storage import districts, meta, trail
from storage.copies.marker import Mark, mark_of, unmark
from storage.copies.settle import Settled, settle
from storage.store import Store
from storage.tenancy import one_by_one

log = logging.getLogger(__name__)

AFTER = timedelta(minutes=1)  # the last sign of life is noted every few seconds, and something may have been sent since


def open_restored(store: Store, clock: Clock, journal: Journal, witness: Witness) -> None:
    """Set a copy right, once; nothing where the database is no copy. Every chat is told by the first beat (Watch)."""
    if store.read(mark_of).result() is None:
        return
    done = store.submit(lambda conn: _settled(conn, clock, journal)).result()
    if done is not None:
        witness.note(store.read(trail.head).result(), clock.real(), restored=True)
        log.warning(
            "started on a copy: %s notices are not sent again, %s cases go on, %s residents are forgotten again",
            done.notices, done.cases, done.forgotten, extra={"action": "copy.settled"},
        )  # fmt: skip


def _settled(conn: Connection, clock: Clock, journal: Journal) -> Settled | None:
    one_by_one(conn, "copy")
    mark = mark_of(conn)
    if mark is None:  # another process was quicker
        return None
    real = clock.real()
    until = min(real, mark.until + AFTER) if mark.until else real
    was_forgotten = journal.since(mark.at)
    done = settle(
        conn,
        since=clock.moved(mark.at),
        until=clock.moved(max(until, mark.at)),
        now=clock.now(),
        zone=_zone(conn),
        told_by=(DIGEST, WEEK),
        forgotten=was_forgotten,
    )
    _let_it_be_told(conn, mark, real)
    unmark(conn)
    trail.append(conn, [Entry(at=clock.now(), kind="restored", data={"copy": mark.at.isoformat()})])
    return done


def _let_it_be_told(conn: Connection, mark: Mark, real: datetime) -> None:
    meta.put_meta(conn, AWAY, Gap(since=mark.at, until=real, restored=True).to_text())
    meta.put_meta(conn, HEARD, real.isoformat())


def _zone(conn: Connection) -> ZoneInfo:
    stored = districts.current_district(conn)
    return build_town(stored[1], stored[0]).district.zone if stored else ZoneInfo("UTC")
