"""`district_id` leads every key: whose rows a connection works on hangs on the connection itself."""

from typing import Any

from sqlalchemy import Connection, CursorResult, Executable

OPTION = "district_id"


def district_of(conn: Connection) -> str:
    """The district of this bot. Raises KeyError for a connection that no Store has opened."""
    return str(conn.get_execution_options()[OPTION])


def run(conn: Connection, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Execute a statement with a `:district` in it, and the values it names."""
    return conn.execute(statement, {"district": district_of(conn), **values})
