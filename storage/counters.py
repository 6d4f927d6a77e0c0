"""Serial numbers: no two alike, whoever takes them at the same time; and marks that tell whether something changed."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, or_, select, text

from storage import quick
from storage.alone import memory_of
from storage.tables import COUNTERS
from storage.tenancy import district_of, one_by_one
from storage.upserts import Insert, insert_into, put

LETTER = "A"

_HERE = COUNTERS.c.district_id == bindparam("district")
_READ = select(COUNTERS.c.value).where(_HERE, COUNTERS.c.name == bindparam("name"))
_NEXT = text("SELECT nextval(to_regclass(:sequence))")
_SET = text("SELECT setval(to_regclass(:sequence), :value)")


def renew(conn: Connection, name: str) -> None:
    """Another mark, in the transaction of the change: what a process keeps in memory is true while its mark is the
    same. It is drawn and not counted, or a change that was rolled back could pass for the next one.
    """
    _set(conn, name, secrets.randbits(62))


def value_of(conn: Connection, name: str) -> int:
    """The last number that was taken; 0 before the first."""
    return int(quick.first(conn, _READ, name=name) or 0)


def values_of(conn: Connection, names: tuple[str, ...]) -> Mapping[str, int]:
    """The same of several; those that were never taken are left out."""
    known = _known(conn)
    if not all(name in known for name in names):
        known.update(dict.fromkeys(names), **dict(quick.rows(conn, _read_all(names))))
    return {name: value for name in names if (value := known[name]) is not None}


def take(conn: Connection, name: str) -> int:
    """The next number; nobody else can take one until this transaction ends, and a rollback gives it back."""
    known = _known(conn)
    before = known.get(name)
    quick.put(conn, _one_more(conn.dialect.name), {"district_id": district_of(conn), "name": name, "value": 1})
    known[name] = value = value_of(conn, name) if before is None else before + 1
    return value


def series_of(now: datetime, zone: ZoneInfo) -> str:
    """The letter and the local month of a case number: `A2611`."""
    local = now.astimezone(zone)
    return f"{LETTER}{local.year % 100:02}{local.month:02}"


def number(series: str, serial: int) -> str:
    """A case number: `A2611-0042`."""
    return f"{series}-{serial:04d}"


def take_number(conn: Connection, now: datetime, zone: ZoneInfo) -> str:
    """The number of a new case. On PostgreSQL a rollback leaves a gap, for nobody waits there for another's commit."""
    series = series_of(now, zone)
    counted = conn.dialect.name == "sqlite"  # one writer, so nobody waits anyway
    return number(series, take(conn, _name(series)) if counted else _from_sequence(conn, series))


def skip_numbers(conn: Connection, at: datetime, zone: ZoneInfo, by: int, to: int) -> None:
    """Leave out at least `by` numbers of a month, up to the next multiple of `to`."""
    series = series_of(at, zone)
    last = value_of(conn, _name(series))
    sequence = None if conn.dialect.name == "sqlite" else _sequence(conn, series)
    known = conn.execute(_NEXT, {"sequence": sequence}).scalar() if sequence else None
    beyond = -(-(int(known if known is not None else last) + by) // to) * to
    if known is not None:
        conn.execute(_SET, {"sequence": sequence, "value": beyond})
    else:
        _set(conn, _name(series), beyond)


def _set(conn: Connection, name: str, value: int) -> None:
    put(conn, COUNTERS, [{"name": name, "value": value}])
    _known(conn)[name] = value


def _known(conn: Connection) -> dict[str, int | None]:
    """What was read or written in this transaction, None for what is not there; a dict that nobody keeps where others
    write too."""
    memory = memory_of(conn)
    known: dict[str, int | None] = {} if memory is None else memory.setdefault(COUNTERS.name, {})
    return known


def _from_sequence(conn: Connection, series: str) -> int:
    sequence = _sequence(conn, series)
    serial = conn.execute(_NEXT, {"sequence": sequence}).scalar()
    if serial is None:
        _open_month(conn, series, sequence)
        serial = conn.execute(_NEXT, {"sequence": sequence}).scalar_one()
    return int(serial)


def _sequence(conn: Connection, series: str) -> str:
    district = blake2b(district_of(conn).encode(), digest_size=8).hexdigest()  # names of sequences are short
    return f"cases_{district}_{series.lower()}"


def _open_month(conn: Connection, series: str, sequence: str) -> None:
    """The first case of a month; two at once would both find nothing and make the same sequence."""
    one_by_one(conn, sequence)
    first = value_of(conn, _name(series)) + 1  # a month that was begun with a counter goes on
    conn.exec_driver_sql(f"CREATE SEQUENCE IF NOT EXISTS {sequence} START {first}")


@cache
def _read_all(names: tuple[str, ...]) -> Select[tuple[str, int]]:
    return select(COUNTERS.c.name, COUNTERS.c.value).where(_HERE, or_(*(COUNTERS.c.name == name for name in names)))


@cache
def _one_more(dialect: str) -> Insert:
    more: Insert = insert_into(dialect, COUNTERS).on_conflict_do_update(
        index_elements=["district_id", "name"], set_={"value": COUNTERS.c.value + 1}
    )
    return more


def _name(series: str) -> str:
    return f"case:{series}"
