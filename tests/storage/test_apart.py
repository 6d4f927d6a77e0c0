"""What belongs to no case: its events are found by their window, and of a volunteer who left nothing stays."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from core.case import Event
from core.records import Volunteer
from storage import cases, records, views
from storage.errors import Clash
from storage.store import Store
from storage.tables import RECORDS
from tests.storage.values import NOW

VOLUNTEER = Volunteer(id="700001", user=700001, consented_at=NOW, lat=30.639, lng=104.097)


def test_events_of_no_case_are_found_by_their_window(store: Store) -> None:
    moments = [NOW + timedelta(hours=hour) for hour in range(4)]

    def job(conn: Connection) -> list[str]:
        cases.append_apart(conn, [Event(kind=f"k{n}", at=at) for n, at in enumerate(moments)])
        return [it.event.kind for it in views.log_apart(conn, moments[1], moments[3])]

    assert store.submit(job).result() == ["k1", "k2"]


def test_what_disputes_began_months_ago_is_found_beside_the_window(store: Store) -> None:
    """A follow-up of the ninetieth day was promised long before the month that a digest looks back."""

    def job(conn: Connection) -> list[str]:
        long_ago = NOW - timedelta(days=100)
        told = [Event(kind=it, at=long_ago) for it in ("mediation_taken", "followup_due", "signed_in")]
        cases.append_apart(conn, [Event(kind="mediation_taken", at=NOW - timedelta(days=500)), *told])
        cases.append_apart(conn, [Event(kind="followup_done", at=NOW)])
        return [it.event.kind for it in views.log_apart(conn, NOW, NOW + timedelta(days=1))]

    assert store.submit(job).result() == ["mediation_taken", "followup_due", "followup_done"]


def test_a_volunteer_who_left_leaves_no_row_and_may_come_back(store: Store) -> None:
    def rows(conn: Connection) -> int:
        return len(conn.execute(select(RECORDS.c.id).where(RECORDS.c.kind == "volunteer")).all())

    def leave(conn: Connection) -> None:
        known = records.record_of(conn, "volunteer", VOLUNTEER.id)
        assert isinstance(known, Volunteer)
        gone = Volunteer(id=known.id, user=known.user, version=known.version, open=False)
        records.write_records(conn, [gone])

    for _ in range(2):
        store.submit(lambda conn: records.write_records(conn, [VOLUNTEER])).result()
        assert store.read(rows).result() == 1
        store.submit(leave).result()
        assert store.read(rows).result() == 0


def test_two_who_join_at_once_under_one_account_are_one(store: Store) -> None:
    store.submit(lambda conn: records.write_records(conn, [VOLUNTEER])).result()
    with pytest.raises(Clash):
        store.submit(lambda conn: records.write_records(conn, [VOLUNTEER])).result()
