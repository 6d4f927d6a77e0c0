"""Asking a map for addresses that a decision wants to know: outside of every transaction, one at a time, and never
needed. Without `BOT_GEOCODER_URL` nobody asks, and the question is forgotten after a minute (core.decide.maps).

The map gets a road and a house number and the borders of the district, nothing else.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import AioHTTPAdapter
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import AsyncRateLimiter
from geopy.geocoders import Nominatim, Photon

from bot.clock import Clock
from bot.engine import Engine
from bot.log import trace
from core.district.places import bounds
from core.messages import Mapped
from core.records import Lookup
from core.town import Town
from storage import geocodes, records
from storage.geocodes import Found
from storage.store import Store

log = logging.getLogger(__name__)

WAIT = 5.0  # seconds for an answer
APART = 1.1  # seconds between two questions: Nominatim's public servers allow one a second
REST = 60.0  # seconds without a question after trouble
KINDS: Mapping[str, type[Nominatim | Photon]] = {"nominatim": Nominatim, "photon": Photon}
Box = tuple[float, float, float, float]  # west, south, east, north


class Maps:
    """A job of the table, in the process that leads."""

    def __init__(
        self,
        *,
        url: str,
        kind: str,
        agent: str,
        store: Store,
        engine: Engine,
        clock: Clock,
        town: Callable[[], Town],
        leads: Callable[[], bool],
        apart: float = APART,
    ) -> None:
        self._url, self._kind, self._agent = urlsplit(url), KINDS[kind], agent
        self._store, self._engine, self._clock, self._town, self._leads = store, engine, clock, town, leads
        self._limited = AsyncRateLimiter(self._asked, min_delay_seconds=apart, max_retries=0, swallow_exceptions=False)
        self._rests_until = 0.0

    async def beat(self) -> None:
        """Answer what waits; trouble is told and waits for the next beat."""
        if not self._leads():
            return
        try:
            for lookup in await self._waiting():
                await self._answer(lookup)
        except Exception as error:
            log.error("maps are disturbed: %s", trace(error), extra={"action": "maps.disturbed"})  # noqa: TRY400  # no words

    async def _waiting(self) -> list[Lookup]:
        found = await asyncio.wrap_future(self._store.read(lambda conn: records.open_records(conn, {"lookup"})))
        return [it for it in found if isinstance(it, Lookup)]

    async def _answer(self, lookup: Lookup) -> None:
        down, found = False, None
        try:
            found = await self._found(lookup.query)
        except (GeopyError, TimeoutError, ValueError, TypeError, KeyError, AttributeError) as error:  # or garbage
            log.warning("the map did not answer: %s", type(error).__name__, extra={"action": "maps.down"})
            down, self._rests_until = True, time.monotonic() + REST
        told = Mapped(at=self._clock.now(), case=lookup.no, lookup=lookup.id, found=found, down=down)
        await self._engine.execute(told, f"map:{lookup.id}")

    async def _found(self, query: str) -> Found:
        known = await asyncio.wrap_future(self._store.read(lambda conn: geocodes.answer_of(conn, query)))
        if known is not None:
            return known[0]
        if time.monotonic() < self._rests_until:
            raise TimeoutError
        async with asyncio.timeout(WAIT + APART):
            found: Found = await self._limited(query)
        now = self._clock.now()
        await asyncio.wrap_future(self._store.submit(lambda conn: geocodes.keep_answer(conn, query, found, now)))
        return found

    async def _asked(self, query: str) -> Found:
        """The first place within the district's borders; None where there is none. Raises what geopy raises."""
        box = bounds(self._town().district)
        async with self._kind(
            domain=self._url.netloc + self._url.path.rstrip("/"), scheme=self._url.scheme, user_agent=self._agent,
            timeout=WAIT, adapter_factory=AioHTTPAdapter,
        ) as server:  # fmt: skip
            found = await server.geocode(query, **_within(self._kind, box))
        return _inside(found, box)


def _within(kind: type[Nominatim | Photon], box: Box | None) -> dict[str, Any]:
    """Borders as each kind of server wants them."""
    if box is None:
        return {}
    west, south, east, north = box
    corners = [(south, west), (north, east)]
    return {"viewbox": corners, "bounded": True} if kind is Nominatim else {"bbox": corners}


def _inside(found: Any, box: Box | None) -> Found:
    """A server may answer with anything: what lies outside is no answer."""
    if found is None:
        return None
    lat, lng = float(found.latitude), float(found.longitude)
    west, south, east, north = box or (-180.0, -90.0, 180.0, 90.0)
    return (lat, lng) if south <= lat <= north and west <= lng <= east else None
