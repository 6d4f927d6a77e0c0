"""A sandbox and the bot in one process, on a moved clock: the house in which the demo and the stories are played."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot import districts
from bot.app import running_app
from bot.clock import Real
from bot.demo import town
from bot.demo.colleagues import Colleagues
from bot.demo.stage import Stage
from bot.lifecycle import App
from bot.sandbox.server import Sandbox
from bot.sandbox.settings import FloodMode
from bot.sandbox.settings import Settings as SandboxSettings
from bot.sandbox.world import World
from bot.settings import Settings, load
from core.district import District
from storage import views

TOKEN = "7000000001:demo"  # noqa: S105  # opens nothing but the sandbox
SETTLING = 90.0  # real seconds for all that a jump of weeks sets going
NAME, USERNAME = "平安驿站", "pingan_post_bot"
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

    async def sleep(self, to: datetime) -> None:
        """Go forward to a moment in one leap, as if the machine had slept: what fell due is done on waking, once."""
        await self.settled()
        self.stage.acted()
        await self.app.ticker.leap(to)

    async def settled(self) -> None:
        """Wait until everything that was told has been heard, and everything that may be sent now has been sent."""
        async with asyncio.timeout(SETTLING):
            while await self._waits():  # noqa: ASYNC110  # a database rings no bell
                await asyncio.sleep(0.01)

    async def _waits(self) -> bool:
        unheard = self.sandbox.world.updates.pending(self.sandbox.world.clock())
        return bool(unheard) or await asyncio.wrap_future(self.app.store.read(_waiting))

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


def _waiting(conn: Connection) -> bool:
    counts = views.outbox_counts(conn)
    return any(number for (_, state), number in counts.items() if state in {"pending", "sending"})


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
async def open_sandbox(*, port: int = 0, flood: FloodMode = "absorb") -> AsyncIterator[Sandbox]:
    """A sandbox of its own, for a bot that comes and goes; on another port when this one is taken."""
    sandbox = Sandbox(token=TOKEN, flood=flood, settings=SandboxSettings(bot_name=NAME, bot_username=USERNAME))
    try:
        await sandbox.start(port=port)
    except OSError:
        await sandbox.start(port=0)
    try:
        yield sandbox
    finally:
        await sandbox.stop()


@contextlib.asynccontextmanager
async def open_house(
    *,
    start: datetime = MORNING,
    port: int = 0,
    flood: FloodMode = "absorb",
    paced: bool = True,
    sandbox: Sandbox | None = None,
    **changed: object,
) -> AsyncIterator[House]:
    """Sandbox and bot started, the district's people and groups in place; everything gone at the end.

    With a `sandbox` that is there already (and the `database_url` of before) a bot comes back to where it was.
    """
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pinganpost-"))
        there = await stack.enter_async_context(_given_or_new(sandbox, port, flood))
        settings = settings_for(there.url, Path(folder), start, **changed)
        if not there.world.users.keys() & {town.RESIDENT} and settings.district is not None:
            town.fill(there.world, districts.read(settings.district))  # before the bot: it may speak at once
        app = await stack.enter_async_context(running_app(settings, paced=paced, real=_time_of(there.world)))
        if app.engine.town is None:
            raise LookupError("no district was loaded")
        district = app.engine.town.district
        yield House(there, app, Stage(there.world), Colleagues(there.world, district), district, there.url)


def _given_or_new(
    sandbox: Sandbox | None, port: int, flood: FloodMode
) -> contextlib.AbstractAsyncContextManager[Sandbox]:
    return open_sandbox(port=port, flood=flood) if sandbox is None else contextlib.nullcontext(sandbox)


def _time_of(world: World) -> Real:
    """The sandbox's time as the bot's real one: when a drill lets days pass there, they pass for the bot too."""
    return lambda: datetime.fromtimestamp(world.clock(), UTC)


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
