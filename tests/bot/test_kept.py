"""The event loop waits for the database: each gets its own result, and what was committed together wakes it once."""

import asyncio
from threading import Event

import pytest
from sqlalchemy import Connection

from bot.kept import kept
from storage import writer
from storage.meta import get_meta, put_meta
from storage.store import Store


async def test_each_gets_its_own_result_after_its_commit(store: Store) -> None:
    def note(number: int) -> int:
        return number

    found = await asyncio.gather(*(kept(store, lambda _conn, n=n: note(n)) for n in range(40)))

    assert found == list(range(40))


async def test_what_a_job_raises_reaches_only_whoever_asked_for_it(store: Store) -> None:
    def fails(conn: Connection) -> None:
        put_meta(conn, "half", "half")
        raise ZeroDivisionError

    good = asyncio.create_task(kept(store, lambda conn: put_meta(conn, "good", "good")))
    with pytest.raises(ZeroDivisionError):
        await kept(store, fails)
    await good

    assert store.read(lambda conn: (get_meta(conn, "half"), get_meta(conn, "good"))).result() == (None, "good")


async def test_what_is_committed_together_wakes_the_loop_once(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LONGEST", 60.0)  # one batch on a slow machine as well
    loop = asyncio.get_running_loop()
    woken: list[object] = []
    plain = loop.call_soon_threadsafe
    with Store.open(sqlite_url) as store:
        gate = Event()
        held = store.submit(lambda _conn: gate.wait(10))
        monkeypatch.setattr(loop, "call_soon_threadsafe", lambda told: (woken.append(told), plain(told)))
        jobs = [asyncio.create_task(kept(store, lambda _conn, n=n: n)) for n in range(30)]
        await asyncio.sleep(0)
        gate.set()
        assert await asyncio.gather(*jobs) == list(range(30))

    assert held.result()
    assert len(woken) == 1


async def test_a_job_whose_waiter_went_before_it_began_is_not_done(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        gate = Event()
        held = store.submit(lambda _conn: gate.wait(10))
        waits = asyncio.create_task(kept(store, lambda conn: put_meta(conn, "late", "late")))
        await asyncio.sleep(0)
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
        gate.set()
        held.result()
        assert await kept(store, lambda conn: get_meta(conn, "late")) is None


async def test_a_job_that_ends_before_anybody_listens_is_told_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done_at_once(work: object, *, bell: object) -> object:
        job = submit(work, bell=bell)  # type: ignore[arg-type]  # passed on as it came
        job.result()
        return job

    submit = store.submit
    monkeypatch.setattr(store, "submit", done_at_once)

    assert await asyncio.wait_for(kept(store, lambda _conn: 7), 30) == 7
