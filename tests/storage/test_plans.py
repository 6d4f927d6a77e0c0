"""What is asked all day long costs what it finds, not what there is: every query goes through its index.

The statements are those that really ran, caught on their way; the tables are full of what is not wanted.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from benchmarks.rig.reading import Ran, counted, explained, watched
from bot.engine import Engine
from core.case import ENDED, Event, Status
from core.messages import Command, Press, Pressed, Sender, Spoke
from core.roster import Away, SignIn
from core.search import Query, Scope
from storage import people, transaction
from storage.cases import due_cases, write_case
from storage.districts import load_district
from storage.finding import search
from storage.outbox import claim, mark_sent
from storage.queueing import queue
from storage.schedules import due_schedules, next_due, put_schedule
from storage.store import Store
from storage.tables import SEEN
from storage.teams import accepted_by
from storage.upserts import with_district
from storage.views import log_apart, log_lines
from tests.bot.engine_rig import DISTRICT, StillClock, decide, report
from tests.storage.values import GROUP, NOW, REPORTER, case, later, notice, town

MANY = 500
LONG_AGO = NOW - timedelta(days=60)
IS_OPEN = tuple(it for it in Status if it not in ENDED)
TOWN = town()
SENDER = Sender(user_id=REPORTER, name="Li")
SPOKE = Spoke(at=NOW, sender=SENDER, chat=GROUP, message=1, reply_to=7)
PRESSED = Pressed(
    at=NOW, sender=SENDER, chat=GROUP, message=7, callback="c", press=Press(action="ack", case="A2611-0001")
)

WHOLE = re.compile(r"Seq Scan|SCAN (?!CONSTANT|\d)|\(district_id=\?\)")  # also all rows of a district by its index
FIRST_FEW = re.compile(r"ix_outbox_(turn|later)|ix_\w+_due|COVERING INDEX sqlite_autoindex_outbox_1")  # min, max, LIMIT


def fill(conn: Connection) -> None:
    """A district after a year: nearly all is over."""
    for n in range(MANY):
        ended = n % 100 > 0
        status = Status.CLOSED if ended else Status.NEW
        told = [Event(kind="reported", at=LONG_AGO if ended else NOW, data={})]
        write_case(conn, case(f"A2510-{n:04d}", reporter=n, status=status, due_at=later(n), closed_at=LONG_AGO), told)
    queue(conn, [notice(f"old{n}", to=-n, slot="card") for n in range(MANY)], NOW)
    for it in claim(conn, limit=MANY - 20, now=NOW, lease_until=later(1)):
        mark_sent(conn, it.id, it.id, NOW)
    conn.execute(SEEN.insert(), with_district(conn, [{"key": f"u:{n}", "at": NOW} for n in range(MANY)]))
    for n in range(MANY):
        put_schedule(conn, f"k{n}", "digest", {}, later(n))
    shift = {"team": "ST1", "at": NOW}
    people.write_sign_ins(
        conn, [SignIn(person=f"P{n}", shift_start=later(-n), shift_end=later(-n), **shift) for n in range(MANY)]
    )
    people.write_aways(conn, [Away(person=f"P{n}", since=later(-n), until=later(-n)) for n in range(MANY)])


@pytest.fixture
def full(store: Store) -> Store:
    store.submit(fill).result()
    store.submit(lambda conn: conn.exec_driver_sql("ANALYZE")).result()
    return store


def plans(store: Store, work: Callable[[Connection], object]) -> list[str]:
    """How the database does each statement of a job."""

    def job(conn: Connection) -> list[str]:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a small table is read whole out of thrift
        with watched(conn) as ran:
            work(conn)
        return explained(conn, ran)

    return store.submit(job).result()


def scans(plan: str) -> list[str]:
    """The lines of a plan that read a whole table."""
    return [line for line in plan.splitlines() if WHOLE.search(line) and not FIRST_FEW.search(line)]


def spoken(command: Command) -> Callable[[Connection], object]:
    return lambda conn: transaction.world_for(conn, command, TOWN, NOW, "bot")


ASKED: dict[str, tuple[Callable[[Connection], object], list[str]]] = {
    "due_cases": (lambda conn: due_cases(conn, later(10)), ["ix_cases_due"]),
    "due_schedules": (lambda conn: due_schedules(conn, later(10)), ["ix_schedules_due"]),
    "claim": (
        lambda conn: claim(conn, limit=5, now=NOW, lease_until=later(1)),
        ["ix_outbox_turn", "ix_outbox_flight"],
    ),
    "queue": (lambda conn: queue(conn, [notice("new", slot="card")], NOW), ["ix_outbox_slot"]),
    "next_due": (next_due, ["ix_cases_due", "ix_schedules_due", "ix_outbox_later"]),
    "spoke": (spoken(SPOKE), ["ix_cases_reporter", "ix_sign_ins_end", "ix_aways_until"]),
    "pressed": (spoken(PRESSED), ["ix_cases_reporter", "cases_pkey|sqlite_autoindex_cases_1"]),
    "first_time": (lambda conn: transaction.first_time(conn, "u:7", NOW), []),
    "log": (lambda conn: log_lines(conn, NOW - timedelta(days=1), later(1)), ["events_pkey|sqlite_autoindex_events_1"]),
    "log_apart": (
        lambda conn: log_apart(conn, NOW - timedelta(days=1), NOW),
        ["ix_events_apart", "ix_events_at|ix_events_apart|events_pkey|sqlite_autoindex_events_1"],
    ),
}


def test_every_query_goes_through_its_index_and_none_reads_a_whole_table(full: Store) -> None:
    wrong = []
    for name, (work, indices) in ASKED.items():
        found = "\n".join(plans(full, work))
        missing = [index for index in indices if not any(it in found for it in index.split("|"))]
        wrong += [(name, scans(found), missing, found)] if scans(found) or missing else []

    assert wrong == []


def test_a_card_that_waits_already_is_found_by_its_index_in_a_database_that_was_never_measured(store: Store) -> None:
    """Without statistics SQLite once read the whole outbox for it, in the order of its ids."""
    store.submit(lambda conn: queue(conn, [notice("first", slot="card")], NOW)).result()

    found = plans(store, lambda conn: queue(conn, [notice("second", slot="card")], NOW))

    assert scans("\n".join(found)) == []


def test_a_report_is_a_handful_of_statements(store: Store) -> None:
    """The road stays short: one more statement here is one more for every message of a town."""
    store.submit(lambda conn: load_district(conn, DISTRICT.read_text(encoding="utf-8"), NOW)).result()
    engine = Engine(store, StillClock(), decide)
    store.submit(lambda conn: engine.execute_inside(conn, report(1), "u:1")).result()

    def job(conn: Connection) -> list[Ran]:
        with watched(conn) as ran:
            engine.execute_inside(conn, report(2), "u:2")
        return ran

    assert len(store.submit(job).result()) <= 13


def test_the_log_of_a_morning_costs_the_same_however_much_is_long_over(sqlite_url: str) -> None:
    """SQLite, without statistics as in earnest: it once went through every event ever written."""
    with Store.open(sqlite_url) as store:

        def old(conn: Connection, first: int) -> int:
            for n in range(first, first + MANY):
                ago = later(-100 * 24 * 60 - n)
                told = [Event(kind=kind, at=ago) for kind in ("reported", "dispatched", "accepted", "done", "closed")]
                over = case(f"A2508-{n:04d}", reporter=n, status=Status.CLOSED, opened_at=ago, closed_at=ago)
                write_case(conn, over, told)
            log_lines(conn, NOW - timedelta(days=1), NOW)  # a newer SQLite counts the preparing of a statement too
            return counted(conn, lambda conn: log_lines(conn, NOW - timedelta(days=1), NOW))

        few, many = (store.submit(lambda conn, first=first: old(conn, first)).result() for first in (0, MANY))

    assert few == many


@pytest.mark.parametrize("scope", [Scope(everything=True), Scope(teams=("S1",), grids=("G1",))])
def test_open_cases_are_found_without_going_through_those_that_are_over(sqlite_url: str, scope: Scope) -> None:
    """SQLite, without statistics as in earnest: it once took the index that has all cases and all that is asked."""
    with Store.open(sqlite_url) as store:
        found = "\n".join(plans(store, lambda conn: search(conn, scope, Query(statuses=IS_OPEN, urgent_first=True))))

    assert "ix_cases_find" not in found
    wanted = ("urgent",) if scope.everything else ("load", "grid", "asked")
    assert all(f"ix_cases_{it} " in found for it in wanted)


def test_the_newest_open_ones_are_found_without_going_through_all_that_are(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        found = "\n".join(plans(store, lambda conn: search(conn, Scope(everything=True), Query(statuses=IS_OPEN))))

    assert found.count("ix_cases_urgent (district_id=? AND severity=?)") == 4


def test_a_teams_list_and_a_place_cost_the_same_whatever_others_have_open(sqlite_url: str) -> None:
    """A patrol's list once read every open case of the town, and a place all that their team had accepted."""
    query = Query(statuses=IS_OPEN, urgent_first=True)
    person = next(it for it in TOWN.district.people if it.team)

    def job(conn: Connection) -> None:
        assert len(search(conn, Scope(teams=("S1",), grids=("G1",)), query).numbers) == 1
        assert [it.no for it in accepted_by(conn, person)] == ["A2611-9998"]

    def more(conn: Connection, first: int) -> int:
        for n in range(first, first + MANY):
            taken = {"team": person.team, "handler": "P0", "status": Status.ACK, "close_due": later(90)}
            write_case(conn, case(f"A2611-{n:04d}", **taken), ())
        job(conn)
        return counted(conn, job)

    with Store.open(sqlite_url) as store:
        mine = case("A2611-9999", team="S1", handler=person.id, status=Status.ACK, close_due=later(90))
        theirs = replace(mine, no="A2611-9998", team=person.team)
        store.submit(lambda conn: [write_case(conn, it, ()) for it in (mine, theirs)]).result()
        few, many = (store.submit(partial(more, first=first)).result() for first in (0, MANY))

    assert few == many
