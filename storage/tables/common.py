"""What the tables share: the condition of a partial index, and the Core table of a model."""

from typing import Any

from sqlalchemy import Table, text
from sqlmodel import SQLModel


def _open(also: str = "") -> dict[str, Any]:
    """What is open, as each database says it, and this too."""
    return {"sqlite_where": text(f"open = 1{also}"), "postgresql_where": text(f"open{also}")}


OPEN, ASKED, COMING = _open(), _open(" AND asked IS NOT NULL"), _open(" AND status = 'ACK'")


def where(condition: str) -> dict[str, Any]:
    """The same condition of a partial index, for both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model, for the statements on the road."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its types do not say so
    return table
