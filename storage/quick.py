"""The statements of the road, without SQLAlchemy's way from a statement to a result.

Each is a Core statement, compiled once and handed to the driver as it is: plain values in, plain tuples out. That way
costs ten times what SQLite itself needs for a row, and a report is a dozen statements (docs/benchmarks.md). Moments may
go in, but only texts and numbers come out as they are; whoever reads moments asks `tenancy.run`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.expression import ClauseElement

from storage.tenancy import district_of

Values = Mapping[str, Any]
KEPT = 500  # far more than there are statements


def rows(conn: Connection, statement: ClauseElement, **values: Any) -> list[Any]:
    """All rows of a statement with a `:district` in it, and the values it names."""
    return put(conn, statement, {"district": district_of(conn), **values})


def first(conn: Connection, statement: ClauseElement, **values: Any) -> Any:
    """The first value of the first row; None when there is none."""
    found = rows(conn, statement, **values)
    return found[0][0] if found else None


def put(conn: Connection, statement: ClauseElement, row: Values) -> list[Any]:
    """Insert a row, its district included; what the statement returns."""
    ready = _ready(conn.dialect, statement, tuple(row))
    cursor = _cursor(conn)
    cursor.execute(ready.sql, ready.bound(row))
    return list(cursor.fetchall()) if cursor.description else []


def put_all(conn: Connection, statement: ClauseElement, many: Sequence[Values]) -> None:
    """Insert rows that have the same columns; nothing comes back."""
    ready = _ready(conn.dialect, statement, tuple(many[0]))
    _cursor(conn).executemany(ready.sql, [ready.bound(row) for row in many])


def _cursor(conn: Connection) -> Any:
    return conn.connection.cursor()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """SQL in the driver's words. `order` names its places, None where the driver takes names."""

    sql: str
    order: tuple[str, ...] | None
    fixed: Values
    converters: tuple[tuple[str, Callable[[Any], Any]], ...]

    def bound(self, values: Values) -> Any:
        given = {**self.fixed, **values}
        for name, convert in self.converters:
            given[name] = convert(given[name])
        return given if self.order is None else [given[name] for name in self.order]


@lru_cache(maxsize=KEPT)
def _ready(dialect: Dialect, statement: ClauseElement, names: tuple[str, ...]) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise TypeError("A statement that is written anew for its values cannot be kept.")
    return _Ready(
        sql=str(compiled),
        order=tuple(compiled.positiontup) if compiled.positional else None,
        fixed={name: value for name, value in compiled.params.items() if name not in names},
        converters=tuple(_converters(compiled, dialect)),
    )


def _converters(compiled: Any, dialect: Dialect) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    for name, parameter in compiled.binds.items():
        convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            yield name, convert
