"""The audit: once a minute, what must hold is looked at, what is broken is mended, and what cannot be is told.

It trusts nobody: neither the clock nor the pump is asked how it fares, only the memory.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from datetime import timedelta

from sqlalchemy import Connection

from bot.clock import Clock, real_now
from bot.engine import Engine
from bot.health import Health
from bot.log import trace
from bot.metrics import Metrics
from bot.pump.books import Books
from bot.schedule import coming_keys, next_digest
from bot.ticker import Ticker
from bot.upkeep import TIDY
from core.audit import PATIENCE, TICKS, Episode, Finding, Look, Promise, Question, Stale, episode, known_chats, word
from core.decide.say import staff_language
from core.messages import Lane, Notice, Repair
from core.town import Town
from storage import audit, chats, meta, outbox, queueing
from storage.codec import pack, unpack
from storage.store import Store

log = logging.getLogger(__name__)

SILENCE = 150.0  # seconds without a look: two were missed
GRACE = 900.0  # seconds in which a process that has just begun to lead may catch up with what it found waiting
STUCK = 20.0  # seconds after which the clock's beat is taken to hang
LETTERS = timedelta(days=1)
TOLD = "audit"  # the key under which it is kept what the centre was told


class Audit:
    """A job of the table, in the process that leads. `tick` is the clock's beat in real seconds."""

    def __init__(
        self,
        *,
        store: Store,
        engine: Engine,
        clock: Clock,
        town: Callable[[], Town],
        ticker: Ticker,
        tick: float,
        books: Books,
        health: Health,
        metrics: Metrics,
        leads: Callable[[], bool],
        admins: Collection[int],
    ) -> None:
        self._store, self._engine, self._clock, self._town = store, engine, clock, town
        self._ticker, self._tick, self._books = ticker, tick, books
        self._health, self._metrics, self._leads, self._admins = health, metrics, leads, admins
        self._since: float | None = None  # when this process began to lead

    async def beat(self) -> None:
        """Look, mend, look again, tell."""
        if not self._leads():
            self._since = None
            self._health.well("audit")
            return
        self._since = time.monotonic() if self._since is None else self._since
        try:
            await self._audited()
        except Exception as error:
            log.error("the audit is disturbed: %s", trace(error), extra={"action": "audit.disturbed"})  # noqa: TRY400  # no words
            self._health.ill("audit", "cannot look whether all promises are kept")

    async def _audited(self) -> None:
        found = left = await self._look()
        if found.wrong:
            await self._mend(found)
            left = await self._look()
        findings = left.findings()
        self._report(found, left)
        await self._tell(findings)
        if findings:
            self._health.ill("audit", "broken: " + ", ".join(f"{it.promise.value} {it.count}" for it in findings))
        else:
            self._health.well("audit", within=SILENCE)

    async def _look(self) -> Look:
        """Between two beats of the clock, or what is just being done would look forgotten."""
        async with asyncio.timeout(STUCK), self._ticker.between_beats():
            question = self._question()
            return await asyncio.wrap_future(self._store.read(lambda conn: audit.look(conn, question)))

    def _question(self) -> Question:
        town, now, skips = self._town(), self._clock.now(), self._books.skips(time.monotonic())
        coming = next_digest(town, now)
        waiting = {lane: self._clock.shown_ago(patience.total_seconds()) for lane, patience in PATIENCE.items()}
        return Question(
            overdue=self._clock.real_later(-TICKS * self._tick),
            chats=known_chats(town.district),
            waiting={lane: before for lane, before in waiting.items() if before and self._settled_in(lane)},
            real_now=real_now(),
            letters=now - LETTERS,
            plans=frozenset((*coming_keys(town, now), f"{TIDY}:{coming.day}") if town.live else ()),
            held=skips.all,
            held_unless_urgent=skips.unless_urgent,
        )

    def _settled_in(self, lane: Lane) -> bool:
        led = time.monotonic() - (self._since or time.monotonic())
        return led >= min(PATIENCE[lane].total_seconds(), GRACE)

    async def _mend(self, found: Look) -> None:
        """What can be put right by itself; each on the road that it would have gone."""
        if found.wrong.get(Promise.DIGESTS):
            self._ticker.plan_anew()
        await asyncio.wrap_future(self._store.submit(lambda conn: self._mend_outbox(conn, found)))
        await self._ticker.beat()
        for stale in found.cases():
            await self._mend_case(stale)
        self._engine.wake.set()

    def _mend_outbox(self, conn: Connection, found: Look) -> None:
        """Rows of a process that died wait again; of an update that was given up the centre hears."""
        if found.wrong.get(Promise.LEASED):
            outbox.release_leases(conn, real_now())
        queueing.queue(conn, [*self._words(found.wrong.get(Promise.READ, ()))], self._clock.now())

    def _words(self, letters: Collection[Stale]) -> list[Notice]:
        centre = self._town().district.centre_chat()
        if centre is None:
            return []
        return [
            Notice(
                to=centre,
                kind="centre.dead_letter",
                key=f"{audit.LETTER}{letter.name}{audit.LETTER_AGAIN}",
                params={"update": letter.name},
                lane=Lane.REMINDER,
            )
            for letter in letters
        ]

    async def _mend_case(self, stale: Stale) -> None:
        """One that cannot be mended must not keep the others from it."""
        try:
            await self._engine.execute(Repair(at=self._clock.now(), case=stale.name, lost=stale.chat), None)
        except Exception as error:
            log.error("%s cannot be mended: %s", stale.name, trace(error), extra={"action": "audit.unmended"})  # noqa: TRY400  # no words

    def _report(self, found: Look, left: Look) -> None:
        broken = {promise.value: len(wrong) for promise, wrong in left.wrong.items()}
        mended = {
            promise.value: len(wrong) - broken.get(promise.value, 0)
            for promise, wrong in found.wrong.items()
            if len(wrong) > broken.get(promise.value, 0)
        }
        self._metrics.audited(broken, mended)
        if mended:
            log.warning("mended by the audit: %s", mended, extra={"action": "audit.mended"})
        if broken:
            log.error("broken, and not to be mended by itself: %s", broken, extra={"action": "audit.broken"})

    async def _tell(self, findings: Collection[Finding]) -> None:
        """One message, edited while it lasts; to the administrators when the centre cannot be reached itself."""
        town, now = self._town(), self._clock.now()

        def job(conn: Connection) -> None:
            kept = meta.get_meta(conn, TOLD)
            said = episode(unpack(Episode, kept) if kept else None, findings, now)
            if said is None:
                return
            notices = [word(said, chat, now, staff_language(town)) for chat in self._hearers(conn, town)]
            queueing.queue(conn, notices, now)
            meta.put_meta(conn, TOLD, pack(said))

        await asyncio.wrap_future(self._store.submit(job))
        self._engine.wake.set()

    def _hearers(self, conn: Connection, town: Town) -> tuple[int, ...]:
        centre = town.district.centre_chat()
        return (centre,) if centre is not None and chats.reachable(conn, centre) else tuple(self._admins)
