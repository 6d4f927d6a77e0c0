"""The schema. Rows are a format: they validate nothing, the values in their `body` columns do (codec.py).

Every Telegram id is a BigInteger; every moment is aware UTC on both databases; enums are stored as their strings.
Queries for what is due or waiting go through partial indices, so that they cost what is due and not what there is.
"""

from sqlmodel import SQLModel

from storage.tables.common import table_of
from storage.tables.keeping import (
    COUNTERS,
    DISTRICTS,
    LETTERS,
    META,
    SCHEDULES,
    CounterRow,
    DistrictRow,
    LetterRow,
    MetaRow,
    ScheduleRow,
)
from storage.tables.people import AWAYS, CONTACTS, SIGN_INS, AwayRow, ContactRow, SignInRow
from storage.tables.records import RECORDS, RecordRow
from storage.tables.road import (
    CASES,
    CHATS,
    EVENTS,
    OUTBOX,
    OUTBOX_IDS,
    POSTS,
    SEEN,
    SLOTS,
    CaseRow,
    ChatRow,
    EventRow,
    OutboxRow,
    PostRow,
    Seen,
    SlotRow,
)

METADATA = SQLModel.metadata

__all__ = [
    "AWAYS",
    "CASES",
    "CHATS",
    "CONTACTS",
    "COUNTERS",
    "DISTRICTS",
    "EVENTS",
    "LETTERS",
    "META",
    "METADATA",
    "OUTBOX",
    "OUTBOX_IDS",
    "POSTS",
    "RECORDS",
    "SCHEDULES",
    "SEEN",
    "SIGN_INS",
    "SLOTS",
    "AwayRow",
    "CaseRow",
    "ChatRow",
    "ContactRow",
    "CounterRow",
    "DistrictRow",
    "EventRow",
    "LetterRow",
    "MetaRow",
    "OutboxRow",
    "PostRow",
    "RecordRow",
    "ScheduleRow",
    "Seen",
    "SignInRow",
    "SlotRow",
    "table_of",
]
