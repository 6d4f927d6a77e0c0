"""Sending a case where it belongs: nearest post, second post, centre, named officer (life.md rows 2, 6, 7, 9)."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from core import calendar, deadlines, ladder, roster, routing
from core.calendar import Span
from core.case import Case, Offer, Status
from core.decide import evidence, say
from core.decide.turn import Turn
from core.distance import Point, field, nearest
from core.messages import Lane
from core.taxonomy import Category
from core.world import World

SECOND_POST_SEVERITY = 1  # severity 1 goes to two posts at once (life.md ladder, step 0)
UNKNOWN = Category(
    code="", group="", zh="", en="", severity=3, close=Span(working_days=3), first="", dept="", dept_ids=(),
    numbers=(), sealed=False, words=(), why="",
)  # fmt: skip
MOST_POSTS = 8  # that are ever asked about one case
NIGHT_WAITS_FROM = 3  # severities 3 and 4 are sent in service hours only (life.md ladder, step 0)


def on_duty(world: World) -> tuple[roster.OnDuty, ...]:
    """The posts that are really there: rostered, signed in, not away (duty.md)."""
    town = world.town
    return roster.on_duty_teams(town.district, world.now, world.presence, town.holidays)


def route_of(case: Case, world: World) -> routing.Route | None:
    """Where the case should go by the district's policy; None without a place on the map."""
    if case.place is None or case.place.lat is None or case.place.lng is None:
        return None
    return routing.route(Point(case.place.lat, case.place.lng), on_duty(world), world.town.district, world.town.grids)


def limits(turn: Turn) -> Turn:
    """The case's limits, counted from the first message (README: the clock starts there), logged for the figures."""
    turn = set_limits(turn, ladder.counted_from(turn.case))
    due = turn.case
    return turn.log("limits", arrive_due=say.iso(due.arrive_due), close_due=say.iso(due.close_due))


def set_limits(turn: Turn, since: datetime) -> Turn:
    """The limits of the case, counted from a moment."""
    due = _deadlines(turn.case, since, turn.world)
    return turn.change(arrive_due=due.arrive_due, close_due=due.close_due)


def _deadlines(case: Case, since: datetime, world: World) -> deadlines.Deadlines:
    """A case of unknown kind has the limits of its severity (`UNKNOWN` stands for the kind)."""
    category = world.town.taxonomy.category(case.category or "") or replace(UNKNOWN, severity=case.severity)
    if category.code == UNKNOWN.code:
        close = world.town.taxonomy.severity(case.severity).close
        category = replace(category, close=close.span)
    return deadlines.deadlines(category, case.severity, since, world.town)


def ack_due(case: Case, world: World) -> datetime:
    """When the next offer must be accepted: counted from the first message; a limit that has already passed, or an
    offer after the first, is counted from now, for nobody can be late for what they were never offered."""
    first = deadlines.ack_due(case.severity, case.opened_at, world.town)
    if not case.offers and first > world.now:
        return first
    return deadlines.ack_due(case.severity, world.now, world.town)


def start(turn: Turn) -> Turn:
    """A case that is known well enough goes out now, or in the morning (severities 3 and 4 at night)."""
    turn = _reported(turn)
    if turn.case.sealed:
        return to_officer(turn)
    if _waits_for_morning(turn):
        opens = calendar.next_service_opening(turn.now, turn.world.town.calendar)
        turn = turn.change(route_at=opens)
        return turn.tell(
            say.reporter(
                turn.case,
                "case.received_night",
                params={**_what_and_where(turn.case), "opens_at": say.iso(opens)},
            )
        )
    return send(turn)


def _reported(turn: Turn) -> Turn:
    case = turn.case
    if any(event.kind == "reported" for event in turn.events) or case.close_due is not None:
        return turn
    turn = turn.log(
        "reported",
        at=case.opened_at,
        category=case.category,
        severity=case.severity,
        grid=case.place.grid if case.place else None,
        source=case.source,
        place=case.place.label if case.place else None,
    )
    return limits(turn)


def _waits_for_morning(turn: Turn) -> bool:
    """Only what is known to be no danger may wait; nobody can say that of a voice or a picture without a kind."""
    case, town = turn.case, turn.world.town
    slight = case.severity >= NIGHT_WAITS_FROM and case.category is not None
    return slight and not calendar.service_open(turn.now, town.calendar)


def _what_and_where(case: Case) -> dict[str, str | None]:
    return {"category": case.category, "place": case.place.label if case.place else None}


def send(turn: Turn) -> Turn:
    """To the post by the district's policy; to the centre when there is no place or nobody on duty (row 7)."""
    route = route_of(turn.case, turn.world)
    centre = turn.world.town.district.centre_team
    if route is None or route.team == centre:
        return to_centre(turn, route.reason if route else "no_place")
    turn = turn.move("dispatched", team=route.team, metres=metres_to(route, route.chosen), reason=route.reason)
    turn = to_team(turn, route.team, "post", metres_to(route, route.chosen)).change(team=route.team)
    if turn.case.severity <= SECOND_POST_SEVERITY:
        turn = alert_all(turn)
    return turn


def metres_to(route: routing.Route, station: str) -> int | None:
    """How far a post is from the place, in metres; None for one that is not on duty."""
    return next((round(metres) for name, metres in route.ranked if name == station), None)


def alert_all(turn: Turn) -> Turn:
    """Severity 1: the second post, the centre and the grid head hear it too (row 2)."""
    asked = {offer.team for offer in turn.case.offers if offer.state == "open"}
    second = next((it for it in posts_by_distance(turn.world, turn.case) if it[0] not in asked), None)
    if second is not None and turn.case.place is not None and turn.case.place.lat is not None:
        turn = to_team(turn, second[0], "second", second[1])
    return also_alert(turn)


def also_alert(turn: Turn) -> Turn:
    """The centre and the grid head get the card of a severity 1 case."""
    district = turn.world.town.district
    grid = turn.case.place.grid if turn.case.place else None
    head = district.grid_head(grid)
    return turn.watch(district.centre_chat(), head.tg_id if head else None)


def to_team(turn: Turn, team: str, kind: str, metres: int | None = None) -> Turn:
    """An offer to a team's group, with its card and the resident's pictures."""
    found = turn.world.town.district.team(team)
    if found is None or found.chat_id is None:
        return turn
    offer = Offer(
        serial=turn.next_serial(),
        team=team,
        chat=found.chat_id,
        kind=kind,
        at=turn.now,
        due=ack_due(turn.case, turn.world),
        metres=metres,
    )
    turn = turn.offer(offer).watch(found.chat_id)
    return turn.tell(*evidence.show(turn.case, turn.world, found.chat_id))


def to_centre(turn: Turn, reason: str) -> Turn:
    """The centre takes what nobody takes, and what has no place yet (row 7)."""
    town = turn.world.town
    turn = turn.move("dispatched_centre", reason=reason)
    turn = to_team(turn, town.district.centre_team, "centre").change(team=town.district.centre_team)
    if turn.case.severity <= SECOND_POST_SEVERITY:
        turn = also_alert(turn)
    return turn


def to_officer(turn: Turn) -> Turn:
    """A sealed case goes to the community police officer alone; the centre, by number, when there is none (row 9)."""
    district = turn.world.town.district
    community = district.community_of_grid(turn.case.place.grid if turn.case.place else None)
    officer = district.police_officer(community.id) if community else None
    turn = turn.move("sealed", officer=officer.id if officer else None)
    if officer is None or officer.tg_id is None:
        return sealed_to_centre(turn)
    offer = Offer(
        serial=turn.next_serial(),
        team=f"person:{officer.id}",
        chat=officer.tg_id,
        kind="officer",
        at=turn.now,
        due=ack_due(turn.case, turn.world),
    )
    turn = turn.change(team=offer.team).offer(offer).watch(officer.tg_id)
    turn = turn.tell(*evidence.show(turn.case, turn.world, officer.tg_id))
    if turn.case.severity <= SECOND_POST_SEVERITY:
        turn = turn.watch(district.centre_chat())
    return turn


def sealed_to_centre(turn: Turn) -> Turn:
    """By number only; whoever takes it there reads it in private. Asked there already, the card is heard again."""
    centre = turn.world.town.district.centre_team
    asked = next((o for o in turn.case.offers if o.team == centre and o.state == "open"), None)
    if asked is not None:
        return turn.watch(asked.chat).change(team=centre)
    return to_team(turn, centre, "centre").change(team=centre)


def reroute(turn: Turn) -> Turn:
    """The place became known or changed while nobody has accepted: the right post gets it, the old chat is told."""
    turn = turn.pass_others(None).change(round=turn.case.round + 1, handover=None)
    if turn.case.sealed:
        return to_officer(turn)
    if turn.case.status is Status.NEW and _waits_for_morning(turn):
        return turn
    return send(turn)


def back_to_team(turn: Turn) -> Turn:
    """The same team again (rows 14, 26). One that has not signed in yet is waited for when the matter is slight; one
    that nobody mans now is not."""
    town, team = turn.world.town, turn.world.town.district.team(turn.case.team)
    if team is None or team.id == town.district.centre_team:
        return to_centre(turn, "again") if team else send(turn)
    metres = dict(posts_by_distance(turn.world, turn.case))
    planned = turn.case.severity >= NIGHT_WAITS_FROM and roster.rostered(team, turn.now, town.district, town.holidays)
    if team.chat_id is None or not (team.id in metres or planned):
        return send(turn)
    return to_team(turn, team.id, "post", metres.get(team.id))


def call_backup(turn: Turn, kind: str = "backup") -> Turn:
    """The nearest post on duty that has not been asked is called in (row 11)."""
    asked = {offer.team for offer in turn.case.offers}
    fresh = next((it for it in posts_by_distance(turn.world, turn.case) if it[0] not in asked), None)
    if fresh is None:
        return turn.log("skipped", level="backup", why="no other post on duty")
    turn = turn.move("backup_called", team=fresh[0])
    return to_team(turn, fresh[0], kind, fresh[1])


def posts_by_distance(world: World, case: Case) -> tuple[tuple[str, int | None], ...]:
    """The teams of the posts on duty with their distance in metres, nearest first; in the file's order without a
    place."""
    teams = {it.station: it.team for it in on_duty(world) if it.station is not None}
    place = case.place
    if place is None or place.lat is None or place.lng is None:
        return tuple((team, None) for team in teams.values())
    posts = field((it.id, it.point) for it in world.town.district.stations if it.id in teams)
    ranked = nearest(Point(place.lat, place.lng), posts, MOST_POSTS)
    return tuple((teams[name], round(metres)) for name, metres in ranked)


def promised(case: Case, world: World) -> timedelta:
    """How long acceptance may take, as the resident is told."""
    due = next((o.due for o in case.offers if o.state in {"open", "accepted"}), None)
    left = (due - world.now).total_seconds() if due else 0.0
    return timedelta(minutes=max(ceil(left / 60), 1))


def lane(turn: Turn) -> Lane:
    """The class of this case's messages."""
    return say.urgent(turn.case)
