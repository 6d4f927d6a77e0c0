"""Where people are: only new rows are read, what was rolled back is not believed, what is old goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, func, select

from core.case import Case, Offer, Status
from core.positions import KEPT, Position
from core.routing import Load
from storage import positions, teams, tidying
from storage.cases import write_case
from storage.positions import Whereabouts
from storage.store import Store
from storage.tables import POSITIONS
from tests.storage.values import NOW, case, later, town


def position(person: str = "P011", minutes: float = 0, **changed: object) -> Position:
    values = {"lat": 30.6389, "lng": 104.0968, "accuracy": 9.5, "source": "live", "until": later(60), **changed}
    return Position(person=person, at=later(minutes), **values)


def write(store: Store, *given: Position) -> None:
    store.submit(lambda conn: positions.write_positions(conn, given)).result()


def newest(store: Store, whereabouts: Whereabouts, now: datetime = NOW) -> Mapping[str, Position]:
    return store.read(lambda conn: whereabouts.newest(conn, now)).result()


def test_the_newest_of_everybody_is_known_whoever_wrote_it(store: Store) -> None:
    whereabouts, elsewhere = Whereabouts(), Whereabouts()
    assert newest(store, whereabouts) == {}

    write(store, position(), position("P012", source="sent", until=None, accuracy=None))
    first = newest(store, whereabouts)
    write(store, position(minutes=1, lat=30.64))

    assert newest(store, whereabouts)["P011"] == position(minutes=1, lat=30.64)
    assert newest(store, whereabouts) == newest(store, elsewhere, later(1))
    assert first["P011"] == position(), "what a decision was given changed under its hands"


def test_what_was_rolled_back_is_not_believed(store: Store) -> None:
    whereabouts = Whereabouts()
    write(store, position())

    def seen_and_lost(conn: Connection) -> None:
        positions.write_positions(conn, [position(minutes=1, lat=31.0)])
        assert whereabouts.newest(conn, NOW)["P011"].lat == 31.0
        raise LookupError

    with pytest.raises(LookupError):
        store.submit(seen_and_lost).result()

    assert newest(store, whereabouts)["P011"] == position()


def test_a_process_that_starts_reads_what_may_still_count_and_no_more(store: Store) -> None:
    write(store, position("P012", minutes=-60 * 3), position(minutes=-60))

    assert newest(store, Whereabouts()).keys() == {"P011"}


def test_a_track_is_of_one_person_newest_first_and_of_the_days_that_are_kept(store: Store) -> None:
    old = Position(person="P011", at=NOW - KEPT, lat=30.6, lng=104.1)
    write(store, old, position(minutes=-2), position("P012"), position(minutes=-1))

    found = store.read(partial(positions.track, person="P011", now=NOW)).result()

    assert found == (position(minutes=-1), position(minutes=-2))


def test_tidying_leaves_nothing_that_would_be_older_than_a_week_the_next_day(store: Store) -> None:
    write(store, *(Position(person="P011", at=NOW - timedelta(days=day), lat=30.6, lng=104.1) for day in range(9)))

    more = [store.submit(lambda conn: tidying.tidy(conn, NOW)).result() for _ in range(2)]

    left = store.read(lambda conn: conn.execute(select(func.min(POSITIONS.c.at))).scalar()).result()
    assert left is not None
    assert left > NOW + timedelta(days=1) - KEPT
    assert more == [False, False]


def at_work(no: str, team: str = "ST2", **changed: object) -> Case:
    offer = Offer(serial=1, team=team, chat=-1, kind="post", at=NOW, due=None)
    return case(no, team=team, offers=(offer,), **{"status": Status.DISP, **changed})


def test_what_a_team_has_to_do_is_counted(store: Store) -> None:
    cases = (
        at_work("A2611-0001"),
        at_work("A2611-0002", status=Status.SITE, opened_at=later(5)),
        at_work("A2611-0003", status=Status.DONE, opened_at=later(9)),
        at_work("A2611-0004", status=Status.CLOSED),
        at_work("A2611-0005", team="ST1"),
    )
    store.submit(lambda conn: [write_case(conn, it, ()) for it in cases]).result()

    found = store.read(lambda conn: teams.loads(conn, ["ST2", "ST3"])).result()

    assert found == {"ST2": Load(open=2, newest=later(5))}


def test_what_somebody_is_on_the_way_to_is_theirs_alone(store: Store) -> None:
    district = town().district
    person = district.members("ST2")[0]
    mine = at_work("A2611-0001", status=Status.ACK, handler=person.id)
    sealed = at_work("A2611-0002", team=f"person:{person.id}", status=Status.ACK, handler=person.id)
    others = (
        at_work("A2611-0003", status=Status.ACK, handler="P999"),
        at_work("A2611-0004", status=Status.SITE, handler=person.id),
    )
    store.submit(lambda conn: [write_case(conn, it, ()) for it in (mine, sealed, *others)]).result()

    found = store.read(lambda conn: teams.accepted_by(conn, person)).result()

    assert sorted(it.no for it in found) == ["A2611-0001", "A2611-0002"]
