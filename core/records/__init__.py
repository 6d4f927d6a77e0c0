"""Things with a life of their own beside the cases; one module per topic, all of them named in RECORDS."""

from collections.abc import Mapping

from core.records.base import Record

__all__ = ["RECORDS", "Record", "kind_of"]

# How each is called where it is stored and pressed: short, since a button has 64 bytes for all it says.
RECORDS: Mapping[str, type[Record]] = {}
_KINDS = {record: kind for kind, record in RECORDS.items()}


def kind_of(record: Record) -> str:
    """What its kind is called. Raises KeyError for a class that is not in RECORDS."""
    return _KINDS[type(record)]
