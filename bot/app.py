"""The composition root: everything is made here and handed down."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import presence
from bot.clock import Clock, Real, real_now
from bot.door import Door, Hands
from bot.engine import Decide, Engine, NoDistrict
from bot.health import Health
from bot.intake import Intake
from bot.leading import Leading
from bot.lifecycle import App
from bot.metrics import Metrics
from bot.opening import open_clock, open_district, open_store
from bot.poller import Poller
from bot.pulse import Pulse
from bot.pump.books import Books, Unpaced
from bot.pump.pump import Pump
from bot.pump.shelf import Shelf
from bot.routing import Routing
from bot.settings import Settings
from bot.telegram import Telegram
from bot.ticker import Job, Ticker, beats
from bot.tongue import Tongue
from bot.town import build_town
from bot.transport import Transport
from core.decide import decide as decide_by_the_rules
from core.town import Town
from handlers.routes import ROUTES, Route
from storage import districts
from storage.store import Store

TICK, LEAD, PULSE, HEARTBEAT = 1.0, 3.0, 5.0, 60.0  # real seconds between beats


def build(
    settings: Settings,
    *,
    decide: Decide = decide_by_the_rules,
    routes: Sequence[Route] = ROUTES,
    real: Real = real_now,
    paced: bool = True,
) -> App:
    """A bot on an open database, not yet started. Blocks; needs a running loop. Raises Refused.

    `paced=False` sends without Telegram's limits: for plays and measurements against a sandbox that has none.
    """
    store = open_store(settings)
    try:
        clock = open_clock(settings, store, real)
        open_district(settings, store, clock.now())
        return _put_together(settings, store, clock, decide, routes, books=Books() if paced else Unpaced())
    except BaseException:
        store.close()
        raise


@contextlib.asynccontextmanager
async def running_app(
    settings: Settings,
    *,
    decide: Decide = decide_by_the_rules,
    routes: Sequence[Route] = ROUTES,
    real: Real = real_now,
    paced: bool = True,
) -> AsyncIterator[App]:
    """A started bot in this loop, stopped at the end: for the demo and for tests. Raises Refused."""
    app = build(settings, decide=decide, routes=routes, real=real, paced=paced)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()


async def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; the exit code: 0, or 1 when a part of the bot died. Raises Refused."""
    app, asked = build(settings), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    starting = asyncio.create_task(app.start(), name="start")
    enough = [asyncio.create_task(event.wait()) for event in (asked, app.failed)]
    try:
        await asyncio.wait([starting, *enough], return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            await asyncio.wait(enough, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancelled(starting, *enough)
        await app.stop()
    return 1 if app.failed.is_set() else 0


async def _cancelled(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _put_together(
    settings: Settings, store: Store, clock: Clock, decide: Decide, routes: Sequence[Route], *, books: Books
) -> App:
    wake, health, metrics = asyncio.Event(), Health(), Metrics()
    engine = Engine(store, clock, decide, _stored_town(store), wake=wake)
    town = _town_of(engine)
    transport = Transport()
    telegram = Telegram(transport, settings.api_url, settings.token.get_secret_value())
    ptb, tongue = presence.application(settings, transport), Tongue(town, clock)
    routing = Routing(engine=engine, telegram=telegram, voice=tongue, moment=clock.moved)
    routing.install(ptb, routes)
    intake = Intake(
        application=ptb,
        store=store,
        clock=clock,
        metrics=metrics,
        centre=lambda: town().district.centre_chat(),  # noqa: PLW0108  # the town may be another one later
        wake=wake,
    )
    shelf = Shelf(store, engine, clock)
    leading = Leading(store, gained=shelf.recover)
    pump = Pump(
        shelf=shelf,
        telegram=telegram,
        voice=tongue,
        wake=wake,
        health=health,
        metrics=metrics,
        leads=leading,
        books=books,
    )
    ticker = Ticker(store=store, engine=engine, clock=clock, town=town, health=health, metrics=metrics, leads=leading)
    pulse = Pulse(
        store=store,
        clock=clock,
        health=health,
        metrics=metrics,
        transport=transport,
        heartbeat_url=settings.heartbeat_url,
    )
    return App(
        settings=settings,
        store=store,
        clock=clock,
        engine=engine,
        health=health,
        transport=transport,
        telegram=telegram,
        ptb=ptb,
        routing=routing,
        intake=intake,
        pump=pump,
        poller=Poller(telegram=telegram, intake=intake, health=health, leads=leading),
        ticker=ticker,
        door=_door(settings, health, metrics, Hands(clock, ticker) if settings.moved else None),
        leading=leading,
        pulse=pulse,
        scheduler=_scheduler(ticker, leading, pulse),
    )


def _scheduler(ticker: Ticker, leading: Leading, pulse: Pulse) -> AsyncIOScheduler:
    """The table of jobs."""
    return beats(
        (
            Job(name="tick", seconds=TICK, work=ticker.beat),
            Job(name="lead", seconds=LEAD, work=leading.ask),
            Job(name="pulse", seconds=PULSE, work=pulse.beat),
            Job(name="heartbeat", seconds=HEARTBEAT, work=pulse.cry),
        )
    )


def _door(settings: Settings, health: Health, metrics: Metrics, hands: Hands | None) -> Door:
    path = (urlsplit(settings.webhook_url).path or "/") if settings.webhook_url else None
    return Door(
        health=health,
        metrics=metrics,
        figures_here=settings.metrics_listen is None,
        hook_path=path,
        hands=hands,
    )


def _stored_town(store: Store) -> Town:
    stored = store.read(districts.current_district).result()
    if stored is None:
        raise NoDistrict
    return build_town(stored[1], stored[0])


def _town_of(engine: Engine) -> Callable[[], Town]:
    def town() -> Town:
        if engine.town is None:
            raise NoDistrict
        return engine.town

    return town
