"""The statements of the road, without SQLAlchemy's way from a statement to a result.

Each is a Core statement, compiled once and handed to the driver as it is: plain values in, plain tuples out. That way
costs ten times what SQLite itself needs for a row, and a report is a dozen statements (docs/benchmarks.md). Moments may
go in, but only texts and numbers come out as they are; whoever reads moments asks `tenancy.run`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.tenancy import district_of

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
KEPT = 500  # far more than there are statements
MOMENTS = 256


def rows(conn: Connection, statement: ClauseElement, **values: Any) -> list[Any]:
    """All rows of a statement with a `:district` in it, and the values it names."""
    values["district"] = district_of(conn)
    return _told(_ran(conn, statement, values))


def first(conn: Connection, statement: ClauseElement, **values: Any) -> Any:
    """The first value of the first row; None when there is none."""
    values["district"] = district_of(conn)
    row = _ran(conn, statement, values).fetchone()
    return row[0] if row is not None else None


def put(conn: Connection, statement: ClauseElement, row: Values) -> list[Any]:
    """Insert a row, its district included; what the statement returns."""
    return _told(_ran(conn, statement, row))


def put_all(conn: Connection, statement: ClauseElement, many: Sequence[Values]) -> None:
    """Insert rows that have the same columns; nothing comes back."""
    if len(many) == 1:  # a driver gets ready for many as for a journey
        _ran(conn, statement, many[0])
        return
    ready = _ready(conn.dialect, statement, tuple(many[0]))
    _driver(conn).cursor().executemany(ready.sql, [ready.bound(row) for row in many])


def _ran(conn: Connection, statement: ClauseElement, values: Values) -> Any:
    """The driver's cursor."""
    ready = _ready(conn.dialect, statement, tuple(values))
    return _driver(conn).execute(ready.sql, ready.bound(values))


def _told(cursor: Any) -> list[Any]:
    return cursor.fetchall() if cursor.description else []


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """SQL in the driver's words. `order` names its places and who converts what stands there, None where the driver
    takes names."""

    sql: str
    order: tuple[tuple[str, Convert | None], ...] | None
    fixed: Values
    converters: tuple[tuple[str, Convert], ...]

    def bound(self, values: Values) -> Any:
        given = {**self.fixed, **values} if self.fixed else values
        if self.order is not None:
            return [given[name] if convert is None else convert(given[name]) for name, convert in self.order]
        return {**given, **{name: convert(given[name]) for name, convert in self.converters}}


@lru_cache(maxsize=KEPT)
def _ready(dialect: Dialect, statement: ClauseElement, names: tuple[str, ...]) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise TypeError("A statement that is written anew for its values cannot be kept.")
    converters = dict(_converters(compiled, dialect))
    order = tuple((name, converters.get(name)) for name in compiled.positiontup) if compiled.positional else None
    return _Ready(
        sql=str(compiled),
        order=order,
        fixed={name: value for name, value in compiled.params.items() if name not in names},
        converters=tuple(converters.items()),
    )


def _converters(compiled: Any, dialect: Dialect) -> Iterator[tuple[str, Convert]]:
    for name, parameter in compiled.binds.items():
        convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            yield name, _moments(dialect) if isinstance(parameter.type, UTCDateTime) else convert


@cache
def _moments(dialect: Dialect) -> Convert:
    """A command writes its moment a dozen times, and each is worked out in three calls. Only UTC is known again: two
    moments of another zone may look alike, an hour apart, when its clocks are put back."""
    convert = UTCDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert convert is not None
    known = lru_cache(maxsize=MOMENTS)(convert)
    return lambda moment: known(moment) if moment is not None and moment.tzinfo is UTC else convert(moment)
