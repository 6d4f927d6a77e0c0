"""What is asked all day long costs what it finds, not what there is: every query goes through its index.

The statements are those that really ran, caught on their way; the tables are full of what is not wanted.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from core.case import Status
from core.messages import Command, Press, Pressed, Sender, Spoke
from core.roster import Away, SignIn
from storage import people, transaction
from storage.cases import due_cases, write_case
from storage.outbox import claim, mark_sent
from storage.queueing import queue
from storage.schedules import due_schedules, next_due, put_schedule
from storage.store import Store
from storage.tables import SEEN
from storage.upserts import with_district
from tests.storage.values import GROUP, NOW, REPORTER, case, later, notice, town

MANY = 500
TOWN = town()
SENDER = Sender(user_id=REPORTER, name="Li")
SPOKE = Spoke(at=NOW, sender=SENDER, chat=GROUP, message=1, reply_to=7)
PRESSED = Pressed(
    at=NOW, sender=SENDER, chat=GROUP, message=7, callback="c", press=Press(action="ack", case="A2611-0001")
)

Ran = tuple[str, Any]

WHOLE = re.compile(r"Seq Scan|SCAN (?!CONSTANT|\d)|\(district_id=\?\)")  # also all rows of a district by its index
FIRST_FEW = re.compile(r"ix_outbox_(turn|later)|ix_\w+_due|COVERING INDEX sqlite_autoindex_outbox_1")  # min, max, LIMIT


def fill(conn: Connection) -> None:
    """A district after a year: nearly all is over."""
    for n in range(MANY):
        ended = n % 100 > 0
        status = Status.CLOSED if ended else Status.NEW
        write_case(conn, case(f"A2510-{n:04d}", reporter=n, status=status, due_at=later(n), closed_at=NOW), ())
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


@contextmanager
def watching() -> Iterator[list[Ran]]:
    ran: list[Ran] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        ran.append((statement, parameters[0] if isinstance(parameters, list) else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plans(store: Store, work: Callable[[Connection], object]) -> list[str]:
    """How the database does each statement of a job."""

    def job(conn: Connection) -> list[str]:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a small table is read whole out of thrift
        with watching() as ran:
            work(conn)
        explain = "EXPLAIN QUERY PLAN " if conn.dialect.name == "sqlite" else "EXPLAIN "
        wanted = [it for it in ran if it[0].lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
        return ["\n".join(str(row) for row in conn.exec_driver_sql(explain + sql, values)) for sql, values in wanted]

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
}


def test_every_query_goes_through_its_index_and_none_reads_a_whole_table(full: Store) -> None:
    wrong = []
    for name, (work, indices) in ASKED.items():
        found = "\n".join(plans(full, work))
        missing = [index for index in indices if not any(it in found for it in index.split("|"))]
        wrong += [(name, scans(found), missing, found)] if scans(found) or missing else []

    assert wrong == []


def test_a_report_is_a_handful_of_statements(store: Store) -> None:
    """The road stays short: one more statement here is one more for every message of a town."""
    from core.case import Event
    from core.world import Contact, Decision

    def job(conn: Connection) -> int:
        with watching() as ran:
            transaction.first_time(conn, "u:1", NOW)
            command = Spoke(at=NOW, sender=SENDER, chat=REPORTER, message=1)
            world = transaction.world_for(conn, command, TOWN, NOW, "bot")
            decision = Decision(
                case=case(),
                contact=Contact(user_id=REPORTER),
                events=(Event(kind="told", at=NOW), Event(kind="assigned", at=NOW)),
                notices=(notice("1", slot="card"), notice("2", to=REPORTER)),
            )
            transaction.save(conn, decision, world, NOW)
        return len(ran)

    assert store.submit(job).result() <= 14
