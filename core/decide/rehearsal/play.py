"""What would happen to a case at a moment, if nobody answered. The very code that dispatches and climbs the ladder is
run on a made-up case; nothing is kept and nothing is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import roster
from core.case import ENDED, Case, Place, Status
from core.decide import dispatch, tick
from core.decide.turn import Turn
from core.distance import Point
from core.messages import Notice, Tick
from core.world import Decision, World

HORIZON = timedelta(hours=24)  # after the report; what comes later repeats every morning
MOST_RUNGS = 40
NOBODY = 1  # the account of the resident of a rehearsal, whom nobody knows
NUMBER = "A0000-0000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """After `after` the case is put before these, for the first time: ids of teams, or `person:` and an id.

    `manned` are those of them with somebody there: people by name always, teams while somebody is on duty.
    """

    after: timedelta
    who: tuple[str, ...]
    manned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One case of a severity at a place, from its report to the end of the ladder."""

    severity: int
    steps: tuple[Step, ...]

    @property
    def ends_in_nobody(self) -> bool:
        """Whether nobody who is there is told in a day."""
        return not any(it.manned for it in self.steps)


def everybody(at: datetime, world: World) -> World:
    """The town at a moment, all who are rostered at their posts."""
    town = world.town
    there = roster.everybody_signed_in(town.district, at, holidays=town.holidays, changes=world.presence.changes)
    return replace(world, now=at, presence=there, case=None, cases=(), open_cases=())


def play(severity: int, point: Point, at: datetime, world: World) -> Play:
    """What happens to a case that is reported at this moment and place and that nobody accepts."""
    town = world.town
    place = Place(label="", lat=point.lat, lng=point.lng, grid=town.grids.find(point), precision="pin")
    kinds = (it for it in town.taxonomy.categories.values() if it.severity == severity and not it.sealed)
    kind = next((it.code for it in kinds), None)
    case = Case(
        no=NUMBER, status=Status.NEW, reporter=NOBODY, opened_at=at, heard_at=at, severity=severity, category=kind,
        place=place,
    )  # fmt: skip
    return Play(severity=severity, steps=tuple(_steps(case, at, world)))


def _steps(case: Case, at: datetime, world: World) -> Iterator[Step]:
    known: set[str] = set()
    for now, decision in _decisions(case, at, world):
        there = everybody(now, world)
        who = tuple(it for it in dict.fromkeys(_reached(decision, there)) if it not in known)
        known |= set(who)
        if who:
            yield Step(after=now - at, who=who, manned=tuple(it for it in who if _manned(it, there)))


def _decisions(case: Case, at: datetime, world: World) -> Iterator[tuple[datetime, Decision]]:
    decision = dispatch.start(Turn(case=case, world=replace(everybody(at, world), case=case))).decide()
    yield at, decision
    for _ in range(MOST_RUNGS):
        case = decision.case or case
        due = case.due_at
        if due is None or due > at + HORIZON or case.status in ENDED:
            return
        decision = tick.ticked(Tick(at=due, case=case.no), replace(everybody(due, world), case=case))
        yield due, decision


def _reached(decision: Decision, world: World) -> Iterator[str]:
    for notice in decision.notices:
        who = _who(notice, world)
        if who is not None:
            yield who


def _who(notice: Notice, world: World) -> str | None:
    district = world.town.district
    team = district.team_of_chat(notice.to)
    if team is not None:
        return team.id
    person = district.person(notice.to)
    return f"person:{person.id}" if person else None


def _manned(who: str, world: World) -> bool:
    return who.startswith("person:") or any(it.team == who for it in dispatch.on_duty(world))
