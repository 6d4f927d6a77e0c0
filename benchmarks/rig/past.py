"""A database with years behind it: finished cases and people who once wrote, written by the memory's functions.

A million cases are a thousand of these and a thousand copies of each, made by the database itself.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection, Table, TextClause, create_engine, text

from benchmarks.rig.town import NINE, BigTown
from core.case import Case, Event, Offer, Place, Status
from core.erasure import erased
from core.world import Contact
from storage import cases, people
from storage.connections import address
from storage.store import Store
from storage.tables import CASES, EVENTS

TOGETHER = 1000
MOULDS = 1000
LONG_AGO = 100  # days: longer than any figure looks back, and their reporters are forgotten
NUMBERS = {False: "A____-100___", True: "A____-500___"}  # of the moulds of finished and of open cases
COPIES = "WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n + 1 < :copies)"
COPIED = {  # table -> what is another in a copy; all else is as it was
    CASES: {"no": "no || '-' || n", "body": "replace(body, no, no || '-' || n)"},
    EVENTS: {"case_no": "case_no || '-' || n"},
}
OLD = 5_900_000_000  # accounts of those who reported in the past
KINDS = ("opened", "reported", "limits", "dispatched", "accepted", "arrived", "done", "confirmed")


def finished(number: int, users: int, since: int = 1, days: int = 700) -> tuple[Case, list[Event]]:
    """An ordinary case of the past, with its history: of one of `days` days, the last of them `since` days ago."""
    opened = NINE - timedelta(days=since + number % days, minutes=number % 1440)
    at = [opened + timedelta(minutes=7 * step) for step in range(len(KINDS))]
    case = Case(
        no=f"A{opened:%y%m}-{100_000 + number}", status=Status.CLOSED, reporter=OLD + number % users,
        opened_at=opened, heard_at=opened, words=("福民小区3栋楼道有人给电瓶车充电",), messages=(1,),
        place=Place(label="福民小区3栋", lat=30.004, lng=103.004, grid="G0", precision="building"),
        category="E1", severity=2, team="S0", handler="H0", accepted_at=at[4], arrived_at=at[5], done_at=at[6],
        closed_at=at[7], result="已劝离,车已推下楼", told_received=True,
    )  # fmt: skip
    return case, [Event(kind=kind, at=when, actor="H0") for kind, when in zip(KINDS, at, strict=True)]


def remember(url: str, count: int, users: int) -> None:
    """Write `count` finished cases of `users` people into a database that no bot uses; about a minute per 100,000."""
    with Store.open(url, running=False) as store:
        for first in range(0, users, TOGETHER):
            store.submit(partial(_people, range(first, min(first + TOGETHER, users)))).result()
        for first in range(0, count, TOGETHER):
            store.submit(partial(_cases, range(first, min(first + TOGETHER, count)), users)).result()


def unfinished(number: int, town: BigTown) -> tuple[Case, list[Event]]:
    """A case that somebody has taken on in the last two years, with time until tomorrow."""
    post = number % town.posts
    case, events = finished(number, MOULDS)
    taken = Offer(
        serial=1, team=f"S{post}", chat=town.chat(post), kind="post", at=case.opened_at, due=case.opened_at,
        state="accepted",
    )  # fmt: skip
    due = NINE + timedelta(days=1, minutes=number % 600)
    opened = replace(
        case, no=f"A2611-{500_000 + number}", status=Status.ACK, offers=(taken,), team=f"S{post}",
        handler=f"H{2 * post}", watchers=(taken.chat,), arrived_at=None, done_at=None, closed_at=None, close_due=due,
        due_at=due, result="",
    )  # fmt: skip
    return opened, events[:5]


def grown(url: str, count: int, town: BigTown, *, open: bool = False) -> None:  # noqa: A002  # the column's name
    """`count` cases more, a multiple of `MOULDS`, `open` or finished long ago; about a minute per million, without a
    care for a power cut. No bot uses the database."""
    with Store.open(url, running=False) as store:
        store.submit(partial(_moulds, town, open)).result()
    engine = create_engine(address(url))
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as conn:
        for word in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000") if sqlite else ():
            conn.exec_driver_sql(f"PRAGMA {word}")
        for table in COPIED if count > MOULDS else ():
            conn.execute(_copying(table), {"numbers": NUMBERS[open], "copies": count // MOULDS})
        conn.commit()
        conn.exec_driver_sql("PRAGMA journal_mode=WAL" if sqlite else "ANALYZE")
        conn.commit()
    engine.dispose()


def _copying(table: Table) -> TextClause:
    other, number = COPIED[table], next(iter(COPIED[table]))
    names = [column.name for column in table.columns]
    values = ", ".join(other.get(name, f"{table.name}.{name}") for name in names)
    chosen = f"SELECT {values} FROM copies, {table.name} WHERE {number} LIKE :numbers"  # noqa: S608  # our own names
    return text(f"{COPIES} INSERT INTO {table.name} ({', '.join(names)}) {chosen}")


def _moulds(town: BigTown, open: bool, conn: Connection) -> None:  # noqa: A002
    for number in range(MOULDS):
        case, events = unfinished(number, town) if open else finished(number, MOULDS, LONG_AGO)
        cases.write_case(conn, case if open else erased(case, NINE, staff=False), events)


def _people(numbers: range, conn: Connection) -> None:
    for number in numbers:
        people.write_contact(conn, Contact(user_id=OLD + number, name=f"居民{number}", greeted=True))


def _cases(numbers: range, users: int, conn: Connection) -> None:
    for number in numbers:
        cases.write_case(conn, *finished(number, users))
