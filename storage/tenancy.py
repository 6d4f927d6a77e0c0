"""`district_id` leads every key: whose rows a connection works on hangs on the connection itself."""

from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, text

OPTION = "district_id"

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(:lock)")


def district_of(conn: Connection) -> str:
    """The district of this bot. Raises KeyError for a connection that no Store has opened."""
    return str(conn.get_execution_options()[OPTION])


def run(conn: Connection, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Execute a statement with a `:district` in it, and the values it names."""
    return conn.execute(statement, {"district": district_of(conn), **values})


def one_by_one(conn: Connection, what: str) -> None:
    """Whoever comes here with the same word waits until this transaction ends; SQLite has one writer anyway."""
    if conn.dialect.name != "sqlite":
        lock = int.from_bytes(blake2b(f"{district_of(conn)}:{what}".encode(), digest_size=8).digest(), signed=True)
        conn.execute(_ONE_BY_ONE, {"lock": lock})
