"""The schema. Rows are a format: they validate nothing, the values in their `body` columns do (codec.py).

Every Telegram id is a BigInteger; every moment is aware UTC on both databases; enums are stored as their strings.
Queries for what is due or waiting go through partial indices, so that they cost what is due and not what there is.
"""

from sqlmodel import SQLModel

from storage.tables.common import table_of
from storage.tables.keeping import (
    COUNTERS,
    DISTRICTS,
    FILES,
    GEOCODES,
    LETTERS,
    META,
    SCHEDULES,
    TRAIL,
    CounterRow,
    DistrictRow,
    FileRow,
    GeocodeRow,
    LeaderRow,
    LetterRow,
    MetaRow,
    ScheduleRow,
    TrailRow,
)
from storage.tables.people import AWAYS, CHANGES, CONTACTS, SIGN_INS, AwayRow, ChangeRow, ContactRow, SignInRow
from storage.tables.positions import POSITIONS, PositionRow
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
    "CHANGES",
    "CHATS",
    "CONTACTS",
    "COUNTERS",
    "DISTRICTS",
    "EVENTS",
    "FILES",
    "GEOCODES",
    "LETTERS",
    "META",
    "METADATA",
    "OUTBOX",
    "OUTBOX_IDS",
    "POSITIONS",
    "POSTS",
    "RECORDS",
    "SCHEDULES",
    "SEEN",
    "SIGN_INS",
    "SLOTS",
    "TRAIL",
    "AwayRow",
    "CaseRow",
    "ChangeRow",
    "ChatRow",
    "ContactRow",
    "CounterRow",
    "DistrictRow",
    "EventRow",
    "FileRow",
    "GeocodeRow",
    "LeaderRow",
    "LetterRow",
    "MetaRow",
    "OutboxRow",
    "PositionRow",
    "PostRow",
    "RecordRow",
    "ScheduleRow",
    "Seen",
    "SignInRow",
    "SlotRow",
    "TrailRow",
    "table_of",
]
