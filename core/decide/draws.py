"""The week's draw of spot checks, put down before the week and opened to all when it is over (duty.md, 督察)."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

from core import calendar, draw
from core.case import Event
from core.decide import say
from core.district import District, Person, Team
from core.messages import DayBegins, Json
from core.records.check import Check, Draw
from core.world import Decision, World

INSPECTION = "inspection"  # a team's kind
INSPECTOR = "督察"  # within a role


def is_inspector(person: Person | None, district: District) -> bool:
    """Whether somebody inspects: by role, or as one of an inspection team."""
    if person is None:
        return False
    team = district.team(person.team)
    return INSPECTOR in person.role or (team is not None and team.kind == INSPECTION)


def inspectors(district: District) -> tuple[int, ...]:
    """Where the inspectors are written to: their group, else each of them."""
    groups = tuple(it.chat_id for it in district.teams if it.kind == INSPECTION and it.chat_id is not None)
    return groups or tuple(it.tg_id for it in district.people if it.tg_id is not None and is_inspector(it, district))


def checked_teams(district: District) -> tuple[Team, ...]:
    """Who is inspected: every team with a roster but the inspectors."""
    return tuple(it for it in district.teams if it.kind != INSPECTION and it.pattern is not None and it.groups)


def plan(command: DayBegins, world: World) -> Decision:
    """The draw of the day's week, for the teams that are not in it yet; nothing where nobody inspects."""
    if not inspectors(world.town.district):
        return Decision()
    week = draw.week_of(command.day)
    known = next((it for it in world.of(Draw) if it.id == week), None)
    record = known or Draw(id=week, seed=command.seed, due_at=_end_of(command.day, world))
    fresh = _drawn(record, command.day, world)
    if not fresh:
        return Decision()
    event = Event(
        kind="checks_drawn", at=world.now,
        data={"week": week, "teams": [team for team, _ in fresh], "commitment": _commitment(record.seed)},
    )  # fmt: skip
    checks = tuple(Check(id=f"{team}.{at:%y%m%d%H%M}", team=team, at=at, due_at=at) for team, at in fresh)
    return Decision(records=(replace(record, drawn=(*record.drawn, *fresh)), *checks), events=(event,))


def _end_of(day: date, world: World) -> datetime:
    return calendar.moment(draw.days_of(day)[-1] + timedelta(days=1), 0, world.town.district.zone)


def _drawn(record: Draw, day: date, world: World) -> tuple[tuple[str, datetime], ...]:
    """Team and moment, of hours that have not begun. A week that is half over is drawn of what is left of it."""
    town, known = world.town, {team for team, _ in record.drawn}
    found: list[tuple[str, datetime]] = []
    for team in checked_teams(town.district):
        hours = draw.hours_on_duty(team, draw.days_of(day), town.district, town.holidays)
        at = draw.moment(record.seed, team.id, [it for it in hours if it > world.now])
        if at is not None and team.id not in known:
            found.append((team.id, at))
    return tuple(found)


def _commitment(seed: str) -> str:
    """What is told of the seed beforehand: it binds whoever has it, and foretells nothing."""
    return hashlib.sha256(seed.encode()).hexdigest()


def over(record: Draw, world: World) -> Decision:
    """The week is over: the seed is no secret any more, and the inspectors get it for whoever wants to draw again."""
    params: dict[str, Json] = {"week": record.id, "seed": record.seed, "count": len(record.drawn)}
    told = (say.staff(chat, "check.seed", world.town, params=params) for chat in inspectors(world.town.district))
    drawn = [[team, at.isoformat()] for team, at in record.drawn]
    return Decision(
        records=(replace(record, open=False, due_at=None),),
        events=(
            Event(kind="checks_opened", at=world.now, data={"week": record.id, "seed": record.seed, "drawn": drawn}),
        ),
        notices=tuple(it for it in told if it is not None),
    )
