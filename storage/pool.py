"""A small pool of threads with a connection each: PostgreSQL's writers, and the readers of both databases."""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.outcomes import Bell, outcome_of, resolve

TRIES = 8
ROLLED_BACK = "40"  # class 40: serialization failures and deadlocks; the server undid all, so the job may run again

Result = TypeVar("Result")


class Pool:
    """Runs each job in a transaction of its own, again when the database asks for it or its connection was cut."""

    def __init__(self, engine: Engine, size: int, name: str) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=name)

    def submit(self, work: Callable[[Connection], Result], bell: Bell | None = None) -> Future[Result]:
        """Queue a job. Raises RuntimeError after `close`."""
        future: Future[Result] = Future()
        self._threads.submit(self._serve, work, future, bell)
        return future

    def close(self) -> None:
        """Do what is queued, then stop."""
        self._threads.shutdown(wait=True)
        self._engine.dispose()

    def _serve(self, work: Callable[[Connection], Result], future: Future[Result], bell: Bell | None) -> None:
        if not future.set_running_or_notify_cancel():
            return
        resolve(future, outcome_of(lambda: self._run(work)))
        if bell is not None:
            bell()

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        for _ in range(TRIES - 1):
            try:
                return self._once(work)
            except Exception as error:
                if not (isinstance(error, _Cut) or _was_rolled_back(error)):
                    raise
        return self._once(work)

    def _once(self, work: Callable[[Connection], Result]) -> Result:
        """A commit that is not answered may have been kept: what breaks there is told, and not done again."""
        with self._engine.begin() as conn:
            try:
                return work(conn)
            except Exception as error:
                if _is_cut(conn):
                    raise _Cut from error
                raise


class _Cut(Exception):  # noqa: N818  # reads as what it says
    """The connection was lost before anything could be kept: the server was started anew, or somebody ended it."""


def _is_cut(conn: Connection) -> bool:
    """Found when it is used: asking every connection before every job, as SQLAlchemy can, is one way more each time.

    What the driver alone was told SQLAlchemy must find out too: then it lets go of all connections of before.
    """
    if not conn.invalidated and getattr(conn.connection.dbapi_connection, "closed", False):
        with contextlib.suppress(DBAPIError):
            conn.exec_driver_sql("SELECT 1")
    return conn.invalidated


def _was_rolled_back(error: Exception) -> bool:
    """Whether the driver says so, to us or to SQLAlchemy."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return isinstance(state, str) and state.startswith(ROLLED_BACK)
