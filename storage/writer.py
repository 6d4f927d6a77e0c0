"""SQLite's one writer: jobs that wait together are committed together, each in a SAVEPOINT of its own."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

TOGETHER = 64

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class GroupWriter:
    """A thread that owns the one writing connection. Futures are resolved only after the commit they depend on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._conn = engine.connect()  # here, so that a file that cannot be opened is told to whoever opens it
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._door = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], Result]) -> Future[Result]:
        """Queue a job. Raises RuntimeError after `close`."""
        future: Future[Result] = Future()
        with self._door:
            if self._closed:
                raise RuntimeError("The database is closed.")
            self._jobs.put(_Job(work, future))
        return future

    def close(self) -> None:
        """Do what is queued, then stop."""
        with self._door:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        with self._conn:
            while batch := self._next():
                _commit_together(self._conn, batch)

    def _next(self) -> list[_Job]:
        """The jobs that wait now, at least one; none at the end."""
        batch: list[_Job] = []
        try:
            job = self._jobs.get()
            while job is not None:
                batch.append(job)
                if len(batch) == TOGETHER:
                    return batch
                job = self._jobs.get_nowait()
            if batch:
                self._jobs.put(None)
        except Empty:
            pass
        return batch


def _commit_together(conn: Connection, jobs: list[_Job]) -> None:
    wanted = [job for job in jobs if job.future.set_running_or_notify_cancel()]
    try:
        with conn.begin():
            outcomes = [_attempt(conn, job.work) for job in wanted]
    except Exception as broken:  # the disk is full, the file is gone: nobody's work stands, and each is told
        outcomes = [_Outcome(error=broken) for _ in wanted]
    for job, outcome in zip(wanted, outcomes, strict=True):
        _resolve(job.future, outcome)


def _attempt(conn: Connection, work: Callable[[Connection], Any]) -> _Outcome:
    try:
        with conn.begin_nested():
            return _Outcome(value=work(conn))
    except Exception as error:
        if not _still_open(conn):
            raise
        return _Outcome(error=error)


def _still_open(conn: Connection) -> bool:
    """Whether SQLite kept the transaction of the others (it gives up all of it on some errors)."""
    return bool(getattr(conn.connection.dbapi_connection, "in_transaction", False))


def _resolve(future: Future[Any], outcome: _Outcome) -> None:
    if outcome.error is not None:
        future.set_exception(outcome.error)
    else:
        future.set_result(outcome.value)
