"""The door to the memory: jobs are functions of a connection, done whole or not at all."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine

from storage.alive import own_name
from storage.connections import address, file_of, is_sqlite, postgres_engine, sqlite_engine
from storage.leader import Leader
from storage.lockfile import hold
from storage.outcomes import Bell
from storage.pool import Pool
from storage.sealing import OPTION as RING
from storage.sealing import Ring
from storage.tenancy import OPTION
from storage.writer import GroupWriter

WRITERS = 8  # more of them only wait for each other
READERS = 2
HASTY = "-c statement_timeout=2000 -c lock_timeout=1000 -c synchronous_commit=off"  # of the leader's own connection

Closers = tuple[Callable[[], None], ...]
Result = TypeVar("Result")


class Store:
    """Writes through one group-committing thread (SQLite) or a small pool (PostgreSQL); reads beside them."""

    def __init__(
        self, writer: GroupWriter | Pool, reader: Pool, leader: Leader, closers: tuple[Callable[[], None], ...]
    ):
        self._writer = writer
        self._reader = reader
        self._leader = leader
        self._closers = closers

    @classmethod
    def open(cls, url: str, *, district: str = "main", running: bool = True, keys: Sequence[str] = ()) -> Self:
        """Open `sqlite:///file` or `postgresql://…`; its schema must be up to date (migrate.py).

        `district` leads every key of the rows that this store sees. `running` is False for a command beside a running
        bot. `keys` seal what is confidential, the first of them (sealing.py). Raises DatabaseBusy when another bot runs
        on the same SQLite file, ValueError for other databases.
        """
        where = address(url)
        options = {OPTION: district, RING: Ring(keys) if keys else None}
        return cls(*(_sqlite(where, options, running) if is_sqlite(where) else _postgres(where, options)))

    def submit(self, work: Callable[[Connection], Result], *, bell: Bell | None = None) -> Future[Result]:
        """Do a job in a transaction; the future is resolved after its commit. It may be run again from its start.

        `bell` is called in the thread of the job, once for all that were committed together, when their futures are
        resolved.
        """
        return self._writer.submit(work, bell)

    def read(self, work: Callable[[Connection], Result]) -> Future[Result]:
        """Do a job that only reads, beside the writers; it sees one moment. Writing in it is an error."""
        return self._reader.submit(work)

    def leader(self) -> Leader:
        """Whether this process leads is asked there."""
        return self._leader

    def close(self) -> None:
        """Finish what is queued and let go of the database."""
        self._leader.resign()
        self._writer.close()
        self._reader.close()
        for closer in self._closers:
            closer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_Parts = tuple[GroupWriter | Pool, Pool, Leader, Closers]


def _sqlite(url: URL, options: dict[str, Any], running: bool) -> _Parts:
    closers = (hold(file_of(url)).close,) if running else ()
    writer = GroupWriter(sqlite_engine(url, execution_options=options))
    reader = Pool(sqlite_engine(url, read_only=True, execution_options=options), READERS, "reader")
    return writer, reader, Leader(None, options[OPTION]), closers


def _postgres(url: URL, options: dict[str, Any]) -> _Parts:
    name = own_name()  # of all its connections: a successor cuts off one that has stopped
    same: dict[str, Any] = {"name": name, "tried": False, "execution_options": options}
    writer = Pool(postgres_engine(url, WRITERS, **same), WRITERS, "writer")
    reader = Pool(postgres_engine(url, READERS, read_only=True, **same), READERS, "reader")
    apart: Engine = postgres_engine(url, 1, name=name, also=HASTY)
    return writer, reader, Leader(apart, options[OPTION], name), (apart.dispose,)
