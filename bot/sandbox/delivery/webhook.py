"""Webhook delivery: one update in flight per queue, queues side by side, patient retries (WebhookActor.cpp)."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import orjson

from bot.sandbox.world import World
from bot.sandbox.world.updates import Update

REPLY_TIMEOUT: Final = aiohttp.ClientTimeout(total=60)
LONGEST_RETRY_AFTER: Final = 3600
SLOWEST_RETRY: Final = 60.0
GONE_FOR_GOOD: Final = 23 * 3600
NEVER_BY_REPLY: Final = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where updates go, and how many at once."""

    url: str
    secret: str = ""
    max_connections: int = 40


class Webhook:
    """Delivers the world's updates to one address while one is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.on_reply: Callable[[str, dict[str, Any]], None] | None = None
        self.address: Address | None = None
        self.next_set_at = 0.0
        self.last_error: tuple[int, str] | None = None
        self._gone_since: float | None = None
        self._queues: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(1)
        self._session: aiohttp.ClientSession | None = None
        # jitter of the longest back-off; seeded, so that a run can be repeated
        self._chance = random.Random(1)  # noqa: S311 - no secret
        world.updates.on_put.append(self._take_in)

    async def start(self, address: Address) -> None:
        """Deliver to this address from now on, beginning with what waits."""
        await self.stop()
        self.address, self.last_error, self._gone_since = address, None, None
        self._slots = asyncio.Semaphore(address.max_connections)
        connector = aiohttp.TCPConnector(limit=address.max_connections)
        self._session = aiohttp.ClientSession(connector=connector, timeout=REPLY_TIMEOUT, trust_env=False)
        for update in self._world.updates.pending(self._world.clock()):
            self._take_in(update)

    async def stop(self) -> None:
        """Stop delivering; what was not confirmed stays in the world's queue."""
        self.address = None
        self._queues.clear()
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _take_in(self, update: Update) -> None:
        if self.address is None:
            return
        queue = self._queues.get(update.key)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.key] = deque([update])
        task = asyncio.get_running_loop().create_task(self._drain(update.key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, key: str) -> None:
        """Deliver one queue in order; what comes later waits behind what fails."""
        queue = self._queues[key]
        while queue:
            await self._deliver(queue[0])
            if self.address is None:
                return
            self._world.updates.forget(queue.popleft().id)
        if self._queues.get(key) is queue:
            del self._queues[key]

    async def _deliver(self, update: Update) -> None:
        """Send an update until it is taken, or until it expires."""
        delay, fails = 1.0, 0
        while self.address is not None and update.expires > self._world.clock():
            async with self._slots:
                retry_after = await self._post(update)
            if retry_after is None:
                return
            wait = float(min(retry_after, LONGEST_RETRY_AFTER))
            if not wait and fails:
                delay = min(SLOWEST_RETRY * (1 + self._chance.random()), delay * 2)
                wait = delay
            fails += 1
            if self._world.clock() + wait > update.expires:
                return
            await self._world.clock.wait_until(self._world.clock() + wait)

    async def _post(self, update: Update) -> int | None:
        """Send once; return None when it was taken, else the seconds the bot asked for (0: it did not say)."""
        if self.address is None or self._session is None:
            return 0
        headers = {"Content-Type": "application/json"}
        if self.address.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.address.secret
        try:
            async with self._session.post(self.address.url, data=update.payload, headers=headers) as reply:
                body = await reply.read()
        except (aiohttp.ClientError, TimeoutError) as reason:
            self._failed(f"Connection failed: {type(reason).__name__}")
            return 0
        return self._judge(reply, body)

    def _judge(self, reply: aiohttp.ClientResponse, body: bytes) -> int | None:
        faults = self._world.faults
        if faults.strike_delivery("drop_webhook_reply"):
            self._failed("Webhook connection closed")
            return 0
        if 200 <= reply.status <= 299:
            self._gone_since = None
            self._by_reply(body)
            return 0 if faults.strike_delivery("repeat_update") else None
        self._failed(f"Wrong response from the webhook: {reply.status} {reply.reason}")
        if reply.status == 410:
            self._gone()
        else:
            self._gone_since = None
        asked = reply.headers.get("Retry-After", "")
        return int(asked) if asked.isdigit() else 0

    def _failed(self, reason: str) -> None:
        self.last_error = (int(self._world.clock()), reason)

    def _gone(self) -> None:
        """Note a 410; 23 hours of them delete the webhook."""
        now = self._world.clock()
        if self._gone_since is None:
            self._gone_since = now
        elif now > self._gone_since + GONE_FOR_GOOD:
            self.address = None
            self._queues.clear()

    def _by_reply(self, body: bytes) -> None:
        """Run the method that a 2xx answer may carry; its outcome is told to nobody."""
        try:
            call = orjson.loads(body) if body else None
        except orjson.JSONDecodeError:
            return
        if not isinstance(call, dict):
            return
        method = str(call.pop("method", ""))
        if (
            self.on_reply is not None
            and method
            and method.lower() not in NEVER_BY_REPLY
            and not method.lower().startswith("get")
        ):
            self.on_reply(method, call)
