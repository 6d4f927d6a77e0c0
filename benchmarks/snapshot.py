"""Snapshot rows of cases, turned into the events they must have come from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from core.figures.log import Entry

Row = Mapping[str, object]
# column of the row: kind of event, data of the event; a column that is null or missing gives none
MOMENTS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("acked_at", "accepted", {"assignment": 1, "person": "snapshot"}),
    ("arrived_at", "arrived", {}),
    ("resolved_at", "done", {"photo": True}),
    ("closed_at", "closed", {"auto": False}),
    ("reopened_at", "reopened", {}),
    ("cancelled_at", "cancelled", {}),
)


def moment(row: Row, column: str) -> datetime | None:
    """The moment in a column."""
    value = row.get(column)
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def opening(row: Row, case: str, at: datetime, grid: str | None) -> Iterator[Entry]:
    """First message, limits and first assignment; `accepted_at` of a snapshot is the first message."""
    data = {key: row.get(key) for key in ("category", "severity", "source", "place")}
    yield Entry(case=case, at=at, kind="reported", data={**data, "grid": row.get("grid", grid)})
    limits = {key: row.get(key) for key in ("arrive_due", "close_due")}
    yield Entry(case=case, at=at, kind="limits", data=limits)
    if row.get("ack_due"):
        yield Entry(case=case, at=at, kind="assigned", data={"assignment": 1, "team": "", "ack_due": row["ack_due"]})


def endings(row: Row, case: str, at: datetime) -> Iterator[Entry]:
    """What the state alone tells, and the rating, which a snapshot gives without a time: taken at the closing."""
    if row.get("state") == "merged":
        yield Entry(case=case, at=moment(row, "merged_at") or at, kind="merged", data={"into": row.get("merged_into")})
    if row.get("state") == "spam":
        yield Entry(case=case, at=moment(row, "spam_at") or at, kind="spam")
    if row.get("rating"):
        rated = moment(row, "rated_at") or moment(row, "closed_at") or moment(row, "resolved_at") or at
        yield Entry(case=case, at=rated, kind="rated", data={"rating": row["rating"]})


def again(row: Row, case: str) -> Iterator[Entry]:
    """The assignment that a reopening made."""
    at = moment(row, "reopened_at")
    if at and row.get("reopen_ack_due"):
        data = {"assignment": 2, "team": "", "ack_due": row["reopen_ack_due"]}
        yield Entry(case=case, at=at, kind="assigned", data=data)


def entries_from_snapshot(rows: Iterable[Row], grid: str | None) -> tuple[Entry, ...]:
    """The events of all rows; rows that name no grid belong to the one given."""
    found: list[Entry] = []
    for row in rows:
        case, at = str(row["case"]), datetime.fromisoformat(str(row["accepted_at"]))
        found += opening(row, case, at, grid)
        for column, kind, data in MOMENTS:
            if moment_at := moment(row, column):
                found.append(Entry(case=case, at=moment_at, kind=kind, data=data))
        found += again(row, case)
        found += endings(row, case, at)
    return tuple(found)
