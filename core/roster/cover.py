"""Who takes the hours of a post without anybody: its backups in the file's order, then the nearest, then the centre."""

from collections.abc import Collection

from core.distance import metres
from core.district.town import District
from core.district.values import Team


def takers(team: Team, district: District) -> tuple[str, ...]:
    """The teams that may stand in for a post, in the order in which they are asked; the centre is always the last."""
    post = district.station(team.station)
    point = post.point if post else team.point
    others = sorted(district.stations, key=lambda it: metres(point, it.point)) if point else district.stations
    stations = (*(post.backups if post else ()), *(it.id for it in others))
    teams = (district.team_of_station(name) for name in stations)
    found = dict.fromkeys((*(it.id for it in teams if it is not None), district.centre_team))
    return tuple(it for it in found if it != team.id)


def taker(team: Team, manned: Collection[str], district: District) -> str | None:
    """The first of them that has somebody; None when nobody at all is there."""
    return next((it for it in takers(team, district) if it in manned), None)
