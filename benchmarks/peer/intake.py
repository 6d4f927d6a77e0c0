"""`python -m benchmarks.peer.intake how url count waiting posts`: intake transactions, `waiting` of them at any moment.

`storage`: the engine and the memory with a rule that costs nothing. `road`: with the real rules. `raw`: plain sqlite3
or psycopg, one after the other, on tables of its own. Prints one JSON object: rate, and the waits' percentiles in ms.
"""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import orjson
import psycopg
from sqlalchemy import make_url

from benchmarks.rig.rounds import percentile
from benchmarks.rig.town import NINE, BigTown
from benchmarks.rig.updates import RESIDENT, told
from bot import heap
from bot.engine import Engine
from core.case import Case, Event
from core.decide import decide as by_the_rules
from core.messages import Command, Lane, Notice, Sender, Spoke
from core.world import Contact, Decision, World
from storage.store import Store

Decide = Callable[[Command, World], Decision]
GROUP = -1_007_000_000_000
BODY = "x" * 700  # with the rest about 1 kB per report
TABLES = """
CREATE TABLE seen (key TEXT PRIMARY KEY, at TEXT);
CREATE TABLE cases (no TEXT PRIMARY KEY, status TEXT, due_at TEXT, reporter BIGINT, body TEXT);
CREATE INDEX cases_due ON cases (due_at);
CREATE INDEX cases_reporter ON cases (reporter);
CREATE TABLE events (case_no TEXT, seq INTEGER, kind TEXT, body TEXT, PRIMARY KEY (case_no, seq));
CREATE TABLE outbox (id INTEGER PRIMARY KEY, key TEXT, chat BIGINT, lane INTEGER, state TEXT, notice TEXT);
CREATE INDEX outbox_state ON outbox (state, lane, id);
CREATE UNIQUE INDEX outbox_key ON outbox (key);
"""
ROWS = (
    ("INSERT INTO seen VALUES (?, ?)", lambda n: (f"u:{n}", "2026")),
    ("INSERT INTO cases VALUES (?, 'NEW', '2026', ?, ?)", lambda n: (f"A2611-{n}", n, BODY)),
    ("INSERT INTO events VALUES (?, 1, 'reported', ?)", lambda n: (f"A2611-{n}", BODY[:100])),
    ("INSERT INTO outbox VALUES (?, ?, ?, 1, 'pending', ?)", lambda n: (n, f"k{n}", GROUP, BODY[:200])),
)


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        """Always nine."""
        return NINE.astimezone(UTC)


def cheap(command: Command, world: World) -> Decision:
    """What a report leaves, without thinking: a case, two events, two notices, a contact."""
    assert isinstance(command, Spoke)
    case = Case(
        no=world.new_number(), reporter=command.chat, opened_at=world.now, heard_at=world.now, words=(command.text,),
        due_at=world.now,
    )  # fmt: skip
    card = Notice(to=GROUP, kind="card", key=f"{case.no}:card", slot=f"card:{case.no}", lane=Lane.URGENT, case=case.no)
    receipt = Notice(to=command.chat, kind="case.received", key=f"{case.no}:received", case=case.no)
    events = (Event(kind="opened", at=world.now), Event(kind="reported", at=world.now))
    return Decision(case=case, contact=Contact(user_id=command.chat), events=events, notices=(card, receipt))


def spoken(town: BigTown, number: int) -> Spoke:
    """Report `number`."""
    user = RESIDENT + number
    sender = Sender(user_id=user, name="R", language="zh-hans")
    return Spoke(at=NINE.astimezone(UTC), sender=sender, chat=user, message=1, text=told(town, number))


async def through_engine(
    decide: Decide, url: str, count: int, waiting: int, town: BigTown
) -> tuple[list[float], float]:
    """Each of `waiting` people reports again as soon as the last report is kept; the waits and the whole in seconds."""
    with Store.open(url) as store:
        engine = Engine(store, Standing(), decide)
        await _wave(engine, town, range(1, count // 10 + 2), waiting)  # statements compiled, the town built
        heap.settle()  # as a bot that has started does
        begun = time.perf_counter()
        waits = await _wave(engine, town, range(count + 1, 2 * count + 1), waiting)
        return waits, time.perf_counter() - begun


async def _wave(engine: Engine, town: BigTown, numbers: Iterable[int], waiting: int) -> list[float]:
    waits: list[float] = []
    left = iter(numbers)

    async def person() -> None:
        for number in left:
            begun = time.perf_counter()
            await engine.execute(spoken(town, number), f"u:{number}")
            waits.append(time.perf_counter() - begun)

    await asyncio.gather(*(person() for _ in range(waiting)))
    return waits


def raw(url: str, count: int) -> tuple[list[float], float]:
    """One transaction after the other on a connection of its own."""
    commit = _sqlite(url) if url.startswith("sqlite") else _postgres(url)
    for number in range(1, count // 10 + 2):
        commit(number)
    waits, whole = [], time.perf_counter()
    for number in range(count + 1, 2 * count + 1):
        begun = time.perf_counter()
        commit(number)
        waits.append(time.perf_counter() - begun)
    return waits, time.perf_counter() - whole


def _sqlite(url: str) -> Callable[[int], None]:
    conn = sqlite3.connect(f"{make_url(url).database}.raw", isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.executescript(TABLES)

    def commit(number: int) -> None:
        conn.execute("BEGIN IMMEDIATE")
        for statement, values in ROWS:
            conn.execute(statement, values(number))
        conn.execute("COMMIT")

    return commit


def _postgres(url: str) -> Callable[[int], None]:
    conn = psycopg.connect(url)
    conn.execute("CREATE SCHEMA raw")
    conn.execute("SET search_path TO raw")
    conn.execute(TABLES)
    conn.commit()

    def commit(number: int) -> None:
        for statement, values in ROWS:
            conn.execute(statement.replace("?", "%s").encode(), values(number))
        conn.commit()

    return commit


RULES: dict[str, Decide] = {"storage": cheap, "road": by_the_rules}


def main(how: str, url: str, count: int, waiting: int, town: BigTown) -> None:
    """Warm up with a tenth, measure, print."""
    if how == "raw":
        waits, seconds = raw(url, count)
    else:
        waits, seconds = asyncio.run(through_engine(RULES[how], url, count, waiting, town))
    figures = {"rate": count / seconds, "p50": percentile(waits, 0.5) * 1e3, "p99": percentile(waits, 0.99) * 1e3}
    print(orjson.dumps(figures).decode(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), BigTown(posts=int(sys.argv[5])))
