"""A sandbox and the bot in one process, on a moved clock: the house in which the demo and the stories are played."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.app import running_app
from bot.demo import town
from bot.demo.colleagues import Colleagues
from bot.demo.stage import Stage
from bot.lifecycle import App
from bot.sandbox.server import Sandbox
from bot.sandbox.settings import FloodMode
from bot.settings import Settings, load
from core.district import District
from storage import views

TOKEN = "7000000001:demo"  # noqa: S105  # opens nothing but the sandbox
DISTRICT = Path(__file__).parents[1] / "data" / "demo_district.json"
MORNING = datetime.fromisoformat("2026-11-16T09:00:00+08:00")


@dataclass(frozen=True, slots=True)
class House:
    """Everything a play needs: the sandbox, the bot, the people with their phones, the colleagues nobody plays."""

    sandbox: Sandbox
    app: App
    stage: Stage
    colleagues: Colleagues
    district: District
    url: str

    @property
    def now(self) -> datetime:
        """The bot's time, on the town's clock."""
        return self.app.clock.now().astimezone(self.district.zone)

    async def next_due(self) -> datetime | None:
        """The next moment at which the bot has something to do by itself."""
        return await self.app.ticker.next_due()

    async def jump(self, to: datetime) -> None:
        """Go forward to a moment; what falls due on the way happens at its own time."""
        await self.settled()
        self.stage.acted()
        await self.app.ticker.walk(to)

    async def settled(self) -> None:
        """Wait until everything that may be sent now has been sent."""
        async with asyncio.timeout(self.stage.patience):
            while await asyncio.wrap_future(self.app.store.read(_waiting)):
                await asyncio.sleep(0.01)

    async def jump_to_next_due(self) -> datetime:
        """Go to the next due moment at once. Raises LookupError when nothing is due."""
        due = await self.next_due()
        if due is None:
            raise LookupError("nothing is due")
        await self.jump(due)
        return due

    async def jump_by(self, **span: float) -> None:
        """Go forward by a span, such as `minutes=8`."""
        await self.jump(self.now + timedelta(**span))


def _waiting(conn: Connection) -> int:
    counts = views.outbox_counts(conn)
    return sum(number for (_, state), number in counts.items() if state in {"pending", "sending"})


def settings_for(url: str, folder: Path, start: datetime, **changed: object) -> Settings:
    """The settings of a bot that talks to a sandbox, with its own database in a folder."""
    given: dict[str, object] = {
        "_env_file": None,
        "token": TOKEN,
        "api_url": url,
        "database_url": f"sqlite:///{folder / 'bot.db'}",
        "listen": "127.0.0.1:0",
        "district": DISTRICT,
        "clock_start": start,
        "clock_speed": 1.0,
        "log_level": "WARNING",
        **changed,
    }
    return load(**given)


@contextlib.asynccontextmanager
async def open_house(
    *, start: datetime = MORNING, port: int = 0, flood: FloodMode = "absorb", paced: bool = True, **changed: object
) -> AsyncIterator[House]:
    """Sandbox and bot started, the district's people and groups in place; everything gone at the end."""
    sandbox = Sandbox(token=TOKEN, flood=flood)
    url = await sandbox.start(port=port)
    with tempfile.TemporaryDirectory(prefix="pinganpost-") as folder:
        try:
            async with running_app(settings_for(url, Path(folder), start, **changed), paced=paced) as app:
                if app.engine.town is None:
                    raise LookupError("no district was loaded")
                district = app.engine.town.district
                town.fill(sandbox.world, district)
                yield House(sandbox, app, Stage(sandbox.world), Colleagues(sandbox.world, district), district, url)
        finally:
            await sandbox.stop()


async def colleagues_signed_in(house: House, without: frozenset[str] = frozenset()) -> None:
    """All rostered people have come to their posts, and the bot knows it."""
    came = house.colleagues.come(house.now, without)
    if not came:
        return
    for member in _last_rostered(house, without):
        await house.stage.phone(member).sees("签到")


def _last_rostered(house: House, without: frozenset[str]) -> list[int]:
    """One account of every team that just came: when they are answered, so are the others."""
    accounts: list[int] = []
    for team, people in house.colleagues.last.items():
        if team not in without and people:
            member = house.district.member(people[-1])
            if member is not None and member.tg_id is not None:
                accounts.append(member.tg_id)
    return accounts
