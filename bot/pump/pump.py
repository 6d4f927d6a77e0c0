"""The dispatcher: strict lanes, fair between chats, several calls at once but never two to one chat.

Rows stay in the database until they can really go: only a handful is in hand, so that a newer state of a card still
replaces an older one there, and an urgent notice waits for at most the few that are in hand.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.answers import Kind
from bot.exports.workshop import Made, Workshop
from bot.health import Health
from bot.log import trace
from bot.metrics import Metrics
from bot.pump import budgets, bundling
from bot.pump.aftermath import Aftermath
from bot.pump.books import Books
from bot.pump.filing import Filing
from bot.pump.offering import offered
from bot.pump.parcel import LEAVE, USUAL, Parcel, Ways, cost_of, going, only_pins, pinned, wrap
from bot.pump.shelf import Shelf
from bot.telegram import Reply, Sent, Telegram
from bot.tongue import Tongue
from bot.voice import Speech
from core.messages import Lane, Notice
from storage.outbox import Claimed

log = logging.getLogger(__name__)

EXPRESS = (Lane.URGENT, Lane.INTERACTIVE)
IN_HAND = 8  # rows of any lane; at 29 a second the last of them waits 0.3 s
IN_HAND_EXPRESS = 8  # more, for the express lanes alone
CALLS = 16  # at once
CALLS_EXPRESS = 24  # when routine calls hang, urgent ones still find a way
SILENCE = 20.0  # seconds without a round: then something hangs
EXPRESS_EVERY = 0.05  # seconds between looks for express rows while the hand is full of routine
LONGEST_WAIT = 1.0  # seconds until the shelf is looked at again (not_before, leases of others)
LOOK_BEHIND = 40  # rows of a busy group that are looked at when it is brought together
STALE = 40.0  # seconds in hand after which a row goes back: its lease must outlive its call


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A claimed row that waits for its moment."""

    row: Claimed
    since: float
    ways: Ways = USUAL


class Pump:
    """Runs until stopped. `wake` is set by every commit that left notices."""

    def __init__(
        self,
        *,
        shelf: Shelf,
        telegram: Telegram,
        voice: Tongue,
        wake: asyncio.Event,
        health: Health,
        metrics: Metrics,
        leads: Callable[[], bool],
        workshop: Workshop,
        books: Books | None = None,
    ) -> None:
        self._shelf, self._telegram, self._voice, self._filing = shelf, telegram, voice, Filing(workshop)
        self._wake, self._health, self._metrics, self._leads = wake, health, metrics, leads
        self.books = books or Books()
        self._aftermath = Aftermath(shelf, self.books, health, metrics, self._say_otherwise)
        self._hand: dict[int, InHand] = {}  # by row
        self._calls: dict[asyncio.Task[None], int] = {}  # to chat
        self._served: dict[int, float] = {}  # when a chat last had something: the longest ago goes first
        self._express_at = 0.0
        self._stopping = False
        self._resting = asyncio.Event()  # no round is under way that could still take rows in hand
        self._resting.set()

    async def run(self) -> None:
        """Send for ever. Trouble with the database is waited out; the rows stay where they are."""
        while not self._stopping:
            self._wake.clear()
            self._resting.clear()
            try:
                wait = await self._round()
                self._health.well("pump", within=SILENCE)
            except Exception as error:
                log.error("sending is disturbed: %s", trace(error), extra={"action": "pump.disturbed"})  # noqa: TRY400  # no words
                self._health.ill("pump", "the outbox cannot be read")
                wait = LONGEST_WAIT
            finally:
                self._resting.set()
            await self._sleep(wait)

    async def recover(self) -> int:
        """A lead begins: what another process, or this one before it lost the lead, had taken waits again."""
        self._hand.clear()
        return await self._shelf.recover()

    async def stop(self, seconds: float) -> None:
        """Take nothing more, let the calls under way end within `seconds`, give back the rest. What was sent and not
        answered is treated as after a kill, so that a start need not wait for a lease.
        """
        self._stopping = True
        self._wake.set()
        end = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._resting.wait(), seconds)
        if self._calls:
            await asyncio.wait(list(self._calls), timeout=max(0.0, end - time.monotonic()))
        left = list(self._calls)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._hand:
            await self._shelf.release([held.row for held in self._hand.values()])
            self._hand.clear()
        if left and self._leads():
            await self._shelf.recover()

    async def _round(self) -> float:
        """Fill the hand, send what may go, and give the seconds until there may be more to do."""
        if not self._leads():
            return LONGEST_WAIT
        await self._put_back_stale()
        until = await self._fill()
        self._send_ready()
        return max(0.0, min(LONGEST_WAIT, until - time.monotonic(), self._next_in_hand() - time.monotonic()))

    async def _fill(self) -> float:
        """Claim what the hand has room for; gives the moment at which a chat that had to be left alone is free."""
        now = time.monotonic()
        skips = self.books.skips(now)
        lanes, room = self._room(now)
        if room > 0:
            for row in await self._shelf.claim(room, lanes, skips.all, skips.unless_urgent):
                await self._take(row)
        return skips.until

    def _room(self, now: float) -> tuple[Collection[Lane], int]:
        """What to claim: anything while the hand is rather empty, else only what overtakes."""
        room = IN_HAND - len(self._hand)
        if room >= IN_HAND // 2:
            return tuple(Lane), room
        if now < self._express_at:
            return EXPRESS, 0
        self._express_at = now + EXPRESS_EVERY
        express = sum(held.row.notice.lane in EXPRESS for held in self._hand.values())
        return EXPRESS, IN_HAND_EXPRESS - express

    async def _take(self, row: Claimed) -> None:
        """Into the hand, unless it changes a message that was changed a moment ago: then the later state may win."""
        notice, now = row.notice, time.monotonic()
        editing = notice.slot is not None and row.slot_message is not None and not notice.again
        wait = self.books.slot_wait(notice.to, notice.slot, now) if editing and notice.slot else 0.0
        if wait > 0 and notice.lane is not Lane.URGENT:
            await self._shelf.later(row, wait)
        elif not await self._gathered(row, now):
            self._hand[row.id] = InHand(row=row, since=now)

    async def _gathered(self, row: Claimed, now: float) -> bool:
        """Whether a group that has nearly had its minute's messages gets this one together with others."""
        notice = row.notice
        room = self.books.room(notice.to, now)
        if room > bundling.NEAR or notice.lane is Lane.URGENT or notice.kind == bundling.BUNDLE:
            return False
        may_list = self.books.may_list(notice.to, now)

        def choose(waiting: Sequence[Claimed]) -> tuple[bundling.Plan, Notice, float] | None:
            made = bundling.plan(waiting, room=room, may_list=may_list, length=self._length)
            if made is None:
                return None
            seconds = self.books.ready(notice.to, Lane.INTERACTIVE, 1 + len(made.queue)) - now
            return made, bundling.bundle(made, seconds), seconds

        gathered = await self._shelf.gather(row, choose, LOOK_BEHIND)
        if gathered:
            self.books.listed(notice.to, now)
        return gathered

    def _length(self, notice: Notice) -> int:
        return len(self._voice.speak(notice).text)

    def _send_ready(self) -> None:
        """Start calls in order of lane, then of the chat that has waited longest, while the bot's pace allows."""
        now = time.monotonic()
        for held in [] if self._stopping else sorted(self._hand.values(), key=self._rank):
            if budgets.bot_ready(self.books.bot) > now or not self._line_free(held.row.notice.lane):
                return
            if self._ready(held) <= now:
                self._start(held, now)

    def _rank(self, held: InHand) -> tuple[int, float, int]:
        notice = held.row.notice
        return (notice.lane, self._served.get(notice.to, 0.0), held.row.id)

    def _ready(self, held: InHand) -> float:
        notice = held.row.notice
        return self.books.ready(notice.to, notice.lane, cost_of(notice))

    def _line_free(self, lane: Lane) -> bool:
        return len(self._calls) < (CALLS_EXPRESS if lane in EXPRESS else CALLS)

    def _next_in_hand(self) -> float:
        """When something in hand may leave; a full line is woken by the end of a call."""
        ready = [self._ready(held) for held in self._hand.values() if self._line_free(held.row.notice.lane)]
        return max(budgets.bot_ready(self.books.bot), min(ready)) if ready else float("inf")

    def _start(self, held: InHand, now: float) -> None:
        del self._hand[held.row.id]
        notice = held.row.notice
        self.books.spend(notice.to, cost_of(notice), now, stars=notice.paid and held.row.first_try)
        self._served[notice.to] = now
        task = asyncio.create_task(self._call(held), name=f"send {held.row.id}")
        self._calls[task] = notice.to
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._calls[task]
        self._wake.set()
        if len(self._served) > 10_000:
            self._served.clear()
        if not task.cancelled() and (error := task.exception()):
            # The row keeps its lease and comes back when that runs out.
            log.error("a send could not be noted: %s", trace(error), extra={"action": "send.lost_note"})

    async def _call(self, held: InHand) -> None:
        ways, made = await self._filing.file_for(held.row, held.ways)
        held = replace(held, ways=ways)
        parcel = await self._wrapped(held, made)
        if parcel is None:
            return
        if not self._leads():  # this process was stopped or cut off, and another may be sending it by now
            self._hand[held.row.id] = held
            return
        reply = await self._reply(held.row.notice.to, parcel)
        self._metrics.sent(held.row.notice.lane.name, type(reply).__name__)
        if made is None or await self._filing.settled(made, reply):
            await self._aftermath.settle(held.row, parcel, reply, time.monotonic())
        else:
            self._say_otherwise(held.row, held.ways)
        await offered(held.row.notice, reply, self._telegram)

    async def _reply(self, chat: int, parcel: Parcel) -> Reply:
        """What Telegram says; it is not asked to change a message into itself."""
        if parcel.edits is not None:
            if self.books.shows(chat, parcel.edits, parcel.looks):
                return Sent(message=parcel.edits)
            self.books.shown(chat, parcel.edits, None)
        return await self._telegram.call(parcel.method, parcel.params, upload=parcel.upload)

    async def _wrapped(self, held: InHand, made: Made | None) -> Parcel | None:
        """The call; None when others go in its place, or no words were found: that notice dies alone, and whoever
        waits for it hears of it."""
        if only_pins(held.row.notice):
            return pinned(held.row.notice)
        if held.row.notice.kind == LEAVE:
            return going(held.row.notice)
        try:
            speech = self._spoken(held)
            if speech.lots and held.row.notice.kind != bundling.BUNDLE:  # what is brought together fits as it is
                await self._shelf.in_lots(held.row, speech.lots)
                return None
            return wrap(held.row, speech, held.ways, made)
        except Exception as error:
            about = {"action": "send.speechless"}
            log.error("no words for %s: %s", held.row.notice.kind, trace(error), extra=about)  # noqa: TRY400  # no words
            await self._shelf.dead(held.row, "no words for it", gone=False)
            return None

    def _spoken(self, held: InHand) -> Speech:
        """The words; where a picture cannot be shown, they say that there is one."""
        notice = held.row.notice
        speech = self._voice.speak(notice)
        if Kind.WORDS not in held.ways:
            return speech
        missing = self._voice.speak(Notice(to=notice.to, kind="media.lost", key="", language=notice.language))
        return replace(speech, text=f"{speech.text}\n{missing.text}".strip())

    def _say_otherwise(self, row: Claimed, ways: Ways) -> None:
        self._hand[row.id] = InHand(row=row, since=time.monotonic(), ways=ways)

    async def _put_back_stale(self) -> None:
        old = [held.row for held in self._hand.values() if held.since + STALE < time.monotonic()]
        if old:
            await self._shelf.release(old)
            self._hand = {key: held for key, held in self._hand.items() if held.since + STALE >= time.monotonic()}

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return
