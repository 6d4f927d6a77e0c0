"""Bringing a database up to date, by Alembic without any file of settings.

Alembic itself is loaded when there is something to bring up to date: a bot at work has no use for it.
"""

# ruff: noqa: PLC0415  # see above

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.pool import NullPool

from storage.connections import address, is_sqlite, postgres_engine, sqlite_engine

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
_VERSION = text("SELECT version_num FROM alembic_version")


def migrate(url: str) -> None:
    """Bring the database to the newest schema; does nothing when it is there."""
    with _connected(url) as conn:
        if at_revision(conn) != newest():
            _upgrade(conn)


def downgrade(url: str, revision: str = "base") -> None:
    """Go back to a revision; `base` empties the database."""
    from alembic import command

    with _connected(url) as conn:
        command.downgrade(_config(conn), revision)


def pending(url: str) -> bool:
    """Whether the database is not at the newest schema."""
    with _connected(url) as conn:
        return at_revision(conn) != newest()


def newest() -> str:
    """The newest revision this code knows: scripts are called by their revisions."""
    return max(script.name.partition("_")[0] for script in (SCRIPTS / "versions").glob("*_*.py"))


def at_revision(conn: Connection) -> str | None:
    """The revision a database is at; None before the first."""
    return conn.execute(_VERSION).scalar() if inspect(conn).has_table("alembic_version") else None


def _upgrade(conn: Connection) -> None:
    from alembic import command

    command.upgrade(_config(conn), "head")


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


def _config(conn: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config
