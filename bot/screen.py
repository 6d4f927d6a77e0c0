"""The centre's screen is kept current: once in a minute of the town's clock at most, and only when something changed.

It is no row that falls due: a day that is walked through on a moved clock would stop at each of its minutes. What can
change is told by marks that are cheap to read, and by the moment until which the picture holds by itself.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.clock import Clock
from bot.engine import Engine
from bot.log import trace
from core.messages import ScreenDue
from core.messages.commands import ON_SCREEN, SCREEN, STORM
from core.records import Board
from core.town import Town
from storage import counters, people, positions, records, teams
from storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the picture is made of, as far as it must be known to see that it is another. `until`: see Board."""

    known: Hashable
    until: datetime | None


class Screen:
    """A job of the table, in the process that leads."""

    def __init__(
        self, *, store: Store, engine: Engine, clock: Clock, town: Callable[[], Town], leads: Callable[[], bool]
    ) -> None:
        self._store, self._engine, self._clock, self._town, self._leads = store, engine, clock, town, leads
        self._marks: Marks | None = None
        self._drawn: datetime | None = None

    async def beat(self) -> None:
        """One look; trouble is told and waits for the next: nobody's promise hangs on the screen."""
        if not self._leads():
            self._marks = None  # whoever led meanwhile has drawn it
            return
        try:
            await self._look()
        except Exception as error:
            log.error("the screen is disturbed: %s", trace(error), extra={"action": "screen.disturbed"})  # noqa: TRY400  # no words

    async def _look(self) -> None:
        now = self._clock.now()
        if self._drawn is not None and _minute(self._drawn) == _minute(now):
            return
        marks = await self._read()
        known = self._marks
        if known is not None and known.known == marks.known and (known.until is None or now < known.until):
            return
        await self._engine.execute(ScreenDue(at=now), None)
        self._drawn = now
        self._marks = Marks(known=marks.known, until=(await self._read()).until)

    async def _read(self) -> Marks:
        town = self._town()
        names = [it.id for it in town.district.teams]
        return await asyncio.wrap_future(self._store.read(lambda conn: marks_of(conn, town.revision, names)))


def marks_of(conn: Connection, revision: int, names: Collection[str]) -> Marks:
    """Presence, positions, what teams have to do, hours without anybody, storms: each costs no more than an index."""
    board = records.record_of(conn, *SCREEN)
    counted = counters.values_of(conn, (people.PRESENCE, positions.LAST))
    busy = tuple((team, load.open) for team, load in sorted(teams.loads(conn, names).items()))
    holes = tuple((it.id, it.version) for it in records.open_records(conn, {*ON_SCREEN, STORM[0]}))
    return Marks(
        known=(revision, tuple(sorted(counted.items())), busy, holes),
        until=board.until if isinstance(board, Board) else None,
    )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
