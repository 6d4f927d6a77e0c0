"""SQLite's one writer: jobs that wait together are committed together; when one fails, the others are kept all the
same."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from storage.alone import forget
from storage.outcomes import Bell, Outcome, resolve

TOGETHER = 64
LONGEST = 0.02  # seconds of work after which what is done is committed, so that the first need not wait for the last

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: Future[Any]
    bell: Bell | None


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

    def submit(self, work: Callable[[Connection], Result], bell: Bell | None = None) -> Future[Result]:
        """Queue a job. Raises RuntimeError after `close`."""
        future: Future[Result] = Future()
        with self._door:
            if self._closed:
                raise RuntimeError("The database is closed.")
            self._jobs.put(_Job(work, future, bell))
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
    begun: list[_Job] = []
    try:
        outcomes = _swiftly(conn, waiting, begun) or _apart(conn, begun)
    except Exception as broken:  # the disk is full, the file is gone: nobody's work stands, and each is told
        if not begun:  # not even a transaction could be begun
            begun = [job for job in waiting if job.future.set_running_or_notify_cancel()]
            waiting.clear()
        outcomes = [Outcome(error=broken) for _ in begun]
    for job, outcome in zip(begun, outcomes, strict=True):
        resolve(job.future, outcome)
    for bell in {job.bell for job in begun}:
        if bell is not None:
            bell()


def _swiftly(conn: Connection, waiting: deque[_Job], begun: list[_Job]) -> list[Outcome]:
    """Without a SAVEPOINT, which costs more than a statement: nearly all jobs go well. Nothing when one of
    several did not: then none of them stands."""
    outcomes: list[Outcome] = []
    until = time.monotonic() + LONGEST
    with conn.begin() as together:
        forget(conn)
        while waiting and time.monotonic() < until:
            job = waiting.popleft()
            if not job.future.set_running_or_notify_cancel():
                continue
            begun.append(job)
            try:
                outcomes.append(Outcome(value=job.work(conn)))
            except Exception as error:
                together.rollback()
                return [] if len(begun) > 1 else [Outcome(error=error)]
    return outcomes


def _apart(conn: Connection, jobs: Sequence[_Job]) -> list[Outcome]:
    """Once more from the start, so that only what fails is undone."""
    with conn.begin():
        forget(conn)
        return [_attempt(conn, job.work) for job in jobs]


def _attempt(conn: Connection, work: Callable[[Connection], Any]) -> Outcome:
    """One job in its SAVEPOINT, set on the driver itself: SQLAlchemy's own costs more than most jobs' statements."""
    driver: Any = conn.connection.dbapi_connection
    try:
        driver.execute("SAVEPOINT job")
        value = work(conn)
        driver.execute("RELEASE job")
        return Outcome(value=value)
    except Exception as error:
        if not driver.in_transaction:  # SQLite gives up the work of all on some errors
            raise
        driver.execute("ROLLBACK TO job")
        driver.execute("RELEASE job")
        forget(conn)
        return Outcome(error=error)
