"""Signing in and out, and who is on (duty.md). A place sent in private counts; a word is answered by a button."""

from dataclasses import replace
from datetime import timedelta

from core import ladder, roster
from core.case import Case, Status
from core.decide import closing, dispatch, people, say
from core.decide.turn import Turn
from core.distance import Point, metres
from core.district import Person
from core.messages import Json, Notice, Ordered, Spoke
from core.roster import Rostered, SignIn
from core.world import Contact, Decision, World

NEAR_POST = 150.0  # metres (duty.md, 签到)
FLAGGED = 600.0  # metres: the shift of a Chinese map; accepted and flagged
TOLERATED_ACCURACY = 100.0
LATE = timedelta(minutes=5)
ASKED = timedelta(minutes=10)


def ask_place(command: Ordered, world: World) -> Decision:
    """/signin or “到岗了”: only a place counts, so the location button is offered."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    contact = _awaiting(world, command.sender.user_id, command.sender.name, "signin")
    kind = "duty.signin_button" if command.word == "signin_words" else "duty.signin_ask"
    return Decision(contact=contact, notices=(people.tell(command, world, kind, menu="staff"),))


def _awaiting(world: World, user: int, name: str, what: str | None) -> Contact:
    contact = say.contact_of(world, user, name)
    return replace(contact, awaiting=what, awaiting_until=world.now + ASKED if what else None)


def place_of_staff(command: Spoke, world: World) -> Decision | None:
    """A colleague's place in private: an arrival that is waited for, else a sign-in; None when it is neither."""
    person = world.town.district.person(command.sender.user_id)
    if person is None or command.spot is None:
        return None
    arriving = _arriving(person, world)
    asked = people.awaited(world.contact, world)
    if arriving is not None and asked != "signin":
        return _arrive(command, world, person, arriving)
    shift = roster.shift_around(person.id, world.now, world.town.district, holidays=world.town.holidays)
    if shift is not None and (asked == "signin" or not roster.signed_in(person.id, shift, world.now, world.presence)):
        return _sign_in(command, world, person, shift)
    return _no_shift(command, world, person) if asked == "signin" else None


def _arriving(person: Person, world: World) -> Case | None:
    asked = people.awaited(world.contact, world) or ""
    mine = [c for c in world.open_cases if c.handler == person.id and c.status is Status.ACK]
    named = next((c for c in mine if asked == f"arrive:{c.no}"), None)
    return named or (mine[0] if mine else None)


def _arrive(command: Spoke, world: World, person: Person, case: Case) -> Decision:
    if command.spot is None:
        return Decision()
    turn = Turn(case=case, world=replace(world, case=case))
    turn, off = closing.by_position(turn, person.id, Point(command.spot.lat, command.spot.lng))
    if turn.case.status is Status.SITE:
        rested = _awaiting(world, command.sender.user_id, command.sender.name, None)
        return turn.tell(_told(command, world, "duty.arrived", {"no": case.no})).decide(contact=rested)
    if off is None:  # nobody knows where the case is, so a position proves nothing
        return Decision(notices=(_told(command, world, "duty.arrive_need", {"no": case.no, "person": person.id}),))
    return Decision(notices=(_told(command, world, "duty.arrive_far", {"no": case.no, "metres": round(off)}),))


def _told(command: Spoke, world: World, kind: str, params: dict[str, Json]) -> Notice:
    return people.tell(command, world, kind, params=params, menu="staff")


def _sign_in(command: Spoke, world: World, person: Person, shift: Rostered) -> Decision:
    team = world.town.district.team(shift.team)
    spot = command.spot
    if team is None or spot is None:
        return Decision()
    off = metres(Point(spot.lat, spot.lng), team.point) if team.point else 0.0
    if off > FLAGGED:
        params: dict[str, Json] = {"metres": round(off), "station": team.id}
        return Decision(notices=(_told(command, world, "duty.signin_far", params),))
    sign_in = SignIn(
        person=person.id, team=team.id, shift_start=shift.start, shift_end=shift.end, at=world.now, metres=off
    )
    told: dict[str, Json] = {
        "person": person.id,
        "shift": shift.shift,
        "at": say.iso(world.now),
        "metres": round(off),
        "open": _open(team.id, world),
    }
    kind = "duty.signin_late" if world.now > shift.start + LATE else "duty.signin"
    return Decision(
        contact=_awaiting(world, command.sender.user_id, command.sender.name, None),
        sign_ins=(sign_in,),
        notices=tuple(
            n for n in (_told(command, world, kind, told), say.staff(team.chat_id, kind, world.town, params=told)) if n
        ),
    )


def _open(team: str, world: World) -> int:
    return sum(1 for case in world.open_cases if case.team == team and case.status in ladder.WORKING)


def _no_shift(command: Spoke, world: World, person: Person) -> Decision:
    coming = roster.next_shift_of(person.id, world.now, world.town.district, world.town.holidays)
    params: dict[str, Json] = {"next_at": say.iso(coming.start) if coming else None}
    return Decision(
        contact=_awaiting(world, command.sender.user_id, command.sender.name, None),
        notices=(_told(command, world, "duty.signin_not_rostered", params),),
    )


def sign_out(command: Ordered, world: World) -> Decision:
    """签退: the person no longer counts as on duty; the group hears it."""
    person = world.town.district.person(command.sender.user_id)
    current = [it for it in world.presence.sign_ins if person and it.person == person.id and it.left_at is None]
    if person is None or not current:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    told: dict[str, Json] = {"person": person.id, "at": say.iso(world.now)}
    team = world.town.district.team(current[-1].team)
    notices = (
        people.tell(command, world, "duty.signout", params=told),
        say.staff(team.chat_id if team else None, "duty.signout", world.town, params=told),
    )
    left = tuple(replace(it, left_at=world.now) for it in current)
    return Decision(sign_ins=left, notices=tuple(n for n in notices if n is not None))


def board(command: Ordered, world: World) -> Decision:
    """/duty: per post who is on, who is due, how many cases are open; in the chat where it was asked."""
    person = world.town.district.person(command.sender.user_id)
    if person is None or (command.group and world.town.district.team_of_chat(command.chat) is None):
        return Decision(notices=() if command.group else (people.tell(command, world, "duty.not_staff"),))
    there = {it.team: it.present for it in dispatch.on_duty(world)}
    posts: list[Json] = []
    for team in world.town.district.teams:
        planned = roster.rostered(team, world.now, world.town.district, world.town.holidays)
        members = [person for shift in planned for person in shift.members]
        on = list(there.get(team.id, ()))
        due = [it for it in members if it not in on]
        posts.append({"team": team.id, "on": [*on], "due": [*due], "open": _open(team.id, world)})
    return Decision(
        notices=(replace(people.tell(command, world, "duty.board"), to=command.chat, params={"posts": posts}),)
    )
