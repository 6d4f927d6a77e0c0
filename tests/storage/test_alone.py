"""What the writer remembers within a transaction is never more than what the database says."""

from concurrent.futures import wait
from threading import Event

import pytest
from sqlalchemy import Connection

from storage import counters
from storage.outbox import claim
from storage.queueing import queue
from storage.store import Store
from tests.storage.values import NOW, later, notice

NAMES = ("a", "b")


def test_marks_and_numbers_are_read_as_they_were_written_within_one_transaction(store: Store) -> None:
    def job(conn: Connection) -> list[object]:
        empty = counters.values_of(conn, NAMES)
        first = counters.take(conn, "a")
        counters.renew(conn, "b")
        seen = counters.values_of(conn, NAMES)
        return [empty, first, seen == {"a": 1, "b": counters.value_of(conn, "b")}, counters.take(conn, "a")]

    assert store.submit(job).result() == [{}, 1, True, 2]
    assert store.read(lambda conn: counters.value_of(conn, "a")).result() == 2


def test_what_a_failed_job_took_is_given_to_those_that_were_done_with_it(store: Store) -> None:
    def take_and_fail(conn: Connection) -> None:
        counters.take(conn, "a")
        queue(conn, [notice("lost")], NOW)
        raise ZeroDivisionError

    def take_and_queue(conn: Connection) -> tuple[int, dict[str, int]]:
        queue(conn, [notice(f"kept{counters.take(conn, 'a')}", to=-1)], NOW)
        return counters.value_of(conn, "a"), dict(counters.values_of(conn, NAMES))

    gate = Event()
    held = store.submit(lambda _conn: gate.wait(10))
    jobs = [store.submit(work) for work in (take_and_queue, take_and_fail, take_and_queue)]
    gate.set()
    wait([held, *jobs])

    with pytest.raises(ZeroDivisionError):
        jobs[1].result()
    # on PostgreSQL either may come first
    assert sorted(jobs[at].result() for at in (0, 2)) == [(1, {"a": 1}), (2, {"a": 2})]  # type: ignore[type-var]
    claimed = store.submit(lambda conn: claim(conn, limit=9, now=NOW, lease_until=later(1))).result()
    assert [it.notice.key for it in claimed] == ["kept1"]


def test_of_notices_written_together_only_new_ones_count_and_replace_a_card(store: Store) -> None:
    def job(conn: Connection) -> tuple[int, int]:
        first = queue(conn, [notice("a", to=-1, slot="card"), notice("b", to=-2)], NOW)
        return first, queue(conn, [notice("b", to=-2), notice("c", to=-1, slot="card"), notice("a", to=-1)], NOW)

    assert store.submit(job).result() == (2, 1)
    claimed = store.submit(lambda conn: claim(conn, limit=9, now=NOW, lease_until=later(1))).result()
    assert [it.notice.key for it in claimed] == ["c", "b"]
