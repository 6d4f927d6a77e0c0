"""Storage does not grow for ever: what is older than was promised goes, and what still counts stays (privacy.md)."""

from datetime import timedelta

from sqlalchemy import Connection, func, select

from core.case import Event, Status
from core.roster import Away, SignIn
from storage import cases, people, views
from storage.store import Store
from storage.tables import AWAYS, EVENTS, SIGN_INS
from storage.tidying import LOG_FOR, tidy
from tests.storage.values import NOW, case, later

OLD, YOUNG, OPEN, LATE = "A2311-0001", "A2611-0001", "A2311-0002", "A2311-0003"
SECOND = timedelta(seconds=1)


def fill(conn: Connection) -> None:
    long_ago = NOW - LOG_FOR
    there = (
        case(OLD, status=Status.CLOSED, opened_at=long_ago, closed_at=long_ago),
        case(YOUNG, status=Status.CLOSED, closed_at=NOW),
        case(OPEN, status=Status.HOLD, opened_at=long_ago),
        case(LATE, status=Status.CLOSED, opened_at=long_ago, closed_at=long_ago + timedelta(days=1)),
    )
    for it in there:
        cases.write_case(conn, it, [Event(kind="reported", at=it.opened_at)])
    cases.append_apart(conn, [Event(kind="handed_over", at=long_ago), Event(kind="handed_over", at=NOW)])
    for days in (61, 1):
        end = NOW - timedelta(days=days)
        start = end - timedelta(hours=8)
        people.write_sign_ins(conn, [SignIn(person="P1", team="T", shift_start=start, shift_end=end, at=start)])
        people.write_aways(conn, [Away(person="P1", since=start, until=end, reason="meal")])


def test_after_three_years_a_case_goes_with_its_history_and_no_day_earlier(store: Store) -> None:
    store.submit(fill).result()
    store.submit(lambda conn: tidy(conn, NOW - SECOND)).result()
    assert store.read(lambda conn: cases.case_of(conn, OLD)).result() is not None
    store.submit(lambda conn: tidy(conn, NOW)).result()
    left = {
        no: store.read(lambda conn, no=no: views.case_with_log(conn, no)).result() for no in (OLD, YOUNG, OPEN, LATE)
    }
    assert [no for no, found in left.items() if found is None] == [OLD]
    numbers = store.read(lambda conn: conn.execute(select(EVENTS.c.case_no).order_by(EVENTS.c.case_no)).scalars().all())
    assert list(numbers.result()) == ["", OPEN, LATE, YOUNG]


def test_after_two_months_nobody_can_look_up_who_was_where(store: Store) -> None:
    store.submit(fill).result()
    store.submit(lambda conn: tidy(conn, NOW)).result()
    for table in (SIGN_INS, AWAYS):
        count = store.read(lambda conn, table=table: conn.execute(select(func.count()).select_from(table)).scalar())
        assert count.result() == 1, table.name


def test_much_of_it_goes_in_batches(store: Store) -> None:
    long_ago = NOW - LOG_FOR

    def many(conn: Connection) -> None:
        for number in range(5):
            old = case(f"A2311-{number:04d}", status=Status.CLOSED, opened_at=long_ago, closed_at=long_ago)
            cases.write_case(conn, old, [Event(kind="reported", at=long_ago)])

    store.submit(many).result()
    rounds = 1
    while store.submit(lambda conn: tidy(conn, later(1), 2)).result():
        rounds += 1
    assert rounds == 3
    assert store.read(lambda conn: conn.execute(select(func.count()).select_from(EVENTS)).scalar()).result() == 0
