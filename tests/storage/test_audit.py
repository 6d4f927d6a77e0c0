"""What the audit finds, on both databases; and that it costs what is wrong, not what there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, update

from core.audit import MOST, PATIENCE, Look, Promise, Question
from core.case import Case, Offer, Status
from core.messages import Lane, Notice
from storage import audit, chats, letters, outbox, schedules
from storage.cases import write_case
from storage.queueing import queue
from storage.store import Store
from storage.tables import CASES, LETTERS, OUTBOX, SCHEDULES
from tests.storage.test_plans import plans, scans
from tests.storage.values import GROUP, NOW, case, later, notice

CENTRE, ELSEWHERE = GROUP - 1, GROUP - 2
ASKING = Question(
    overdue=NOW - timedelta(seconds=3),
    chats=frozenset({GROUP, CENTRE}),
    waiting={lane: NOW - patience for lane, patience in PATIENCE.items()},
    real_now=NOW,
    letters=NOW - timedelta(days=1),
    plans=frozenset(),
)


def asked(no: str, chat: int = GROUP, **changed: object) -> Case:
    offer = Offer(serial=1, team="ST1", chat=chat, kind="post", at=NOW, due=None)
    made = case(no, status=Status.DISP, due_at=later(5), offers=(offer,))
    return replace(made, **changed)  # type: ignore[arg-type]  # fields of a case


def looked(store: Store, question: Question = ASKING) -> Look:
    return store.read(lambda conn: audit.look(conn, question)).result()


def names(store: Store, promise: Promise, question: Question = ASKING) -> list[str]:
    return [it.name for it in looked(store, question).wrong.get(promise, ())]


def do(store: Store, work: Callable[[Connection], object]) -> None:
    store.submit(work).result()


def wait(store: Store, *notices: Notice, minutes: float) -> None:
    """Notices that have waited for so long."""
    do(store, lambda conn: queue(conn, notices, later(-minutes)))


def test_a_good_minute_finds_nothing(store: Store) -> None:
    do(store, lambda conn: write_case(conn, asked("A1"), ()))
    do(store, lambda conn: write_case(conn, case("A2", status=Status.NEW, due_at=later(60)), ()))
    do(store, lambda conn: write_case(conn, case("A3", status=Status.CLOSED), ()))
    wait(store, notice("fresh", lane=Lane.URGENT), minutes=0.5)

    assert looked(store).findings() == ()


def test_a_case_that_nobody_is_asked_about_is_found(store: Store) -> None:
    do(store, lambda conn: write_case(conn, asked("A1", offers=()), ()))

    assert names(store, Promise.ASKED) == ["A1"]


@pytest.mark.parametrize("chat", [ELSEWHERE, GROUP])
def test_a_case_in_a_chat_that_is_not_ours_or_closed_to_us_is_found_with_its_chat(store: Store, chat: int) -> None:
    do(store, lambda conn: write_case(conn, asked("A1", chat), ()))
    do(store, lambda conn: write_case(conn, asked("A2", CENTRE), ()))
    if chat == GROUP:
        do(store, lambda conn: chats.set_reachable(conn, GROUP, reachable=False))

    assert [(it.name, it.chat) for it in looked(store).wrong[Promise.REACHED]] == [("A1", chat)]


def test_a_case_that_went_on_elsewhere_is_where_it_went(store: Store) -> None:
    do(store, lambda conn: write_case(conn, asked("A1", ELSEWHERE), ()))
    do(store, lambda conn: write_case(conn, asked("A1", GROUP, version=1), ()))

    assert looked(store).findings() == ()


@pytest.mark.parametrize("due", [None, NOW - timedelta(seconds=4)])
def test_a_case_without_a_next_moment_or_with_one_that_is_past_is_found(store: Store, due: datetime | None) -> None:
    do(store, lambda conn: write_case(conn, asked("A1", due_at=due), ()))
    do(store, lambda conn: write_case(conn, asked("A2", due_at=NOW - timedelta(seconds=2)), ()))

    assert names(store, Promise.DUE) == ["A1"]


def test_what_is_planned_and_was_not_done_is_found_and_what_should_be_planned_and_is_not(store: Store) -> None:
    do(store, lambda conn: schedules.put_schedule(conn, "late", "digest", {}, later(-1)))
    do(store, lambda conn: schedules.put_schedule(conn, "digest:G01", "digest", {}, later(1)))
    wanted = replace(ASKING, plans=frozenset({"digest:G01", "digest:G02"}))

    assert names(store, Promise.SCHEDULED) == ["late"]
    assert names(store, Promise.DIGESTS, wanted) == ["digest:G02"]


@pytest.mark.parametrize("lane", Lane)
def test_a_notice_may_wait_as_long_as_its_class_allows(store: Store, lane: Lane) -> None:
    allowed = PATIENCE[lane].total_seconds() / 60
    wait(store, notice("in time", lane=lane), minutes=allowed - 0.1)
    assert names(store, Promise.SENT) == []
    wait(store, notice("late", lane=lane, to=GROUP - 9), minutes=allowed + 0.1)
    assert names(store, Promise.SENT) == [lane.name.lower()]


def test_a_notice_is_judged_from_when_it_may_go(store: Store) -> None:
    wait(store, notice("morning", not_before=later(60)), notice("now", not_before=later(-1)), minutes=600)
    assert names(store, Promise.SENT) == []
    wait(store, notice("gone by", not_before=later(-4)), minutes=600)
    assert names(store, Promise.SENT) == ["interactive"]


def test_a_chat_that_telegram_makes_us_wait_for_is_not_late_but_an_urgent_one_in_it_is(store: Store) -> None:
    wait(store, notice("1"), notice("2", lane=Lane.URGENT, to=GROUP - 5), minutes=10)
    held = replace(ASKING, held=frozenset({GROUP}), held_unless_urgent=frozenset({GROUP - 5}))

    assert names(store, Promise.SENT, held) == ["urgent"]


def test_a_class_of_which_nobody_can_tell_is_left_out(store: Store) -> None:
    wait(store, notice("1"), minutes=10)

    assert names(store, Promise.SENT, replace(ASKING, waiting={})) == []


def test_a_lease_that_has_run_out_or_never_will_is_found(store: Store) -> None:
    for n, until in enumerate([later(-1), later(1), later(60)]):
        wait(store, notice(f"{n}", to=-n - 1), minutes=0)
        do(store, lambda conn, until=until: outbox.claim(conn, limit=1, now=NOW, lease_until=until))  # type: ignore[misc]

    assert len(names(store, Promise.LEASED)) == 2


def test_an_update_that_was_given_up_is_found_until_the_centre_has_word_of_it(store: Store) -> None:
    do(store, lambda conn: letters.failed(conn, 6, "once", NOW))
    do(store, lambda conn: letters.park(conn, 7, "{}", "broken", NOW))
    do(store, lambda conn: letters.park(conn, 8, "{}", "broken", later(-60 * 25)))
    assert names(store, Promise.READ) == ["7"]

    wait(store, notice("letter:7"), minutes=0)
    assert names(store, Promise.READ) == []
    do(store, lambda conn: conn.execute(update(OUTBOX).values(state="dead")))
    assert names(store, Promise.READ) == ["7"]
    wait(store, notice("letter:7:again"), minutes=0)
    assert names(store, Promise.READ) == []


def fill(conn: Connection, open_cases: int) -> None:
    """A good day: many open cases at three posts, and as many notices that wait in time."""
    for n in range(open_cases):
        write_case(conn, asked(f"A{n:06d}", GROUP - n % 3), ())
    queue(conn, [notice(f"n{n}", to=-n - 1, lane=Lane.BROADCAST) for n in range(open_cases)], NOW)
    for n in range(200):
        letters.park(conn, n, "{}", "broken", later(-60 * 48))


GOOD = replace(ASKING, chats=frozenset({GROUP, GROUP - 1, GROUP - 2}))


def test_no_question_reads_a_whole_table_whether_the_database_has_counted_or_not(store: Store) -> None:
    do(store, lambda conn: fill(conn, 300))
    do(store, lambda conn: finished(conn, 1500))
    wanted = replace(GOOD, plans=frozenset({"digest:G01"}), chats=frozenset({GROUP}))
    for _ in range(2):
        found = plans(store, lambda conn: audit.look(conn, wanted))
        named = "\n".join(found)

        assert [plan for plan in found if heavy(plan)] == []
        indices = ("ix_cases_due", "ix_cases_chat", "ix_outbox_turn", "ix_outbox_later", "ix_outbox_flight")
        assert [index for index in (*indices, "ix_schedules_due", "ix_letters_parked") if index not in named] == []
        do(store, lambda conn: conn.exec_driver_sql("ANALYZE"))  # a server by itself, a file when somebody asks it to


def finished(conn: Connection, count: int) -> None:
    """As in earnest: most of what there is, is over."""
    for n in range(count):
        write_case(conn, case(f"A2510-{n:04d}", status=Status.CLOSED, closed_at=NOW), ())


def heavy(plan: str) -> list[str]:
    """Lines that read more than their answer; the recursion's own rows, an empty list, what is in flight are few."""
    few = ("asking", "(subquery", "ix_outbox_flight")
    return [line for line in scans(plan) if not any(it in line for it in few)]


def rows_read(store: Store) -> int:
    """How many steps SQLite takes for one look: its own count of instructions, in hundreds."""
    steps = [0]

    def job(conn: Connection) -> None:
        driver = conn.connection.dbapi_connection

        def step() -> int:
            steps[0] += 1
            return 0

        driver.set_progress_handler(step, 100)  # type: ignore[union-attr]  # SQLite's
        audit.look(conn, GOOD)
        driver.set_progress_handler(None, 0)  # type: ignore[union-attr]

    store.read(job).result()
    return steps[0]


def test_a_hundred_times_as_many_open_cases_cost_the_same(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        do(store, lambda conn: fill(conn, 50))
        few = rows_read(store)
        do(store, lambda conn: conn.execute(delete(CASES)))
        do(store, lambda conn: conn.execute(delete(OUTBOX)))
        do(store, lambda conn: conn.execute(delete(LETTERS)))
        do(store, lambda conn: fill(conn, 5000))
        assert looked(store, GOOD).findings() == ()
        assert rows_read(store) <= few * 1.2 + 2


def test_what_is_wrong_all_over_is_looked_at_only_so_far(store: Store) -> None:
    def job(conn: Connection) -> None:
        for n in range(MOST * 3):
            write_case(conn, asked(f"A{n}", due_at=later(-9), offers=()), ())
            schedules.put_schedule(conn, f"k{n}", "digest", {}, later(-9))

    do(store, job)
    found = looked(store)

    assert {promise: len(wrong) for promise, wrong in found.wrong.items()} == {
        Promise.ASKED: MOST,
        Promise.DUE: MOST,
        Promise.SCHEDULED: MOST,
    }
    do(store, lambda conn: conn.execute(delete(SCHEDULES)))
