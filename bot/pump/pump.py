"""The dispatcher: strict lanes, fair between chats, several calls at once but never two to one chat.

Who goes is chosen when a turn comes and not before: what is urgent waits for nothing that is in hand. Rows are looked
for beside that, so that a slow database costs no turn.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from math import inf

from bot.answers import Kind
from bot.exports.workshop import Made, Workshop
from bot.health import Health
from bot.log import trace
from bot.metrics import Metrics
from bot.pump import bundling
from bot.pump.aftermath import Aftermath
from bot.pump.books import Books
from bot.pump.filing import Filing
from bot.pump.hand import EXPRESS, Hand, InHand
from bot.pump.offering import offered
from bot.pump.parcel import LEAVE, Parcel, Ways, cost_of, going, only_pins, pinned, wrap
from bot.pump.shelf import Shelf
from bot.telegram import Reply, Sent, Telegram
from bot.tongue import Tongue
from bot.voice import Speech
from core.messages import Lane, Notice
from storage.taking import Claimed

log = logging.getLogger(__name__)

CALLS = 40  # at once: the whole pace also when each answer takes a second
CALLS_EXPRESS = 48  # when routine calls hang, urgent ones still find a way
SILENCE = 20.0  # seconds without a look at the shelf: then something hangs
LONGEST_WAIT = 1.0  # seconds until the shelf is looked at again (not_before, leases of others)


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
        self._hand = Hand(shelf, self.books, self._length)
        self._calls: dict[asyncio.Task[None], tuple[InHand, int | None]] = {}  # with their tickets
        self._served: dict[int, float] = {}  # when a chat last had something: the longest ago goes first
        self._turn = asyncio.Event()  # something that is in hand may go that could not before
        self._stir = asyncio.Event()  # something on the shelf may be claimed that could not before
        self._news_at = -inf  # when something was last put there
        self._stopping = False
        self._resting = asyncio.Event()  # nothing is under way that could still take rows in hand
        self._resting.set()

    async def run(self) -> None:
        """Send for ever. Trouble with the database is waited out; the rows stay where they are."""
        looking, sending = self._steadily(self._look, self._stir), self._steadily(self._send, self._turn)
        await asyncio.gather(self._listen(), looking, sending)

    async def _listen(self) -> None:
        """What is new is looked at at once, however full the hand is."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            self._news_at = time.monotonic()
            self._stir.set()

    async def _steadily(self, act: Callable[[], Awaitable[float]], event: asyncio.Event) -> None:
        """One of the two: looking for rows may take its time without a turn being missed."""
        while not self._stopping:
            event.clear()
            try:
                wait = await act()
            except Exception as error:
                log.error("sending is disturbed: %s", trace(error), extra={"action": "pump.disturbed"})  # noqa: TRY400  # no words
                self._health.ill("pump", "the outbox cannot be read")
                wait = LONGEST_WAIT
            await _woken(event, wait)

    def expect(self) -> None:
        """An alarm was heard that is not decided yet."""
        self.books.pace.expect(time.monotonic())

    async def recover(self) -> int:
        """A lead begins: what another process, or this one before it lost the lead, had taken waits again."""
        self._hand.drop()
        return await self._shelf.recover()

    async def stop(self, seconds: float) -> None:
        """Take nothing more, let the calls under way end within `seconds`, give back the rest. What was sent and not
        answered is treated as after a kill, so that a start need not wait for a lease.
        """
        self._stopping = True
        for event in (self._wake, self._stir, self._turn):
            event.set()
        end = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._resting.wait(), seconds)
        if self._calls:
            await asyncio.wait(list(self._calls), timeout=max(0.0, end - time.monotonic()))
        left = list(self._calls)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._hand.give_back()
        if left and self._leads():
            await self._shelf.recover()

    async def _look(self) -> float:
        """Fill the hand, and give the seconds until there may be more on the shelf."""
        until = inf
        if self._leads():
            self._resting.clear()
            try:
                until = await self._hand.fill()
            finally:
                self._resting.set()
        self._health.well("pump", within=SILENCE)
        self._send_ready()  # before the next look, which would find the hand full
        self._turn.set()
        return min(LONGEST_WAIT, until - time.monotonic())

    async def _send(self) -> float:
        return self._send_ready()

    def _send_ready(self) -> float:
        """Start calls in order of lane, then of the chat that has waited longest, while the bot's pace allows; give
        the seconds until something in hand may leave. A full line is woken by the end of a call.
        """
        now, later = time.monotonic(), [LONGEST_WAIT]
        for held in [] if self._stopping or not self._leads() else sorted(self._hand, key=self._rank):
            notice = held.row.notice
            turn = self.books.pace.ready(notice.lane, now)
            if turn > now or not self._line_free(notice.lane):
                later.append(turn - now)
                break
            if (free := self.books.ready(notice.to, notice.lane, cost_of(notice))) <= now:
                self._start(held, now)
            else:
                later.append(free - now)
        return min(it for it in later if it > 0)

    def _rank(self, held: InHand) -> tuple[int, float, int]:
        notice = held.row.notice
        return (notice.lane, self._served.get(notice.to, 0.0), held.row.id)

    def _length(self, notice: Notice) -> int:
        return len(self._voice.speak(notice).text)

    def _line_free(self, lane: Lane) -> bool:
        return len(self._calls) < (CALLS_EXPRESS if lane in EXPRESS else CALLS)

    def _start(self, held: InHand, now: float) -> None:
        self._hand.take(held)
        if self._hand.hungry:  # not only when a call ends: the way there and back would be waited for
            self._stir.set()
        notice = held.row.notice
        stars = notice.paid and held.row.first_try  # what stars are paid for takes nothing of the thirty a second
        ticket = None if stars else self.books.pace.take(notice.lane, now, cost_of(notice))
        self._served[notice.to] = now
        task = asyncio.create_task(self._call(held, ticket), name=f"send {held.row.id}")
        self._calls[task] = held, ticket
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        held, ticket = self._calls.pop(task)
        self._over(ticket)
        self._turn.set()
        # A full hand is looked past only when something that overtakes may have waited behind this call in its chat.
        if self._hand.wants or held.row.notice.lane in EXPRESS or self._news_at >= held.since:
            self._stir.set()
        if len(self._served) > 10_000:
            self._served.clear()
        if not task.cancelled() and (error := task.exception()):
            # The row keeps its lease and comes back when that runs out.
            log.error("a send could not be noted: %s", trace(error), extra={"action": "send.lost_note"})

    def _over(self, ticket: int | None) -> None:
        """It was answered, or there was nothing to send."""
        if ticket is not None:
            self.books.pace.over(ticket, time.monotonic())

    async def _call(self, held: InHand, ticket: int | None) -> None:
        ways, made = await self._filing.file_for(held.row, held.ways)
        held = replace(held, ways=ways)
        parcel = await self._wrapped(held, made)
        if parcel is None:
            return
        if not self._leads():  # this process was stopped or cut off, and another may be sending it by now
            self._hand.put(held)
            return
        reply = await self._reply(held.row.notice, parcel, ticket)
        self._metrics.sent(held.row.notice.lane.name, type(reply).__name__)
        if made is None or await self._filing.settled(made, reply):
            await self._aftermath.settle(held.row, parcel, reply, time.monotonic())
        else:
            self._say_otherwise(held.row, held.ways)
        await offered(held.row.notice, reply, self._telegram)

    async def _reply(self, notice: Notice, parcel: Parcel, ticket: int | None) -> Reply:
        """What Telegram says; it is not asked to change a message into itself."""
        if parcel.edits is not None:
            if self.books.shows(notice.to, parcel.edits, parcel.looks):
                return Sent(message=parcel.edits)
            self.books.shown(notice.to, parcel.edits, None)
        # A file is under way for seconds, and counts when it has arrived: until the call is over it has not left.
        left = partial(self._left, ticket) if parcel.upload is None else None
        reply = await self._telegram.call(parcel.method, parcel.params, upload=parcel.upload, left=left)
        self._over(ticket)
        self.books.spend(notice.to, cost_of(notice), time.monotonic())
        return reply

    def _left(self, ticket: int | None) -> None:
        if ticket is not None:
            self.books.pace.left(ticket, time.monotonic())

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
        self._hand.put(InHand(row=row, since=time.monotonic(), ways=ways))


async def _woken(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set, by somebody or by time."""
    alarm = asyncio.get_running_loop().call_later(max(0.0, seconds), event.set)
    try:
        await event.wait()
    finally:
        alarm.cancel()
