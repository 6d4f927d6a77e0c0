"""What is due by itself, what failed, and what the bot remembers of itself."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.common import table_of, where


class ScheduleRow(SQLModel, table=True):
    """Something that is due once and belongs to no case; gone when it was done."""

    __tablename__ = "schedules"
    __table_args__ = (Index("ix_schedules_due", "district_id", "due_at"),)

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    kind: str
    params: str = Field(sa_type=Text)
    due_at: datetime


class LetterRow(SQLModel, table=True):
    """An update that failed; with `parked_at` it is a dead letter and `raw` is kept for a person to read."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_parked", "district_id", "parked_at", **where("parked_at IS NOT NULL")),)

    district_id: str = Field(primary_key=True)
    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    attempts: int
    error: str = Field(sa_type=Text)
    raw: str | None = Field(sa_type=Text)
    failed_at: datetime
    parked_at: datetime | None


class DistrictRow(SQLModel, table=True):
    """Each district file that was ever loaded, in order."""

    __tablename__ = "districts"

    district_id: str = Field(primary_key=True)
    serial: int = Field(primary_key=True)
    digest: str
    raw: str = Field(sa_type=Text)
    loaded_at: datetime


class CounterRow(SQLModel, table=True):
    """Serial numbers: of cases by month, of the district's revision, of events without a case."""

    __tablename__ = "counters"

    district_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)


class MetaRow(SQLModel, table=True):
    """Small facts about the bot itself."""

    __tablename__ = "meta"

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)


class FileRow(SQLModel, table=True):
    """A file that was made and sent: `key` names its content, `file_id` is Telegram's."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_at", "district_id", "at"),)

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    file_id: str
    at: datetime


class TrailRow(SQLModel, table=True):
    """A line of the audit log, never changed (core.trail)."""

    __tablename__ = "trail"

    district_id: str = Field(primary_key=True)
    serial: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    body: str = Field(sa_type=Text)
    hash: str


class GeocodeRow(SQLModel, table=True):
    """What a map has answered: `key` is a fingerprint of the question, `found` its answer, empty for none."""

    __tablename__ = "geocodes"
    __table_args__ = (Index("ix_geocodes_at", "district_id", "at"),)

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    found: str
    at: datetime


class LeaderRow(SQLModel, table=True):
    """Which process sends and ticks; PostgreSQL only. `name` is empty once it has given the lead up."""

    __tablename__ = "leaders"

    district_id: str = Field(primary_key=True)
    epoch: int = Field(sa_type=BigInteger)
    name: str
    seen_at: datetime


SCHEDULES = table_of(ScheduleRow)
LETTERS = table_of(LetterRow)
DISTRICTS = table_of(DistrictRow)
COUNTERS = table_of(CounterRow)
META = table_of(MetaRow)
FILES = table_of(FileRow)
TRAIL = table_of(TrailRow)
GEOCODES = table_of(GeocodeRow)
