"""INSERT … ON CONFLICT, which both databases know and SQLAlchemy spells per database."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage import quick
from storage.tenancy import district_of

Insert = postgresql.Insert | sqlite.Insert
_INSERTS: dict[str, Callable[[Table], Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_into(dialect: str, table: Table) -> Insert:
    """The insert of a database, by its dialect's name. Building one costs more than running it: keep it."""
    return _INSERTS[dialect](table)


def put(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or replace those with the same primary key. Rows carry all columns but `district_id`."""
    if rows:
        quick.put_all(conn, _replacing(conn.dialect.name, table), with_district(conn, rows))


def put_once(conn: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there; whether it was inserted."""
    return put_new(conn, table, [row]) == 1


def put_new(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose keys are not there; how many those were."""
    return quick.put_all(conn, _keeping(conn.dialect.name, table), with_district(conn, rows))


def with_district(conn: Connection, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The rows, each with the district of the connection written into it."""
    district = district_of(conn)
    for row in rows:
        row["district_id"] = district
    return rows


@cache
def _replacing(dialect: str, table: Table) -> Insert:
    statement = insert_into(dialect, table)
    keys = [column.name for column in table.primary_key]
    new = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=new)


@cache
def _keeping(dialect: str, table: Table) -> Insert:
    return insert_into(dialect, table).on_conflict_do_nothing()
