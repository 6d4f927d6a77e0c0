"""Where and when both sides meet: the nearest mediation room, its free hours, no hour twice (mechanism F13)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from core import calendar
from core.calendar import Calendar
from core.distance import Point
from core.district import District, Station
from core.nearest import field, nearest
from core.records.mediation import Dispute, RoomDay, Slot

ROOM = "mediation_room"  # of a station's facilities
HOURS = (9 * 60 + 30, 14 * 60 + 30, 19 * 60 + 30)  # people who work can come in the evening
LASTS = timedelta(hours=2)
NOTICE = timedelta(hours=20)  # nobody is asked to come within less
OFFERED = 3
AHEAD = 14  # days that are looked through

DayOf = Callable[[str], RoomDay | None]  # what is booked on a day, by its id


def room_of(dispute: Dispute, district: District) -> Station | None:
    """The mediation room nearest to where it happens; any where that is not known, None where there is none."""
    rooms = {it.id: it for it in district.stations if it.facilities.get(ROOM)}
    if not rooms:
        return None
    if dispute.lat is None or dispute.lng is None:
        return next(iter(rooms.values()))
    near = nearest(Point(dispute.lat, dispute.lng), field((it.id, it.point) for it in rooms.values()), 1)
    return rooms[near[0][0]]


def day_id(room: str, at: datetime, town: Calendar) -> str:
    """The id of the room's day."""
    return f"{room}.{calendar.local(at, town.zone):%Y%m%d}"


def engaged(people: Collection[str], disputes: Iterable[Dispute]) -> frozenset[datetime]:
    """The hours at which any of these mediators sits in another talk, in whatever room."""
    theirs = (it for it in disputes if not set(people).isdisjoint(it.team_of_mediators()))
    talks = (talk for it in theirs for talk in it.sessions if talk.state == "booked")
    return frozenset(talk.booked.at for talk in talks if talk.booked is not None)


def free(
    room: str, now: datetime, town: Calendar, booked: DayOf, *, busy: Collection[datetime] = (), count: int = OFFERED
) -> tuple[Slot, ...]:
    """The next free hours of a room, of different days where that can be; none at which its mediators are `busy`."""
    found: list[Slot] = []
    for at in (it for it in _times(now, town) if it not in busy):
        if len(found) == count:
            break
        day = booked(day_id(room, at, town))
        if day is None or all(minute != _minute(at, town) for minute, _ in day.taken):
            found.append(Slot(room=room, at=at))
    return tuple(found)


def _times(now: datetime, town: Calendar) -> Iterator[datetime]:
    """First one hour of each of the next days, then the others: three offers of one morning help nobody."""
    first = calendar.local(now, town.zone).date()
    days = [day for day in _days(first, AHEAD) if calendar.working_day(day, town)]
    rounds = [
        [(day, HOURS[(index + turn) % len(HOURS)]) for index, day in enumerate(days)] for turn in range(len(HOURS))
    ]
    for day, minutes in (it for one in rounds for it in one):
        at = calendar.moment(day, minutes, town.zone)
        if at >= now + NOTICE:
            yield at


def _days(first: date, count: int) -> Iterator[date]:
    yield from (first + timedelta(days=it) for it in range(1, count + 1))


def _minute(at: datetime, town: Calendar) -> int:
    clock = calendar.local(at, town.zone)
    return clock.hour * 60 + clock.minute


def book(day: RoomDay | None, slot: Slot, no: str, town: Calendar) -> RoomDay | None:
    """The room's day with this hour taken; None when another talk has it."""
    name, minute = day_id(slot.room, slot.at, town), _minute(slot.at, town)
    day = day or RoomDay(id=name, open=False)
    holder = next((whose for when, whose in day.taken if when == minute), None)
    if holder not in {None, no}:
        return None
    return day if holder == no else replace(day, taken=(*day.taken, (minute, no)))


def release(day: RoomDay, slot: Slot, no: str, town: Calendar) -> RoomDay:
    """The room's day with this hour free again."""
    mine = (_minute(slot.at, town), no)
    return replace(day, taken=tuple(it for it in day.taken if it != mine))
