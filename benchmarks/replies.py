"""`python -m benchmarks.replies`: what one message costs from its bytes to the words of the reply, on SQLite.

Every message of the samples and some commands and calls are taken in turn, by a new person each time: parsed, decided
and kept in the one transaction with its commit, and all that is said about it put into words. Telegram is not asked.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from telegram import Update

from bot import districts
from bot.engine import Engine
from bot.town import build_town
from bot.voice import Voice
from core.decide import decide
from core.messages import Command
from core.world import Decision, World
from handlers import resident
from storage.districts import current_district
from storage.store import Store

ROOT = Path(__file__).resolve().parent.parent
BEGIN = datetime.fromisoformat("2026-11-18T12:00:00+08:00")
ORDERS = (
    "/start",
    "/start pl_kp01_634de8",
    "/help",
    "/mine",
    "/privacy",
    "/contacts",
    "/language",
    "📋 我的事项",
    "/report",
)
GOAL = 300.0  # ms at the 99th percentile
WARM = 20


@dataclass(kw_only=True)
class Hand:
    """A clock that is set by hand."""

    at: datetime = BEGIN

    def now(self) -> datetime:
        """The moment that was set."""
        return self.at


@dataclass(kw_only=True)
class Ear:
    """Decides, and keeps what is said."""

    said: list[Decision] = field(default_factory=list)

    def decide(self, command: Command, world: World) -> Decision:
        """As the bot does."""
        decision = decide(command, world)
        self.said.append(decision)
        return decision


def texts() -> list[str]:
    """The words of every labelled message that has any, and the commands."""
    rows = orjson.loads((ROOT / "tests/data/samples.json").read_bytes())["messages"]
    return [*(str(it["text"]) for it in rows if it.get("text")), *ORDERS]


def raw(number: int, text: str) -> bytes:
    """An update as Telegram sends it."""
    person = {"id": 800_000 + number, "is_bot": False, "first_name": "Li", "language_code": "zh-hans"}
    command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    entities = [command] if text.startswith("/") else []
    message = {
        "message_id": number, "date": int(BEGIN.timestamp()), "chat": {"id": person["id"], "type": "private"},
        "from": person, "text": text, "entities": entities,
    }  # fmt: skip
    return orjson.dumps({"update_id": number, "message": message})


async def run(folder: Path, rounds: int) -> list[tuple[float, str]]:
    """Milliseconds of each message, with its words."""
    url = f"sqlite:///{folder}/bot.db"
    districts.load(url, ROOT / "bot/data/demo_district.json")
    store, clock, ear = Store.open(url), Hand(), Ear()
    stored = store.read(current_district).result()
    if stored is None:
        raise LookupError("the district that was just loaded is not there")
    town = build_town(stored[1], stored[0])
    engine, voice = Engine(store, clock, ear.decide, town, bot_name="bench_bot"), Voice.of(town.district, town.taxonomy)
    found = []
    try:
        for number, text in enumerate(texts() * rounds):
            data = raw(number, text)
            begun = time.perf_counter()
            await _reply(data, number, engine, voice, ear, clock)
            found.append((1000 * (time.perf_counter() - begun), text))
            clock.at += timedelta(minutes=1)
    finally:
        store.close()
    return found[WARM:]


async def _reply(data: bytes, number: int, engine: Engine, voice: Voice, ear: Ear, clock: Hand) -> None:  # noqa: PLR0917 - the road's parts
    update: Any = Update.de_json(orjson.loads(data), None)
    parse = resident.ordered if (update.message.text or "").startswith("/") else resident.worded
    command = parse(update, lambda at: at)
    if command is not None:
        await engine.execute(command, f"u:{number}")
    for notice in ear.said[-1].notices if ear.said else ():
        if notice.attachment is None:
            voice.speak(notice, clock.now())
    ear.said.clear()


def main(
    rounds: Annotated[int, typer.Option(help="How often all messages are taken.")] = 5,
    worst: Annotated[int, typer.Option(help="So many of the slowest are named.")] = 5,
) -> None:
    """The cost of a reply; exits 1 when the goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = sorted(asyncio.run(run(Path(folder), rounds)))
    times = [it for it, _ in found]
    middle, at99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{len(times)} messages; ms: median {middle:.1f}, p99 {at99:.1f} (goal {GOAL:.0f}), max {times[-1]:.1f}")
    for took, text in reversed(found[-worst:]):
        print(f"  {took:7.1f}  {text[:60]!r}")
    raise typer.Exit(code=int(at99 > GOAL))


if __name__ == "__main__":
    typer.run(main)
