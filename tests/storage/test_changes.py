"""Changes of the roster in the database."""

from datetime import UTC, datetime, timedelta

from core.roster import Change
from storage import people
from storage.store import Store
from storage.tidying import tidy

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def change(name: str, start: datetime, off: str | None = None) -> Change:
    end = start + timedelta(hours=8)
    return Change(id=name, kind="leave", team="ST1", group="甲", shift="早", start=start, end=end, off=off)


def test_changes_come_back_in_the_order_in_which_they_were_decided(store: Store) -> None:
    first, second = change("b", NOW, "P002"), change("a", NOW, "P003")
    store.submit(lambda conn: people.write_changes(conn, (first,))).result()
    store.submit(lambda conn: people.write_changes(conn, (second,))).result()
    assert store.read(lambda conn: people.presence(conn, NOW)).result().changes == (first, second)


def test_changes_of_the_last_month_still_count_for_rest_and_hours_and_old_ones_are_tidied_away(store: Store) -> None:
    recent, old = change("recent", NOW - timedelta(days=20)), change("old", NOW - timedelta(days=90))
    store.submit(lambda conn: people.write_changes(conn, (recent, old))).result()
    assert store.read(lambda conn: people.presence(conn, NOW)).result().changes == (recent,)
    store.submit(lambda conn: tidy(conn, NOW)).result()
    then = NOW - timedelta(days=80)
    assert store.read(lambda conn: people.presence(conn, then)).result().changes == (recent,)
