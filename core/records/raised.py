"""A question that somebody of the centre has made a report of: once, however many press."""

from dataclasses import dataclass

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Record):
    """Its id is the chat and the message of the question, `no` the number of the case."""

    no: str
