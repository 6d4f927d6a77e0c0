"""Who is at their post, remembered between commands, is always what the database says."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Connection

from core.roster import Away, Presence, SignIn
from storage import people
from storage.chats import set_reachable
from storage.people import Roll
from storage.store import Store
from tests.storage.values import NOW, later

SHIFT = SignIn(person="P001", team="ST1", shift_start=NOW, shift_end=later(480), at=NOW)


def ask(roll: Roll, store: Store, now: datetime = NOW) -> Presence:
    """What the roll says, and that it says the truth."""
    said, true = store.read(lambda conn: (roll.presence(conn, now), people.presence(conn, now))).result()
    assert said == true
    return said


def test_it_is_read_once_as_long_as_nobody_comes_or_goes(store: Store) -> None:
    roll = Roll()
    store.submit(lambda conn: people.write_sign_ins(conn, [SHIFT])).result()

    assert ask(roll, store) is ask(roll, store, later(1))


@pytest.mark.parametrize("times", [1, 2])
def test_whoever_comes_or_goes_is_seen_at_once(store: Store, times: int) -> None:
    roll = Roll()
    for n in range(times):
        store.submit(lambda conn, n=n: people.write_sign_ins(conn, [replace(SHIFT, person=f"P{n}")])).result()
        assert len(ask(roll, store).sign_ins) == n + 1
    gone = Away(person="P0", since=NOW, until=later(30))
    store.submit(lambda conn: people.write_aways(conn, [gone])).result()

    assert ask(roll, store).aways == (gone,)


def test_a_shift_that_ends_is_over_without_anybody_saying_so(store: Store) -> None:
    roll = Roll()
    store.submit(lambda conn: people.write_sign_ins(conn, [SHIFT])).result()

    assert ask(roll, store, later(479)).sign_ins == (SHIFT,)
    assert ask(roll, store, later(480)).sign_ins == ()
    assert ask(roll, store, later(1)).sign_ins == (SHIFT,)


def test_what_was_rolled_back_is_not_remembered(store: Store) -> None:
    roll = Roll()

    def come(conn: Connection, person: str, *, fail: bool) -> None:
        people.write_sign_ins(conn, [replace(SHIFT, person=person)])
        roll.presence(conn, NOW)
        if fail:
            raise OSError("the disk is full")

    assert isinstance(store.submit(lambda conn: come(conn, "P001", fail=True)).exception(), OSError)
    store.submit(lambda conn: come(conn, "P002", fail=False)).result()

    assert [it.person for it in ask(roll, store).sign_ins] == ["P002"]


def test_a_group_that_is_lost_or_comes_back_is_seen_at_once_and_a_residents_chat_is_none(store: Store) -> None:
    roll = Roll()
    store.submit(lambda conn: set_reachable(conn, -1001, False)).result()
    store.submit(lambda conn: set_reachable(conn, 1001, False)).result()
    assert set(ask(roll, store).lost) == {-1001}
    there = ask(roll, store)
    store.submit(lambda conn: set_reachable(conn, -1001, False, "a title")).result()
    assert ask(roll, store) is there
    store.submit(lambda conn: set_reachable(conn, -1001, True)).result()
    assert not ask(roll, store).lost
