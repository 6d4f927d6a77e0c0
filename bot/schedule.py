"""What falls due without a case: each grid's daily digest, as a row with a `due_at`.

It tells of a local day from 00:00 to 24:00 and is sent the next day (figures.md, Window).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.engine import Engine
from core.calendar import local, moment
from core.digest import day_window
from core.messages import DigestDue
from core.town import Town
from storage import schedules
from storage.schedules import Schedule

DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The next digest of a grid: when, and about which local day."""

    at: datetime
    day: str


def next_digest(town: Town, now: datetime) -> Sending:
    """The first digest moment after `now`; it tells of the local day before."""
    zone, minutes = town.district.zone, town.district.options.digest_at
    today = local(now, zone).date()
    at = moment(today, minutes, zone)
    day = today if at > now else today + timedelta(days=1)
    return Sending(at=moment(day, minutes, zone), day=(day - timedelta(days=1)).isoformat())


def plan_digests(conn: Connection, town: Town, now: datetime) -> None:
    """Put the next digest of every grid on the schedule. What fell due while we were down keeps its own row."""
    coming = next_digest(town, now)
    for grid in town.district.grids:
        params = {"grid": grid.id, "day": coming.day}
        schedules.put_schedule(conn, f"{DIGEST}:{grid.id}:{coming.day}", DIGEST, params, coming.at)


def run_digest(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """The digest's command, its end on the schedule and the next one, all in one transaction."""
    schedules.drop_schedule(conn, due.key)
    plan_digests(conn, town, now)
    grid = str(due.params["grid"])
    if town.district.grid(grid) is None:  # the district file no longer knows it
        return
    day = datetime.fromisoformat(str(due.params["day"])).date()
    window = day_window(day, town.calendar)
    command = DigestDue(at=now, grid=grid, day=day, window=(window.start, window.end))
    engine.execute_inside(conn, command, due.key)
