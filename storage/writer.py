"""SQLite's one writer: jobs that wait together are committed together, each in a SAVEPOINT of its own."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

TOGETHER = 64
LONGEST = 0.02  # seconds of work after which what is done is committed, so that the first need not wait for the last

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
                while batch:
                    _commit_together(self._conn, batch)

    def _next(self) -> deque[_Job]:
        """The jobs that wait now, at least one; none at the end."""
        batch: deque[_Job] = deque()
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


def _commit_together(conn: Connection, waiting: deque[_Job]) -> None:
    """Do what waits, or as much of it as there is time for, and take it off the queue."""
    wanted: list[_Job] = []
    until = time.monotonic() + LONGEST
    try:
        with conn.begin():
            outcomes = []
            while waiting and time.monotonic() < until:
                job = waiting.popleft()
                if job.future.set_running_or_notify_cancel():
                    wanted.append(job)
                    outcomes.append(_attempt(conn, job.work))
    except Exception as broken:  # the disk is full, the file is gone: nobody's work stands, and each is told
        if not wanted:  # not even a transaction could be begun
            wanted = [job for job in waiting if job.future.set_running_or_notify_cancel()]
            waiting.clear()
        outcomes = [_Outcome(error=broken) for _ in wanted]
    for job, outcome in zip(wanted, outcomes, strict=True):
        _resolve(job.future, outcome)


def _attempt(conn: Connection, work: Callable[[Connection], Any]) -> _Outcome:
    """One job in its SAVEPOINT, set on the driver itself: SQLAlchemy's own costs more than most jobs' statements."""
    driver: Any = conn.connection.dbapi_connection
    try:
        driver.execute("SAVEPOINT job")
        value = work(conn)
        driver.execute("RELEASE job")
        return _Outcome(value=value)
    except Exception as error:
        if not driver.in_transaction:  # SQLite gives up the work of all on some errors
            raise
        driver.execute("ROLLBACK TO job")
        driver.execute("RELEASE job")
        return _Outcome(error=error)


def _resolve(future: Future[Any], outcome: _Outcome) -> None:
    if outcome.error is not None:
        future.set_exception(outcome.error)
    else:
        future.set_result(outcome.value)
