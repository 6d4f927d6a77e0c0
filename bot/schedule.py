"""What falls due without a case: the daily digests and the weekly reports, as rows with a `due_at`.

A digest tells of a local day from 00:00 to 24:00 and is sent the next day; a weekly report of Monday to Sunday, on the
Monday after (figures.md, Window).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.engine import Engine
from core.calendar import local, moment
from core.digest import day_window, week_window
from core.messages import DigestDue, WeekDue
from core.town import Town
from storage import schedules
from storage.schedules import Schedule

DIGEST, WEEK = "digest", "week"
WEEK_AT = 8 * 60  # minutes after midnight of Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The next digests: when, and about which local day."""

    at: datetime
    day: str


def next_digest(town: Town, now: datetime) -> Sending:
    """The first digest moment after `now`; it tells of the local day before."""
    zone, minutes = town.district.zone, town.district.options.digest_at
    today = local(now, zone).date()
    at = moment(today, minutes, zone)
    day = today if at > now else today + timedelta(days=1)
    return Sending(at=moment(day, minutes, zone), day=(day - timedelta(days=1)).isoformat())


def digest_key(day: str) -> str:
    """The row of the digests about a local day."""
    return f"{DIGEST}:{day}"


def next_week(town: Town, now: datetime) -> Sending:
    """The first weekly report after `now`; its `day` is the Monday of the week it tells of."""
    today = local(now, town.district.zone).date()
    monday = today - timedelta(days=today.weekday())
    at = moment(monday, WEEK_AT, town.district.zone)
    coming = monday if at > now else monday + timedelta(days=7)
    return Sending(at=moment(coming, WEEK_AT, town.district.zone), day=(coming - timedelta(days=7)).isoformat())


def coming_keys(town: Town, now: datetime) -> tuple[str, ...]:
    """The rows that must be on the schedule now."""
    return digest_key(next_digest(town, now).day), f"{WEEK}:{next_week(town, now).day}"


def plan_digests(conn: Connection, town: Town, now: datetime) -> None:
    """Put the next digests on the schedule. What fell due while we were down keeps its own row."""
    _put(conn, DIGEST, next_digest(town, now))


def plan_weeks(conn: Connection, town: Town, now: datetime) -> None:
    """The same for the next weekly reports."""
    _put(conn, WEEK, next_week(town, now))


def _put(conn: Connection, kind: str, coming: Sending) -> None:
    schedules.put_schedule(conn, f"{kind}:{coming.day}", kind, {"day": coming.day}, coming.at)


def run_digest(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """The digests' command, its end on the schedule and the next one, all in one transaction."""
    schedules.drop_schedule(conn, due.key)
    plan_digests(conn, town, now)
    day = _day(due)
    window = day_window(day, town.calendar)
    engine.execute_inside(conn, DigestDue(at=now, day=day, window=(window.start, window.end)), due.key)


def run_week(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """The same for the weekly reports."""
    schedules.drop_schedule(conn, due.key)
    plan_weeks(conn, town, now)
    day = _day(due)
    window = week_window(day, town.calendar)
    engine.execute_inside(conn, WeekDue(at=now, day=day, window=(window.start, window.end)), due.key)


def _day(due: Schedule) -> date:
    return date.fromisoformat(str(due.params["day"]))
