"""The storage finds what core.search says, on both databases, without opening a body, and quickly."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from core.case import Case, Offer, Place, Status
from core.search import MOST, Query, Scope, holds, within
from storage import finding
from storage.cases import write_case
from storage.store import Store
from tests.storage.test_plans import plans
from tests.storage.values import NOW, case, later

LABELS = ("宏济新居3栋", "宏济新居13栋", "锦畔苑50%_门口", "")
TEAMS = ("ST1", "ST2", "CTR", "person:P065", None)
OFFERED = ("open", "passed", "accepted", "declined", "open")
GRIDS = ("G01", "G05", None)


def _case(at: int) -> Case:
    """One of many: every value that is looked for takes part in some mixture."""
    status = list(Status)[at % len(Status)]
    place = Place(label=LABELS[at % 4], grid=GRIDS[at % 3], compound=("XQ12", "XQ01", None)[at % 3]) if at % 7 else None
    made = case(
        f"A2611-{at:04d}",
        status=status,
        opened_at=later(-at * 37),
        category=("XF02", "SB01", None)[at % 3],
        severity=at % 4 + 1,
        sealed=at % 11 == 0,
        team=TEAMS[at % 5],
        handler=("P001", "P065", None)[at % 3],
        place=place,
    )
    also = (None, "ST2", "ST1", "person:P065")[at % 4]
    offer = Offer(serial=1, team=also or "", chat=-1, kind="second", at=NOW, due=None, state=OFFERED[at % 5])
    made = replace(made, offers=(offer,) if also else ())
    return replace(made, close_due=later(at * 5 - 300) if at % 13 else None)


CASES = tuple(_case(at) for at in range(110))


def some(values: Any, most: int = 2) -> Any:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


SCOPES = st.builds(
    Scope,
    everything=st.booleans(),
    teams=some(["ST1", "ST2"]),
    grids=some(["G01", "G05"]),
    alone=st.sampled_from(["person:P065", "person:P001", None]),
)
QUERIES = st.builds(
    Query,
    numbers=some(["A2611-0001", "A2611-0011", "A2611-0042", "A0000-0000"]),
    statuses=some(list(Status), 8),
    places=some(["XQ12", "XQ01"]),
    grids=some(["G01", "G05"]),
    categories=some(["XF02", "SB01"]),
    severities=some([1, 2, 3, 4]),
    people=some(["P001", "P065"]),
    teams=some(["ST1", "CTR"]),
    since=st.sampled_from([None, None, later(-2000), later(-37)]),
    until=st.sampled_from([None, None, later(-37 * 3), later(10)]),
    words=some(["3栋", "宏济", "50%_", "门口", "x"], 1),
    late_at=st.sampled_from([None, None, NOW]),
    urgent_first=st.booleans(),
)


@pytest.fixture
def full(store: Store) -> Store:
    store.submit(lambda conn: [write_case(conn, it, ()) for it in CASES]).result()
    return store


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scope=SCOPES, query=QUERIES)
def test_what_is_found_is_what_the_rules_say(full: Store, scope: Scope, query: Query) -> None:
    found = full.read(lambda conn: finding.search(conn, scope, query)).result()

    wanted = [it for it in CASES if within(scope, it) and holds(query, it)]
    wanted.sort(key=lambda it: (it.opened_at, it.no), reverse=not query.urgent_first)
    if query.urgent_first:
        wanted.sort(key=lambda it: it.severity)
    assert found.numbers == tuple(it.no for it in wanted)
    assert not found.more


def test_more_than_a_chat_can_show_is_said_to_be_more(store: Store) -> None:
    def fill(conn: Connection) -> None:
        for at in range(MOST + 3):
            write_case(conn, case(f"A2611-{at:04d}", opened_at=later(-at), close_due=later(60)), ())

    store.submit(fill).result()
    found = store.read(lambda conn: finding.search(conn, Scope(everything=True), Query())).result()

    assert len(found.numbers) == MOST
    assert found.more


ASKED = {
    "everything of a day": (Scope(everything=True), Query(since=NOW - timedelta(days=1))),
    "a grid's": (Scope(grids=("G05",)), Query(since=NOW - timedelta(days=366))),
    "a word": (Scope(everything=True), Query(since=NOW - timedelta(days=366), words=("3栋",))),
    "open": (Scope(teams=("ST2",)), Query(statuses=(Status.DISP, Status.ACK), urgent_first=True)),
    "a number": (Scope(everything=True), Query(numbers=("A2611-0042",))),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_search_goes_through_an_index(full: Store, name: str) -> None:
    """Which one a planner takes for a hundred rows is its own affair; none reads the table."""
    full.submit(lambda conn: conn.exec_driver_sql("ANALYZE")).result()
    told = "\n".join(plans(full, lambda conn: finding.search(conn, *ASKED[name])))

    assert "INDEX" in told.upper()
    assert "Seq Scan" not in told
    assert "SCAN cases" not in told
