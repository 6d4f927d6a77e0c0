"""Who beats the clock and paces sending, when several processes share a PostgreSQL database.

Three things together, since each alone lets two processes send side by side for a while:
a session's advisory lock (one at a time, free at once when its process dies), a lease that is renewed every second and
outlived by nobody (a process that was stopped or cut off stops by its own watch; its successor waits for that, unless
it can prove that the other is dead: alive.py), and an epoch that a transaction checks when it takes rows to send
(`fence`), so that what was late comes too late.
"""

import time
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, TextClause, text
from sqlalchemy.exc import DBAPIError

from storage.alive import certainly_dead
from storage.errors import Superseded

VALID = 4.0  # real seconds for which a renewal counts, by this process's own watch
OUT = 5.0  # after so many without one, a successor may begin: longer than VALID, since it is the server's watch
STUCK = 8.0  # after so many, whoever still holds the lock has stopped and is cut off

_TRY = text("SELECT pg_try_advisory_lock(:lock)")
_RENEW = text("UPDATE leaders SET seen_at = clock_timestamp() WHERE district_id = :district AND epoch = :epoch")
# Waits for whoever has passed the fence (FOR UPDATE against FOR KEY SHARE); a renewal does not.
_SUCCEED = text(
    "WITH held AS (SELECT 1 FROM leaders WHERE district_id = :district FOR UPDATE) "
    "INSERT INTO leaders (district_id, epoch, name, seen_at) "
    "SELECT :district, 1, :name, clock_timestamp() FROM (SELECT count(*) FROM held) AS waited "
    "ON CONFLICT (district_id) DO UPDATE SET epoch = leaders.epoch + 1, name = :name, seen_at = clock_timestamp() "
    "WHERE leaders.name IN ('', :dead) OR leaders.seen_at < clock_timestamp() - make_interval(secs => :out) "
    "RETURNING epoch"
)
_NAME = text("SELECT name FROM leaders WHERE district_id = :district")
_LEAVE = text("UPDATE leaders SET name = '' WHERE district_id = :district AND epoch = :epoch")
_UNLOCK = text("SELECT pg_advisory_unlock(:lock)")
_EPOCH = text("SELECT epoch FROM leaders WHERE district_id = :district FOR KEY SHARE")
# A process that was stopped in the middle of a transaction holds rows, too: all its connections go, by their name,
# and we wait until they are gone (at most a second; PostgreSQL 14).
_CUT_PREDECESSOR = text(
    "SELECT pg_terminate_backend(a.pid, 1000) FROM pg_stat_activity a JOIN leaders l ON l.name = a.application_name "
    "WHERE l.district_id = :district AND l.name <> :name AND a.pid <> pg_backend_pid() "
    "AND a.datname = current_database() "
    "AND (l.name = :dead OR l.seen_at < clock_timestamp() - make_interval(secs => :out))"
)
_CUT_HOLDER = text(
    "SELECT pg_terminate_backend(a.pid, 1000) FROM pg_stat_activity a WHERE a.datname = current_database() "
    "AND a.pid <> pg_backend_pid() AND a.application_name <> :name AND a.application_name IN ("
    "SELECT b.application_name FROM pg_locks k JOIN pg_stat_activity b ON b.pid = k.pid "
    "WHERE k.locktype = 'advisory' AND k.granted AND k.objsubid = 1 AND b.datname = current_database() "
    "AND (k.classid::bigint << 32 | k.objid::bigint) = :lock) "
    "AND EXISTS (SELECT 1 FROM leaders WHERE district_id = :district "
    "AND seen_at < clock_timestamp() - make_interval(secs => :stuck))"
)


class Leader:
    """At most one process leads. A SQLite file has one process anyway (lockfile.py), so `engine` is None there.

    `name` is the application name of all of this process's connections. `epoch` is that of its last lead.
    """

    def __init__(
        self,
        engine: Engine | None,
        district: str,
        name: str = "",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.epoch = 0
        self._engine, self._monotonic, self._until = engine, monotonic, 0.0
        lock = int.from_bytes(blake2b(f"leader:{district}".encode(), digest_size=8).digest(), signed=True)
        self._values = {"district": district, "name": name, "lock": lock, "out": OUT, "stuck": STUCK}
        self._conn: Connection | None = None
        self._one_by_one = Lock()

    def leads(self) -> bool:
        """Whether this process leads now; renews the lead, or takes over when nobody has it. Blocks."""
        if self._engine is None:
            return True
        asked = self._monotonic()
        with self._one_by_one:
            try:
                held = self._hold(self._engine)
            except DBAPIError:  # the connection died, and the lock with it; the lease may still be ours
                self._let_go()
                held = False
        if held:
            self._until = asked + VALID
        return held

    def valid(self) -> bool:
        """Whether the last renewal still counts: asked before every send, so it asks no database."""
        return self._engine is None or self._monotonic() < self._until

    def fence(self, conn: Connection) -> None:
        """In the transaction that takes rows to send: nobody can take over before it ends. Raises Superseded."""
        if self._engine is None:
            return
        epoch = conn.execute(_EPOCH, self._values).scalar()
        if epoch != self.epoch:
            raise Superseded

    def resign(self) -> None:
        """Give the lead up, so that the next one need not wait for the lease."""
        with self._one_by_one:
            self._until = 0.0
            try:
                if self._conn is not None:
                    self._run(self._conn, _LEAVE)
                    self._run(self._conn, _UNLOCK)  # a closed connection's session ends a little later
            except DBAPIError:
                pass  # then the lease runs out by itself
            finally:
                self._let_go()

    def _hold(self, engine: Engine) -> bool:
        if self._conn is None and not self._locked(engine):
            return False
        return self._conn is not None and (self._renewed(self._conn) or self._succeeded(self._conn))

    def _locked(self, engine: Engine) -> bool:
        """Take the lock; whoever holds it and has not been heard of for long is cut off, for the next time we ask."""
        conn = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if self._run(conn, _TRY).scalar_one():
            self._conn = conn
            return True
        self._run(conn, _CUT_HOLDER)
        conn.close()
        return False

    def _renewed(self, conn: Connection) -> bool:
        """The lead goes on, also over a new connection when nobody has led since."""
        return self.epoch > 0 and self._run(conn, _RENEW).rowcount == 1

    def _succeeded(self, conn: Connection) -> bool:
        """The lead begins, once the predecessor's lease has run out or was given back, or it is known to be dead."""
        last = str(self._run(conn, _NAME).scalar() or "")
        dead = last if certainly_dead(last) else ""
        self._run(conn, _CUT_PREDECESSOR, dead=dead)
        epoch = self._run(conn, _SUCCEED, dead=dead).scalar()
        self.epoch = epoch or self.epoch
        return epoch is not None

    def _run(self, conn: Connection, statement: TextClause, **more: str) -> CursorResult[Any]:
        return conn.execute(statement, {**self._values, "epoch": self.epoch, **more})

    def _let_go(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.invalidate()
            conn.close()
