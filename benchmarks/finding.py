"""`python -m benchmarks.finding`: how long staff wait for a list among many finished cases, on both databases."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import typer
from sqlalchemy import Connection

from benchmarks.rig.databases import Ground, ground
from benchmarks.rig.report import Report, Table, print_report
from benchmarks.rig.rounds import Spread
from core.case import Status
from core.search import OPEN, Query, Scope
from storage import finding
from storage.store import Store
from storage.tables import CASES
from storage.upserts import with_district

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
A_YEAR = timedelta(days=366)
BODY = "{" + " " * 1800 + "}"  # as long as a case of a week's work; never opened
STILL_OPEN = 200
CENTRE, GRID, POST = Scope(everything=True), Scope(grids=("G07",)), Scope(teams=("ST07",), alone="person:P007")
ASKED: Mapping[str, tuple[Scope, Query]] = {
    "open, centre": (CENTRE, Query(statuses=OPEN, urgent_first=True)),
    "open, post": (POST, Query(statuses=OPEN, urgent_first=True)),
    "a number": (CENTRE, Query(numbers=("A2611-000042",))),
    "a day": (CENTRE, Query(since=NOW - timedelta(days=2), until=NOW - timedelta(days=1))),
    "a compound, a year": (CENTRE, Query(places=("XQ0007",), since=NOW - A_YEAR)),
    "a person, a year": (CENTRE, Query(people=("P0042",), since=NOW - A_YEAR)),
    "a kind, a grid, a year": (GRID, Query(categories=("XF02",), since=NOW - A_YEAR)),
    "what there is none of": (CENTRE, Query(statuses=(Status.REJECTED,), since=NOW - A_YEAR)),
    "a word of a place": (CENTRE, Query(words=("17栋",), since=NOW - A_YEAR)),
}


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Cases of a year: the newest still open, the rest finished."""
    step = A_YEAR / count
    for at in range(count):
        opened = NOW - step * at
        yield {
            "no": f"A2611-{at:06d}",
            "version": 9,
            "history": 9,
            "status": "ACK" if at < STILL_OPEN else "CLOSED",
            "open": at < STILL_OPEN,
            "sealed": at % 50 == 0,
            "due_at": opened if at < STILL_OPEN else None,
            "grid": f"G{at % 40:02d}",
            "category": f"XF{at % 12:02d}",
            "severity": at % 4 + 1,
            "reporter": at,
            "team": f"ST{at % 40:02d}",
            "chat": 0,
            "opened_at": opened,
            "closed_at": None if at < STILL_OPEN else opened + timedelta(days=1),
            "close_due": opened + timedelta(days=2),
            "compound": f"XQ{at % 300:04d}",
            "place": f"宏济新居{at % 25}栋",
            "handler": f"P{at % 500:04d}",
            "body": BODY,
        }


def filled(conn: Connection, count: int) -> None:
    """So many cases, and what the database wants to know of them."""
    conn.execute(CASES.insert(), with_district(conn, list(rows(count))))
    conn.exec_driver_sql("ANALYZE")


def searches(url: str, count: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each search, in turn."""
    took: dict[str, list[float]] = {name: [] for name in ASKED}
    with Store.open(url, running=False) as store:
        store.submit(lambda conn: filled(conn, count)).result()
        for _ in range(rounds):
            for name, (scope, query) in ASKED.items():
                start = perf_counter()
                store.read(partial(finding.search, scope=scope, query=query)).result()
                took[name].append((perf_counter() - start) * 1000)
    return took


def measured(place: Ground, count: int, rounds: int) -> Report:
    """All searches on each database."""
    found: dict[str, dict[str, list[float]]] = {}
    for kind in place.kinds:
        with place.fresh(kind) as url:
            found[kind] = searches(url, count, rounds)
    table = Table(
        title="A search, ms: the middle (first and ninth tenth)",
        head=("search", *found),
        rows=tuple((name, *(_spread(took[name]) for took in found.values())) for name in ASKED),
    )
    return Report(name="finding", setup=f"{count:,} cases of a year, {STILL_OPEN} of them open", tables=(table,))


def _spread(figures: list[float]) -> Spread:
    low, mid, high = np.percentile(figures, (10, 50, 90))
    return Spread(float(mid), float(low), float(high))


def main(
    cases: Annotated[int, typer.Option(help="Cases in the database.")] = 100_000,
    rounds: Annotated[int, typer.Option(help="How often each search is asked.")] = 15,
    postgres: Annotated[bool, typer.Option(help="Measure PostgreSQL too.")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    with ground(1, both=postgres) as place:
        print_report(measured(place, cases, rounds), as_json=as_json)


if __name__ == "__main__":
    typer.run(main)
