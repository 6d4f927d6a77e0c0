"""Both databases, for every test that asks for one; no example of hypothesis is timed, since machines differ."""

from hypothesis import settings

from tests.copies import client_tools
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
    "client_tools",
    "database_url",
    "empty_postgres_url",
    "empty_url",
    "postgres_server",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
    "store",
]

settings.register_profile("anywhere", deadline=None)
settings.load_profile("anywhere")
