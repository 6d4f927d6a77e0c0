"""One bot per SQLite file: a second one would send everything twice."""

import sqlite3
from pathlib import Path

from storage.errors import DatabaseBusy


def hold(database: Path) -> sqlite3.Connection:
    """Take the file's lock until the connection is closed or the process dies, however it dies.

    The lock is an empty SQLite file held exclusively: it needs no clean-up after a kill and works on every system.
    Raises DatabaseBusy when another process has it.
    """
    lock = sqlite3.connect(database.with_name(database.name + ".lock"), timeout=0, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise DatabaseBusy(
            f"The database {database} is in use by another running bot. Stop that one first, "
            "or set BOT_DATABASE_URL to a PostgreSQL database, which several processes may share."
        ) from error
    return lock
