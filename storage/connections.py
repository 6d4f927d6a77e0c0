"""Database addresses, and connections that behave the same on SQLite and PostgreSQL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url

BUSY_MS = 30_000


def address(url: str) -> URL:
    """A URL with the driver we use. Raises ValueError for any database but SQLite files and PostgreSQL."""
    parsed = make_url(url)
    family = parsed.get_backend_name()
    if family == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if family != "sqlite":
        raise ValueError(f"The database must be sqlite:///… or postgresql://…, not {family}://…")
    if parsed.database in {None, "", ":memory:"}:
        raise ValueError("The SQLite database must be a file, such as sqlite:///var/bot.db")
    return parsed


def is_sqlite(url: URL) -> bool:
    """Whether this is a SQLite file."""
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path:
    """The file of a SQLite database; its folder is made."""
    path = Path(url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def sqlite_engine(url: URL, *, read_only: bool = False, **options: Any) -> Engine:
    """Connections to a SQLite file: WAL, synchronous FULL (a commit survives a power cut), foreign keys.

    Left alone the driver opens no transaction before a SAVEPOINT, and the first RELEASE would commit; so it is told
    to do nothing by itself, and `begin` takes the write lock at once.
    """
    file_of(url)
    engine = create_engine(url, connect_args={"isolation_level": None, "check_same_thread": False}, **options)
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"]
    if read_only:
        pragmas.append("query_only=ON")

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin))
    return engine


def postgres_engine(
    url: URL,
    size: int,
    *,
    read_only: bool = False,
    name: str = "bot",
    also: str = "",
    tried: bool = True,
    **options: Any,
) -> Engine:
    """A pool of `size` connections to PostgreSQL in UTC; readers see one moment. `tried`: each is tried before use, for
    whoever does not notice that it was cut (pool.py does).

    `name` is shown by the server, `also` are more of its `-c` options.
    """
    execution = options.pop("execution_options", {})
    if read_only:
        execution = {**execution, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=tried,
        connect_args={"options": f"-c timezone=UTC {also}", "application_name": name},
        execution_options=execution,
        **options,
    )
