"""Notices in hand: what is read of their rows, and taking the rows, so that nobody else sends them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, literal_column, select, update

from core.changing import changed
from core.messages import Lane, Notice
from storage import quick
from storage.posts import slot_messages
from storage.queueing import PENDING, notice_of
from storage.tables import CHATS, OUTBOX

TAKEN = tuple(OUTBOX.c[it] for it in ("id", "chat", "lane", "slot", "place", "notice", "attempts", "doubts"))
_TAKE = (
    update(OUTBOX)
    .where(OUTBOX.c.district_id == bindparam("district"), OUTBOX.c.state == PENDING, quick.among(OUTBOX.c.id, "id"))
    .values(state=literal_column("'sending'"), lease_until=bindparam("until"))
    .returning(*TAKEN)
)
_SHUT = select(CHATS.c.chat).where(
    CHATS.c.district_id == bindparam("district"), ~CHATS.c.reachable, quick.among(CHATS.c.chat, "chat")
)


class Taken(NamedTuple):
    """What is read of a row, in the order of `TAKEN`."""

    id: int
    chat: int
    lane: int
    slot: str | None
    place: int
    notice: str
    attempts: int
    doubts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice that is ours to send. `slot_message` is the message to edit, None when it has to be sent.

    `doubts`: how often it was sent before and nobody knows whether it arrived. `shut`: nothing could be delivered to
    its chat the last time. `text` is the notice as it was kept.
    """

    id: int
    notice: Notice
    attempts: int
    slot_message: int | None
    doubts: int = 0
    shut: bool = False
    text: str = ""

    @property
    def first_try(self) -> bool:
        """Whether it was never given to Telegram before."""
        return not self.attempts and not self.doubts


def take(conn: Connection, ids: Collection[int], lease_until: datetime) -> list[Claimed]:
    """Take these, if they still wait, together with what is in flight to their chat."""
    rows = (row for few in quick.fews("id", ids) for row in quick.rows(conn, _TAKE, until=lease_until, **few))
    return claimed(conn, [Taken(*row) for row in rows])


def claimed(conn: Connection, rows: Iterable[Row[Any] | Taken]) -> list[Claimed]:
    """Rows in their turn, each with what must be known to send it."""
    ordered = sorted(rows, key=lambda row: (row.lane, row.place, row.id))
    cards = slot_messages(conn, [(row.chat, row.slot) for row in ordered if row.slot is not None])
    shut = _shut_among(conn, {row.chat for row in ordered})
    return [
        Claimed(
            id=row.id,
            notice=notice_now(conn, row),
            attempts=row.attempts,
            slot_message=cards.get((row.chat, row.slot or "")),
            doubts=row.doubts,
            shut=row.chat in shut,
            text=row.notice,
        )
        for row in ordered
    ]


def notice_now(conn: Connection, row: Row[Any] | Taken, known: Claimed | None = None) -> Notice:
    """The notice as it goes now: its chat may have moved and its lane grown since it was written, or since it was
    `known`; then also its words may have been erased or sealed."""
    same = known is not None and known.text == row.notice
    notice = known.notice if known is not None and same else notice_of(conn, row.notice)
    return changed(notice, to=row.chat, lane=Lane(row.lane))


def _shut_among(conn: Connection, wanted: Collection[int]) -> set[int]:
    return {chat for few in quick.fews("chat", wanted) for (chat,) in quick.rows(conn, _SHUT, **few)}
