"""People, and who is at their post."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.common import table_of


class ContactRow(SQLModel, table=True):
    """A person as the chat knows them."""

    __tablename__ = "contacts"

    district_id: str = Field(primary_key=True)
    user_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    body: str = Field(sa_type=Text)


class SignInRow(SQLModel, table=True):
    """Somebody at their post for a shift."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_end", "district_id", "shift_end"),)

    district_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    team: str = Field(primary_key=True)
    shift_start: datetime = Field(primary_key=True)
    shift_end: datetime
    body: str = Field(sa_type=Text)


class AwayRow(SQLModel, table=True):
    """Somebody away from their post; `until` is empty while nobody knows."""

    __tablename__ = "aways"
    __table_args__ = (Index("ix_aways_until", "district_id", "until"),)

    district_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    since: datetime = Field(primary_key=True)
    until: datetime | None
    body: str = Field(sa_type=Text)


class ChangeRow(SQLModel, table=True):
    """A change of the plan: leave, swap, extra duty; `serial` is the order in which they were decided."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_end", "district_id", "shift_end"),)

    district_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    serial: int
    shift_end: datetime
    body: str = Field(sa_type=Text)


CONTACTS = table_of(ContactRow)
SIGN_INS = table_of(SignInRow)
AWAYS = table_of(AwayRow)
CHANGES = table_of(ChangeRow)
