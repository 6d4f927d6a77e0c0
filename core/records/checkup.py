"""A check-up that somebody asked for in chat and that is still to be done; whoever can look does it."""

from dataclasses import dataclass

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup(Record):
    """Asked for by an account, to be told in this language."""

    user: int
    language: str
