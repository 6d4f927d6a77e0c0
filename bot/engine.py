"""The one road of every command: was it here before, load, decide, save, all in one transaction."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from bot.kept import kept
from bot.town import NO_TOWN, build_town
from core.messages import Answer, Command, Migrated
from core.town import Town
from storage.chats import migrate_chat
from storage.counters import values_of
from storage.districts import REVISION, current_district
from storage.errors import Clash
from storage.people import PRESENCE, Roll
from storage.positions import LAST, Whereabouts
from storage.store import Store
from storage.transaction import Decide, decided, first_time, save, world_for

TRIES = 6  # from the second on the case is held
MARKS = (REVISION, PRESENCE, LAST)  # of what is kept in memory between commands


class Clock(Protocol):
    """What tells the bot's time."""

    def now(self) -> datetime:
        """The moment it is for the bot, aware."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a command. `notices` is how many new ones wait to be sent."""

    repeated: bool = False
    answer: Answer | None = None
    notices: int = 0


class Engine:
    """Decides commands on the store. `wake` is set after each commit that left notices to send.

    `secret` is what nobody outside knows: the seeds of draws are made of it.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        decide: Decide,
        town: Town | None = None,
        *,
        bot_name: str = "",
        wake: asyncio.Event | None = None,
        secret: bytes = b"",
        build: Callable[[str, int], Town] = build_town,
    ) -> None:
        self.town = town
        self.bot_name = bot_name
        self.wake = wake or asyncio.Event()
        self.secret = secret
        self._store = store
        self._clock = clock
        self._decide = decide
        self._build = build
        self._roll = Roll()
        self._whereabouts = Whereabouts()

    async def execute(self, command: Command, key: str | None) -> Outcome:
        """Decide a command and keep the outcome; with a key that was here before, nothing happens.

        Raises what deciding raises, and then nothing is kept; Clash when others were quicker each time.
        """
        for attempt in range(TRIES - 1):
            try:
                return await self._once(command, key, hold=attempt > 0)
            except Clash:  # deciding has no effects, so it can be done again on what is true now
                continue
        return await self._once(command, key, hold=True)

    def execute_inside(self, conn: Connection, command: Command, key: str | None) -> Outcome:
        """The same within a transaction of the caller, who sets `wake` after the commit."""
        return self._job(conn, command, key, hold=True)

    async def _once(self, command: Command, key: str | None, *, hold: bool) -> Outcome:
        outcome = await kept(self._store, lambda conn: self._job(conn, command, key, hold=hold))
        if outcome.notices:
            self.wake.set()
        return outcome

    def _job(self, conn: Connection, command: Command, key: str | None, *, hold: bool) -> Outcome:
        now = self._clock.now()
        if key is not None and not first_time(conn, key, now):
            return Outcome(repeated=True)
        if isinstance(command, Migrated):
            migrate_chat(conn, command.old, command.new)
            return Outcome()
        marks = values_of(conn, MARKS)
        town = self._town_now(conn, marks.get(REVISION, 0))
        presence = self._roll.presence(conn, now, marks.get(PRESENCE, 0))
        newest = self._whereabouts.newest(conn, now, marks.get(LAST, 0))
        world = world_for(conn, command, town, now, self.bot_name, hold=hold, presence=presence, newest=newest)
        decision = decided(conn, self._decide, command, world, hold=hold)
        notices = save(conn, decision, world, now)
        notices += sum(self._job(conn, follows, None, hold=True).notices for follows in decision.then)
        return Outcome(answer=decision.answer, notices=notices)

    def _town_now(self, conn: Connection, revision: int) -> Town:
        """The town as it is stored: another process may have loaded a new file, or a chat may have moved."""
        if self.town is None or self.town.revision != revision:
            revision, raw = current_district(conn) or NO_TOWN
            self.town = self._build(raw, revision)
        return self.town
