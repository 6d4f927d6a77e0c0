"""INSERT … ON CONFLICT, which both databases know and SQLAlchemy spells per database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.tenancy import district_of

Insert = postgresql.Insert | sqlite.Insert


def insert_into(conn: Connection, table: Table) -> Insert:
    """The insert of the connection's database."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


def put(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or replace those with the same primary key. Rows carry all columns but `district_id`."""
    if not rows:
        return
    statement = insert_into(conn, table)
    keys = [column.name for column in table.primary_key]
    new = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=new), with_district(conn, rows))


def put_once(conn: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there; whether it was inserted."""
    statement = insert_into(conn, table).on_conflict_do_nothing().returning(table.c.district_id)
    return conn.execute(statement, with_district(conn, [row])[0]).scalar() is not None


def with_district(conn: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as the connection's district owns them."""
    district = district_of(conn)
    return [{"district_id": district, **row} for row in rows]
