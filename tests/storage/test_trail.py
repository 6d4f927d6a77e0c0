"""The audit log on both databases: written with what it tells of, one chain however many write."""

from concurrent.futures import wait

import pytest
from sqlalchemy import Connection, delete, select, update

from bot.witness import checked
from core.case import Event
from core.trail import Entry, Flaw
from core.world import Decision
from storage import trail
from storage.districts import load_district
from storage.store import Store
from storage.tables import TRAIL
from tests.bot.engine_rig import DISTRICT
from tests.storage.test_transaction import keep
from tests.storage.values import NOW, REPORTER, case


def entry(number: int) -> Entry:
    return Entry(at=NOW, kind="role_left", actor="P001", data={"person": f"P{number}"})


def written(store: Store, count: int = 5) -> None:
    for number in range(count):
        store.submit(lambda conn, it=number: trail.append(conn, [entry(it)])).result()


def verdict(store: Store, heads: dict[int, str] | None = None) -> tuple[int, Flaw | None]:
    return store.read(lambda conn: checked(conn, heads or {})).result()


def test_lines_written_by_many_at_once_are_one_chain(store: Store) -> None:
    wait([store.submit(lambda conn, it=number: trail.append(conn, [entry(it), entry(it)])) for number in range(20)])

    assert verdict(store) == (40, None)


def test_what_fails_leaves_no_line(store: Store) -> None:
    def fails(conn: Connection) -> None:
        trail.append(conn, [entry(1)])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.submit(fails).result()
    written(store, 1)

    assert verdict(store) == (1, None)


def test_a_changed_line_a_missing_one_and_a_cut_end_are_found(store: Store) -> None:
    written(store)
    heads = dict([store.read(trail.head).result()])
    assert verdict(store, heads) == (5, None)

    store.submit(lambda conn: conn.execute(delete(TRAIL).where(TRAIL.c.serial == 5))).result()
    assert verdict(store, heads) == (4, Flaw(kind="cut", serial=4))

    store.submit(lambda conn: conn.execute(delete(TRAIL).where(TRAIL.c.serial == 3))).result()
    assert verdict(store) == (4, Flaw(kind="missing", serial=3))

    other = update(TRAIL).where(TRAIL.c.serial == 2).values(body='{"serial":2}')
    store.submit(lambda conn: conn.execute(other)).result()
    assert verdict(store) == (4, Flaw(kind="changed", serial=2))


def test_a_decision_and_its_line_are_saved_together(store: Store) -> None:
    left = Event(kind="role_left", at=NOW, actor="P001", data={"person": "P002", "heir": "P003", "why": "left"})
    keep(store, Decision(events=(left,)))

    assert verdict(store) == (1, None)


def test_a_district_that_is_loaded_is_in_it_once(store: Store) -> None:
    raw = DISTRICT.read_text("utf-8")
    for _ in range(2):
        store.submit(lambda conn: load_district(conn, raw, NOW)).result()

    assert [it.serial for it in store.read(lambda conn: list(trail.lines(conn))).result()] == [1]


def test_nothing_of_a_resident_stands_in_it_when_they_are_forgotten(store: Store) -> None:
    keep(store, Decision(case=case(reporter_name="王小明"), events=(Event(kind="spam", at=NOW, actor="resident"),)))
    keep(store, Decision(forget=REPORTER))

    def bodies(conn: Connection) -> list[str]:
        return list(conn.execute(select(TRAIL.c.body)).scalars())

    told = store.read(bodies).result()
    assert len(told) == 2
    assert not [it for it in told if str(REPORTER) in it or "王小明" in it]
