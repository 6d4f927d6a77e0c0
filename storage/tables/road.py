"""What a command writes: cases with their history, the outbox, and our messages in the chats."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Sequence, Text
from sqlmodel import Field, SQLModel

from storage.tables.common import ASKED, COMING, OPEN, table_of, where

OUTBOX_IDS = Sequence("outbox_ids", metadata=SQLModel.metadata)  # PostgreSQL only; SQLite has one writer


# All that cases are found by (storage/finding.py), in the index itself.
FOUND_BY = (
    "no", "status", "open", "sealed", "grid", "compound", "category", "severity", "team", "handler", "close_due",
    "place", "asked",
)  # fmt: skip


class Seen(SQLModel, table=True):
    """What was already handled: updates, digests, schedules."""

    __tablename__ = "seen"

    district_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    at: datetime


class CaseRow(SQLModel, table=True):
    """A case: its body, and the columns that are searched. `history` is how many events it has.

    `chat` is where somebody is asked (core.audit.asked_chat): 0 where nobody has to be, NULL where nobody is.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_due", "district_id", "due_at", **OPEN),
        Index("ix_cases_load", "district_id", "team", "severity", "opened_at", "no", "status", **OPEN),
        Index("ix_cases_grid", "district_id", "grid", "severity", "opened_at", "no", "open", **OPEN),  # counted in it
        Index("ix_cases_urgent", "district_id", "severity", "opened_at", "no", **OPEN),
        Index("ix_cases_asked", "district_id", "asked", **ASKED),
        Index("ix_cases_late", "district_id", "close_due", **OPEN),
        Index("ix_cases_owed", "district_id", "owed_until", **OPEN),
        Index("ix_cases_handler", "district_id", "handler", "opened_at", **COMING),
        Index("ix_cases_chat", "district_id", "chat", "opened_at", **OPEN),
        Index("ix_cases_near", "district_id", "cell", "category", "open", "opened_at"),
        Index("ix_cases_reporter", "district_id", "reporter", "opened_at"),
        Index("ix_cases_closed", "district_id", "closed_at"),
        Index("ix_cases_find", "district_id", "opened_at", *FOUND_BY),
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
    chat: int | None = Field(sa_type=BigInteger)
    cell: str | None  # core.duplicates.cell_of; NULL where it must not be found
    opened_at: datetime
    closed_at: datetime | None
    close_due: datetime | None
    owed_until: datetime | None  # its last promise besides `close_due`; NULL where that is not known yet
    compound: str | None
    place: str | None
    handler: str | None
    asked: str | None  # core.search.asked, as |ST1|ST4|
    body: str = Field(sa_type=Text)


class EventRow(SQLModel, table=True):
    """A line of a case's history, changed by erasure alone; `case_no` is empty for what belongs to no case."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_at", "district_id", "at"),
        Index("ix_events_apart", "district_id", "case_no", "kind", "at", **where("case_no = ''")),
    )

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
        Index("ix_outbox_turn", "district_id", "lane", "place", **where("state = 'pending'")),
        Index("ix_outbox_slot", "district_id", "chat", "slot", **where("state = 'pending' AND slot IS NOT NULL")),
        Index("ix_outbox_later", "district_id", "not_before", **where("state = 'pending' AND not_before IS NOT NULL")),
        Index("ix_outbox_flight", "district_id", "chat", **where("state = 'sending'")),
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
    doubts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # of unknown outcome
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


SEEN = table_of(Seen)
CASES = table_of(CaseRow)
EVENTS = table_of(EventRow)
OUTBOX = table_of(OutboxRow)
POSTS = table_of(PostRow)
SLOTS = table_of(SlotRow)
CHATS = table_of(ChatRow)
