"""One leads, whatever becomes of it; time of the processes by hand, time of the server as it is."""

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import text

from storage import leader
from storage.errors import Superseded
from storage.store import Store


class Watch:
    """A process's own watch."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def several(postgres_url: str) -> Iterator[tuple[Store, Store]]:
    with Store.open(postgres_url) as first, Store.open(postgres_url) as second:
        yield first, second


def fenced(store: Store) -> bool:
    try:
        store.submit(store.leader().fence).result()
    except Superseded:
        return False
    return True


def aged(store: Store, seconds: float) -> None:
    """As if the leader had not been heard of for so long."""
    past = text("UPDATE leaders SET seen_at = seen_at - make_interval(secs => :seconds)")
    store.submit(lambda conn: conn.execute(past, {"seconds": seconds})).result()


def cut(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(l.pid, 1000) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
            "WHERE l.locktype = 'advisory' AND a.application_name = %s",
            [name],
        )


def soon(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Asked again as the bot does: the server ends a session a moment after it was told to."""
    until = time.monotonic() + seconds
    while not (held := true()) and time.monotonic() < until:
        time.sleep(0.02)
    return held


def name_of(store: Store) -> str:
    return str(store.leader()._values["name"])


def test_a_file_is_led_by_its_only_process(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        assert store.leader().leads()
        assert store.leader().valid()
        assert fenced(store)


def test_one_of_two_leads_and_only_it_takes_rows(several: tuple[Store, Store]) -> None:
    first, second = several

    assert (first.leader().leads(), second.leader().leads()) == (True, False)
    assert (fenced(first), fenced(second)) == (True, False)
    assert first.leader().leads(), "and again"
    assert (first.leader().epoch, second.leader().epoch) == (1, 0)


def test_who_gives_the_lead_up_is_followed_at_once(several: tuple[Store, Store]) -> None:
    first, second = several
    first.leader().leads()
    first.leader().resign()

    assert second.leader().leads()
    assert second.leader().epoch == 2
    assert not first.leader().leads()
    assert (first.leader().valid(), fenced(first), fenced(second)) == (False, False, True)


def test_who_has_just_been_cut_off_is_not_followed_before_its_lease_has_run_out(
    several: tuple[Store, Store], postgres_url: str
) -> None:
    """Its calls under way may still end; it stops by its own watch."""
    first, second = several
    first.leader().leads()
    cut(postgres_url, name_of(first))

    assert not second.leader().leads(), "it holds the lock and waits"
    assert not first.leader().leads()
    assert fenced(first), "nobody has taken over yet"
    aged(second, leader.OUT)
    assert second.leader().leads()
    assert (fenced(first), fenced(second)) == (False, True)


def test_who_is_certainly_dead_is_followed_at_once(
    several: tuple[Store, Store], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed process was doing in the database ends with it."""
    first, second = several
    first.leader().leads()
    held = first._writer._engine.connect()
    held.execute(text("SELECT epoch FROM leaders FOR KEY SHARE"))
    cut(postgres_url, name_of(first))

    assert not second.leader().leads(), "it may live"
    monkeypatch.setattr(leader, "certainly_dead", lambda name: name == name_of(first))
    assert soon(second.leader().leads)
    assert not first.leader().leads()
    held.invalidate()
    held.close()


def test_who_was_cut_off_and_is_back_first_goes_on_as_if_nothing_had_been(
    several: tuple[Store, Store], postgres_url: str
) -> None:
    first, second = several
    first.leader().leads()
    cut(postgres_url, name_of(first))

    assert [first.leader().leads(), first.leader().leads()] == [False, True]
    assert first.leader().epoch == 1, "what it had taken is still its own"
    assert not second.leader().leads()


def test_who_was_stopped_is_cut_off_with_all_that_it_holds(several: tuple[Store, Store]) -> None:
    """A process that was stopped in the middle of a transaction keeps its locks: nobody could ever take over."""
    first, second = several
    first.leader().leads()
    held = first._writer._engine.connect()
    aged(second, leader.STUCK)
    held.execute(text("SELECT epoch FROM leaders FOR KEY SHARE"))

    assert not second.leader().leads(), "it cuts the other off"
    assert second.leader().leads()
    assert not first.leader().leads()
    held.invalidate()
    held.close()


def test_a_leader_stops_by_its_own_watch(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        watch = Watch()
        mine = store.leader()
        mine._monotonic = watch
        assert mine.leads()
        watch.now = leader.VALID - 0.1
        assert mine.valid()
        watch.now = leader.VALID
        assert not mine.valid()
        assert mine.leads()
        assert mine.valid()


def test_two_districts_of_one_database_have_a_leader_each(postgres_url: str) -> None:
    with Store.open(postgres_url, district="a") as a, Store.open(postgres_url, district="b") as b:
        assert a.leader().leads()
        assert b.leader().leads()
        assert fenced(a)
        assert fenced(b)


def test_a_successor_waits_longer_than_a_leader_trusts_its_lease() -> None:
    assert leader.VALID < leader.OUT < leader.STUCK
