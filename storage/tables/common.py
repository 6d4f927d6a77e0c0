"""What the tables share: the condition of a partial index, and the Core table of a model."""

from typing import Any

from sqlalchemy import Table, text
from sqlmodel import SQLModel

OPEN: dict[str, Any] = {"sqlite_where": text("open = 1"), "postgresql_where": text("open")}
ASKED: dict[str, Any] = {
    "sqlite_where": text("open = 1 AND asked IS NOT NULL"),
    "postgresql_where": text("open AND asked IS NOT NULL"),
}
COMING: dict[str, Any] = {
    "sqlite_where": text("open = 1 AND status = 'ACK'"),
    "postgresql_where": text("open AND status = 'ACK'"),
}


def where(condition: str) -> dict[str, Any]:
    """The same condition of a partial index, for both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model, for the statements on the road."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its types do not say so
    return table
