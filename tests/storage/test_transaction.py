"""What a command sees, and what is kept of its decision, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection

from core.case import Case, Event, Status
from core.messages import Command, Press, Pressed, Sender, Spoke, Tick
from core.roster import Away, SignIn
from core.world import Contact, Decision, World
from storage import views
from storage.cases import due_cases
from storage.errors import Clash
from storage.store import Store
from storage.transaction import decided, first_time, save, world_for
from tests.storage.values import GROUP, NOW, REPORTER, case, later, notice, town

TOWN = town()
SENDER = Sender(user_id=REPORTER, name="Li")


def spoke(**changed: object) -> Spoke:
    return Spoke(**{"at": NOW, "sender": SENDER, "chat": REPORTER, "message": 1, **changed})  # type: ignore[arg-type]


def seen(store: Store, command: Command, now: datetime = NOW) -> World:
    return store.submit(lambda conn: world_for(conn, command, TOWN, now, "town_bot")).result()


def keep(store: Store, decision: Decision, command: Command | None = None, now: datetime = NOW) -> int:
    def job(conn: Connection) -> int:
        world = world_for(conn, command or spoke(), TOWN, now, "town_bot")
        return save(conn, decision, world, now)

    return store.submit(job).result()


def test_a_key_is_new_once(store: Store) -> None:
    answers = [store.submit(lambda conn: first_time(conn, "u:1", NOW)).result() for _ in range(3)]

    assert answers == [True, False, False]
    assert store.submit(lambda conn: first_time(conn, "u:2", NOW)).result()


def opened(store: Store, now: datetime = NOW) -> str:
    """The number that a new case gets."""

    def decide(_command: Command, world: World) -> Decision:
        return Decision(case=case(world.new_number()))

    def job(conn: Connection) -> str:
        found = decided(conn, decide, spoke(), world_for(conn, spoke(), TOWN, now, "town_bot"))
        assert found.case is not None
        return found.case.no

    return store.submit(job).result()


def test_a_stranger_sees_an_empty_world_and_no_number_is_taken_for_it(store: Store) -> None:
    world = seen(store, spoke())

    assert world.contact is None
    assert world.cases == ()
    assert world.number is None
    assert world.bot_name == "town_bot"


def test_a_case_that_is_opened_gets_the_next_number_of_the_local_month(store: Store) -> None:
    evening_of_the_30th_in_utc = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)

    numbers = [opened(store), opened(store), opened(store, evening_of_the_30th_in_utc)]

    assert numbers == ["A2611-0001", "A2611-0002", "A2612-0001"]


def test_a_new_case_comes_back_with_version_one(store: Store) -> None:
    keep(store, Decision(case=case(), events=(Event(kind="told", at=NOW, data={"grid": "G01"}),)))

    world = seen(store, spoke())

    assert world.cases == (case(version=1),)


def test_a_case_grows_by_versions_and_its_history_by_lines_in_order(store: Store) -> None:
    keep(store, Decision(case=case(), events=(Event(kind="told", at=NOW), Event(kind="assigned", at=NOW, row=6))))
    (loaded,) = seen(store, spoke()).cases
    accepted = Event(kind="accepted", at=later(1), actor="P001", data={"late": False, "metres": 12})
    keep(store, Decision(case=replace(loaded, status=Status.ACK), events=(accepted,)))

    found = store.read(lambda conn: views.case_with_log(conn, "A2611-0001")).result()

    assert found is not None
    changed, log = found
    assert (changed.version, changed.status) == (2, Status.ACK)
    assert [event.kind for event in log] == ["told", "assigned", "accepted"]
    assert log[2] == accepted


def test_a_case_that_somebody_else_changed_clashes_and_leaves_nothing(store: Store) -> None:
    keep(store, Decision(case=case()))
    (stale,) = seen(store, spoke()).cases
    keep(store, Decision(case=stale))

    with pytest.raises(Clash):
        keep(store, Decision(case=stale, contact=Contact(user_id=REPORTER), notices=(notice("late"),)))

    assert seen(store, spoke()).contact is None
    assert store.read(views.outbox_counts).result() == {}


def test_a_new_case_with_a_number_that_is_taken_clashes(store: Store) -> None:
    keep(store, Decision(case=case()))

    with pytest.raises(Clash):
        keep(store, Decision(case=case(), contact=Contact(user_id=REPORTER)))

    assert seen(store, spoke()).contact is None


def test_pressing_shows_the_case_the_presser_and_the_message(store: Store) -> None:
    keep(store, Decision(case=case(), contact=Contact(user_id=REPORTER, name="Li")))
    press = Press(action="ack", case="A2611-0001")

    world = seen(store, Pressed(at=NOW, sender=SENDER, chat=GROUP, message=7, callback="c", press=press))

    assert world.case == case(version=1)
    assert world.contact == Contact(user_id=REPORTER, name="Li")
    assert world.post is None


def test_sign_ins_and_absences_are_seen_until_they_are_over_and_can_be_corrected(store: Store) -> None:
    shift = SignIn(person="P001", team="ST1", shift_start=NOW, shift_end=later(480), at=NOW)
    left = replace(shift, left_at=later(60))
    meal = Away(person="P001", since=NOW, until=None)
    keep(store, Decision(sign_ins=(shift,), aways=(meal,)))
    keep(store, Decision(sign_ins=(left,), aways=(replace(meal, until=later(30)),)))

    during, after = seen(store, Tick(at=NOW, case="x"), later(20)), seen(store, Tick(at=NOW, case="x"), later(481))

    assert during.presence.sign_ins == (left,)
    assert during.presence.aways == (replace(meal, until=later(30)),)
    assert after.presence.sign_ins == ()
    assert after.presence.aways == ()


def test_a_person_keeps_what_was_last_known(store: Store) -> None:
    keep(store, Decision(contact=Contact(user_id=REPORTER, awaiting="signin", awaiting_until=later(5))))
    keep(store, Decision(contact=Contact(user_id=REPORTER, language="en", greeted=True)))

    assert seen(store, spoke()).contact == Contact(user_id=REPORTER, language="en", greeted=True)


def test_cases_fall_due_in_order_and_ended_ones_never(store: Store) -> None:
    for minutes, status in ((5, Status.NEW), (1, Status.DISP), (2, Status.CLOSED), (60, Status.NEW)):
        keep(store, Decision(case=case(opened(store), status=status, due_at=later(minutes))))

    assert store.read(lambda conn: due_cases(conn, later(10))).result() == ["A2611-0002", "A2611-0001"]
    assert store.read(lambda conn: due_cases(conn, later(10), limit=1)).result() == ["A2611-0002"]
    assert store.read(lambda conn: due_cases(conn, later(0))).result() == []


def test_the_log_of_a_window_holds_cases_alive_then_the_outline_of_quiet_ones_and_nothing_of_afterwards(
    store: Store,
) -> None:
    def live(no: str, opened: datetime, closed: datetime | None) -> None:
        status = Status.CLOSED if closed else Status.NEW
        value = case(no, opened_at=opened, closed_at=closed, status=status)
        last = Event(kind="closed" if closed else "last", at=closed or NOW)
        events = (Event(kind="reported", at=opened), Event(kind="told", at=opened), last)
        keep(store, Decision(case=value, events=events))

    day = timedelta(days=1)
    live("A2611-0001", NOW - 50 * day, NOW - 40 * day)
    live("A2611-0002", NOW - 50 * day, NOW - 20 * day)
    live("A2611-0003", NOW - 90 * day, None)
    live("A2611-0004", NOW + 2 * day, None)

    lines = store.read(lambda conn: views.log_lines(conn, NOW - day, NOW)).result()

    assert [(line.case, line.event.kind) for line in lines] == [
        ("A2611-0002", "reported"),
        ("A2611-0002", "closed"),
        ("A2611-0003", "reported"),
        ("A2611-0003", "told"),
    ]


def test_events_without_a_case_are_kept_in_order(store: Store) -> None:
    keep(store, Decision(events=(Event(kind="signed_in", at=NOW), Event(kind="left", at=NOW))))
    keep(store, Decision(events=(Event(kind="signed_in", at=NOW),)))

    assert store.read(lambda conn: views.log_lines(conn, NOW, later(1))).result() == ()


def test_moments_come_back_aware_in_utc_whatever_zone_they_came_in(store: Store) -> None:
    chengdu = timezone(timedelta(hours=8))
    event = Event(kind="told", at=NOW.astimezone(chengdu))
    keep(store, Decision(case=case(due_at=later(1).astimezone(chengdu)), events=(event,)))

    (line,) = store.read(lambda conn: views.log_lines(conn, NOW, later(1))).result()

    assert line.event.at == NOW
    assert line.event.at.utcoffset() == timedelta(0)
    assert store.read(lambda conn: due_cases(conn, later(1))).result() == ["A2611-0001"]


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="timezone"):
        keep(store, Decision(case=case(due_at=datetime(2026, 11, 20, 10, 0))))  # noqa: DTZ001 - that is the point

    assert seen(store, spoke()).cases == ()


def test_the_districts_of_one_database_do_not_see_each_other(database_url: str) -> None:
    with Store.open(database_url, district="east") as east:
        keep(east, Decision(case=case(opened(east)), notices=(notice("k"),)))
    with Store.open(database_url, district="west") as west:
        assert seen(west, spoke()).cases == ()
        assert keep(west, Decision(case=case(opened(west)), notices=(notice("k"),))) == 1
        assert seen(west, spoke()).cases == (case("A2611-0001", version=1),)


def test_open_cases_are_listed_oldest_first(store: Store) -> None:
    wanted: list[Case] = []
    for number, minutes, status in (("A2611-0001", 9, "NEW"), ("A2611-0002", 3, "SITE"), ("A2611-0003", 1, "CLOSED")):
        value = case(number, opened_at=later(minutes), status=Status(status))
        keep(store, Decision(case=value))
        wanted += [replace(value, version=1)] if status != "CLOSED" else []

    assert store.read(views.open_cases).result() == tuple(reversed(wanted))
