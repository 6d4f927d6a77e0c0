"""What SQLite's one writer remembers of the database from job to job of a transaction, since nobody else changes it
meanwhile. PostgreSQL has several writers, so nothing is remembered there.
"""

from typing import Any

from sqlalchemy import Connection

_KEY = "alone"


def forget(conn: Connection) -> None:
    """A transaction begins, or some of its work was undone."""
    conn.info[_KEY] = {}


def memory_of(conn: Connection) -> dict[str, Any] | None:
    """To be kept up by whoever changes what is in it; None where nothing can be remembered."""
    memory: dict[str, Any] | None = conn.info.get(_KEY)
    return memory
