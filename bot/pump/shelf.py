"""The outbox as the pump sees it: each method is one transaction.

A word about the case (Delivered, Undelivered) goes on the road within the same one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import Clock, real_now
from bot.engine import Engine
from bot.kept import kept
from bot.pump.bundling import BUNDLE, Plan
from bot.pump.following import followed, left_behind, pinning
from bot.pump.parcel import LEAVE, only_pins
from bot.voice import LINES
from core.messages import ChatBack, ChatGone, Delayed, Delivered, Lane, Notice, Undelivered
from storage import chats, outbox, posts, queueing
from storage.errors import Superseded
from storage.store import Store
from storage.taking import Claimed

T = TypeVar("T")
Choose = Callable[[Sequence[Claimed]], tuple[Plan, Notice, float] | None]
LONG = 30.0  # seconds that a card has to wait: then whoever asked for it is told so
LEASE = timedelta(seconds=150)  # longer than the longest send and the wait before it


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
        return await self._leading(
            [],
            lambda conn: outbox.claim(
                conn,
                limit=limit,
                now=now,
                lease_until=until,
                lanes=lanes,
                skip=skip,
                skip_unless_urgent=unless_urgent,
            ),
        )

    async def gather(self, row: Claimed, choose: Choose, limit: int) -> bool:
        """Whether the row and what waits behind it in its chat have been brought together: then others stand for
        them, and whoever waits for a card that has to wait itself hears so.
        """
        now = self._clock.now()

        def job(conn: Connection) -> bool:
            found = choose([row, *outbox.waiting_of(conn, row.notice.to, now, limit)])
            if found is None:
                return False
            made, whole, seconds = found
            outbox.release(conn, [row.id])
            outbox.replace_by(conn, [it.id for it in made.news], whole, now=now, turn=row.id)
            for it in made.queue:
                self._delayed(conn, it, seconds)
            return True

        gathered = await self._do(job)
        if gathered:
            self._engine.wake.set()
        return gathered

    async def sent(self, row: Claimed, message: int) -> None:
        """Telegram accepted it under this message id."""
        now = self._clock.now()

        def job(conn: Connection) -> None:
            self._noted(conn, row, message, now)
            if row.notice.again and row.slot_message not in {None, message}:
                queueing.queue(conn, [left_behind(row)], now)
            for it in self._accounted(conn, row, "sent"):
                if it.notice.report and it.notice.case:
                    told = Delivered(at=now, case=it.notice.case, chat=it.notice.to, kind=it.notice.kind)
                    self._engine.execute_inside(conn, told, f"delivered:{it.id}")
            if row.shut:  # nobody told us that we may write there again
                self._engine.execute_inside(conn, ChatBack(at=now, chat=row.notice.to), None)
                chats.set_reachable(conn, row.notice.to, reachable=True)

        await self._do(job)
        if followed(row):
            self._engine.wake.set()

    def _noted(self, conn: Connection, row: Claimed, message: int, now: datetime) -> None:
        if only_pins(row.notice) or row.notice.kind == LEAVE:
            outbox.mark_told(conn, row.id, now)
            return
        outbox.mark_sent(conn, row.id, message, now, row)
        if row.notice.pin and row.slot_message != message:
            queueing.queue(conn, [pinning(row, message)], now)
        self._left(conn, row, now)

    def _left(self, conn: Connection, row: Claimed, now: datetime) -> None:
        """What was said in leaving is said, or cannot be: the group is left by a call of its own."""
        if row.notice.leaves:
            going = Notice(to=row.notice.to, kind=LEAVE, key=f"{row.notice.key}/go", lane=Lane.INTERACTIVE)
            queueing.queue(conn, [going], now)

    async def removed(self, row: Claimed, why: str) -> None:
        """It was sent, and taken away by somebody's guard: whoever waits for it hears that nobody can read it."""

        def job(conn: Connection) -> None:
            outbox.mark_told(conn, row.id, self._clock.now())
            self._undelivered(conn, row, why, "sent")

        await self._do(job)
        self._engine.wake.set()

    async def dead(self, row: Claimed, why: str, *, gone: bool) -> None:
        """It can never arrive; `gone`: nothing can arrive in this chat. Whoever waits for it must hear of it."""
        now = self._clock.now()

        def job(conn: Connection) -> None:
            outbox.mark_dead(conn, row.id, why)
            if gone:
                self._engine.execute_inside(conn, ChatGone(at=now, chat=row.notice.to, why=why), None)
                chats.set_reachable(conn, row.notice.to, reachable=False)
                outbox.drop_cards(conn, row.notice.to, why)
            self._undelivered(conn, row, why, "dead", gone=gone)
            self._left(conn, row, now)

        await self._do(job)
        self._engine.wake.set()

    async def divided(self, row: Claimed) -> None:
        """The pictures of an album go one by one, the words with the first of them."""
        now, notice = self._clock.now(), row.notice
        alone = [
            replace(notice, photos=(photo,), key=f"{notice.key}/{at}", report=notice.report and at == 0,
                    kind=notice.kind if at == 0 else "media.next", params=notice.params if at == 0 else {})
            for at, photo in enumerate(notice.photos)
        ]  # fmt: skip
        await self._do(lambda conn: outbox.replace_by(conn, [row.id], *alone, now=now))
        self._engine.wake.set()

    async def in_lots(self, row: Claimed, lots: Sequence[tuple[int, int]]) -> None:
        """A list that is too long for one message goes in several; its keys, and the word that it arrived, with the
        last of them."""
        now, notice, last = self._clock.now(), row.notice, len(lots) - 1
        parts = [
            replace(notice, key=f"{notice.key}/{at}", params={**notice.params, LINES: list(lot)},
                    reply_to=notice.reply_to if at == 0 else None, silent=notice.silent or at > 0,
                    keys=notice.keys if at == last else (), menu=notice.menu if at == last else None,
                    force=notice.force and at == last, report=notice.report and at == last,
                    pin=notice.pin and at == 0)
            for at, lot in enumerate(lots)
        ]  # fmt: skip
        await self._do(lambda conn: outbox.replace_by(conn, [row.id], *parts, now=now))
        self._engine.wake.set()

    async def moved(self, row: Claimed, chat: int) -> None:
        """The group has another id: rewritten everywhere, and the row waits for its next turn under it."""

        def job(conn: Connection) -> None:
            chats.migrate_chat(conn, row.notice.to, chat)
            outbox.release(conn, [row.id])

        await self._leading(None, job)

    async def forget(self, row: Claimed) -> None:
        """The living message is gone: the row goes back and will be said anew."""

        def job(conn: Connection) -> None:
            if row.slot_message is not None:
                posts.forget_post(conn, row.notice.to, row.slot_message)
            outbox.release(conn, [row.id])

        await self._leading(None, job)

    async def later(self, row: Claimed, seconds: float, *, doubts: int = 0) -> None:
        """Not before so many real seconds from now; `doubts` is 1 when it may have arrived already."""
        at = self._clock.real_later(seconds)

        def job(conn: Connection) -> None:
            outbox.mark_later(conn, row.id, at, doubts)
            if seconds >= LONG:
                self._delayed(conn, row, seconds)

        await self._do(job)

    async def unpinned(self, row: Claimed, why: str) -> None:
        """The right to pin is missing: whoever can give it hears so, once, in the chat itself."""
        chat = row.notice.to
        told = Notice(to=chat, kind="board.no_pin", key=f"no_pin:{chat}", language=row.notice.language)

        def job(conn: Connection) -> None:
            outbox.mark_dead(conn, row.id, why)
            queueing.queue(conn, [told], self._clock.now())

        await self._do(job)
        self._engine.wake.set()

    async def unknown(self, row: Claimed, why: str) -> None:
        """Nobody knows whether it arrived, and it has been repeated often enough, or is better lost than doubled."""

        def job(conn: Connection) -> None:
            outbox.mark_unknown(conn, row.id, why)
            self._undelivered(conn, row, why, "unknown")

        await self._do(job)
        self._engine.wake.set()

    async def release(self, rows: Collection[Claimed]) -> None:
        """Back on the shelf, untouched."""
        ids = [row.id for row in rows]
        await self._leading(None, lambda conn: outbox.release(conn, ids))

    async def recover(self) -> int:
        """At the start of sending: what a dead process held. The number of rows."""
        return await self._leading(0, outbox.release_leases)

    async def _leading(self, otherwise: T, job: Callable[[Connection], T]) -> T:
        """What only the leader may do: by now the rows may be another's, who has sent them or is about to."""

        def fenced(conn: Connection) -> T:
            self._store.leader().fence(conn)
            return job(conn)

        try:
            return await self._do(fenced)
        except Superseded:
            return otherwise

    def _accounted(self, conn: Connection, row: Claimed, state: str, why: str | None = None) -> list[Claimed]:
        """The notices that a message accounts for: itself, or the parts it was made of, now settled with it."""
        if row.notice.kind != BUNDLE:
            return [row]
        parts = outbox.parts_of(conn, row)
        outbox.settle_bundle(conn, row, state, why)
        return parts

    def _undelivered(self, conn: Connection, row: Claimed, why: str, state: str, *, gone: bool = False) -> None:
        for it in self._accounted(conn, row, state, why):
            if it.notice.case and (gone or it.notice.report):
                lost = Undelivered(
                    at=self._clock.now(),
                    case=it.notice.case,
                    chat=it.notice.to,
                    kind=it.notice.kind,
                    why=why,
                    gone=gone,
                )
                self._engine.execute_inside(conn, lost, f"undelivered:{it.id}")

    def _delayed(self, conn: Connection, row: Claimed, seconds: float) -> None:
        notice = row.notice
        if notice.case and notice.report:
            waits = Delayed(
                at=self._clock.now(), case=notice.case, chat=notice.to, kind=notice.kind, seconds=int(seconds)
            )
            self._engine.execute_inside(conn, waits, None)

    async def _do(self, job: Callable[[Connection], T]) -> T:
        return await kept(self._store, job)
