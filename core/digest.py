"""The grid head's morning: what to look at first, yesterday's figures, hot spots, who is on (figures.md).

Data only; the words are made where the reader's language is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import Calendar, local, moment
from core.figures.hotspots import HotSpot
from core.figures.late import Late
from core.figures.log import Window
from core.figures.metrics import Figures
from core.roster import OnDuty, Rostered

LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """The ledger of disputes in one line: in progress, and follow-ups due today."""

    open: int
    due_today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One post of the last line: its station or team, the group, and how many people."""

    team: str
    station: str | None
    group: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest in the order of its sections. `attention` is worst first; `more` are left off the list for want of
    room. `quiet` says that the day needs no reading. `small` asks for the line of caution about small numbers."""

    grid: str | None
    day: date
    attention: tuple[Late, ...]
    more: int
    figures: Figures
    hot_spots: tuple[HotSpot, ...]
    mediation: Mediation
    duty: tuple[DutyLine, ...]
    quiet: bool
    small: bool


def day_window(day: date, calendar: Calendar) -> Window:
    """00:00 to 24:00 of a day on the town's clock."""
    return Window(moment(day, 0, calendar.zone), moment(day + timedelta(days=1), 0, calendar.zone))


def week_window(day: date, calendar: Calendar) -> Window:
    """Monday to Sunday of the week a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Window(moment(monday, 0, calendar.zone), moment(monday + timedelta(days=7), 0, calendar.zone))


def yesterday(now: datetime, calendar: Calendar) -> date:
    """The day a digest that is sent now tells about."""
    return local(now, calendar.zone).date() - timedelta(days=1)


def once(late: Iterable[Late]) -> tuple[Late, ...]:
    """Each case once: what is both unaccepted and overdue is first of all unaccepted."""
    found: dict[str, Late] = {}
    for it in late:
        if it.case not in found or it.why == "unacked":
            found[it.case] = it
    return tuple(found.values())


def duty_lines(duty: Iterable[OnDuty | Rostered]) -> tuple[DutyLine, ...]:
    """Who is on, planned or present."""
    return tuple(
        DutyLine(team=it.team, station=it.station, group=it.group, people=len(it.present))
        if isinstance(it, OnDuty)
        else DutyLine(team=it.team, station=None, group=it.group, people=len(it.members))
        for it in duty
    )


def digest(
    figures: Figures, calendar: Calendar, duty: Sequence[OnDuty | Rostered], mediation: Mediation, lines: int = LINES
) -> Digest:
    """The digest of a window that begins at midnight; `duty` is whoever is on today."""
    attention = once(figures.late)
    shares = (figures.ack_on_time, figures.close_on_time, figures.satisfied)
    return Digest(
        grid=figures.grid,
        day=local(figures.window.start, calendar.zone).date(),
        attention=attention[:lines],
        more=max(len(attention) - lines, 0),
        figures=figures,
        hot_spots=figures.hot_spots,
        mediation=mediation,
        duty=duty_lines(duty),
        quiet=not (attention or figures.new or figures.closed or figures.hot_spots),
        small=any(0 < it.of < 10 for it in shares),
    )
