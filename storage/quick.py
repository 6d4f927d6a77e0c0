"""The statements of the road, without SQLAlchemy's way from a statement to a result.

Each is a Core statement, compiled once and handed to the driver as it is: plain values in, plain tuples out. That way
costs ten times what SQLite itself needs for a row, and a report is a dozen statements (docs/benchmarks.md). Moments may
go in, but only texts and numbers come out as they are; whoever reads moments asks `tenancy.run`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Dialect, bindparam
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.tenancy import district_of

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
FEW = 8  # as many notices as are taken at once
KEPT = 500  # far more than there are statements
MOMENTS = 256


def rows(conn: Connection, statement: ClauseElement, **values: Any) -> list[Any]:
    """All rows of a statement with a `:district` in it, and the values it names."""
    values["district"] = district_of(conn)
    return list(_ran(conn, statement, values).fetchall())


def first(conn: Connection, statement: ClauseElement, **values: Any) -> Any:
    """The first value of the first row; None when there is none."""
    values["district"] = district_of(conn)
    row = _ran(conn, statement, values).fetchone()
    return row[0] if row is not None else None


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The column is one of the values that `fews` names. SQLAlchemy writes `IN` anew for each number of values."""
    return column.in_([bindparam(f"{name}_{n}") for n in range(FEW)])


def fews(name: str, values: Collection[Any]) -> Iterator[dict[str, Any]]:
    """The values, a few at a time; the last one stands in for those that are missing."""
    left = list(values)
    while left:
        now, left = left[:FEW], left[FEW:]
        yield {f"{name}_{n}": now[min(n, len(now) - 1)] for n in range(FEW)}


def put(conn: Connection, statement: ClauseElement, row: Values) -> int:
    """Insert a row, its district included; how many rows that made or changed. It is counted and not returned: SQLite
    builds a table of its own for what a statement returns, which takes longer than most rows."""
    return int(_ran(conn, statement, row).rowcount)


def put_all(conn: Connection, statement: ClauseElement, many: Sequence[Values]) -> int:
    """Insert rows that have the same columns; how many rows that made or changed."""
    if len(many) == 1:  # a driver gets ready for many as for a journey
        return put(conn, statement, many[0])
    ready = _ready(conn.dialect, statement, tuple(many[0]))
    cursor = _driver(conn).cursor()
    cursor.executemany(ready.sql, [ready.bound(row) for row in many])
    return int(cursor.rowcount)


def _ran(conn: Connection, statement: ClauseElement, values: Values) -> Any:
    """The driver's cursor."""
    ready = _ready(conn.dialect, statement, tuple(values))
    return _driver(conn).execute(ready.sql, ready.bound(values))


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """SQL in the driver's words. `order` reads the values of its places, None where the driver takes names;
    `converters` say who converts what stands in a place, or under a name."""

    sql: str
    order: Callable[[Values], tuple[Any, ...]] | None
    fixed: Values
    converters: tuple[tuple[Any, Convert], ...]

    def bound(self, values: Values) -> Any:
        given = {**self.fixed, **values} if self.fixed else values
        row: Any = list(self.order(given)) if self.order is not None else dict(given)
        for place, convert in self.converters:
            row[place] = convert(row[place])
        return row


@lru_cache(maxsize=KEPT)
def _ready(dialect: Dialect, statement: ClauseElement, names: tuple[str, ...]) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise TypeError("A statement that is written anew for its values cannot be kept.")
    converters = dict(_converters(compiled, dialect))
    places = compiled.positiontup if compiled.positional else None
    return _Ready(
        sql=str(compiled),
        order=_reader(places) if places is not None else None,
        fixed={name: value for name, value in compiled.params.items() if name not in names},
        converters=tuple(
            (name if places is None else at, converters[name])
            for at, name in enumerate(compiled.binds if places is None else places)
            if name in converters
        ),
    )


def _reader(names: Sequence[str]) -> Callable[[Values], tuple[Any, ...]]:
    """Of one name `itemgetter` would give the bare value."""
    return itemgetter(*names) if len(names) > 1 else lambda given: tuple(given[name] for name in names)


def _converters(compiled: Any, dialect: Dialect) -> Iterator[tuple[str, Convert]]:
    for name, parameter in compiled.binds.items():
        convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None and not isinstance(parameter.type, Boolean):  # both drivers know what is true
            yield name, _moments(dialect) if isinstance(parameter.type, UTCDateTime) else convert


@cache
def _moments(dialect: Dialect) -> Convert:
    """A command writes its moment a dozen times. Only UTC is known again: two moments of another zone may look alike,
    an hour apart, when its clocks are put back."""
    convert = _as_text if dialect.name == "sqlite" else UTCDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert convert is not None
    known = lru_cache(maxsize=MOMENTS)(convert)
    return lambda moment: known(moment) if moment is not None and moment.tzinfo is UTC else convert(moment)


def _as_text(moment: datetime | None) -> str | None:
    """As SQLAlchemy keeps it in SQLite, in a third of its time: each report has some ten of its own."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment must have timezone information")
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[: -len("+00:00")]
