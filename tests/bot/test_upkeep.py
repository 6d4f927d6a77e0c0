"""Tidying comes with the digests, day after day, in batches; see tests/stories/test_privacy.py for erasing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, select

from bot import upkeep
from bot.engine import Engine
from bot.town import build_town
from storage import schedules, tidying
from storage.schedules import Schedule
from storage.store import Store
from storage.tables import SEEN
from storage.transaction import first_time
from tests.bot.street import DISTRICT
from tests.databases import sqlite_template, sqlite_url

__all__ = ["sqlite_template", "sqlite_url"]

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 09:00 in the town
DIGEST_AT = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)  # 07:40 the next morning
TOWN = build_town(Path(DISTRICT).read_text(encoding="utf-8"), 1)
NO_ENGINE = cast("Engine", None)  # tidying decides nothing


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with Store.open(sqlite_url) as opened:
        yield opened


def due(store: Store, now: datetime) -> list[Schedule]:
    return store.read(lambda conn: schedules.due_schedules(conn, now)).result()


def run(store: Store, plan: Schedule, now: datetime) -> None:
    store.submit(lambda conn: upkeep.run_tidying(conn, plan, NO_ENGINE, TOWN, now)).result()


def test_tidying_comes_with_the_digests_and_again_the_next_day(store: Store) -> None:
    store.submit(partial(upkeep.plan_tidying, town=TOWN, now=NOW)).result()
    (first,) = due(store, NOW + timedelta(days=9))
    assert first.due_at == DIGEST_AT
    run(store, first, DIGEST_AT)
    (second,) = due(store, NOW + timedelta(days=9))
    assert second.due_at == DIGEST_AT + timedelta(days=1)


def test_planning_twice_tidies_once(store: Store) -> None:
    for _ in range(2):
        store.submit(partial(upkeep.plan_tidying, town=TOWN, now=NOW)).result()
    assert len(due(store, NOW + timedelta(days=9))) == 1


def test_much_that_is_old_takes_several_turns_a_minute_apart(store: Store) -> None:
    def fill(conn: Connection) -> None:
        for number in range(tidying.BATCH + 1):
            first_time(conn, f"u:{number}", NOW - timedelta(days=40))
        upkeep.plan_tidying(conn, TOWN, NOW)

    def left(conn: Connection) -> int:
        return len(conn.execute(select(SEEN)).all())

    store.submit(fill).result()
    (plan,) = due(store, DIGEST_AT)
    run(store, plan, DIGEST_AT)
    assert store.read(left).result() == 1
    (more,) = due(store, DIGEST_AT + timedelta(minutes=1))
    run(store, more, more.due_at)
    assert store.read(left).result() == 0
    assert due(store, DIGEST_AT + timedelta(hours=1)) == []
