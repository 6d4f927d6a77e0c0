"""Jobs on which no case hangs: the screen, copies, the doctor, maps."""

from collections.abc import Callable

from bot.clinic.desk import Desk
from bot.copying import folder_of, journal_of
from bot.ground import Ground
from bot.keeping import Keeper
from bot.maps import Maps
from bot.screen import Screen
from bot.ticker import Job
from bot.witness import witness_of

SCREEN, KEEP, DOCTOR, MAPS = 1.0, 20.0, 2.0, 1.0  # real seconds between beats


def beside(ground: Ground, caught_up: Callable[[], bool], leads: Callable[[], bool]) -> tuple[Job, ...]:
    """Jobs on which no case hangs."""
    return _screen(ground, caught_up), _keeper(ground, leads), _desk(ground, leads), *_maps(ground, caught_up)


def _maps(ground: Ground, leads: Callable[[], bool]) -> tuple[Job, ...]:
    """Where the operator has named a map."""
    url = ground.settings.geocoder_url
    if not url:
        return ()
    maps = Maps(
        url=url,
        kind=ground.settings.geocoder,
        agent=ground.settings.geocoder_agent,
        store=ground.store,
        engine=ground.engine,
        clock=ground.clock,
        town=ground.town,
        leads=leads,
    )
    return (Job(name="maps", seconds=MAPS, work=maps.beat),)


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
