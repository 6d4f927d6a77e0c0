"""What to do with what Telegram said: one small function per answer, chosen by a table."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot import telegram
from bot.pump.books import Books
from bot.pump.parcel import Parcel
from bot.pump.shelf import Shelf
from core.messages import Lane
from storage.outbox import Claimed

log = logging.getLogger(__name__)

# Where nobody knows whether a message arrived, these are rather doubled than lost.
RATHER_TWICE = frozenset({Lane.URGENT, Lane.INTERACTIVE, Lane.REMINDER})
TRIES = 8  # of an unknown outcome, then it is left unknown


class Aftermath:
    """Settles a row after its call. `again` puts a row back in hand to be said plainly at once."""

    def __init__(self, shelf: Shelf, books: Books, again: Callable[[Claimed], None]) -> None:
        self._shelf = shelf
        self._books = books
        self._again = again
        self._table: dict[type, Callable[[Claimed, Parcel, Any, float], Awaitable[None]]] = {
            telegram.Sent: self._sent,
            telegram.Later: self._later,
            telegram.Gone: self._gone,
            telegram.Moved: self._moved,
            telegram.Lost: self._lost,
            telegram.Unreadable: self._unreadable,
            telegram.Rejected: self._rejected,
            telegram.Unknown: self._unknown,
        }

    async def settle(self, row: Claimed, parcel: Parcel, reply: telegram.Reply, now: float) -> None:
        """`now`: real monotonic seconds."""
        await self._table[type(reply)](row, parcel, reply, now)

    async def _sent(self, row: Claimed, parcel: Parcel, reply: telegram.Sent, now: float) -> None:
        message = reply.message or parcel.edits or 0
        if row.notice.slot:
            self._books.written(row.notice.to, row.notice.slot, now)
            self._books.shown(row.notice.to, message, parcel.looks)
        await self._shelf.sent(row, message)

    async def _later(self, row: Claimed, _parcel: Parcel, reply: telegram.Later, now: float) -> None:
        if reply.flood:
            self._books.refused(row.notice.to, now, reply.seconds)
        log.warning("told to wait %s s: %s", reply.seconds, reply.why, extra=_about("later", row))
        await self._shelf.later(row, reply.seconds)

    async def _gone(self, row: Claimed, _parcel: Parcel, reply: telegram.Gone, _now: float) -> None:
        log.warning("chat cannot be reached: %s", reply.why, extra=_about("gone", row))
        await self._shelf.dead(row, reply.why, gone=True)

    async def _moved(self, row: Claimed, _parcel: Parcel, reply: telegram.Moved, _now: float) -> None:
        log.info("group has become a supergroup", extra=_about("moved", row) | {"to": reply.chat})
        await self._shelf.moved(row, reply.chat)

    async def _lost(self, row: Claimed, parcel: Parcel, reply: telegram.Lost, now: float) -> None:
        if parcel.edits is None or row.notice.edit is not None:
            await self._rejected(row, parcel, telegram.Rejected(why=reply.why), now)
        else:
            await self._shelf.forget(row)

    async def _unreadable(self, row: Claimed, parcel: Parcel, reply: telegram.Unreadable, now: float) -> None:
        log.error("marks not understood: %s", reply.why, extra=_about("plain", row))
        if parcel.plain:
            await self._rejected(row, parcel, telegram.Rejected(why=reply.why), now)
        else:
            self._again(row)

    async def _rejected(self, row: Claimed, _parcel: Parcel, reply: telegram.Rejected, _now: float) -> None:
        log.error("refused: %s", reply.why, extra=_about("rejected", row))
        await self._shelf.dead(row, reply.why, gone=False)

    async def _unknown(self, row: Claimed, parcel: Parcel, reply: telegram.Unknown, _now: float) -> None:
        """An edit may always be repeated: the second is "not modified"."""
        log.warning("outcome unknown: %s", reply.why, extra=_about("unknown", row))
        repeatable = parcel.edits is not None or row.notice.lane in RATHER_TWICE
        if repeatable and row.attempts < TRIES:
            await self._shelf.later(row, min(2.0**row.attempts, 60.0))
        else:
            await self._shelf.unknown(row, reply.why)


def _about(action: str, row: Claimed) -> dict[str, Any]:
    notice = row.notice
    return {"action": f"send.{action}", "row": row.id, "chat": notice.to, "kind": notice.kind, "lane": notice.lane.name}
