"""Why a team is asked: kept with the offer and in the event log, told on the card and to the resident."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core import routing
from core.case import Case, Offer, Why
from core.decide import say
from core.distance import Point
from core.district import District
from core.messages import Json
from core.once import once
from core.routing import Stand
from core.world import World

NEAREST = frozenset({"nearest", "primary"})  # rules of a post that nobody on duty is nearer than
MOST_POSTS = 8  # that are ever asked about one case
ROUND_TO = 50  # metres: a resident need not know where a colleague stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A post on duty as seen from a case: its team, where it is, and the metres; None for a case without a place."""

    team: str
    metres: int | None
    stand: Stand


@once  # for every offer of a case, and for its distance
def seen_from(point: Point | None, posts: Sequence[Stand]) -> tuple[Near, ...]:
    """The posts on duty as seen from a place, nearest first; in the file's order without one."""
    if point is None:
        return tuple(Near(team=it.team, metres=None, stand=it) for it in posts)
    there = {it.station: it for it in posts}
    ranked = routing.rank(point, posts, MOST_POSTS)
    return tuple(Near(team=there[it].team, metres=round(metres), stand=there[it]) for it, metres in ranked)


def explain(case: Case, world: World, team: str, rule: str, near: Sequence[Near]) -> Why:
    """What is known now about asking this team; `near` are the posts on duty, nearest first."""
    own = next((it for it in near if it.team == team), None)
    stay = staying(case, [it.stand for it in near])
    first = next((it for it in near if it.team not in stay), None)
    return Why(
        rule=rule,
        seen_at=own.stand.seen_at if own else None,
        until=own.stand.end if own else None,
        declined=tuple(dict.fromkeys(o.team for o in case.offers if o.state == "declined" and o.team != team)),
        silent=tuple(dict.fromkeys(o.team for o in case.offers if _silent(o, world) and o.team != team)),
        absent=_absent(case, world, own, near),
        busier=(first.team, first.metres) if rule == "load" and first and first.metres is not None else None,
        guarding=next((it for it in _closer(near, own, rule) if it[0] in stay), None),
    )


def point_of(case: Case) -> Point | None:
    """Where it is; None where that is not known on the map."""
    place = case.place
    return None if place is None or place.lat is None or place.lng is None else Point(place.lat, place.lng)


def staying(case: Case, posts: Sequence[Stand]) -> frozenset[str]:
    """The teams among these that stay where they are, whatever is asked: core.routing.staying."""
    return routing.staying(point_of(case), posts, case.severity)


def _closer(near: Sequence[Near], own: Near | None, rule: str) -> Iterator[tuple[str, int]]:
    """Who is nearer than who is asked; all of them where the centre is, for want of a post."""
    limit = own.metres if own else None
    if limit is not None or rule == "nobody":
        known = ((it.team, it.metres) for it in near if it.metres is not None)
        yield from (it for it in known if limit is None or it[1] < limit)


def _silent(offer: Offer, world: World) -> bool:
    return offer.state == "open" and offer.due is not None and offer.due <= world.now


def _absent(case: Case, world: World, own: Near | None, near: Sequence[Near]) -> tuple[str, int] | None:
    """The nearest post without anybody on duty, if it would be nearer than who is asked."""
    place, district = point_of(case), world.town.district
    if place is None or (own is None and near):
        return None
    there = {it.stand.station for it in near} | _out_of_reach(district, world.presence.lost)
    found = routing.closest(place, district.stations, but=there)
    if found is None or (own is not None and own.metres is not None and found[1] >= own.metres):
        return None
    return found[0], round(found[1])


@once
def _out_of_reach(district: District, lost: Collection[int]) -> frozenset[str]:
    """Posts whose chat is lost cannot be asked, but their people may well be there."""
    return frozenset(it.station for it in district.teams if it.station and it.chat_id in lost)


def plain(why: Why | None, metres: int | None) -> dict[str, Json] | None:
    """The reasons as one line of the event log."""
    if why is None:
        return None
    told: dict[str, Json] = {
        "rule": why.rule,
        "metres": metres,
        "seen_at": say.iso(why.seen_at),
        "until": say.iso(why.until),
        "declined": list(why.declined),
        "silent": list(why.silent),
        "absent": list(why.absent) if why.absent else None,
        "busier": list(why.busier) if why.busier else None,
        "guarding": list(why.guarding) if why.guarding else None,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def params(offer: Offer | None) -> Mapping[str, Json]:
    """The reasons as a card tells them."""
    why = (offer.why if offer else None) or Why(rule="")
    return {
        "seen_at": say.iso(why.seen_at),
        "spot": "post" if offer and offer.metres is not None and why.seen_at is None else None,
        "until": say.iso(why.until),
        "declined": [*why.declined],
        "silent": [*why.silent],
        "absent": {"station": why.absent[0], "metres": why.absent[1]} if why.absent else None,
        "busier": {"station": why.busier[0], "metres": why.busier[1]} if why.busier else None,
        "guarding": {"station": why.guarding[0], "metres": why.guarding[1]} if why.guarding else None,
    }


def about(offer: Offer) -> int | None:
    """How far the nearest post on duty is, as a resident is told; None for a post that was asked for another reason."""
    if offer.why is None or offer.why.rule not in NEAREST or offer.metres is None:
        return None
    return max(round(offer.metres / ROUND_TO), 1) * ROUND_TO
