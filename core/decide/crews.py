"""How each post stands now: who is on, who is away, what they have to do, where they were last, what comes next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import roster
from core.decide import say
from core.district import Team
from core.messages import Json
from core.records.gap import Hole
from core.roster import Away, Rostered
from core.routing import Load
from core.world import World

NEXT_HOLES = 2  # of one post; the rest of the fortnight is in /gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """One team at a moment. `planned` and `on` are person ids; `change_at`: when the shift ends or the next begins."""

    team: Team
    planned: tuple[str, ...]
    on: tuple[str, ...]
    away: tuple[Away, ...]
    change_at: datetime | None
    holes: tuple[Hole, ...]

    @property
    def how(self) -> str:
        """rest: nobody is planned; empty: nobody of those planned is there; part; full."""
        if not self.planned and not self.on:
            return "rest"
        return "empty" if not self.on else "full" if len(self.on) >= len(self.planned) else "part"


def crews(world: World) -> tuple[Crew, ...]:
    """Every team with a roster, in the file's order."""
    return tuple(crew_of(it, world) for it in world.town.district.teams if it.pattern is not None and it.groups)


def crew_of(team: Team, world: World) -> Crew:
    """One team as it stands now."""
    town, changes = world.town, world.presence.changed(team.id)
    running = roster.rostered(team, world.now, town.district, town.holidays, changes)
    planned = tuple(dict.fromkeys(person for shift in running for person in shift.members))
    there = {it for shift in running for it in roster.present(shift, world.now, world.presence)}
    return Crew(
        team=team,
        planned=planned,
        on=tuple(it for it in planned if it in there),
        away=tuple(_away(planned, world)),
        change_at=_change_at(team, running, world),
        holes=tuple(sorted(_holes(team, world), key=lambda it: it.start))[:NEXT_HOLES],
    )


def _away(planned: Iterable[str], world: World) -> Iterator[Away]:
    """Absences of those on the plan, short ones too: whoever looks for somebody wants to know it."""
    for person in planned:
        yield from (it for it in world.presence.away(person) if it.since <= world.now and _lasts(it, world.now))


def _lasts(away: Away, now: datetime) -> bool:
    return away.until is None or now < away.until


def _change_at(team: Team, running: Sequence[Rostered], world: World) -> datetime | None:
    if running:
        return min(it.end for it in running)
    town = world.town
    coming = roster.next_shift(team, world.now, town.district, town.holidays, world.presence.changed(team.id))
    return coming.start if coming else None


def _holes(team: Team, world: World) -> Iterator[Hole]:
    """Hours to come without anybody that nobody has filled yet; of a gap that was cut up, what is left of its parts."""
    mine = (it for it in world.of(Hole) if it.team == team.id and it.end > world.now)
    return (it for it in mine if it.state != "filled" and not it.pieces)


def seen_at(people: Collection[str], world: World) -> datetime | None:
    """When somebody of them was last seen somewhere; only of people on duty, who alone are asked for it."""
    return max((world.positions[it].at for it in people if it in world.positions), default=None)


def row(crew: Crew, loads: Mapping[str, Load | None], world: World) -> dict[str, Json]:
    """One line of the screen. Moments and no ages: a line that only grew older has not changed."""
    load = loads.get(crew.team.id)
    on: list[Json] = [*crew.on]
    missing: list[Json] = [it for it in crew.planned if it not in crew.on and it not in {a.person for a in crew.away}]
    away: list[Json] = [{"person": it.person, "until": say.iso(it.until)} for it in crew.away]
    return {
        "team": crew.team.id, "how": crew.how, "count": len(on), "of": len(crew.planned), "on": on, "others": missing,
        "away": away, "open": load.open if load else None, "seen_at": say.iso(seen_at(crew.on, world)),
        "change_at": say.iso(crew.change_at), "gaps": gaps(crew),
    }  # fmt: skip


def gaps(crew: Crew) -> list[Json]:
    """The hours without anybody, as they are told."""
    return [{"start_at": say.iso(it.start), "until": say.iso(it.end)} for it in crew.holes]


def until(found: Iterable[Crew], now: datetime) -> datetime | None:
    """When the picture changes by itself: somebody's shift begins or ends, somebody should be back."""
    moments = (
        moment
        for it in found
        for moment in (it.change_at, *(away.until for away in it.away), *(hole.end for hole in it.holes))
    )
    return min((it for it in moments if it is not None and it > now), default=None)
