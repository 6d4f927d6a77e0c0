"""Delivers updates to a bot's webhook as Telegram does: over connections, at a pace or as fast as answered."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import orjson

from benchmarks.peer.http import length_of

AGAIN = 0.05  # seconds until an update that was not taken is delivered again


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to deliver: `rate` a second, 0 for as fast as the bot answers."""

    url: str
    secret: str
    rate: float = 0.0
    connections: int = 40


@dataclass(slots=True)
class Delivery:
    """One update: when it was first posted and when it was answered with 200."""

    body: bytes
    posted: float | None = None
    acked: float | None = None


class Way(asyncio.Protocol):
    """A connection that carries one update at a time."""

    def __init__(self, knocker: "Knocker") -> None:
        self._knocker = knocker
        self._held = b""
        self.transport: Any = None
        self.carries: Delivery | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Free for the next update."""
        self.transport = transport
        self._knocker.free(self)

    def data_received(self, data: bytes) -> None:
        """The bot's answer."""
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0 or len(self._held) < end + 4 + length_of(self._held[:end]):
            return
        taken = self._held.split(b" ", 2)[1] == b"200"
        self._held = b""
        self._knocker.answered(self, taken=taken)


@dataclass(slots=True)
class Knocker:
    """Hands updates to free connections in their order."""

    order: Order
    deliveries: list[Delivery]
    _waiting: deque[Delivery] = field(default_factory=deque)
    _idle: deque[Way] = field(default_factory=deque)

    async def run(self) -> None:
        """Open the connections, then deliver."""
        loop, where = asyncio.get_running_loop(), urlsplit(self.order.url)
        for _ in range(self.order.connections):
            await loop.create_connection(partial(Way, self), str(where.hostname), int(where.port or 80))
        if self.order.rate <= 0:
            self._waiting.extend(self.deliveries)
            for _ in range(len(self._idle)):
                self._go()
            return
        begun = loop.time()
        for turn, delivery in enumerate(self.deliveries):
            loop.call_at(begun + turn / self.order.rate, self._due, delivery)

    def free(self, way: Way) -> None:
        """A connection can take the next."""
        self._idle.append(way)
        self._go()

    def answered(self, way: Way, *, taken: bool) -> None:
        """Done, or to be delivered again."""
        delivery = way.carries
        assert delivery is not None
        if taken:
            delivery.acked = time.monotonic()
        else:
            asyncio.get_running_loop().call_later(AGAIN, self._due, delivery)
        self.free(way)

    def _due(self, delivery: Delivery) -> None:
        if delivery.posted is None:
            delivery.posted = time.monotonic()  # the wait for a free connection is the bot's doing
        self._waiting.append(delivery)
        self._go()

    def _go(self) -> None:
        if not self._idle or not self._waiting:
            return
        way, delivery = self._idle.popleft(), self._waiting.popleft()
        way.carries = delivery
        if delivery.posted is None:
            delivery.posted = time.monotonic()
        way.transport.write(self._head(delivery.body) + delivery.body)

    def _head(self, body: bytes) -> bytes:
        path = urlsplit(self.order.url).path
        return (
            f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self.order.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()


def order_of(raw: bytes) -> tuple[Order, list[Delivery]]:
    """The first line is the order as JSON, each further one an update."""
    first, *updates = raw.splitlines()
    return Order(**orjson.loads(first)), [Delivery(body) for body in updates]
