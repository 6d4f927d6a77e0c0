"""Who beats the clock and paces sending, when several processes share a PostgreSQL database."""

from hashlib import blake2b

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError


class Leader:
    """At most one process leads. A SQLite file has one process anyway (lockfile.py), so `engine` is None there."""

    def __init__(self, engine: Engine | None, district: str) -> None:
        self._engine = engine
        self._lock = int.from_bytes(blake2b(f"leader:{district}".encode(), digest_size=8).digest(), signed=True)
        self._conn: Connection | None = None

    def leads(self) -> bool:
        """Whether this process leads now; takes over when nobody does. Blocks for a round trip to the database."""
        if self._engine is None:
            return True
        try:
            return self._alive() if self._conn is not None else self._take(self._engine)
        except DBAPIError:  # the connection died, and the lock with it
            self.resign()
            return False

    def resign(self) -> None:
        """Give the lead up."""
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.invalidate()
            conn.close()

    def _alive(self) -> bool:
        return self._conn is not None and self._conn.execute(text("SELECT TRUE")).scalar_one() is True

    def _take(self, engine: Engine) -> bool:
        conn = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if conn.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": self._lock}).scalar_one():
            self._conn = conn
            return True
        conn.close()
        return False
