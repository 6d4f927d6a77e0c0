"""Where colleagues on duty are: kept from their live or sent places, shown to each alone (duty.md, privacy.md)."""

from collections.abc import Sequence
from dataclasses import replace

from core import coordinates, positions, roster
from core.case import Status
from core.decide import duty, people
from core.distance import Point, metres
from core.district import Person, Team
from core.messages import Json, Ordered, Spoke, Spot
from core.positions import Position
from core.world import Decision, World

SHOWN = 20  # lines; a phone shows about as many


def kept(command: Spoke, world: World, decision: Decision) -> Decision:
    """The same decision, with the place of a colleague who is on duty or has just signed in; nobody else's is kept."""
    person, spot = world.town.district.person(command.sender.user_id), command.spot
    if person is None or spot is None or not _is_theirs(command, spot, decision):
        return decision
    here = _position(command, spot, _drawn(person, world, decision), person)
    if not on_duty(person, world, decision) or not positions.says_more(here, world.positions.get(person.id)):
        return decision
    return replace(decision, positions=(here,))


def _is_theirs(command: Spoke, spot: Spot, decision: Decision) -> bool:
    """Whether the place is where they are: not one picked on a map, nor that of a hazard they report. Whoever signs in
    with a single place is at the post, whose own place is known better."""
    reported = decision.case is not None and decision.case.reporter == command.sender.user_id
    at_post = bool(decision.sign_ins) and not spot.live
    return not (spot.title or command.forwarded or reported or at_post)


def _drawn(person: Person, world: World, decision: Decision) -> str:
    """On which map the telephone draws its places: the Chinese one when its sign-in was shifted like that."""
    mine = [it for it in (*world.presence.sign_ins, *decision.sign_ins) if it.person == person.id]
    shifted = any(it.flagged and it.shift_end > world.now for it in mine)
    return "gcj02" if shifted else world.town.district.options.datums["pin"]


def on_duty(person: Person, world: World, decision: Decision) -> bool:
    """Whether somebody works now: in a shift that has begun, signed in and not away. Before and after it nobody
    follows them (privacy.md)."""
    town, there = world.town, world.presence
    shift = roster.shift_around(person.id, world.now, town.district, holidays=town.holidays, changes=there.changes)
    if shift is None or shift.start > world.now:
        return False
    away = roster.is_away(person.id, world.now, there)
    return bool(decision.sign_ins) or (roster.signed_in(person.id, shift, world.now, there) and not away)


def _position(command: Spoke, spot: Spot, drawn: str, person: Person) -> Position:
    lat, lng = coordinates.fix(Point(spot.lat, spot.lng), drawn, None).point
    ended = command.moved and not spot.live
    return Position(
        person=person.id,
        at=command.at,
        lat=lat,
        lng=lng,
        accuracy=spot.accuracy,
        source="live" if spot.live or ended else "sent",
        until=command.at if ended else spot.until,
    )


def moved(command: Spoke, world: World) -> Decision | None:
    """A live place goes on: arrival at what they have accepted (row 15), or the sign-in that is waited for; else
    nothing is said, or the chat would fill with it."""
    if not command.moved:
        return None
    waiting = people.awaited(world.contact, world) == "signin"
    sane = (command.spot.accuracy or 0) <= world.town.district.options.ranking.accuracy_m if command.spot else False
    if not sane or not (waiting or world.open_cases):
        return Decision()
    found = duty.place_of_staff(command, world)
    arrived = found is not None and found.case is not None and found.case.status is Status.SITE
    return found if found is not None and (arrived or found.sign_ins) else Decision()


def shared(command: Spoke, world: World) -> Decision | None:
    """A colleague shares their live place: said once what it is for, and that nobody else sees the way."""
    person = world.town.district.person(command.sender.user_id)
    telling = any(case.status is Status.DRAFT and case.place is None for case in world.cases)
    if person is None or command.spot is None or not command.spot.live or telling:
        return None
    kind = "duty.live_on" if on_duty(person, world, Decision()) else "duty.live_off"
    params: dict[str, Json] = {"days": positions.KEPT.days} if kind == "duty.live_on" else {}
    return Decision(notices=(people.tell(command, world, kind, params=params, menu="staff"),))


def mine(command: Ordered, world: World) -> Decision:
    """/mylog 我的轨迹: where somebody was as it is kept; their own and nobody else's."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    team = world.town.district.team(person.team)
    kind = "duty.track" if world.track else "duty.track_none"
    params: dict[str, Json] = {"days": positions.KEPT.days}
    if world.track:
        params["items"] = _lines(world.track, team)
    return Decision(notices=(people.tell(command, world, kind, params=params, menu="staff"),))


def _lines(track: Sequence[Position], team: Team | None) -> list[Json]:
    post = team.point if team else None
    return [
        {
            "at": it.at.isoformat(),
            "metres": round(metres(it.point, post)) if post else None,
            "source": it.source,
        }
        for it in track[:SHOWN]
    ]
