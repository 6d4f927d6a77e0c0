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
    log: tuple[datetime, datetime] | None = None  # events of the cases that moved or owe something in this window
    chat: int | None = None  # a chat: whether we may write there, and the open cases that have to do with it
    cases_open: bool = False  # all open cases (lists for staff)
    records: frozenset[str] = frozenset()  # kinds of records of which the open ones are shown
    counts: tuple[datetime, datetime] | None = None  # of cases told of in this window, what a mere count needs
    apart: tuple[datetime, datetime] | None = None  # events of no case in this window, added to the log
    routes: bool = False  # where everybody on duty is, and what each team has to do
    history: str | None = None  # a case whose whole history is added to the log
    mine: bool = False  # the open cases that `user` has accepted, as open cases
    track: bool = False  # where `user` was lately
    record: tuple[str, str] | None = None  # kind and id of one record, open or not
