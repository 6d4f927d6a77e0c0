"""The outbox as the pump sees it: each method is one transaction.

A word about the case (Delivered, Undelivered) goes on the road within the same one.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import Clock, real_now
from bot.engine import Engine
from core.messages import Delivered, Lane, Notice, Undelivered
from storage import chats, outbox, posts, queueing
from storage.outbox import Claimed
from storage.store import Store

T = TypeVar("T")
LEASE = timedelta(seconds=150)  # longer than the longest send and the wait before it


def left_behind(row: Claimed) -> Notice:
    """What becomes of the card that was posted anew: it points down and has no buttons, so that one card is alive."""
    notice = row.notice
    return Notice(
        to=notice.to,
        kind="card.moved",
        key=f"moved:{notice.to}:{row.slot_message}",
        lane=Lane.REMINDER,
        params={"no": notice.params.get("no")},
        edit=row.slot_message,
        case=notice.case,
        language=notice.language,
        silent=True,
    )


class Shelf:
    """Claims rows and notes what became of them."""

    def __init__(self, store: Store, engine: Engine, clock: Clock) -> None:
        self._store = store
        self._engine = engine
        self._clock = clock

    async def claim(
        self, limit: int, lanes: Collection[Lane], skip: Collection[int], unless_urgent: Collection[int]
    ) -> list[Claimed]:
        """At most `limit` rows, one per chat, of these lanes; they are ours until the lease runs out."""
        now, until = self._clock.now(), real_now() + LEASE
        return await self._do(
            lambda conn: outbox.claim(
                conn,
                limit=limit,
                now=now,
                lease_until=until,
                lanes=lanes,
                skip=skip,
                skip_unless_urgent=unless_urgent,
            )
        )

    async def sent(self, row: Claimed, message: int) -> None:
        """Telegram accepted it under this message id."""
        now = self._clock.now()

        def job(conn: Connection) -> None:
            outbox.mark_sent(conn, row.id, message, now)
            if row.notice.again and row.slot_message not in {None, message}:
                queueing.queue(conn, [left_behind(row)], now)
            if row.notice.report and row.notice.case:
                told = Delivered(at=now, case=row.notice.case, chat=row.notice.to, kind=row.notice.kind)
                self._engine.execute_inside(conn, told, f"delivered:{row.id}")

        await self._do(job)
        self._engine.wake.set()

    async def dead(self, row: Claimed, why: str, *, gone: bool) -> None:
        """It can never arrive; `gone`: nothing can arrive in this chat. Whoever waits for it must hear of it."""
        now, notice = self._clock.now(), row.notice

        def job(conn: Connection) -> None:
            outbox.mark_dead(conn, row.id, why)
            if gone:
                chats.set_reachable(conn, notice.to, reachable=False)
            if notice.case and (gone or notice.report):
                lost = Undelivered(at=now, case=notice.case, chat=notice.to, kind=notice.kind, why=why)
                self._engine.execute_inside(conn, lost, f"undelivered:{row.id}")

        await self._do(job)
        self._engine.wake.set()

    async def moved(self, row: Claimed, chat: int) -> None:
        """The group has another id: rewritten everywhere, and the row waits for its next turn under it."""

        def job(conn: Connection) -> None:
            chats.migrate_chat(conn, row.notice.to, chat)
            outbox.release(conn, [row.id])

        await self._do(job)

    async def forget(self, row: Claimed) -> None:
        """The living message is gone: the row goes back and will be said anew."""

        def job(conn: Connection) -> None:
            if row.slot_message is not None:
                posts.forget_post(conn, row.notice.to, row.slot_message)
            outbox.release(conn, [row.id])

        await self._do(job)

    async def later(self, row: Claimed, seconds: float) -> None:
        """Not before so many real seconds from now."""
        at = self._clock.real_later(seconds)
        await self._do(lambda conn: outbox.mark_later(conn, row.id, at))

    async def unknown(self, row: Claimed, why: str) -> None:
        """Nobody knows whether it arrived, and it is better lost than doubled."""
        await self._do(lambda conn: outbox.mark_unknown(conn, row.id, why))

    async def release(self, rows: Collection[Claimed]) -> None:
        """Back on the shelf, untouched."""
        ids = [row.id for row in rows]
        await self._do(lambda conn: outbox.release(conn, ids))

    async def recover(self) -> int:
        """At the start of sending: what a dead process held. The number of rows."""
        return await self._do(outbox.release_leases)

    async def _do(self, job: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._store.submit(job))
