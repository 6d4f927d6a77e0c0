"""The beginning of each of the town's days, as a row with a `due_at`: shifts that change, checks that are drawn."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.engine import Engine
from core.calendar import local, moment
from core.draw import seed_of, week_of
from core.messages import DayBegins
from core.town import Town
from storage import schedules
from storage.schedules import Schedule

DAY = "day"


def plan_day(conn: Connection, town: Town, now: datetime) -> None:
    """Today, at once: for a district that is new or was changed. What was put down before stays."""
    day = local(now, town.district.zone).date()
    schedules.put_schedule(conn, f"{DAY}:{day}:{town.revision}", DAY, {"day": day.isoformat()}, now)


def run_day(conn: Connection, due: Schedule, engine: Engine, town: Town, now: datetime) -> None:
    """The day it is now (nobody needs the plan of one that passed while the bot was down), and a row for the next."""
    schedules.drop_schedule(conn, due.key)
    day = local(now, town.district.zone).date()
    tomorrow = day + timedelta(days=1)
    key, at = f"{DAY}:{tomorrow}:{town.revision}", moment(tomorrow, 0, town.district.zone)
    schedules.put_schedule(conn, key, DAY, {"day": tomorrow.isoformat()}, at)
    week, month = (seed_of(engine.secret, town.district.id, it) for it in (week_of(day), f"{day:%Y-%m}"))
    begins = DayBegins(at=now, day=day, seed=week, month_seed=month)
    engine.execute_inside(conn, begins, f"{DAY}:{day}:{town.revision}")
