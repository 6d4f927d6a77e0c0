"""`python -m benchmarks.peer.api`: the stand-in server as a process of its own; says its port on the first line.

It keeps no rules but those a measurement asks for: raw protocol, ready answers, a round trip of any length. It is told
what to do by `/control/…` over the same port, and ends when its standard input does.
"""

import asyncio
import random
import sys
import time
from dataclasses import asdict
from functools import partial
from typing import Any

import orjson

from benchmarks.peer.desk import Desk, params_of
from benchmarks.peer.flood import Flood
from benchmarks.peer.http import Line, Respond
from benchmarks.peer.knocker import Delivery, Knocker, order_of
from benchmarks.peer.players import Players

EMPTY = b'{"ok":true,"result":[]}'
LONGEST = 50.0


class Api:
    """The server: `/bot<token>/<method>` for the bot, `/control/<word>` for the measurement."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.rtt, self.jitter = 0.0, 0.0
        self._held: tuple[asyncio.TimerHandle, dict[str, Any], Respond] | None = None
        self._deliveries: list[Delivery] = []
        self._knocking: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._words = {
            "load": self._load, "tell": self._tell, "rtt": self._set_rtt, "flood": self._flood, "forget": self._forget,
            "dry": self._dry, "stats": self._stats, "sends": self._sends, "knock": self._knock,
            "knocked": self._knocked, "play": self._play,
        }  # fmt: skip

    def serve(self, path: str, body: bytes, respond: Respond) -> None:
        """One request, whoever it comes from."""
        _, first, word = path.split("/", 2)
        if first == "control":
            respond(orjson.dumps(self._words[word](body)), 200)
        elif word == "getUpdates":
            self._poll(params_of(body), respond)
        else:
            self._later(respond, *self.desk.say(word, params_of(body), body))

    def _later(self, respond: Respond, body: bytes, status: int = 200) -> None:
        """After the round trip."""
        if self.rtt <= 0:
            respond(body, status)
        else:
            self._loop.call_later(self.rtt + random.random() * self.jitter, respond, body, status)

    def _poll(self, params: dict[str, Any], respond: Respond) -> None:
        batch = self.desk.poll(params)
        if batch is not None:
            self._later(respond, batch)
            return
        self._let_go()
        seconds = min(float(params.get("timeout") or 0), LONGEST)
        self._held = (self._loop.call_later(seconds, self._let_go), params, respond)

    def _let_go(self) -> None:
        """Answer the held poll with what there is."""
        if self._held is not None:
            timer, params, respond = self._held
            self._held = None
            timer.cancel()
            self._later(respond, self.desk.poll(params) or EMPTY)

    def add(self, updates: list[bytes]) -> None:
        """New updates at the end of the queue."""
        self.desk.updates.extend(updates)
        self._let_go()

    def _load(self, body: bytes) -> dict[str, Any]:
        """A line per update, numbered already."""
        self.add(body.splitlines())
        return {"at": time.monotonic()}

    def _tell(self, body: bytes) -> dict[str, Any]:
        """A line per update, to be numbered in the order of arrival."""
        first = self.desk.base + len(self.desk.updates)
        lines = enumerate(body.splitlines(), start=first)
        self.add([b'{"update_id":%d,%b' % (number, line[1:]) for number, line in lines])
        return {"at": time.monotonic()}

    def _set_rtt(self, body: bytes) -> bool:
        self.rtt, self.jitter = orjson.loads(body)
        return True

    def _flood(self, _body: bytes) -> bool:
        self.desk.flood = Flood()
        return True

    def _play(self, body: bytes) -> bool:
        """People who press: each chat's patrol accepts, settles and proves, each resident confirms."""
        patrols = {int(chat): int(user) for chat, user in orjson.loads(body).items()}
        self.desk.react = Players(self.desk, patrols, self.add).react
        return True

    def _dry(self, _body: bytes) -> bool:
        """Nothing is handed out that was not before."""
        del self.desk.updates[self.desk.handed :]
        return True

    def _knock(self, body: bytes) -> bool:
        """Deliver updates to a webhook."""
        order, self._deliveries = order_of(body)
        self._knocking = self._loop.create_task(Knocker(order, self._deliveries).run())
        return True

    def _knocked(self, _body: bytes) -> list[tuple[float | None, float | None]]:
        """When each was posted and answered."""
        return [(it.posted, it.acked) for it in self._deliveries]

    def _forget(self, _body: bytes) -> bool:
        self.desk.forget()
        return True

    def _stats(self, _body: bytes) -> dict[str, Any]:
        return self.desk.stats()

    def _sends(self, _body: bytes) -> list[dict[str, Any]]:
        return [asdict(send) for send in self.desk.sends]


async def main() -> None:
    """Serve until standard input is closed."""
    api = Api()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(Line, api.serve), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
