"""Things with a life of their own beside the cases."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.common import OPEN, table_of


class RecordRow(SQLModel, table=True):
    """A record: its body, and the columns that are searched (core.records)."""

    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_open", "district_id", "kind", **OPEN),
        Index("ix_records_due", "district_id", "due_at", **OPEN),
    )

    district_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    version: int
    open: bool
    due_at: datetime | None
    body: str = Field(sa_type=Text)


RECORDS = table_of(RecordRow)
