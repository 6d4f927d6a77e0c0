"""Making the parts of a bot and handing each what it needs; nothing is started here."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import presence
from bot.audit import Audit
from bot.beside import beside
from bot.door import Door, Hands
from bot.exports.workshop import Workshop
from bot.ground import Ground
from bot.hook import HookWatch
from bot.intake import Intake
from bot.leading import Leading
from bot.lifecycle import App
from bot.outage import Watch
from bot.poller import Poller
from bot.pulse import Pulse
from bot.pump.books import Books
from bot.pump.pump import Pump
from bot.pump.shelf import Shelf
from bot.routing import Routing
from bot.ticker import Job, Ticker, beats
from bot.urgency import heralded, urgency
from handlers.routes import Route

TICK, LEAD, PULSE, WATCH, HOOK, HEARTBEAT, AUDIT = 1.0, 1.0, 5.0, 5.0, 10.0, 60.0, 60.0  # real seconds between beats


def assemble(ground: Ground, routes: Sequence[Route], books: Books) -> App:
    """The whole bot on its ground, not yet started."""
    ptb, telegram = presence.application(ground.settings, ground.transport), ground.telegram
    routing = Routing(engine=ground.engine, telegram=telegram, voice=ground.tongue, moment=ground.clock.moved)
    routing.install(ptb, routes)
    intake = _intake(ground, ptb)
    shelf = Shelf(ground.store, ground.engine, ground.clock)
    leading = Leading(ground.store, gained=lambda: pump.recover(), settle=_presence(ground).settle)  # noqa: PLW0108  # made below
    pump = _pump(ground, shelf, leading, books)
    rank = heralded(urgency(ground.town), pump.expect)
    poller = Poller(telegram=telegram, intake=intake, health=ground.health, leads=leading, urgency=rank)

    def caught_up() -> bool:
        return leading() and not poller.behind

    ticker, pulse = _ticker(ground, caught_up), _pulse(ground)
    watch, audit = _watch(ground, caught_up), _audit(ground, ticker, caught_up, books)
    looks = Job(name="audit", seconds=AUDIT, work=audit.beat)
    more = (*_hook(ground, intake, leading), looks, *beside(ground, caught_up, leading))
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
