"""What happens in the world, told live to the phones page (server-sent events) and kept a while for replay."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import orjson

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One event: a running number, its type and fields. A field may be a function: what nobody reads is never built."""

    id: int
    body: Json

    def encoded(self) -> bytes:
        """Return the event in the text/event-stream format."""
        body = {name: value() if callable(value) else value for name, value in self.body.items()}
        return b"id: %d\ndata: %s\n\n" % (self.id, orjson.dumps(body))


class Events:
    """A ring of the last events. Readers ask for what came after a number and wait for more."""

    def __init__(self, memory: int) -> None:
        self._ring: deque[Event] = deque(maxlen=memory)
        self._last = 0
        self._readers: set[asyncio.Event] = set()

    def emit(self, kind: str, **fields: Any) -> None:
        """Tell an event. Its fields (or what functions among them return) must not change afterwards."""
        self._last += 1
        self._ring.append(Event(self._last, {"type": kind, **fields}))
        for reader in self._readers:
            reader.set()

    @property
    def last(self) -> int:
        """Return the number of the newest event."""
        return self._last

    def after(self, number: int) -> list[Event]:
        """Return the kept events newer than `number`; all of them for a number that is not ours (a server before)."""
        number = number if number <= self._last else 0
        newer = min(self._last - number, len(self._ring))
        return [self._ring[index] for index in range(len(self._ring) - newer, len(self._ring))] if newer > 0 else []

    async def follow(self, number: int) -> AsyncIterator[list[Event]]:
        """Yield what came after `number`, then what comes; an empty list every 15 s keeps a connection alive."""
        news = asyncio.Event()
        self._readers.add(news)
        try:
            while True:
                news.clear()
                batch = self.after(number)
                if batch:
                    number = batch[-1].id
                    yield batch
                    continue
                try:
                    await asyncio.wait_for(news.wait(), 15)
                except TimeoutError:
                    yield []
        finally:
            self._readers.discard(news)
