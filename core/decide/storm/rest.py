"""Whoever has worked for eight hours of a storm is told to rest, and their head with them; once (duty.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import roster
from core.case import Event
from core.decide import say
from core.messages import Json, Notice
from core.records.storm import Storm
from core.world import World

REST_AFTER = timedelta(hours=8)
NO_BREAK = timedelta(hours=1)  # between two shifts: whoever stays for the next has not rested


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """Somebody who is at their post, and since when without a break."""

    person: str
    team: str
    since: datetime

    @property
    def mark(self) -> str:
        """This stretch of work, as the record remembers it."""
        return f"{self.person}@{self.since.isoformat()}"


def at_work(world: World) -> Iterator[AtWork]:
    """Everybody who is signed in, not away and on the plan now."""
    town = world.town
    for team in roster.on_duty_teams(town.district, world.now, world.presence, town.holidays):
        for person in team.present:
            if (since := _since(person, world)) is not None:
                yield AtWork(person=person, team=team.team, since=since)


def _since(person: str, world: World) -> datetime | None:
    """Back through shifts that follow each other; one that was left early ended when it was left."""
    since: datetime | None = None
    mine = (it for it in world.presence.sign_ins if it.person == person and it.at <= world.now)
    for it in sorted(mine, key=lambda it: it.at, reverse=True):
        if since is not None and since - (it.left_at or it.shift_end) > NO_BREAK:
            break
        since = it.at
    return since


def tired(storm: Storm, world: World) -> tuple[AtWork, ...]:
    """Who has to be told now."""
    long = (it for it in at_work(world) if world.now - it.since >= REST_AFTER)
    return tuple({it.mark: it for it in long if it.mark not in storm.rested}.values())


def next_look(storm: Storm, world: World) -> datetime:
    """When somebody has to be told next, at once perhaps. Whoever signs in after this look is tired after the next."""
    coming = (it.since + REST_AFTER for it in at_work(world) if it.mark not in storm.rested)
    return max(min((*coming, world.now + REST_AFTER)), world.now)


def still(storm: Storm, world: World) -> tuple[str, ...]:
    """Who was told and works on: a storm that is called out anew does not tell them twice."""
    marks = {it.mark for it in at_work(world)}
    return tuple(it for it in storm.rested if it in marks)


def told(it: AtWork, world: World) -> tuple[Notice, ...]:
    """To the person and to the head of the post, in private; to the centre where there is no head to be reached."""
    district = world.town.district
    person, head = district.member(it.person), district.head(it.team)
    params: dict[str, Json] = {"person": it.person, "team": it.team, "since_at": say.iso(it.since)}
    own = say.staff(person.tg_id if person else None, "storm.rest", world.town, params={"since_at": params["since_at"]})
    over = head.tg_id if head and head.id != it.person and head.tg_id else district.centre_chat()
    heads = say.staff(over, "storm.rest_of", world.town, params=params)
    return tuple(found for found in (own, heads) if found is not None)


def event(it: AtWork, world: World) -> Event:
    """For the figures."""
    data = {"person": it.person, "team": it.team, "since": say.iso(it.since)}
    return Event(kind="rest_told", at=world.now, data=data)
