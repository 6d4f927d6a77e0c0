"""What is due for the sake of those who told us something: erasing, forgetting, and a daily tidying up."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.engine import Engine
from bot.schedule import next_digest
from core.town import Town
from storage import erasure, schedules, tidying
from storage.schedules import Schedule

TIDY = "tidy"
MORE = timedelta(minutes=1)  # until the next batch, so that commands get their turn between


def plan_tidying(conn: Connection, town: Town, now: datetime) -> None:
    """Put the next tidying on the schedule, with the digests: a moment at which the bot is up anyway."""
    coming = next_digest(town, now)
    schedules.put_schedule(conn, f"{TIDY}:{coming.day}", TIDY, {}, coming.at)


def run_tidying(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """One batch; the next one soon when there is more, else tomorrow."""
    del engine
    schedules.drop_schedule(conn, due.key)
    plan_tidying(conn, town, now)
    if tidying.tidy(conn, now):
        schedules.put_schedule(conn, due.key, TIDY, {}, now + MORE)


def run_erase(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """A case that ended long enough ago, or whose reporter asked for it."""
    del engine
    erasure.run_erase(conn, due, lambda user: town.district.person(user) is not None, now)


def run_forget(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """What is left of a person besides their cases."""
    del engine, town
    erasure.run_forget(conn, due, now)
