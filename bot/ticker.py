"""The beat: what is due in the database is put on the road. APScheduler only beats; it remembers nothing."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection

from bot.clock import Clock
from bot.days import DAY, plan_day, run_day
from bot.engine import Engine
from bot.health import Health
from bot.log import trace
from bot.metrics import Metrics
from bot.schedule import DIGEST, WEEK, plan_digests, plan_weeks, run_digest, run_week
from bot.upkeep import TIDY, plan_tidying, run_erase, run_forget, run_tidying
from core.messages import Command, RecordDue, Tick, record_ref
from core.town import Town
from storage import cases, erasure, meta, records, schedules
from storage.schedules import Schedule
from storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 100  # rows a look takes; more are taken by the next look of the same beat
MOST_STEPS = 12  # of one case in one beat
SILENCE = 20.0  # seconds without a beat: then promises are being broken
COURSE = "clock"  # the key under which the clock's course is kept

# What a row of the schedule does, in one transaction, the row's own end included.
RUNS: Mapping[str, Callable[[Connection, Schedule, Engine, Town, datetime], None]] = {
    DAY: run_day,
    DIGEST: run_digest,
    WEEK: run_week,
    TIDY: run_tidying,
    erasure.ERASE: run_erase,
    erasure.FORGET: run_forget,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A line of the table of jobs: every so many real seconds."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[None]]


def beats(jobs: tuple[Job, ...]) -> AsyncIOScheduler:
    """A scheduler for the table; a beat that came late runs once and is never dropped (its default drops it)."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in jobs:
        scheduler.add_job(_beat(job.work), "interval", seconds=job.seconds, id=job.name)
    return scheduler


def _beat(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A beat that a stop cuts off has ended, and is no fault: what is left of it is done at the next start."""

    async def beat() -> None:
        try:
            await work()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or not task.cancelling():
                raise

    return beat


class Ticker:
    """Does what is due, in order of due time, and knows how to walk a moved clock forward."""

    def __init__(
        self,
        *,
        store: Store,
        engine: Engine,
        clock: Clock,
        town: Callable[[], Town],
        health: Health,
        metrics: Metrics,
        leads: Callable[[], bool],
    ) -> None:
        self._store, self._engine, self._clock, self._town = store, engine, clock, town
        self._health, self._metrics, self._leads = health, metrics, leads
        self._lock = asyncio.Lock()
        self._soon: asyncio.TimerHandle | None = None
        self._extra: asyncio.Task[None] | None = None  # the beat between two of the scheduler's
        self._planned = 0

    async def beat(self) -> None:
        """One look, by the scheduler or a timer; trouble is told and waits for the next beat."""
        if not self._leads():
            return
        try:
            async with self._lock:
                await self._catch_up()
            self._health.well("clock", within=SILENCE)
            await self._aim()
        except Exception as error:
            log.error("the beat is disturbed: %s", trace(error), extra={"action": "tick.disturbed"})  # noqa: TRY400  # no words
            self._health.ill("clock", "what is due cannot be read or done")

    async def walk(self, to: datetime) -> None:
        """Move the clock forward to `to`, stopping at every due moment on the way, so that each thing happens at
        its own time and in order. Raises ValueError when the clock is real.
        """
        async with self._lock:
            while (due := await self.next_due()) is not None and due <= to:
                await self._jump(due)
                await self._catch_up()
        await self.leap(to)

    async def leap(self, to: datetime) -> None:
        """Move the clock forward to `to` at once, as it is for a machine that slept: what fell due meanwhile is done
        on waking. Raises ValueError when the clock is real.
        """
        async with self._lock:
            await self._jump(to)
            await self._catch_up()
        await self._aim()

    async def next_due(self) -> datetime | None:
        """The next moment, later than now, at which anything wants doing."""
        now = self._clock.now()
        return await asyncio.wrap_future(self._store.read(lambda conn: schedules.next_due(conn, after=now)))

    def between_beats(self) -> asyncio.Lock:
        """Held while nothing is being done that fell due: whoever looks then sees whether something was left."""
        return self._lock

    def plan_anew(self) -> None:
        """What is missing of the plans is put down by the next beat."""
        self._planned = -1

    def stop(self) -> None:
        """No timer outlives the bot, nor does a beat of our own."""
        self._unaim()
        if self._extra:
            self._extra.cancel()

    async def _catch_up(self) -> None:
        """Everything due by now. A case may have several steps to catch up with, but one that cannot be done, or
        stays due, must not keep the others from their turn.
        """
        await self._plan()
        steps: Counter[str] = Counter()
        while True:
            now = self._clock.now()
            found, others = await self._due(now)
            commands = {key: command for key, command in found.items() if steps[key] < MOST_STEPS}
            plans = [plan for plan in others if steps[plan.key] < 1]
            if not commands and not plans:
                return
            steps.update([*commands, *(plan.key for plan in plans)])
            await self._do(commands, plans, now)

    async def _due(self, now: datetime) -> tuple[dict[str, Command], list[Schedule]]:
        def look(conn: Connection) -> tuple[dict[str, Command], list[Schedule]]:
            ticks: dict[str, Command] = {no: Tick(at=now, case=no) for no in cases.due_cases(conn, now, AT_ONCE)}
            for kind, name in records.due_records(conn, now, AT_ONCE):
                ticks[record_ref(kind, name)] = RecordDue(at=now, kind=kind, id=name)
            return ticks, schedules.due_schedules(conn, now, AT_ONCE)

        return await asyncio.wrap_future(self._store.read(look))

    async def _do(self, commands: dict[str, Command], plans: list[Schedule], now: datetime) -> None:
        ticks = [self._engine.execute(command, None) for command in commands.values()]
        known = [plan for plan in plans if plan.kind in RUNS]
        results = await asyncio.gather(*ticks, *(self._run(plan, now) for plan in known), return_exceptions=True)
        for what, result in zip([*commands, *(plan.key for plan in known)], results, strict=True):
            if isinstance(result, Exception):
                log.error("%s cannot be done: %s", what, trace(result), extra={"action": "tick.failed"})
        self._metrics.due("case", len(commands))
        self._metrics.due("schedule", len(plans))

    async def _run(self, plan: Schedule, now: datetime) -> None:
        town, run = self._town(), RUNS[plan.kind]
        await asyncio.wrap_future(self._store.submit(lambda conn: run(conn, plan, self._engine, town, now)))
        self._engine.wake.set()

    async def _plan(self) -> None:
        """Schedules for a district that is new or was changed."""
        town = self._town()
        if town.live and town.revision != self._planned:
            now = self._clock.now()
            await asyncio.wrap_future(self._store.submit(lambda conn: _put_plans(conn, town, now)))
            self._planned = town.revision

    async def _jump(self, to: datetime) -> None:
        course = self._clock.jump_to(to)
        await asyncio.wrap_future(self._store.submit(lambda conn: meta.put_meta(conn, COURSE, course.to_text())))
        self._engine.wake.set()

    async def _aim(self) -> None:
        """A beat of its own at the next due moment when that comes before the scheduler's."""
        due = await self.next_due()
        self._unaim()
        if due is not None and 0 < (seconds := self._clock.real_seconds_until(due)) < 1:
            self._soon = asyncio.get_running_loop().call_later(seconds, self._beat_now)

    def _unaim(self) -> None:
        if self._soon:
            self._soon.cancel()

    def _beat_now(self) -> None:
        self._extra = asyncio.create_task(self.beat(), name="beat")


def _put_plans(conn: Connection, town: Town, now: datetime) -> None:
    plan_day(conn, town, now)
    plan_digests(conn, town, now)
    plan_weeks(conn, town, now)
    plan_tidying(conn, town, now)
