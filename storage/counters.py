"""Serial numbers: without gaps and doubles, whoever takes them at the same time."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Executable, bindparam, select

from storage.tables import COUNTERS
from storage.tenancy import district_of, run
from storage.upserts import insert_into, put_once

LETTER = "A"

_READ = select(COUNTERS.c.value).where(
    COUNTERS.c.district_id == bindparam("district"), COUNTERS.c.name == bindparam("name")
)


def value_of(conn: Connection, name: str) -> int:
    """The last number that was taken; 0 before the first."""
    return run(conn, _READ, name=name).scalar() or 0


def take(conn: Connection, name: str) -> int:
    """The next number; nobody else can take one until this transaction ends, and a rollback gives it back."""
    first = {"district_id": district_of(conn), "name": name, "value": 1}
    return int(conn.execute(_one_more(conn.dialect.name), first).scalar_one())


def hold(conn: Connection, name: str) -> None:
    """Let nobody else take a number until this transaction ends."""
    put_once(conn, COUNTERS, {"name": name, "value": 0})
    run(conn, _READ.with_for_update(), name=name)


def series_of(now: datetime, zone: ZoneInfo) -> str:
    """The letter and the local month of a case number: `A2611`."""
    return f"{LETTER}{now.astimezone(zone):%y%m}"


def number(series: str, serial: int) -> str:
    """A case number: `A2611-0042`."""
    return f"{series}-{serial:04d}"


def next_number(conn: Connection, now: datetime, zone: ZoneInfo, *, held: bool) -> str:
    """The number a new case would get now. Only `take_number` takes it."""
    series = series_of(now, zone)
    if held:
        hold(conn, _name(series))
    return number(series, value_of(conn, _name(series)) + 1)


def take_number(conn: Connection, no: str) -> bool:
    """Take a number that `next_number` showed; False when somebody else was quicker, then roll back."""
    series = no.partition("-")[0]
    return number(series, take(conn, _name(series))) == no


@cache
def _one_more(dialect: str) -> Executable:
    more = insert_into(dialect, COUNTERS).on_conflict_do_update(
        index_elements=["district_id", "name"], set_={"value": COUNTERS.c.value + 1}
    )
    return more.returning(COUNTERS.c.value)


def _name(series: str) -> str:
    return f"case:{series}"
