"""What lies near a report is found without reading the rest (life.md row 31)."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from benchmarks.rig.reading import explained, watched
from core.case import Case, Place, Status
from core.distance import Point
from storage import cases
from storage.store import Store
from tests.storage.values import NOW, case

HERE = Point(30.639294, 104.096597)
MANY = 40


def at(no: str, *, north: float = 0.0, category: str = "XF02", **changed: object) -> Case:
    place = Place(label="宏济新居", lat=HERE.lat + north / 110_860, lng=HERE.lng, grid="G05")
    return case(no, place=place, category=category, status=changed.pop("status", Status.DISP), **changed)


def kept(store: Store, *given: Case) -> None:
    for it in given:
        store.submit(partial(cases.write_case, case=it, events=())).result()


def near(store: Store) -> list[str]:
    found = store.read(lambda conn: cases.cases_near(conn, "XF02", HERE, NOW)).result()
    return [it.no for it in found]


def test_open_cases_of_the_kind_around_the_point_are_found_the_oldest_first(store: Store) -> None:
    kept(
        store,
        at("A2611-0002", north=140),
        at("A2611-0001", north=-140, opened_at=NOW - timedelta(hours=47)),
        at("A2611-0003", category="SB07"),
        at("A2611-0004", north=900),
        at("A2611-0005", opened_at=NOW - timedelta(hours=49)),
        at("A2611-0006", sealed=True),
        case("A2611-0007", category="XF02", status=Status.DISP),
    )
    assert near(store) == ["A2611-0001", "A2611-0002"]


@pytest.mark.parametrize(("status", "found"), [(Status.CLOSED, True), (Status.MERGED, False), (Status.SPAM, False)])
def test_what_was_closed_is_found_for_a_year_and_no_other_end(store: Store, status: Status, found: bool) -> None:
    kept(store, at("A2611-0001", status=status, opened_at=NOW - timedelta(days=300), closed_at=NOW))
    kept(store, at("A2511-0001", status=status, opened_at=NOW - timedelta(days=366), closed_at=NOW))
    assert near(store) == (["A2611-0001"] if found else [])


def test_a_crowded_place_costs_a_few_rows(store: Store) -> None:
    kept(store, *(at(f"A2611-{n:04}", opened_at=NOW - timedelta(minutes=n)) for n in range(MANY)))
    assert len(near(store)) == cases.NEAR_OPEN


def test_they_are_found_by_the_index_whatever_else_there_is(sqlite_url: str) -> None:
    """Or every report would cost the more, the more cases a town has."""

    def plans(conn: Connection) -> list[str]:
        with watched(conn) as ran:
            cases.cases_near(conn, "XF02", HERE, NOW)
        return explained(conn, ran)

    with Store.open(sqlite_url) as store:
        kept(store, *(at(f"A2611-{n:04}", north=500 + n * 40) for n in range(MANY)))
        found = store.read(plans).result()
    assert len(found) == 2
    assert all("ix_cases_near" in plan for plan in found), found
