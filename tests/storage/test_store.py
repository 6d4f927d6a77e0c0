"""Jobs are done whole or not at all, together or alone, and one SQLite file has one bot."""

from concurrent.futures import Future, wait
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import Connection, event, text

from storage.counters import take, value_of
from storage.errors import DatabaseBusy
from storage.meta import get_meta, put_meta
from storage.store import WRITERS, Store


def note(store: Store, key: str) -> Future[None]:
    return store.submit(lambda conn: put_meta(conn, key, key))


def noted(store: Store, key: str) -> bool:
    return store.read(lambda conn: get_meta(conn, key)).result() == key


def fail_after(conn: Connection, key: str, error: Exception) -> None:
    put_meta(conn, key, key)
    raise error


def test_a_job_that_fails_leaves_nothing_and_tells_why(store: Store) -> None:
    future = store.submit(lambda conn: fail_after(conn, "half", ZeroDivisionError("it")))

    with pytest.raises(ZeroDivisionError, match="it"):
        future.result()
    assert not noted(store, "half")


def test_a_failing_job_does_not_touch_those_that_are_committed_with_it(store: Store) -> None:
    gate = Event()
    held = store.submit(lambda _conn: gate.wait(10))
    good = [note(store, f"good{n}") for n in range(10)]
    bad = store.submit(lambda conn: fail_after(conn, "bad", ValueError("it")))
    more = [note(store, f"more{n}") for n in range(10)]
    wrong = store.submit(lambda conn: conn.execute(text("SELECT * FROM nowhere")))
    gate.set()
    wait([held, *good, bad, *more, wrong])

    assert isinstance(bad.exception(), ValueError)
    assert wrong.exception() is not None
    assert all(noted(store, f"{name}{n}") for name in ("good", "more") for n in range(10))
    assert not noted(store, "bad")


def test_jobs_that_wait_together_share_a_commit(sqlite_url: str) -> None:
    commits: list[int] = []
    with Store.open(sqlite_url) as store:
        gate = Event()
        store.submit(lambda conn: conn.engine.dialect.name)
        held = store.submit(lambda conn: (_count_commits(conn, commits), gate.wait(10)))
        waiting = [note(store, f"k{n}") for n in range(50)]
        gate.set()
        wait([held, *waiting])

    assert 1 <= len(commits) <= 3


def _count_commits(conn: Connection, commits: list[int]) -> None:
    event.listen(conn.engine, "commit", lambda _conn: commits.append(1))


def test_a_result_is_told_only_when_it_is_kept(database_url: str) -> None:
    with Store.open(database_url) as store:
        note(store, "kept").result()
        with Store.open(database_url, running=False) as other:
            assert noted(other, "kept")


def test_when_no_transaction_can_be_begun_everybody_who_waits_is_told(sqlite_url: str) -> None:
    def refuse(conn: Connection) -> None:
        conn.connection.rollback()
        raise OSError("the file is gone")

    with Store.open(sqlite_url) as store:
        engine = store.submit(lambda conn: conn.engine).result()
        event.listen(engine, "begin", refuse)
        refused = [note(store, "one"), note(store, "two")]
        assert all(isinstance(it.exception(timeout=60), OSError) for it in refused)
        event.remove(engine, "begin", refuse)

        note(store, "after").result(timeout=60)


def test_when_the_transaction_breaks_everybody_in_it_is_told_and_those_behind_it_are_not(sqlite_url: str) -> None:
    def break_transaction(conn: Connection) -> None:
        conn.exec_driver_sql("ROLLBACK")
        raise OSError("disk full")

    with Store.open(sqlite_url) as store:
        gate = Event()
        held = store.submit(lambda _conn: gate.wait(10))
        first, breaker, last = note(store, "first"), store.submit(break_transaction), note(store, "last")
        gate.set()
        wait([held, first, breaker, last])

        assert [future.exception() is None for future in (first, breaker, last)] == [False, False, True]
        assert not noted(store, "first")
        assert noted(store, "last")
        note(store, "after").result()
        assert noted(store, "after")


def test_a_cancelled_job_is_not_done(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        gate = Event()
        held = store.submit(lambda _conn: gate.wait(10))
        unwanted = note(store, "unwanted")
        unwanted.cancel()
        gate.set()
        held.result()
        note(store, "wanted").result()

        assert not noted(store, "unwanted")


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        store.read(lambda conn: put_meta(conn, "k", "v")).result()


def test_closing_finishes_what_is_queued_and_then_refuses(database_url: str) -> None:
    store = Store.open(database_url)
    waiting = [note(store, f"k{n}") for n in range(100)]
    store.close()

    assert all(future.exception() is None for future in waiting)
    with pytest.raises(RuntimeError):
        note(store, "late")


def test_a_second_bot_on_a_sqlite_file_is_refused_with_advice(sqlite_url: str) -> None:
    with Store.open(sqlite_url):
        with pytest.raises(DatabaseBusy, match=r"in use by another running bot. Stop that one first"):
            Store.open(sqlite_url)
        with Store.open(sqlite_url, running=False) as command:
            note(command, "beside").result()
    with Store.open(sqlite_url) as again:
        assert noted(again, "beside")


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="database must be"):
        Store.open(url)


def test_sqlite_is_set_to_survive_a_power_cut_and_its_folder_is_made(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/a/b/bot.db") as store:

        def pragma(conn: Connection, name: str) -> object:
            return conn.exec_driver_sql(f"PRAGMA {name}").scalar()

        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [store.submit(lambda conn, name=name: pragma(conn, name)).result() for name in names]

    assert found == ["wal", 2, 1, 30000]


def test_postgres_runs_a_job_again_that_it_rolled_back_itself(postgres_url: str) -> None:
    """Two jobs that lock each other's rows: the server ends one of them, the store repeats it."""
    with Store.open(postgres_url) as store:
        for key in ("a", "b"):
            note(store, key).result()
        met, runs = [Event(), Event()], [0, 0]

        def crossed(conn: Connection, me: int) -> None:
            runs[me] += 1
            put_meta(conn, "ab"[me], "x")
            met[me].set()
            met[1 - me].wait(10)
            put_meta(conn, "ba"[me], "x")

        both = [store.submit(lambda conn, me=me: crossed(conn, me)) for me in (0, 1)]
        wait(both)

        assert [future.exception() for future in both] == [None, None]
        assert sum(runs) > 2  # at least one of them was the victim and ran again


def test_postgres_does_not_repeat_what_failed_for_another_reason(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        runs: list[int] = []

        def wrong(conn: Connection) -> None:
            runs.append(1)
            conn.execute(text("SELECT * FROM nowhere"))

        assert store.submit(wrong).exception() is not None
        assert len(runs) == 1


CUT = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND "


def cut_all_but(store: Store) -> None:
    store.submit(lambda conn: conn.execute(text(CUT + "pid <> pg_backend_pid()")).all()).result()


def test_postgres_connections_that_were_cut_while_nobody_used_them_cost_no_job(postgres_url: str) -> None:
    with Store.open(postgres_url) as store, Store.open(postgres_url) as other:
        together = Barrier(WRITERS)
        wait([store.submit(lambda _conn: together.wait(30)) for _ in range(WRITERS)])
        assert not noted(store, "after0")

        cut_all_but(other)

        done = [note(store, f"after{n}") for n in range(3 * WRITERS)]
        assert [future.exception() for future in done] == [None] * len(done)
        assert all(noted(store, f"after{n}") for n in range(3 * WRITERS))


def test_a_job_whose_connection_is_cut_in_its_midst_is_done_again_from_its_start(postgres_url: str) -> None:
    with Store.open(postgres_url) as store, Store.open(postgres_url) as other:
        runs: list[int] = []

        def job(conn: Connection) -> int:
            runs.append(take(conn, "runs"))
            if len(runs) == 1:
                cut_all_but(other)
            return value_of(conn, "runs")

        assert store.submit(job).result() == 1
        assert runs == [1, 1]


def test_what_is_cut_in_its_commit_may_be_kept_so_it_is_told_and_not_done_again(postgres_url: str) -> None:
    with Store.open(postgres_url) as store, Store.open(postgres_url) as other:
        runs: list[int] = []

        def job(conn: Connection) -> None:
            runs.append(take(conn, "runs"))
            cut_all_but(other)

        assert store.submit(job).exception() is not None
        assert runs == [1]
        assert store.read(lambda conn: value_of(conn, "runs")).result() == 0


def test_one_process_leads_and_another_takes_over_when_it_resigns(postgres_url: str) -> None:
    with Store.open(postgres_url) as one, Store.open(postgres_url) as two:
        assert one.leader().leads()
        assert one.leader().leads()
        assert not two.leader().leads()

        one.leader().resign()

        assert two.leader().leads()
        assert not one.leader().leads()


def test_districts_of_one_database_have_leaders_of_their_own(postgres_url: str) -> None:
    with Store.open(postgres_url, district="east") as east, Store.open(postgres_url, district="west") as west:
        assert east.leader().leads()
        assert west.leader().leads()


def test_a_leader_whose_connection_was_cut_no_longer_leads(postgres_url: str) -> None:
    with Store.open(postgres_url) as one, Store.open(postgres_url) as two:
        assert one.leader().leads()
        others = "locktype = 'advisory' AND pid <> pg_backend_pid()"
        cut = f"SELECT pg_terminate_backend(pid, 1000) FROM pg_locks WHERE {others}"
        two.submit(lambda conn: conn.execute(text(cut)).all()).result()
        assert not one.leader().leads()
        assert not two.leader().leads(), "whoever was cut off may be sending until its lease has run out"

        past = "UPDATE leaders SET seen_at = seen_at - interval '1 minute'"
        two.submit(lambda conn: conn.execute(text(past))).result()
        assert two.leader().leads()


def test_the_only_process_of_a_sqlite_file_leads(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        assert store.leader().leads()
