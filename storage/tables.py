"""The schema. Rows are a format: they validate nothing, the values in their `body` columns do (codec.py).

Every Telegram id is a BigInteger; every moment is aware UTC on both databases; enums are stored as their strings.
Queries for what is due or waiting go through partial indices, so that they cost what is due and not what there is.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Sequence, Table, Text, text
from sqlmodel import Field, SQLModel

OUTBOX_IDS = Sequence("outbox_ids", metadata=SQLModel.metadata)  # PostgreSQL only; SQLite has one writer


_OPEN: dict[str, Any] = {"sqlite_where": text("open = 1"), "postgresql_where": text("open")}


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Seen(SQLModel, table=True):
    """What was already handled: updates, digests, schedules."""

    __tablename__ = "seen"

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    at: datetime


class CaseRow(SQLModel, table=True):
    """A case: its body, and the columns that are searched. `history` is how many events it has."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_due", "district_id", "due_at", **_OPEN),
        Index("ix_cases_open", "district_id", "opened_at", **_OPEN),
        Index("ix_cases_reporter", "district_id", "reporter", "opened_at"),
        Index("ix_cases_closed", "district_id", "closed_at"),
    )

    district_id: str = Field(primary_key=True)
    no: str = Field(primary_key=True)
    version: int
    history: int
    status: str
    open: bool
    sealed: bool
    due_at: datetime | None
    grid: str | None
    category: str | None
    severity: int
    reporter: int = Field(sa_type=BigInteger)
    team: str | None
    opened_at: datetime
    closed_at: datetime | None
    body: str = Field(sa_type=Text)


class EventRow(SQLModel, table=True):
    """A line of a case's history, changed by erasure alone; `case_no` is empty for what belongs to no case."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_at", "district_id", "at"),)

    district_id: str = Field(primary_key=True)
    case_no: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    at: datetime
    actor: str | None
    row: int | None
    data: str = Field(sa_type=Text)


class OutboxRow(SQLModel, table=True):
    """A notice on its way. `place` is its turn; a notice that supersedes another takes that one's place."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("uq_outbox_key", "district_id", "key", unique=True),
        Index("ix_outbox_turn", "district_id", "lane", "place", **_where("state = 'pending'")),
        Index("ix_outbox_slot", "district_id", "chat", "slot", **_where("state = 'pending' AND slot IS NOT NULL")),
        Index("ix_outbox_later", "district_id", "not_before", **_where("state = 'pending' AND not_before IS NOT NULL")),
        Index("ix_outbox_flight", "district_id", "chat", **_where("state = 'sending'")),
        Index("ix_outbox_case", "district_id", "case_no"),
    )

    district_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    key: str
    chat: int = Field(sa_type=BigInteger)
    lane: int
    slot: str | None
    again: bool
    case_no: str | None
    place: int = Field(sa_type=BigInteger)
    state: str
    attempts: int
    not_before: datetime | None
    lease_until: datetime | None
    created_at: datetime
    sent_at: datetime | None
    message_id: int | None = Field(sa_type=BigInteger)
    error: str | None
    notice: str = Field(sa_type=Text)


class PostRow(SQLModel, table=True):
    """A message of ours in a chat, and what it was about."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_case", "district_id", "case_no"),)

    district_id: str = Field(primary_key=True)
    chat: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    message: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str
    slot: str | None
    case_no: str | None
    params: str = Field(sa_type=Text)
    at: datetime


class SlotRow(SQLModel, table=True):
    """The message that a living card of a chat is edited in."""

    __tablename__ = "slots"

    district_id: str = Field(primary_key=True)
    chat: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    slot: str = Field(primary_key=True)
    message: int = Field(sa_type=BigInteger)


class ChatRow(SQLModel, table=True):
    """A chat: whether we may write there, and where it went when it became a supergroup."""

    __tablename__ = "chats"

    district_id: str = Field(primary_key=True)
    chat: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    reachable: bool
    title: str
    moved_to: int | None = Field(sa_type=BigInteger)


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
    __table_args__ = (Index("ix_letters_parked", "district_id", "parked_at", **_where("parked_at IS NOT NULL")),)

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


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model, for the statements on the road."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its types do not say so
    return table


METADATA = SQLModel.metadata
SEEN = table_of(Seen)
CASES = table_of(CaseRow)
EVENTS = table_of(EventRow)
OUTBOX = table_of(OutboxRow)
POSTS = table_of(PostRow)
SLOTS = table_of(SlotRow)
CHATS = table_of(ChatRow)
CONTACTS = table_of(ContactRow)
SIGN_INS = table_of(SignInRow)
AWAYS = table_of(AwayRow)
SCHEDULES = table_of(ScheduleRow)
LETTERS = table_of(LetterRow)
DISTRICTS = table_of(DistrictRow)
COUNTERS = table_of(CounterRow)
META = table_of(MetaRow)
