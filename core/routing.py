"""Which post goes: the nearest on duty, or the one whose duty area it is.

`nearest`: the post on duty with the fewest metres, ties by id. `duty_area_first`: the post that owns the grid if it is
on duty, else the nearest on duty. Without any post on duty, and outside all grids, the centre has it (life.md rows 7
and 8).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from core.distance import Point, field, nearest
from core.district.town import District
from core.district.values import Policy
from core.grids import GridIndex
from core.roster import OnDuty

Reason = Literal["primary", "nearest", "nobody", "outside"]
SHOWN = 3


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


def choose(
    grid: str | None, primary: str | None, ranked: Sequence[tuple[str, float]], posts: Collection[str], policy: Policy
) -> tuple[str | None, Reason]:
    """The post that goes, and why; None where it is for the centre."""
    if grid is None:
        return None, "outside"
    if not ranked:
        return None, "nobody"
    if policy == "duty_area_first" and primary in posts:
        return primary, "primary"
    first = ranked[0][0]
    return first, "primary" if first == primary else "nearest"


def route(
    point: Point, on_duty: Sequence[OnDuty], district: District, index: GridIndex, policy: Policy | None = None
) -> Route:
    """Where a case at this point goes, given who is on duty now; the policy is the district's unless given."""
    posts = {it.station: it.team for it in reversed(on_duty) if it.station is not None}
    grid = index.find(point)
    owner = district.grid(grid)
    primary = owner.station if owner else None
    places = field((it.id, it.point) for it in district.stations if it.id in posts)
    ranked = nearest(point, places, SHOWN)
    found, reason = choose(grid, primary, ranked, posts, policy or district.options.routing)
    chosen = found or district.centre_team
    second = next((name for name, _ in ranked if name != chosen), district.centre_team)
    return Route(
        grid=grid,
        primary=primary,
        chosen=chosen,
        team=posts.get(chosen, district.centre_team),
        second=second,
        second_team=posts.get(second, district.centre_team),
        ranked=ranked,
        reason=reason,
    )
