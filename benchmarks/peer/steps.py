"""Where an urgent report is on its way through the bot: moments of each step, noted from outside of it.

Monotonic seconds are the same in every process of a machine, so that they stand beside the server's own.
"""

import time
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import orjson

from benchmarks.peer.desk import TAG
from bot.engine import Engine
from bot.intake import Intake
from bot.poller import Poller
from bot.pump.shelf import Shelf
from bot.telegram import Telegram
from core.messages import Lane
from storage.taking import Claimed

Noted = list[tuple[str, float, int]]
Job = Callable[..., Awaitable[Any]]


class Steps:
    """Moments by step: (step, seconds, chat or number of the report)."""

    def __init__(self) -> None:
        self.noted: Noted = []

    def note(self, step: str, about: Iterable[int]) -> None:
        """Now, of each of these; 0 is none of them."""
        self.noted += [(step, time.monotonic(), one) for one in about if one]

    def keep(self, file: Path) -> None:
        """As JSON."""
        file.write_bytes(orjson.dumps(self.noted))


def watched() -> Steps:
    """Put a note beside each step of the road, for the life of this process."""
    steps = Steps()
    _after(Poller, "_get", lambda _given, batch: steps.note("poll", map(_tag, batch)))
    _before(Intake, "take", lambda given: steps.note("take", [_tag(given[0])]))
    _after(Engine, "execute", lambda given, _outcome: steps.note("committed", [getattr(given[0], "chat", 0)]))
    _after(Shelf, "claim", lambda _given, rows: steps.note("claimed", map(_alarmed, rows)))
    _before(Telegram, "call", lambda given: steps.note("out", [int(given[1].get("chat_id", 0))]))
    return steps


def _alarmed(row: Claimed) -> int:
    return row.notice.to if row.notice.lane is Lane.URGENT else 0


def _tag(raw: Any) -> int:
    found = TAG.search(orjson.dumps(raw))
    return int(found[1]) if found else 0


def _before(owner: type, name: str, told: Callable[[Any], None]) -> None:
    inner: Job = getattr(owner, name)

    @wraps(inner)
    async def outer(self: Any, *given: Any, **named: Any) -> Any:
        told(given)
        return await inner(self, *given, **named)

    setattr(owner, name, outer)


def _after(owner: type, name: str, told: Callable[[Any, Any], None]) -> None:
    inner: Job = getattr(owner, name)

    @wraps(inner)
    async def outer(self: Any, *given: Any, **named: Any) -> Any:
        result = await inner(self, *given, **named)
        told(given, result)
        return result

    setattr(owner, name, outer)
