"""A bot and a sandbox in one loop, with a decision that echoes: what the tests of the edge play with."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.app import running_app
from bot.engine import Decide
from bot.lifecycle import App
from bot.sandbox.server import Sandbox
from bot.sandbox.settings import FloodMode
from bot.sandbox.settings import Settings as SandboxSettings
from bot.settings import Settings
from core.messages import Answer, Command, Lane, Notice, Ordered, Pressed, Spoke
from core.world import Decision, World
from storage import views
from storage.queueing import queue

TOKEN = "1:sandbox"
DISTRICT = Path(__file__).parents[2] / "bot" / "data" / "demo_district.json"


def echo(command: Command, world: World) -> Decision:
    """Says what was said; a press is answered with a word."""
    if isinstance(command, Pressed):
        return Decision(answer=Answer(kind="ans.ok"))
    if not isinstance(command, Spoke | Ordered):
        return Decision()
    words = command.text if isinstance(command, Spoke) else command.word
    return Decision(notices=(said(command.chat, words, f"echo:{command.chat}:{command.message}"),))


def said(chat: int, words: str, key: str, **more: Any) -> Notice:
    """A notice whose text holds these words."""
    return Notice(to=chat, kind="human.answer", key=key, params={"text": words}, **more)


@dataclass(frozen=True, slots=True)
class Street:
    """A started bot and its sandbox."""

    sandbox: Sandbox
    app: App

    def texts(self, chat: int) -> list[str]:
        """What the bot has said in a chat, in order."""
        messages = self.sandbox.world.chats[chat].messages.values()
        return [str(it.body.get("text", "")) for it in messages if it.body.get("from", {}).get("is_bot")]

    async def read(self, job: Callable[[Connection], Any]) -> Any:
        """Something of the storage."""
        return await asyncio.wrap_future(self.app.store.read(job))

    async def queue(self, *notices: Notice) -> None:
        """Notices into the outbox, as a command would leave them."""
        now = self.app.clock.now()
        await asyncio.wrap_future(self.app.store.submit(lambda conn: queue(conn, notices, now)))
        self.app.engine.wake.set()

    async def settle(self, seconds: float = 60.0) -> None:
        """Until nothing waits to be sent."""
        await until(self._quiet, seconds)

    async def _quiet(self) -> bool:
        return not any(state in {"pending", "sending"} and count for (_, state), count in (await self.counts()).items())

    async def counts(self) -> dict[tuple[Lane, str], int]:
        """Outbox rows by lane and state."""
        counts: dict[tuple[Lane, str], int] = await self.read(views.outbox_counts)
        return counts


async def until(true: Callable[[], Any], seconds: float = 60.0) -> None:
    """Wait for something to become true; fails when it does not."""
    async with asyncio.timeout(seconds):
        while True:
            held = true()
            if isinstance(held, Awaitable):
                held = await held
            if held:
                return
            await asyncio.sleep(0.01)


def centre_chat() -> int:
    """The chat of the demo district's centre."""
    raw = json.loads(DISTRICT.read_text(encoding="utf-8"))
    centre = next(team for team in raw["teams"] if team["kind"] == "centre")
    return int(centre["chat_id"])


def settings(folder: Path, url: str, **more: Any) -> Settings:
    """Settings of a bot on a file in this folder."""
    given: dict[str, Any] = {
        "token": TOKEN,
        "api_url": url,
        "database_url": f"sqlite:///{folder}/bot.db",
        "listen": "127.0.0.1:0",
        "district": DISTRICT,
    }
    return Settings(_env_file=None, **(given | more))


@contextlib.asynccontextmanager
async def opened(flood: FloodMode = "strict") -> AsyncIterator[Sandbox]:
    """A sandbox with three people and two groups, the second of them the centre's."""
    sandbox = Sandbox(TOKEN, settings=SandboxSettings(flood=flood, poll_repeat_guard=0.0, conflict_delay=0.1))
    await sandbox.start()
    for user in (7, 8, 9):
        sandbox.world.add_user(user, f"人{user}", started=True)
    for group in (-5001, centre_chat()):
        sandbox.world.add_chat(group, "群", type="group", members=[7, 8, 9], bot="administrator")
    try:
        yield sandbox
    finally:
        await sandbox.stop()


@contextlib.asynccontextmanager
async def street(
    folder: Path, *, flood: FloodMode = "strict", decide: Decide = echo, **more: Any
) -> AsyncIterator[Street]:
    """A sandbox and a bot that has met it."""
    async with opened(flood) as sandbox, running_app(settings(folder, sandbox.url, **more), decide=decide) as app:
        yield Street(sandbox, app)
