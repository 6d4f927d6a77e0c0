"""天气: the centre puts down a warning for a day to come; it stands in the weekly reports' list of what is to be done
(figures.md, last paragraph). No weather service is asked: the warning comes to the centre by telephone and papers."""

import re
from datetime import date, timedelta

from core import calendar, rights
from core.case import Event
from core.decide import people, say
from core.decide.actor import colleague
from core.messages import Notice, Ordered
from core.world import Decision, World

NOON = 12 * 60
LONGEST = 40  # characters
FARTHEST = timedelta(days=30)
SPOKEN = {"今天": 0, "明天": 1, "后天": 2, "後天": 2, "today": 0, "tomorrow": 1}
_SIGNS = str.maketrans(dict.fromkeys(",,::;;", " "))
_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")


def note(command: Ordered, world: World) -> Decision:
    """/weather 11-24 暴雨蓝色预警, by a seat of the centre; without a day or words how it is written."""
    person, district = colleague(world, command.sender.user_id), world.town.district
    if person is None or not rights.belongs(person, district.centre_team, district):
        return Decision(notices=(people.tell(command, world, "err.unknown_command"),))
    today = calendar.local(world.now, district.zone).date()
    day, text = read(command.rest, today)
    if day is None or not text:
        return Decision(notices=(people.tell(command, world, "weather.ask"),))
    due = say.iso(calendar.moment(day, NOON, district.zone))
    noted = Event(kind="weather_noted", at=world.now, actor=person.id, data={"due": due, "text": text})
    return Decision(events=(noted,), notices=(_said(command, world, day, text),))


def _said(command: Ordered, world: World, day: date, text: str) -> Notice:
    return people.tell(command, world, "weather.noted", params={"date": day.isoformat(), "text": text})


def read(said: str, today: date) -> tuple[date | None, str]:
    """The day that is meant, from today to thirty days on, and the words beside it."""
    for word, ahead in SPOKEN.items():
        if word in said:
            return today + timedelta(days=ahead), _clean(said.replace(word, " ", 1))
    found = _DAY.search(said)
    day = _named(found, today) if found else None
    return (day, _clean(said[: found.start()] + " " + said[found.end() :])) if found and day else (None, "")


def _named(found: re.Match[str], today: date) -> date | None:
    years = (int(found[1]),) if found[1] else (today.year, today.year + 1)
    for year in years:
        try:
            day = date(year, int(found[2]), int(found[3]))
        except ValueError:
            continue
        if today <= day <= today + FARTHEST:
            return day
    return None


def _clean(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())[:LONGEST]
