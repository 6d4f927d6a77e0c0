"""Which post goes: the nearest on duty, or the one whose duty area it is.

`nearest`: the post on duty with the fewest metres, ties by id. `duty_area_first`: the post that owns the grid if it is
on duty, else the nearest on duty. Without any post on duty, and outside all grids, the centre has it (life.md rows 7
and 8). A post is where the freshest of its people is, as long as that position counts, else at its own place.

Kinds of shifts (duty.md) come before either: 定点 goes first in its own area, 备勤 goes when nobody else is left and is
the second otherwise, 高峰 is a post of its own while it runs, also without a station; one at the gate of a school
stays there (`staying`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from core.distance import Point, between
from core.district.town import District
from core.district.values import Policy, ShiftKind, Station
from core.grids import GridIndex
from core.nearest import Field, field, nearest
from core.once import once
from core.positions import Position, counts
from core.roster import OnDuty

Reason = Literal["fixed", "primary", "nearest", "load", "nobody", "outside"]
Ranked = Sequence[tuple[str, float]]
SHOWN = 3
NOWHERE: Mapping[str, Position] = MappingProxyType({})
PEAK: ShiftKind = "peak"
NEVER = datetime.min.replace(tzinfo=UTC)
LEAVES_GATE_UP_TO = 2  # severities that a school guard goes to, when nobody is nearer
WEIGHED = 8  # posts that may be within the tolerance of the nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a post on duty is: where its freshest person was at `seen_at`, or at its own place (None). `end` is when
    its shift goes home, `area` the grids that are its own. `gate`: it guards that of a school now."""

    station: str
    team: str
    point: Point
    end: datetime
    seen_at: datetime | None = None
    kind: ShiftKind | None = None
    area: tuple[str, ...] = ()
    gate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a team has to do: how many open cases, and when the newest of them was reported."""

    open: int
    newest: datetime


Loads = Callable[[Collection[str]], Mapping[str, Load | None]]  # what these teams have to do


def idle(teams: Collection[str]) -> Mapping[str, Load | None]:
    """Nobody has anything to do."""
    return dict.fromkeys(teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a case goes.

    `chosen` and `second` are station ids, or the id of the centre's team where no post is left; `team` and
    `second_team` are the teams that man them. `primary` owns the grid, on duty or not. `ranked` are the nearest posts
    on duty with geodesic metres, at most three. `reason` says why `chosen` was chosen.
    """

    grid: str | None
    primary: str | None
    chosen: str
    team: str
    second: str
    second_team: str
    ranked: tuple[tuple[str, float], ...]
    reason: Reason


def stands(
    on_duty: Sequence[OnDuty], district: District, positions: Mapping[str, Position] = NOWHERE, now: datetime = NEVER
) -> tuple[Stand, ...]:
    """Where every post on duty is now, one line per station; at its own place without positions.

    A 高峰 shift is a post of its own, under the id of its team where another team has the station already.
    """
    ranking = district.options.ranking
    return _stands(on_duty, district, {who: it for who, it in positions.items() if counts(it, now, ranking)})


@once
def _stands(on_duty: Sequence[OnDuty], district: District, fresh: Mapping[str, Position]) -> tuple[Stand, ...]:
    found: dict[str, Stand] = {}
    for crew in on_duty:
        stand = _stand(crew, district, _seen(crew, fresh))
        if stand is None:
            continue
        if stand.station in found and stand.kind == PEAK:
            stand = replace(stand, station=crew.team)
        found.setdefault(stand.station, stand)
    return tuple(found.values())


def _stand(crew: OnDuty, district: District, seen: Position | None) -> Stand | None:
    """None for whoever has no post: evening rounds, inspections, the centre."""
    team, post = district.team(crew.team), district.station(crew.station)
    place = post.point if post else team.point if team and crew.kind == PEAK else None
    if team is None or place is None:
        return None
    return Stand(
        station=post.id if post else team.id,
        team=crew.team,
        point=seen.point if seen else place,
        end=crew.end,
        seen_at=seen.at if seen else None,
        kind=crew.kind,
        area=post.grids if post else team.covers,
        gate=team.school is not None and crew.kind == PEAK,
    )


def _seen(crew: OnDuty, fresh: Mapping[str, Position]) -> Position | None:
    known = (it for person in crew.present if (it := fresh.get(person)))
    return max(known, key=lambda it: it.at, default=None)


@once
def with_chat(posts: Sequence[Stand], district: District, lost: Collection[int]) -> tuple[Stand, ...]:
    """Those of the posts that can be asked: their team has a group, and it is not `lost`."""
    chats = ((it, team.chat_id) for it in posts if (team := district.team(it.team)))
    return tuple(it for it, chat in chats if chat is not None and chat not in lost)


def staying(point: Point | None, posts: Sequence[Stand], severity: int) -> frozenset[str]:
    """The teams among these that are not sent: children come through a gate that somebody has to hold. Only what is
    urgent calls a guard away, and only one that nobody is nearer than."""
    gates = _gates(posts)
    urgent = bool(gates) and point is not None and severity <= LEAVES_GATE_UP_TO
    nearest = rank(point, posts, 1)[0][0] if urgent and point else None
    return frozenset(it.team for it in gates if it.station != nearest)


@once
def _gates(posts: Sequence[Stand]) -> tuple[Stand, ...]:
    return tuple(it for it in posts if it.gate)


@once
def _without(posts: Sequence[Stand], teams: Collection[str]) -> Sequence[Stand]:
    """The posts of all teams but these."""
    return tuple(it for it in posts if it.team not in teams) if teams else posts


@once
def rank(point: Point, posts: Sequence[Stand], count: int) -> tuple[tuple[str, float], ...]:
    """The `count` nearest of these posts as (station id, metres), nearest first, ties by id."""
    return nearest(point, _field(posts), count, measure=between)


@once
def _field(posts: Sequence[Stand]) -> Field:
    return field((it.station, it.point) for it in posts)


def closest(point: Point, stations: Sequence[Station], but: Collection[str]) -> tuple[str, float] | None:
    """The nearest of these stations with its metres, some left out."""
    return next(iter(nearest(point, _field_of(stations), measure=between, but=but)), None)


@once
def _field_of(stations: Sequence[Station]) -> Field:
    return field((it.id, it.point) for it in stations)


def lightest(ranked: Ranked, teams: Mapping[str, str], loads: Loads, tolerance: float) -> str:
    """Of the posts hardly farther than the nearest, the one that has less to do; then who has rested longer, its newest
    case being older; then who is nearer."""
    close = [it for it in ranked if it[1] <= ranked[0][1] + tolerance]
    known = loads([teams[name] for name, _ in close]) if len(close) > 1 else {}

    def burden(it: tuple[str, float]) -> tuple[int, float]:
        load = known.get(teams[it[0]])
        return (load.open, load.newest.timestamp()) if load else (0, 0.0)

    return min(close, key=burden)[0]


def choose(
    grid: str | None, primary: str | None, first: str | None, ranked: Ranked, light: Callable[[], str]
) -> tuple[str | None, Reason]:
    """The post that goes, and why; None where it is for the centre. `first` is the post that goes before all others,
    if there is one, `light` gives the choice of `lightest`."""
    if grid is None:
        return None, "outside"
    if not ranked:
        return None, "nobody"
    if first is not None:
        return first, "primary"
    chosen = light()
    if chosen != ranked[0][0]:
        return chosen, "load"
    return chosen, "primary" if chosen == primary else "nearest"


def route_among(
    point: Point,
    posts: Sequence[Stand],
    district: District,
    index: GridIndex,
    *,
    loads: Loads = idle,
    policy: Policy | None = None,
    severity: int = LEAVES_GATE_UP_TO + 1,
) -> Route:
    """Where a case at this point goes, given where the posts on duty are; `loads` is asked only where several are
    about equally near. Without it the nearest goes, whatever it has to do: that is for severity 1."""
    laid = _laid(_without(posts, staying(point, posts, severity)))
    teams, grid = laid.teams, _grid_of(point, index)
    owner = district.grid(grid)
    primary = owner.station if owner else None
    ranked = rank(point, laid.forward, WEIGHED)
    by_area = (policy or district.options.routing) == "duty_area_first" and primary in teams
    fixed = next((it.station for it in laid.fixed if grid in it.area), None)
    tolerance = district.options.ranking.tolerance_m
    found, reason = choose(
        grid, primary, primary if by_area else fixed, ranked, lambda: lightest(ranked, teams, loads, tolerance)
    )
    chosen = found or district.centre_team
    seconds = (name for name, _ in (*rank(point, laid.kept, WEIGHED), *ranked))
    second = next((name for name in seconds if name != chosen), district.centre_team)
    return Route(
        grid=grid,
        primary=primary,
        chosen=chosen,
        team=teams.get(chosen, district.centre_team),
        second=second,
        second_team=teams.get(second, district.centre_team),
        ranked=ranked[:SHOWN],
        reason="fixed" if found and found == fixed and not by_area else reason,
    )


@lru_cache(maxsize=1024)  # most cases lie at a compound or a key place, which stay where they are
def _grid_of(point: Point, index: GridIndex) -> str | None:
    return index.find(point)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """The posts on duty in their parts: the team of each station; who is sent first, everybody but 备勤 unless nobody
    else is there; 备勤; 定点."""

    teams: Mapping[str, str]
    forward: Sequence[Stand]
    kept: Sequence[Stand]
    fixed: Sequence[Stand]


@once
def _laid(posts: Sequence[Stand]) -> _Laid:
    return _Laid(
        teams={it.station: it.team for it in posts},
        forward=tuple(it for it in posts if it.kind != "standby") or posts,
        kept=tuple(it for it in posts if it.kind == "standby"),
        fixed=tuple(it for it in posts if it.kind == "fixed"),
    )


def for_backup(stand: Stand) -> int:
    """Before whom this post is called to help: 备勤 first, the rest after it."""
    return 0 if stand.kind == "standby" else 1


def route(
    point: Point, on_duty: Sequence[OnDuty], district: District, index: GridIndex, policy: Policy | None = None
) -> Route:
    """Where a case goes while everybody is at their post and nobody has anything to do."""
    return route_among(point, stands(on_duty, district), district, index, policy=policy)
