"""What waits after an outage: thousands of updates of many chats, taken in while cries for help and presses go first.

    python -m benchmarks.backlog [--updates 10000] [--chats 500] [--json]

The stand-in server runs in the same process, so that its share of the processor is in the times. Telegram's limits are
on: what was to be said waits in the outbox, and no call may be refused for being too fast.
"""

import argparse
import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from bot.app import build
from bot.demo import town
from bot.demo.house import MORNING, House, colleagues_signed_in, open_house, open_sandbox, settings_for
from bot.lifecycle import App
from bot.queues import id_of
from bot.sandbox.server import Sandbox
from bot.sandbox.world.flood import Flood
from bot.settings import Settings
from bot.urgency import urgency
from storage import letters
from storage.tables import CASES, OUTBOX, SEEN

KINDS = ("danger", "answer", "talk")
WORDS = ("你好", "谢谢", "路灯还是不亮", "宏济新居{n}栋楼道堆满杂物", "在吗", "宏济新居{n}栋门口有积水")
FIRST = 9_400_000_000  # the accounts of the residents begin here
REPORTS = 20  # open cases whose buttons are pressed
FLOODED = 429
EVERY = {"danger": 250, "press": 10}  # one update in so many


@dataclass(slots=True)
class Marks:
    """When each update was fetched and when it was committed, in monotonic seconds, and its rank."""

    rank: dict[int, int] = field(default_factory=dict)
    fetched: dict[int, float] = field(default_factory=dict)
    kept: dict[int, float] = field(default_factory=dict)

    def waits(self, rank: int) -> list[float]:
        """Milliseconds from the fetch to the commit, of all updates of a rank."""
        return sorted(1000 * (at - self.fetched[it]) for it, at in self.kept.items() if self.rank[it] == rank)


def fill(sandbox: Sandbox, updates: int, chats: int, cards: Sequence[tuple[int, int, str]]) -> int:
    """Queue so many updates as they come in hours of silence; how many there are."""
    world, before = sandbox.world, len(sandbox.world.updates.pending(sandbox.world.clock()))
    for number in range(chats):
        world.add_user(FIRST + number, f"居民{number}", language_code="zh-hans", started=True)
    for number in range(updates):
        person = FIRST + number * 7919 % chats
        if number % EVERY["danger"] == EVERY["danger"] - 1:
            world.say(person, person, text=f"宏济新居{number % 5 + 1}栋着火了,有人被困")
        elif number % EVERY["press"] == EVERY["press"] - 1 and cards:
            chat, message, data = cards[number % len(cards)]
            world.press(chat, message, town_colleague(number), data, forged=True)
        else:
            world.say(person, person, text=WORDS[number % len(WORDS)].format(n=number % 5 + 1))
    return len(world.updates.pending(world.clock())) - before


def town_colleague(number: int) -> int:
    """One of the accounts of the town's people: what one of them presses is taken one by one."""
    return 9_000_000_001 + number // EVERY["press"] % 40


async def cases(house: House, count: int) -> list[tuple[int, int, str]]:
    """Open cases; their cards as (chat, message, what the button carries)."""
    phone = house.stage.phone(town.RESIDENT)
    for number in range(count):
        phone.says(f"宏济新居{number % 5 + 1}栋{number}单元楼道堆满杂物")
        await house.settled()
    return [
        (chat, message["message_id"], key["callback_data"])
        for chat in house.sandbox.world.chats
        if chat < 0
        for message in house.stage.phone(town.RESIDENT, chat).messages()
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", [])
        for key in row
        if "callback_data" in key
    ]


def mark(app: App, marks: Marks) -> None:
    """Note when each update is fetched and kept, from outside."""
    queues, intake, rank = app.poller._queues, app.intake, urgency(app.ticker._town)  # noqa: SLF001  # measured from outside
    add, take = queues.add, intake.take

    def added(batch: list[Any]) -> None:
        now = time.monotonic()
        for raw in batch:
            number = id_of(raw) or 0
            marks.fetched.setdefault(number, now)
            marks.rank[number] = rank(raw)
        add(batch)

    async def taken(raw: Any) -> Any:
        verdict = await take(raw)
        marks.kept[id_of(raw) or 0] = time.monotonic()
        return verdict

    queues.add, intake.take = added, taken  # type: ignore[method-assign]  # measured from outside


def kept(conn: Connection) -> dict[str, int]:
    """What the database holds."""
    count = select(func.count())
    return {
        "committed": conn.execute(count.select_from(SEEN).where(SEEN.c.key.like("u:%"))).scalar_one(),
        "parked": len(letters.parked(conn, 1000)),
        "cases": conn.execute(count.select_from(CASES)).scalar_one(),
        "to_send": conn.execute(count.select_from(OUTBOX).where(OUTBOX.c.state == "pending")).scalar_one(),
    }


async def measure(updates: int, chats: int, reports: int = REPORTS) -> dict[str, Any]:
    """A town with open cases, an outage with all these updates, and the return."""
    with tempfile.TemporaryDirectory(prefix="backlog-") as folder:
        url = f"sqlite:///{Path(folder) / 'bot.db'}"
        async with open_sandbox(flood="off") as sandbox:
            async with open_house(sandbox=sandbox, paced=False, database_url=url) as house:
                await colleagues_signed_in(house)
                cards = await cases(house, reports)
                before = await asyncio.wrap_future(house.app.store.read(kept))
            queued = fill(sandbox, updates, chats, cards)
            sandbox.world.flood = Flood(replace(sandbox.settings, flood="strict"))
            return {"updates": queued, **await back(sandbox, settings_for(sandbox.url, Path(folder), MORNING), before)}


async def back(sandbox: Sandbox, settings: Settings, before: dict[str, int]) -> dict[str, Any]:
    """The return, until all that waited is taken in."""
    marks, world, memory = Marks(), sandbox.world, peak()
    begun, busy = time.monotonic(), time.process_time()
    queued = len(world.updates.pending(world.clock()))
    app = build(settings, real=lambda: datetime.fromtimestamp(world.clock(), UTC))
    mark(app, marks)
    try:
        await app.start()
        while world.updates.pending(world.clock()):  # noqa: ASYNC110  # it rings no bell
            await asyncio.sleep(0.05)
        seconds = time.monotonic() - begun
        now = await asyncio.wrap_future(app.store.read(kept))
    finally:
        await app.stop()
    done = now["committed"] - before["committed"]
    return {
        "seconds": round(seconds, 1),
        "processor_s": round(time.process_time() - busy, 1),
        "per_second": round(queued / seconds),
        "lost": queued - done,
        "refused_429": sum((it.error or {}).get("error_code") == FLOODED for it in world.refusals),
        "memory_mb": round(peak() - memory),
        **(now | {"committed": done}),
        **{f"{name}_ms": spread(marks.waits(rank)) for rank, name in enumerate(KINDS)},
    }


def spread(waits: Sequence[float]) -> dict[str, float]:
    """How many, the middle one and the slowest of a hundred."""
    if not waits:
        return {"n": 0}
    return {"n": len(waits), "p50": round(statistics.median(waits), 1), "p99": round(waits[len(waits) * 99 // 100], 1)}


def peak() -> float:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when an update was lost or a call was refused for being too fast."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.backlog", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    figures = asyncio.run(measure(given.updates, given.chats))
    if given.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:12} {value}" for name, value in figures.items()))
    return int(bool(figures["lost"] or figures["refused_429"]))


if __name__ == "__main__":
    sys.exit(main())
