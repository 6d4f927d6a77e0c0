"""What is in hand: rows that were claimed and wait for their turn.

Rows stay in the database until they can really go: only a handful is in hand, so that a newer state of a card still
replaces an older one there.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.pump import bundling
from bot.pump.books import Books
from bot.pump.parcel import USUAL, Ways
from bot.pump.shelf import Shelf
from core.messages import Lane, Notice
from storage.taking import Claimed

EXPRESS = (Lane.URGENT, Lane.INTERACTIVE)
IN_HAND = 8  # rows of any lane; at 29 a second the last of them waits 0.3 s
IN_HAND_EXPRESS = 8  # more, for the express lanes alone
LOOK_BEHIND = 40  # rows of a busy group that are looked at when it is brought together
STALE = 40.0  # seconds in hand after which a row goes back: its lease must outlive its call


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A claimed row that waits for its moment; nothing newer than `since` was seen of its chat."""

    row: Claimed
    since: float
    ways: Ways = USUAL


class Hand:
    """Filled from the shelf, emptied by whoever sends. `length` is how many characters a notice has in words."""

    def __init__(self, shelf: Shelf, books: Books, length: Callable[[Notice], int]) -> None:
        self._shelf, self._books, self._length = shelf, books, length
        self._held: dict[int, InHand] = {}  # by row
        self._more = False  # whether something is still on the shelf, for all that is known

    def __iter__(self) -> Iterator[InHand]:
        return iter(list(self._held.values()))

    def put(self, held: InHand) -> None:
        """Into the hand, again."""
        self._held[held.row.id] = held

    def take(self, held: InHand) -> None:
        """Out of the hand: it goes now."""
        del self._held[held.row.id]

    def drop(self) -> None:
        """All of it is another's, or will be claimed anew."""
        self._held.clear()

    @property
    def wants(self) -> bool:
        """Whether it is rather empty."""
        return len(self._held) <= IN_HAND // 2

    @property
    def hungry(self) -> bool:
        """Whether there is room, and more on the shelf."""
        return self._more and self.wants

    async def fill(self) -> float:
        """Claim what there is room for; gives the moment at which a chat that had to be left alone is free."""
        await self._put_back_stale()
        begun = time.monotonic()
        skips = self._books.skips(begun)
        lanes, room = self._room()
        if room > 0:
            rows = await self._shelf.claim(room, lanes, skips.all, skips.unless_urgent)
            self._more = len(rows) == room or (self._more and lanes == EXPRESS)  # which tells nothing of the others
            for row in rows:
                await self._take(row, begun)
        return skips.until

    async def give_back(self) -> None:
        """All of it, untouched."""
        if self._held:
            await self._shelf.release([held.row for held in self])
            self.drop()

    def _room(self) -> tuple[Collection[Lane], int]:
        """What to claim: anything while the hand is rather empty, else only what overtakes."""
        if self.wants:
            return tuple(Lane), IN_HAND - len(self._held)
        return EXPRESS, IN_HAND_EXPRESS - sum(held.row.notice.lane in EXPRESS for held in self)

    async def _take(self, row: Claimed, now: float) -> None:
        """Into the hand, unless it changes a message that was changed a moment ago: then the later state may win."""
        notice = row.notice
        editing = notice.slot is not None and row.slot_message is not None and not notice.again
        wait = self._books.slot_wait(notice.to, notice.slot, now) if editing and notice.slot else 0.0
        if wait > 0 and notice.lane is not Lane.URGENT:
            await self._shelf.later(row, wait)
        elif not await self._gathered(row, now):
            self.put(InHand(row=row, since=now))

    async def _gathered(self, row: Claimed, now: float) -> bool:
        """Whether a group that has nearly had its minute's messages gets this one together with others."""
        notice = row.notice
        room = self._books.room(notice.to, now)
        if room > bundling.NEAR or notice.lane is Lane.URGENT or notice.kind == bundling.BUNDLE:
            return False
        may_list = self._books.may_list(notice.to, now)

        def choose(waiting: Sequence[Claimed]) -> tuple[bundling.Plan, Notice, float] | None:
            made = bundling.plan(waiting, room=room, may_list=may_list, length=self._length)
            if made is None:
                return None
            seconds = self._books.ready(notice.to, Lane.INTERACTIVE, 1 + len(made.queue)) - now
            return made, bundling.bundle(made, seconds), seconds

        gathered = await self._shelf.gather(row, choose, LOOK_BEHIND)
        if gathered:
            self._books.listed(notice.to, now)
        return gathered

    async def _put_back_stale(self) -> None:
        old = [held for held in self if held.since + STALE < time.monotonic()]
        for held in old:
            self.take(held)
        if old:
            await self._shelf.release([held.row for held in old])
