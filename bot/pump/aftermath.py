"""What to do with what Telegram said: one small function per answer, chosen by a table."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot import telegram
from bot.answers import Kind
from bot.health import Health
from bot.metrics import Metrics
from bot.pump.books import Books
from bot.pump.parcel import Parcel, Ways, only_pins
from bot.pump.shelf import Shelf
from core.messages import Lane
from storage.taking import Claimed

log = logging.getLogger(__name__)

# Where nobody knows whether a message arrived, these are rather doubled than lost.
RATHER_TWICE = frozenset({Lane.URGENT, Lane.INTERACTIVE, Lane.REMINDER})
# Seconds before it is sent once more, each time it stays unknown; after the last it is left unknown. So there are at
# most as many doubles as there are numbers here.
AGAIN_AFTER = (1.0, 3.0, 10.0, 30.0, 90.0)
EDITS = 8  # tries of a change, which can be repeated without doubling anything
HALT = 3.0  # seconds until the whole bot tries again when it was refused as a whole


class Aftermath:
    """Settles a row after its call. `again` puts a row back in hand to be said at once in other ways."""

    def __init__(
        self, shelf: Shelf, books: Books, health: Health, metrics: Metrics, again: Callable[[Claimed, Ways], None]
    ) -> None:
        self._shelf, self._books, self._health, self._metrics = shelf, books, health, metrics
        self._again = again
        self._table: dict[type, Callable[[Claimed, Parcel, Any, float], Awaitable[None]]] = {
            telegram.Sent: self._sent,
            telegram.Later: self._later,
            telegram.Shut: self._shut,
            telegram.Gone: self._gone,
            telegram.Moved: self._moved,
            telegram.Lost: self._lost,
            telegram.Removed: self._removed,
            telegram.Otherwise: self._otherwise,
            telegram.Rejected: self._rejected,
            telegram.Unable: self._unable,
            telegram.Unknown: self._unknown,
        }

    async def settle(self, row: Claimed, parcel: Parcel, reply: telegram.Reply, now: float) -> None:
        """`now`: real monotonic seconds."""
        await self._table[type(reply)](row, parcel, reply, now)

    async def _sent(self, row: Claimed, parcel: Parcel, reply: telegram.Sent, now: float) -> None:
        self._health.well("sending")
        message = reply.message or parcel.edits or 0
        if row.notice.slot:
            self._books.written(row.notice.to, row.notice.slot, now)
            self._books.shown(row.notice.to, message, parcel.looks)
        await self._shelf.sent(row, message)

    async def _later(self, row: Claimed, _parcel: Parcel, reply: telegram.Later, now: float) -> None:
        if reply.flood:
            self._books.refused(row.notice.to, now, reply.seconds)
        log.warning("told to wait %s s: %s", reply.seconds, reply.why, extra=_about("later", row))
        await self._put_off(row, reply.seconds, now)

    async def _shut(self, row: Claimed, _parcel: Parcel, reply: telegram.Shut, now: float) -> None:
        """No message of ours would be taken: nothing is sent for a while, and the operator is told by /readyz."""
        log.critical("the whole bot is refused: %s", reply.why, extra=_about("shut", row))
        self._health.ill("sending", f"Telegram refuses the bot: {reply.why}")
        self._books.pace.halt(now, HALT)
        await self._shelf.release([row])

    async def _gone(self, row: Claimed, _parcel: Parcel, reply: telegram.Gone, _now: float) -> None:
        if only_pins(row.notice):  # who may not pin may still write; a chat that is lost is found out by a message
            await self._unable(row, _parcel, telegram.Unable(why=reply.why), _now)
            return
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

    async def _removed(self, row: Claimed, _parcel: Parcel, reply: telegram.Removed, _now: float) -> None:
        log.error("sent, and taken away at once: %s", reply.why, extra=_about("removed", row))
        await self._shelf.removed(row, reply.why)

    async def _otherwise(self, row: Claimed, parcel: Parcel, reply: telegram.Otherwise, now: float) -> None:
        """Each other way is tried once. Where there is nothing to leave out, a closed topic is a closed chat."""
        log.error("not taken so: %s", reply.why, extra=_about(reply.how.value, row))
        if not parcel.can(reply.how):
            final = telegram.Gone if reply.how is Kind.LOOSE else telegram.Rejected
            await self.settle(row, parcel, final(why=reply.why), now)
        elif reply.how is Kind.SINGLY:
            await self._shelf.divided(row)
        else:
            self._again(row, parcel.ways | {reply.how})

    async def _rejected(self, row: Claimed, _parcel: Parcel, reply: telegram.Rejected, _now: float) -> None:
        log.error("refused: %s", reply.why, extra=_about("rejected", row))
        await self._shelf.dead(row, reply.why, gone=False)

    async def _unable(self, row: Claimed, _parcel: Parcel, reply: telegram.Unable, _now: float) -> None:
        log.warning("a right is missing: %s", reply.why, extra=_about("unable", row))
        await self._shelf.unpinned(row, reply.why)

    async def _unknown(self, row: Claimed, parcel: Parcel, reply: telegram.Unknown, now: float) -> None:
        log.warning("outcome unknown: %s", reply.why, extra=_about("unknown", row))
        wait = self._once_more(row, parcel)
        self._metrics.doubted(row.notice.lane.name, "left" if wait is None else "repeated")
        if wait is None:
            await self._shelf.unknown(row, reply.why)
        else:
            await self._put_off(row, wait, now, doubts=0 if parcel.edits is not None else 1)

    async def _put_off(self, row: Claimed, seconds: float, now: float, doubts: int = 0) -> None:
        """Held once more after it is written down: a chat free before its first is due would send the second."""
        self._books.hold(row.notice.to, now, seconds)
        await self._shelf.later(row, seconds, doubts=doubts)
        self._books.hold(row.notice.to, time.monotonic(), seconds)

    def _once_more(self, row: Claimed, parcel: Parcel) -> float | None:
        """Seconds until it is repeated; None when it is not. Of an edit the second is "not modified"."""
        if parcel.edits is not None:
            return min(2.0**row.attempts, 60.0) if row.attempts < EDITS else None
        if row.notice.lane not in RATHER_TWICE or row.doubts >= len(AGAIN_AFTER):
            return None
        return AGAIN_AFTER[row.doubts]


def _about(action: str, row: Claimed) -> dict[str, Any]:
    notice = row.notice
    return {"action": f"send.{action}", "row": row.id, "chat": notice.to, "kind": notice.kind, "lane": notice.lane.name}
