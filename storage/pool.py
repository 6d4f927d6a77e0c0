"""A small pool of threads with a connection each: PostgreSQL's writers, and the readers of both databases."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

from storage.outcomes import Bell, outcome_of, resolve

TRIES = 8
ROLLED_BACK = "40"  # class 40: serialization failures and deadlocks; the server undid all, so the job may run again

Result = TypeVar("Result")


class Pool:
    """Runs each job in a transaction of its own, again when the database asks for it."""

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
                if not _was_rolled_back(error):
                    raise
        return self._once(work)

    def _once(self, work: Callable[[Connection], Result]) -> Result:
        with self._engine.begin() as conn:
            return work(conn)


def _was_rolled_back(error: Exception) -> bool:
    """Whether the driver says so, to us or to SQLAlchemy."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return isinstance(state, str) and state.startswith(ROLLED_BACK)
