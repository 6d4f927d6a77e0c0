"""Sending a case where it belongs: nearest post, second post, centre, named officer (life.md rows 2, 6, 7, 9)."""

from typing import Any

from core import calendar, roster, routing
from core.case import Case, Offer, Place, Status
from core.decide import beside, evidence, fallback, limits, say, why
from core.decide.turn import Turn
from core.decide.why import Near
from core.policy import is_stormy
from core.world import World

SECOND_POST_SEVERITY = 1  # severity 1 goes to two posts at once (life.md ladder, step 0)
URGENT_UP_TO = 2  # severities that go out at once, whoever told of them
PRECISE = frozenset({"pin", "key_place"})  # elsewhere the coordinates are those of a whole compound
NIGHT_WAITS_FROM = 3  # severities 3 and 4 are sent in service hours only (life.md ladder, step 0)


def on_duty(world: World) -> tuple[roster.OnDuty, ...]:
    """The posts that are really there: rostered, signed in, not away (duty.md)."""
    town = world.town
    return roster.on_duty_teams(town.district, world.now, world.presence, town.holidays)


def posts(world: World) -> tuple[routing.Stand, ...]:
    """Where the posts on duty are that can be asked; one without a chat cannot, nor one whose chat is lost."""
    found = routing.stands(on_duty(world), world.town.district, world.positions, world.now)
    return routing.with_chat(found, world.town.district, world.presence.lost)


def stays(turn: Turn) -> frozenset[str]:
    """The teams that no rung and no release sends: school guards at their gate."""
    return why.staying(turn.case, posts(turn.world))


def reaches(chat: int | None, world: World) -> bool:
    """Whether there is such a chat and it can be written to, as far as is known."""
    return chat is not None and chat not in world.presence.lost


def route_of(case: Case, world: World) -> routing.Route | None:
    """Where the case should go by the district's policy; None without a place on the map."""
    point = why.point_of(case)
    if point is None:
        return None
    loads = routing.idle if case.severity <= SECOND_POST_SEVERITY else world.loads_of  # the worst goes to the nearest
    return routing.route_among(
        point, posts(world), world.town.district, world.town.grids, loads=loads, severity=case.severity
    )


def start(turn: Turn) -> Turn:
    """A case that is known well enough goes out now, or in the morning (severities 3 and 4 at night)."""
    turn = reported(limits.unheard(turn))
    if turn.case.sealed:
        return to_officer(turn)
    if _waits_for_morning(turn):
        opens, case = calendar.next_service_opening(turn.now, turn.world.town.calendar), turn.case
        where = case.place.label if case.place else None
        params: dict[str, Any] = {"category": case.category, "place": where, "opens_at": say.iso(opens)}
        return turn.change(route_at=opens).tell(say.reporter(case, "case.received_night", params=params))
    return send(turn)


def reported(turn: Turn) -> Turn:
    """What the figures begin with: kind, place, first message and limits; once."""
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
        **located(case.place),
    )
    return limits.note(turn)


def located(place: Place | None) -> dict[str, Any]:
    """Where it is, for the figures: the label of the building, and the spot to 11 m where it is really known."""
    if place is None:
        return {"place": None}
    known = place.precision in PRECISE and place.lat is not None and place.lng is not None
    spot = [round(place.lat or 0.0, 4), round(place.lng or 0.0, 4)] if known else None
    return {"place": place.label, "compound": place.compound, "spot": spot}


def _waits_for_morning(turn: Turn) -> bool:
    """Only what is known to be no danger may wait, and in a storm nothing; nobody can say that of a voice or a picture
    without a kind."""
    case, town = turn.case, turn.world.town
    slight = case.severity >= NIGHT_WAITS_FROM and case.category is not None and not is_stormy(case.policy)
    return slight and not calendar.service_open(turn.now, town.calendar)


def send(turn: Turn) -> Turn:
    """To the post by the district's policy; to the centre when there is no place or nobody on duty (row 7)."""
    if turn.case.watched and turn.case.severity > URGENT_UP_TO and turn.case.status is Status.NEW:
        return to_centre(turn, "watched")
    route = route_of(turn.case, turn.world)
    centre = turn.world.town.district.centre_team
    if route is None or route.team == centre:
        return to_centre(turn, route.reason if route else "no_place")
    metres = metres_to(route, route.chosen)
    turn = turn.move("dispatched", team=route.team, metres=metres, reason=route.reason)
    by_area = route.reason == "primary" and turn.world.town.district.options.routing == "duty_area_first"
    rule = "duty_area" if by_area else route.reason
    turn = to_team(turn, route.team, "post", metres, rule).change(team=route.team)
    turn = _also_asked(turn, route.team)
    if turn.case.severity <= SECOND_POST_SEVERITY:
        turn = alert_all(turn)
    return turn


def _also_asked(turn: Turn, team: str) -> Turn:
    """Whom 联勤 and 护学岗 bring in; the contact of a school nearby hears of it without a name."""
    world, far = turn.world, dict(posts_by_distance(turn.world, turn.case))
    for name, rule in beside.asked_too(turn.case, world, team, on_duty(world)).items():
        turn = to_team(turn, name, "second", far.get(name), rule)
    return turn.tell(
        *(
            say.staff(it.contact_chat, "school.near", world.town, lane=say.urgent(turn.case),
                      params={"place": it.name_zh, "category": turn.case.category or "unknown"})
            for it in beside.schools(turn.case, world)
        )
    )  # fmt: skip


def metres_to(route: routing.Route, station: str) -> int | None:
    """How far a post is from the place, in metres; None for one that is not on duty."""
    return next((round(metres) for name, metres in route.ranked if name == station), None)


def alert_all(turn: Turn) -> Turn:
    """Severity 1: the second post, the centre and the grid head hear it too (row 2)."""
    asked = {offer.team for offer in turn.case.offers if offer.state == "open"} | stays(turn)
    second = next((it for it in backups(turn.world, turn.case) if it[0] not in asked), None)
    if second is not None and turn.case.place is not None and turn.case.place.lat is not None:
        turn = to_team(turn, second[0], "second", second[1], "second")
    return also_alert(turn)


def also_alert(turn: Turn) -> Turn:
    """The centre and the grid head get the card of a severity 1 case."""
    district = turn.world.town.district
    grid = turn.case.place.grid if turn.case.place else None
    head = district.grid_head(grid)
    return turn.watch(district.centre_chat(), head.tg_id if head else None)


def to_team(turn: Turn, team: str, kind: str, metres: int | None = None, rule: str | None = None) -> Turn:
    """An offer to a team's group, with its card and the resident's pictures; `rule` says why (core.case.Why)."""
    found = turn.world.town.district.team(team)
    if found is None or found.chat_id is None:
        return turn
    return _offer(turn, team, found.chat_id, kind, metres=metres, rule=rule or kind)


def _offer(turn: Turn, team: str, chat: int, kind: str, *, rule: str, metres: int | None = None) -> Turn:
    offer = Offer(
        serial=turn.next_serial(),
        team=team,
        chat=chat,
        kind=kind,
        at=turn.now,
        due=limits.ack_due(turn.case, turn.world),
        metres=metres,
        why=why.explain(turn.case, turn.world, team, rule, near(turn.world, turn.case)),
    )
    turn = turn.offer(offer).watch(chat)
    return turn.tell(*evidence.show(turn.case, turn.world, chat))


def to_centre(turn: Turn, reason: str) -> Turn:
    """The centre takes what nobody takes, and what has no place yet (row 7)."""
    town = turn.world.town
    turn = turn.move("dispatched_centre", reason=reason)
    if not reaches(town.district.centre_chat(), turn.world):
        return _to_somebody(turn)
    turn = to_team(turn, town.district.centre_team, "centre", rule=reason).change(team=town.district.centre_team)
    manned = any(it.team == town.district.centre_team for it in on_duty(turn.world))
    return turn if manned and turn.case.severity > SECOND_POST_SEVERITY else also_alert(turn)


def _to_somebody(turn: Turn) -> Turn:
    """No group can be asked: the grid head is in private, or whoever comes next."""
    person = fallback.person(turn.case, turn.world)
    if person is None or person.tg_id is None:
        return turn.log("skipped", level="everybody", why="nobody has an account")
    return to_person(turn, person.id, person.tg_id)


def to_person(turn: Turn, person: str, account: int) -> Turn:
    """An offer to one person in private."""
    team = f"person:{person}"
    return _offer(turn, team, account, "officer", rule="alone").change(team=team)


def to_officer(turn: Turn) -> Turn:
    """A sealed case goes to the community police officer alone; the centre, by number, when there is none (row 9)."""
    district = turn.world.town.district
    community = district.community_of_grid(turn.case.place.grid if turn.case.place else None)
    officer = district.police_officer(community.id) if community else None
    turn = turn.move("sealed", officer=officer.id if officer else None)
    if officer is None or officer.tg_id is None:
        return sealed_to_centre(turn)
    team = f"person:{officer.id}"
    turn = _offer(turn.change(team=team), team, officer.tg_id, "officer", rule="officer")
    if turn.case.severity <= SECOND_POST_SEVERITY:
        turn = turn.watch(district.centre_chat())
    return turn


def sealed_to_centre(turn: Turn) -> Turn:
    """By number only; whoever takes it there reads it in private. Asked there already, the card is heard again."""
    centre = turn.world.town.district.centre_team
    asked = next((o for o in turn.case.offers if o.team == centre and o.state == "open"), None)
    if asked is not None:
        return turn.watch(asked.chat).change(team=centre)
    if turn.world.town.district.centre_chat() is None:
        return _to_somebody(turn)
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
    planned = turn.case.severity >= NIGHT_WAITS_FROM and roster.rostered(
        team, turn.now, town.district, town.holidays, turn.world.presence.changes
    )
    if team.chat_id is None or team.id in stays(turn) or not (team.id in metres or planned):
        return send(turn)
    return to_team(turn, team.id, "post", metres.get(team.id), "again")


def call_backup(turn: Turn, kind: str = "backup") -> Turn:
    """The nearest post on duty that has not been asked is called in (row 11), or where the district wants it the one
    that stands in for the first."""
    asked = {offer.team for offer in turn.case.offers} | stays(turn)
    order = _stand_ins(turn)
    nearest = (it for it in backups(turn.world, turn.case) if it[0] not in asked)
    fresh = min(nearest, key=lambda it: order.get(it[0], len(order)), default=None)
    if fresh is None:
        return turn.log("skipped", level="backup", why="no other post on duty")
    turn = turn.move("backup_called", team=fresh[0])
    rule = "backup_order" if fresh[0] in order else "next" if kind == "post" else kind
    return to_team(turn, fresh[0], kind, fresh[1], rule)


def _stand_ins(turn: Turn) -> dict[str, int]:
    """The teams that stand in for the one that was asked first, with their turn, where the district goes by that."""
    district = turn.world.town.district
    first = district.team(turn.case.offers[0].team) if turn.case.offers else None
    station = district.station(first.station) if first else None
    if station is None or not district.options.ranking.backup_order:
        return {}
    named = (district.team_of_station(it) for it in station.backups)
    return {team.id: place for place, team in enumerate(named) if team is not None}


def posts_by_distance(world: World, case: Case) -> tuple[tuple[str, int | None], ...]:
    """The teams of the posts on duty with their distance in metres, nearest first; in the file's order without a
    place."""
    return tuple((it.team, it.metres) for it in near(world, case))


def backups(world: World, case: Case) -> tuple[tuple[str, int | None], ...]:
    """The same for calling help: 备勤 before all others."""
    order = sorted(near(world, case), key=lambda it: routing.for_backup(it.stand))
    return tuple((it.team, it.metres) for it in order)


def near(world: World, case: Case) -> tuple[Near, ...]:
    """The posts on duty as seen from the case, nearest first; in the file's order without a place."""
    return why.seen_from(why.point_of(case), posts(world))
