"""Whether somebody of a department can be reached now (`hours` and `basis` of the district's file)."""

from datetime import date, datetime, timedelta

from core.calendar import Calendar, Hours, local, moment, working_day
from core.district.sheet import parse_hours
from core.district.values import Department

OFFICE_OPENS = 9 * 60  # minutes; a working day ends when the district says
LOOKED_AHEAD = 30  # days; the longest run of days off is far shorter


def opening(department: Department, calendar: Calendar) -> Hours | None:
    """Its hours within a day; None for one that answers around the clock. Words that say no hours bar nobody."""
    if department.hours == "workday":
        return Hours(OFFICE_OPENS, calendar.work_day_end)
    try:
        return parse_hours(department.hours)
    except ValueError:
        return None


def reachable(department: Department, at: datetime, calendar: Calendar) -> bool:
    """Whether it answers at a moment."""
    hours = opening(department, calendar)
    if hours is None:
        return True
    here = local(at, calendar.zone)
    return _works(department, here.date(), calendar) and hours.holds(here.hour * 60 + here.minute)


def next_opening(department: Department, at: datetime, calendar: Calendar) -> datetime:
    """When it answers again: the moment itself while it is open."""
    hours = opening(department, calendar)
    if hours is None or reachable(department, at, calendar):
        return at
    today = local(at, calendar.zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(LOOKED_AHEAD))
    opens = (moment(it, hours.start, calendar.zone) for it in days if _works(department, it, calendar))
    return next((it for it in opens if it > at), at)


def _works(department: Department, day: date, calendar: Calendar) -> bool:
    return department.basis != "W" or working_day(day, calendar)
