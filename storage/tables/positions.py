"""Where people on duty were."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from storage.tables.common import table_of


class PositionRow(SQLModel, table=True):
    """A place of somebody on duty; a row is never changed. `serial` rises with every row of the district."""

    __tablename__ = "positions"
    __table_args__ = (
        Index("ix_positions_at", "district_id", "at"),
        Index("ix_positions_person", "district_id", "person", "at"),
    )

    district_id: str = Field(primary_key=True)
    serial: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    person: str
    at: datetime
    lat: float
    lng: float
    accuracy: float | None
    source: str
    until: datetime | None


POSITIONS = table_of(PositionRow)
