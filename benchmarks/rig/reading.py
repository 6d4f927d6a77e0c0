"""What a job reads: how many rows or steps, by which statements, in which way."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection

Job = Callable[[Connection], object]
Ran = tuple[str, Any]

OF_TABLES = "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
UNIT = {"sqlite": "steps", "postgresql": "rows"}  # SQLite counts no rows: a step is an instruction of its machine
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def watched(conn: Connection) -> Iterator[list[Ran]]:
    """What the driver is asked, whoever asks it."""
    ran: list[Ran] = []
    driver: Any = conn.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection):
        driver.set_trace_callback(lambda statement: ran.append((statement, ())))
        try:
            yield ran
        finally:
            driver.set_trace_callback(None)
        return
    usual, driver.cursor_factory = driver.cursor_factory, _watching(ran)
    try:
        yield ran
    finally:
        driver.cursor_factory = usual


def _watching(ran: list[Ran]) -> type[psycopg.Cursor[Any]]:
    class Watching(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            ran.append((query, params))
            return super().execute(query, params, **how)

        def executemany(self, query: Any, params_seq: Any, **how: Any) -> None:
            ran.append((query, params_seq[0]))
            super().executemany(query, params_seq, **how)

    return Watching


def explained(conn: Connection, ran: list[Ran]) -> list[str]:
    """How the database does each statement: its plan, lines under each other."""
    explain = "EXPLAIN QUERY PLAN " if conn.dialect.name == "sqlite" else "EXPLAIN "
    wanted = [(sql, values) for sql, values in ran if str(sql).lstrip().startswith(VERBS)]
    return ["\n".join(str(row) for row in conn.exec_driver_sql(explain + sql, values)) for sql, values in wanted]


def counted(conn: Connection, job: Job) -> int:
    """Rows (PostgreSQL) or steps (SQLite) that a job reads, its own writing included."""
    driver: Any = conn.connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection):
        before = conn.exec_driver_sql(OF_TABLES).scalar_one()
        job(conn)
        return int(conn.exec_driver_sql(OF_TABLES).scalar_one() - before)
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    driver.set_progress_handler(step, 1)
    try:
        job(conn)
    finally:
        driver.set_progress_handler(None, 0)
    return steps
