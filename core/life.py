"""The life of a case as one table (life.md; of its 44 rows those that a case keeps as a step are in LIFE)."""

from dataclasses import dataclass

from core.case import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One row of the life: in any of `sources`, `event` leads to `target` (None: it stays where it is)."""

    row: int
    event: str
    sources: frozenset[Status]
    target: Status | None


def _edge(row: int, event: str, sources: str, target: str | None) -> Edge:
    return Edge(
        row=row,
        event=event,
        sources=frozenset(Status(s) for s in sources.split("/")),
        target=Status(target) if target else None,
    )


LIFE: tuple[Edge, ...] = (
    _edge(2, "alarmed", "DRAFT/NEW", "DISP"),
    _edge(3, "told", "DRAFT", "NEW"),
    _edge(4, "told_without_place", "DRAFT", "NEW"),
    _edge(6, "dispatched", "NEW/DISP/ACK", "DISP"),
    _edge(7, "dispatched_centre", "NEW/DISP", "DISP"),
    _edge(8, "rejected", "DRAFT/NEW/DISP", "REJECTED"),
    _edge(9, "sealed", "DRAFT/NEW/DISP", "DISP"),
    _edge(10, "accepted", "DISP", "ACK"),
    _edge(11, "backup_called", "DISP", None),
    _edge(12, "declined", "DISP/ACK", None),
    _edge(13, "transferred", "DISP/ACK", "DISP"),
    _edge(14, "shift_ended", "ACK", "DISP"),
    _edge(15, "arrived", "ACK", "SITE"),
    _edge(16, "backup_asked", "SITE", None),
    _edge(17, "whistled", "ACK/SITE", "REF"),
    _edge(18, "reported_in", "REF", None),
    _edge(19, "returned", "REF", "ACK"),
    _edge(20, "whistle_late", "REF", None),
    _edge(21, "done_by_department", "REF", "DONE"),
    _edge(22, "held", "ACK/SITE/REF", "HOLD"),
    _edge(23, "resumed", "HOLD", "ACK"),
    _edge(24, "done", "ACK/SITE", "DONE"),
    _edge(25, "confirmed", "DONE", "CLOSED"),
    _edge(26, "reopened", "DONE/CLOSED", "DISP"),
    _edge(27, "closed_unanswered", "DONE", "CLOSED"),
    _edge(28, "check_failed", "DONE", "SITE"),
    _edge(29, "reported_again", "CLOSED", "DISP"),
    _edge(31, "merged", "DRAFT/NEW/DISP/ACK/SITE/REF/HOLD", "MERGED"),
    _edge(31, "joined", "NEW/DISP/ACK/SITE/REF/HOLD/DONE", None),
    _edge(32, "split", "MERGED", "NEW"),
    _edge(33, "cancelled", "DRAFT/NEW/DISP", "CANCELLED"),
    _edge(34, "cancel_asked", "DRAFT/NEW/DISP/ACK/SITE/REF/HOLD", None),
    _edge(35, "withdrawn", "ACK/SITE/REF/HOLD", "DONE"),
    _edge(36, "spam", "NEW/DISP/ACK/SITE/REF/HOLD", "SPAM"),
    _edge(36, "appealed", "SPAM", "NEW"),
    _edge(37, "added", "DRAFT/NEW/DISP/ACK/SITE/REF/HOLD/DONE", None),
    _edge(38, "urged", "NEW/DISP/ACK/SITE/REF/HOLD", None),
    _edge(39, "regraded", "NEW/DISP/ACK/SITE/REF/HOLD", None),
    _edge(40, "set_right", "NEW/DISP/ACK/SITE/REF/HOLD", None),
    _edge(41, "linked", "NEW/DISP/ACK/SITE/REF/HOLD/DONE", None),
    _edge(42, "reporter_lost", "DRAFT/NEW/DISP/ACK/SITE/REF/HOLD/DONE", None),
    _edge(42, "closed_visited", "DONE", "CLOSED"),
)

_BY_EVENT = {edge.event: edge for edge in LIFE}


class NotInLife(Exception):  # noqa: N818  # not a fault of ours: the life says no
    """The life has no such step from here; nothing may be changed."""


def advance(status: Status, event: str) -> Status:
    """The status after `event`. Raises NotInLife when the LIFE table has no row for it."""
    edge = _BY_EVENT.get(event)
    if edge is None or status not in edge.sources:
        raise NotInLife(f"{event} is not possible in {status}")
    return edge.target or status


def can(status: Status, event: str) -> bool:
    """Whether the LIFE table has a row for `event` from `status`."""
    edge = _BY_EVENT.get(event)
    return edge is not None and status in edge.sources


def row_of(event: str) -> int:
    """The row of life.md that `event` belongs to."""
    return _BY_EVENT[event].row
