"""What a decision has to be shown of the storage."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a decision has to be shown of the storage; loaded once, in the same transaction."""

    case: str | None = None
    user: int | None = None
    cases_of: int | None = None  # the reporter's cases, newest first
    message: tuple[int, int] | None = None  # (chat, message id) of a message of ours that was replied to or pressed
    case_of_message: bool = False  # the case that message is about, when `case` names none
    otherwise: str | None = None  # the case when that message is not known: the word that it was sent can be lost
    number: bool = False  # a fresh case number may be taken
    log: tuple[datetime, datetime] | None = None  # events of all cases alive in this window
    cases_open: bool = False  # all open cases (lists for staff)
    records: frozenset[str] = frozenset()  # kinds of records of which the open ones are shown
    record: tuple[str, str] | None = None  # kind and id of one record, open or not
