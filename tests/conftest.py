"""Both databases, for every test that asks for one."""

from tests.databases import (
    database_url,
    empty_postgres_url,
    empty_url,
    postgres_server,
    postgres_url,
    sqlite_template,
    sqlite_url,
    store,
)

__all__ = [
    "database_url",
    "empty_postgres_url",
    "empty_url",
    "postgres_server",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
    "store",
]
