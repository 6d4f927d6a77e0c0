"""Making the parts of a bot and handing each what it needs; nothing is started here."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import presence
from bot.audit import Audit
from bot.clinic.desk import Desk
from bot.clock import Clock
from bot.copying import folder_of, journal_of
from bot.door import Door, Hands
from bot.engine import Engine
from bot.exports.workshop import Workshop
from bot.health import Health
from bot.hook import HookWatch
from bot.intake import Intake
from bot.keeping import Keeper
from bot.leading import Leading
from bot.lifecycle import App
from bot.metrics import Metrics
from bot.outage import Watch
from bot.poller import Poller
from bot.pulse import Pulse
from bot.pump.books import Books
from bot.pump.pump import Pump
from bot.pump.shelf import Shelf
from bot.routing import Routing
from bot.screen import Screen
from bot.settings import Settings
from bot.telegram import Telegram
from bot.ticker import Job, Ticker, beats
from bot.tongue import Tongue
from bot.town import NO_TOWN, build_town
from bot.transport import Transport
from bot.urgency import urgency
from bot.witness import witness_of
from core.town import Town
from handlers.routes import Route
from storage import districts
from storage.store import Store
from storage.transaction import Decide

TICK, LEAD, PULSE, WATCH, HOOK, HEARTBEAT, AUDIT = 1.0, 1.0, 5.0, 5.0, 10.0, 60.0, 60.0  # real seconds between beats
SCREEN, KEEP, DOCTOR = 1.0, 20.0, 2.0


@dataclass(kw_only=True)
class Ground:
    """What every part stands on."""

    settings: Settings
    store: Store
    clock: Clock
    decide: Decide
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    health: Health = field(default_factory=Health)
    metrics: Metrics = field(default_factory=Metrics)
    transport: Transport = field(default_factory=Transport)

    def __post_init__(self) -> None:
        token = self.settings.token.get_secret_value()
        build = partial(build_town, admins=self.settings.admins)
        self.engine = Engine(
            self.store,
            self.clock,
            self.decide,
            _stored_town(self.store, build),
            wake=self.wake,
            secret=token.encode(),
            build=build,
        )
        self.telegram = Telegram(self.transport, self.settings.api_url, token)
        self.tongue = Tongue(self.town, self.clock)

    def town(self) -> Town:
        """The town as the engine knows it now."""
        return self.engine.town or build_town(NO_TOWN[1], NO_TOWN[0])

    def centre(self) -> int | None:
        """The chat that hears of what went wrong."""
        return self.town().district.centre_chat()


def assemble(ground: Ground, routes: Sequence[Route], books: Books) -> App:
    """The whole bot on its ground, not yet started."""
    ptb, telegram = presence.application(ground.settings, ground.transport), ground.telegram
    routing = Routing(engine=ground.engine, telegram=telegram, voice=ground.tongue, moment=ground.clock.moved)
    routing.install(ptb, routes)
    intake = _intake(ground, ptb)
    shelf = Shelf(ground.store, ground.engine, ground.clock)
    leading = Leading(ground.store, gained=lambda: pump.recover(), settle=_presence(ground).settle)  # noqa: PLW0108  # made below
    pump = _pump(ground, shelf, leading, books)
    poller = Poller(telegram=telegram, intake=intake, health=ground.health, leads=leading, urgency=urgency(ground.town))

    def caught_up() -> bool:
        return leading() and not poller.behind

    ticker, pulse = _ticker(ground, caught_up), _pulse(ground)
    watch, audit = _watch(ground, caught_up), _audit(ground, ticker, caught_up, books)
    looks = Job(name="audit", seconds=AUDIT, work=audit.beat)
    more = (*_hook(ground, intake, leading), looks, *_beside(ground, caught_up, leading))
    return App(
        settings=ground.settings,
        store=ground.store,
        clock=ground.clock,
        engine=ground.engine,
        health=ground.health,
        transport=ground.transport,
        telegram=telegram,
        ptb=ptb,
        routing=routing,
        intake=intake,
        pump=pump,
        poller=poller,
        ticker=ticker,
        door=_door(ground, Hands(ground.clock, ticker) if ground.settings.moved else None),
        leading=leading,
        pulse=pulse,
        watch=watch,
        audit=audit,
        scheduler=_scheduler(ticker, leading, pulse, watch, more),
    )


def _intake(ground: Ground, ptb: presence.PTB) -> Intake:
    return Intake(
        application=ptb,
        store=ground.store,
        clock=ground.clock,
        health=ground.health,
        metrics=ground.metrics,
        centre=ground.centre,
        wake=ground.wake,
    )


def _presence(ground: Ground) -> presence.Presence:
    return presence.Presence(settings=ground.settings, telegram=ground.telegram, store=ground.store)


def _pump(ground: Ground, shelf: Shelf, leads: Callable[[], bool], books: Books) -> Pump:
    return Pump(
        shelf=shelf,
        telegram=ground.telegram,
        voice=ground.tongue,
        wake=ground.wake,
        health=ground.health,
        metrics=ground.metrics,
        leads=leads,
        workshop=Workshop(ground.store, ground.tongue.speaker, ground.clock.now),
        books=books,
    )


def _ticker(ground: Ground, leads: Callable[[], bool]) -> Ticker:
    return Ticker(
        store=ground.store,
        engine=ground.engine,
        clock=ground.clock,
        town=ground.town,
        health=ground.health,
        metrics=ground.metrics,
        leads=leads,
    )


def _pulse(ground: Ground) -> Pulse:
    return Pulse(
        store=ground.store,
        clock=ground.clock,
        health=ground.health,
        metrics=ground.metrics,
        transport=ground.transport,
        heartbeat_url=ground.settings.heartbeat_url,
    )


def _audit(ground: Ground, ticker: Ticker, leads: Callable[[], bool], books: Books) -> Audit:
    return Audit(
        store=ground.store,
        engine=ground.engine,
        clock=ground.clock,
        town=ground.town,
        ticker=ticker,
        tick=TICK,
        books=books,
        health=ground.health,
        metrics=ground.metrics,
        leads=leads,
        admins=ground.settings.admins,
    )


def _beside(ground: Ground, caught_up: Callable[[], bool], leads: Callable[[], bool]) -> tuple[Job, ...]:
    """Jobs on which no case hangs."""
    return _screen(ground, caught_up), _keeper(ground, leads), _desk(ground, leads)


def _screen(ground: Ground, leads: Callable[[], bool]) -> Job:
    screen = Screen(store=ground.store, engine=ground.engine, clock=ground.clock, town=ground.town, leads=leads)
    return Job(name="screen", seconds=SCREEN, work=screen.beat)


def _desk(ground: Ground, leads: Callable[[], bool]) -> Job:
    desk = Desk(
        settings=ground.settings,
        store=ground.store,
        engine=ground.engine,
        clock=ground.clock,
        telegram=ground.telegram,
        transport=ground.transport,
        town=ground.town,
        leads=leads,
    )
    return Job(name="doctor", seconds=DOCTOR, work=desk.beat)


def _keeper(ground: Ground, leads: Callable[[], bool]) -> Job:
    keeper = Keeper(
        url=ground.settings.database_url,
        folder=folder_of(ground.settings),
        journal=journal_of(ground.settings),
        witness=witness_of(ground.settings),
        store=ground.store,
        clock=ground.clock,
        town=ground.town,
        metrics=ground.metrics,
        leads=leads,
        drill=ground.settings.moved,
    )
    return Job(name="keep", seconds=KEEP, work=keeper.beat)


def _door(ground: Ground, hands: Hands | None) -> Door:
    url = ground.settings.webhook_url
    return Door(
        health=ground.health,
        metrics=ground.metrics,
        figures_here=ground.settings.metrics_listen is None,
        hook_path=(urlsplit(url).path or "/") if url else None,
        hands=hands,
    )


def _watch(ground: Ground, leads: Callable[[], bool]) -> Watch:
    return Watch(
        store=ground.store,
        engine=ground.engine,
        clock=ground.clock,
        town=ground.town,
        health=ground.health,
        leads=leads,
    )


def _hook(ground: Ground, intake: Intake, leads: Callable[[], bool]) -> tuple[Job, ...]:
    """Nobody else says whether Telegram can reach a webhook; a poller knows by itself."""
    url = ground.settings.webhook_url
    if not url:
        return ()
    look = HookWatch(
        url=url,
        telegram=ground.telegram,
        clock=ground.clock,
        health=ground.health,
        kept_at=lambda: intake.kept_at,
        settle=_presence(ground).settle,
        leads=leads,
    ).look
    return (Job(name="hook", seconds=HOOK, work=look),)


def _scheduler(ticker: Ticker, leading: Leading, pulse: Pulse, watch: Watch, more: tuple[Job, ...]) -> AsyncIOScheduler:
    """The table of jobs."""
    return beats(
        (
            *more,
            Job(name="watch", seconds=WATCH, work=watch.beat),
            Job(name="tick", seconds=TICK, work=ticker.beat),
            Job(name="lead", seconds=LEAD, work=leading.ask),
            Job(name="pulse", seconds=PULSE, work=pulse.beat),
            Job(name="heartbeat", seconds=HEARTBEAT, work=pulse.cry),
        )
    )


def _stored_town(store: Store, build: Callable[[str, int], Town]) -> Town:
    revision, raw = store.read(districts.current_district).result() or NO_TOWN
    return build(raw, revision)
