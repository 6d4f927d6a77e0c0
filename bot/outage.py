"""Noticing that updates could not reach us, and saying so in the chats when they can again (life.md row 44).

The last moment at which all was well is kept in the database, so that it does not matter whether the process was dead,
asleep, or cut off from Telegram. An outage that was noticed is kept as well until every chat has been told, each in a
transaction and under a key of its own: a crash in the middle neither repeats nor loses it.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection

from bot.clock import Clock
from bot.engine import Engine
from bot.health import Health
from bot.log import trace
from core.decide.outage import Lost, Outage, plan
from core.messages import Resumed, Returned
from core.town import Town
from storage import cases, meta
from storage.store import Store

log = logging.getLogger(__name__)

PRESS_LIVES = timedelta(seconds=150)  # at Telegram, before it is dropped (Client.cpp:17155)
BETWEEN = timedelta(seconds=10)  # for so long after the last beat cards may still have been posted
HEARD, AWAY = "heard", "away"  # keys: when all was last well, and the outage that is still to be told
NEEDED = frozenset({"telegram", "database", "intake"})  # parts of our health without which no press can be taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An outage in real time, as it is kept. `restored`: what happened in it was forgotten, too (bot.restored)."""

    since: datetime
    until: datetime
    restored: bool = False

    def to_text(self) -> str:
        """As kept in the database."""
        return orjson.dumps([self.since, self.until, self.restored]).decode()

    @classmethod
    def from_text(cls, text: str) -> "Gap":
        """Back from the database."""
        since, until, *restored = orjson.loads(text)
        begun, ended = datetime.fromisoformat(since), datetime.fromisoformat(until)
        return cls(since=begun, until=ended, restored=restored == [True])


class Watch:
    """Beats while this process leads and can take updates; a beat that comes too late after the last is a return."""

    def __init__(
        self,
        *,
        store: Store,
        engine: Engine,
        clock: Clock,
        town: Callable[[], Town],
        health: Health,
        leads: Callable[[], bool],
    ) -> None:
        self._store, self._engine, self._clock = store, engine, clock
        self._town, self._health, self._leads = town, health, leads

    async def beat(self) -> None:
        """Note that all is well, and tell of the outage that this ends, if one does."""
        if not self._leads() or NEEDED & self._health.reasons().keys():
            return
        now = self._clock.real()
        try:
            kept = await asyncio.wrap_future(self._store.submit(lambda conn: note_well(conn, now)))
            if kept is not None:
                await self._tell(kept)
        except Exception as error:  # the next beat goes on where this one ended
            log.error("an outage could not be told: %s", trace(error), extra={"action": "outage.untold"})  # noqa: TRY400  # no words

    async def _tell(self, gap: Gap) -> None:
        outage = Outage(since=self._clock.moved(gap.since + BETWEEN), until=self._clock.moved(gap.until))
        over, town = int((gap.until - gap.since).total_seconds()), self._town()
        found = await asyncio.wrap_future(
            self._store.read(lambda conn: plan(cases.each_open(conn), outage, town)),
        )
        log.warning(
            "no press could reach us for %s s", over, extra={"action": "outage.over", "chats": len(found.chats)}
        )
        restored = outage.since if gap.restored else None
        for lost in _everybody(found.chats, town) if gap.restored else found.chats:
            await self._do(lambda conn, lost=lost: self._tell_chat(conn, lost, outage, over, restored))  # type: ignore[misc]  # mypy cannot type a default
        for no, reporter in found.asked:
            again = Resumed(at=outage.until, case=no, chat=reporter, over=over)
            key = f"asked:{gap.until.isoformat()}:{no}"
            await self._do(lambda conn, again=again, key=key: self._engine.execute_inside(conn, again, key))  # type: ignore[misc]  # as above
        await asyncio.wrap_future(self._store.submit(lambda conn: meta.drop_meta(conn, AWAY)))

    def _tell_chat(self, conn: Connection, lost: Lost, outage: Outage, over: int, restored: datetime | None) -> None:
        told = Returned(
            at=outage.until, chat=lost.chat, over=over, open=lost.open, shown=len(lost.shown), urgent=lost.urgent,
            restored=restored,
        )  # fmt: skip
        if self._engine.execute_inside(conn, told, f"returned:{outage.until.isoformat()}:{lost.chat}").repeated:
            return
        for no in lost.shown:
            self._engine.execute_inside(conn, Resumed(at=outage.until, case=no, chat=lost.chat, over=over), None)

    async def _do(self, job: Callable[[Connection], object]) -> None:
        """One chat in one transaction; trouble with one must not keep the others from hearing it."""
        try:
            await asyncio.wrap_future(self._store.submit(job))
        except Exception as error:
            log.error("a chat could not be told: %s", trace(error), extra={"action": "outage.skipped"})  # noqa: TRY400  # no words
        self._engine.wake.set()


def _everybody(found: tuple[Lost, ...], town: Town) -> tuple[Lost, ...]:
    """Every team, whether a case is left there or not: new cases, sign-ins and answers are forgotten as well."""
    told = {lost.chat for lost in found}
    teams = dict.fromkeys(team.chat_id for team in town.district.teams if team.chat_id is not None)
    return found + tuple(Lost(chat=chat, open=0, shown=(), urgent=False) for chat in teams if chat not in told)


def note_well(conn: Connection, now: datetime) -> Gap | None:
    """Note in one transaction that all is well now, and the outage before it; gives what is still to be told."""
    heard, away = meta.get_meta(conn, HEARD), meta.get_meta(conn, AWAY)
    meta.put_meta(conn, HEARD, now.isoformat())
    kept = Gap.from_text(away) if away else None
    if heard is None or now - (last := datetime.fromisoformat(heard)) <= PRESS_LIVES:
        return kept
    gap = replace(kept, until=now) if kept else Gap(since=last, until=now)
    meta.put_meta(conn, AWAY, gap.to_text())
    return gap
