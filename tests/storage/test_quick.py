"""Statements that go straight to the driver say and keep the same as those that do not."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy import Connection, bindparam, select

from storage import quick
from storage.store import Store
from storage.tables import COUNTERS, SEEN
from storage.tenancy import district_of, run
from tests.storage.values import NOW

_KEYS = select(SEEN.c.key).where(SEEN.c.district_id == bindparam("district")).order_by(SEEN.c.key)
_AT = select(SEEN.c.at).where(SEEN.c.district_id == bindparam("district")).order_by(SEEN.c.key)
_SINCE = _KEYS.where(SEEN.c.at >= bindparam("since"))


def fill(conn: Connection) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=8)))
    moments = {"a": NOW, "b": elsewhere + timedelta(seconds=1)}
    quick.put_all(
        conn, SEEN.insert(), [{"district_id": district_of(conn), "key": k, "at": at} for k, at in moments.items()]
    )


def test_moments_are_kept_as_sqlalchemy_would_keep_them(store: Store) -> None:
    store.submit(fill).result()

    assert store.read(lambda conn: list(run(conn, _AT).scalars())).result() == [NOW, NOW + timedelta(seconds=1)]
    assert store.read(lambda conn: quick.rows(conn, _SINCE, since=NOW + timedelta(seconds=1))).result() == [("b",)]


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = {"district_id": "main", "key": "c", "at": NOW.replace(tzinfo=None)}

    assert store.submit(lambda conn: quick.put(conn, SEEN.insert(), naive)).exception() is not None


def test_the_first_value_of_nothing_is_none(store: Store) -> None:
    assert store.read(lambda conn: quick.first(conn, _KEYS)).result() is None
    store.submit(fill).result()
    assert store.read(lambda conn: quick.first(conn, _KEYS)).result() == "a"


def test_what_is_written_anew_for_its_values_is_refused(store: Store) -> None:
    several = select(COUNTERS.c.value).where(COUNTERS.c.name.in_(bindparam("names", expanding=True)))

    with pytest.raises(TypeError, match="written anew"):
        store.read(lambda conn: quick.rows(conn, several, names=["a"])).result()
