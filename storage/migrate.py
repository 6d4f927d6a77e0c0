"""Bringing a database up to date, by Alembic without any file of settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.pool import NullPool

from storage.connections import address, is_sqlite, postgres_engine, sqlite_engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Bring the database to the newest schema; does nothing when it is there."""
    with _connected(url) as conn:
        command.upgrade(_config(conn), "head")


def downgrade(url: str, revision: str = "base") -> None:
    """Go back to a revision; `base` empties the database."""
    with _connected(url) as conn:
        command.downgrade(_config(conn), revision)


def pending(url: str) -> bool:
    """Whether the database is not at the newest schema."""
    with _connected(url) as conn:
        return at_revision(conn) != newest()


def newest() -> str | None:
    """The newest revision this code knows."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def at_revision(conn: Connection) -> str | None:
    """The revision a database is at; None before the first."""
    return MigrationContext.configure(conn).get_current_revision()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = _engine(url)
    try:
        with engine.begin() as conn:
            yield conn
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    where = address(url)
    return sqlite_engine(where, poolclass=NullPool) if is_sqlite(where) else postgres_engine(where, 1)


def _config(conn: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config
