"""Signing in and out (duty.md). A place sent in private counts; a word is answered by a button."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from core import roster
from core.case import Case, Status
from core.coordinates import wgs84_from_gcj02
from core.decide import closing, people, say
from core.decide.duty import muster, told
from core.decide.turn import Turn
from core.distance import Point, metres
from core.district import Person
from core.messages import Json, Notice, Ordered, Spoke, Spot
from core.records import Muster, Watch
from core.roster import Away, Rostered, SignIn
from core.world import Contact, Decision, World

NEAR_POST = 150.0  # metres (duty.md, 签到)
FLAGGED = 600.0  # metres: no Chinese map is further off; accepted and flagged when it is such a map's place
TOLERATED_ACCURACY = 100.0
ASKED = timedelta(minutes=10)
ARRIVES = "arrive:"  # and a case's number: what a contact's next place is taken for

Verdict = Literal["there", "shifted", "vague", "far"]


def ask_place(command: Ordered, world: World) -> Decision:
    """/signin or “到岗了”: only a place counts, so the location button is offered."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    town = world.town
    shift = roster.shift_around(
        person.id, world.now, town.district, holidays=town.holidays, changes=world.presence.changes
    )
    contact = _awaiting(world, command.sender.user_id, command.sender.name, "signin")
    if shift is None:  # before a walk to the post for nothing; a place that comes all the same is no report
        return replace(_no_shift(command, world, person), contact=contact)
    signed = current(person, world)
    if signed is not None and signed.shift_start == shift.start:
        params: dict[str, Json] = {"at": say.iso(signed.at)}
        return Decision(notices=(people.tell(command, world, "duty.signin_already", params=params, menu="staff"),))
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
    town = world.town
    shift = roster.shift_around(
        person.id, world.now, town.district, holidays=town.holidays, changes=world.presence.changes
    )
    if shift is not None and (asked == "signin" or not roster.signed_in(person.id, shift, world.now, world.presence)):
        return _sign_in(command, world, person, shift)
    return _no_shift(command, world, person) if asked == "signin" else None


def _arriving(person: Person, world: World) -> Case | None:
    asked = people.awaited(world.contact, world) or ""
    named = world.cases_of([asked.removeprefix(ARRIVES)]) if asked.startswith(ARRIVES) else ()
    return next((c for c in (*named, *world.open_cases) if c.handler == person.id and c.status is Status.ACK), None)


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
    kind = "duty.arrive_coming" if command.spot.live else "duty.arrive_far"
    return Decision(notices=(_told(command, world, kind, {"no": case.no, "metres": round(off)}),))


def _told(command: Spoke, world: World, kind: str, params: dict[str, Json]) -> Notice:
    return people.tell(command, world, kind, params=params, menu="staff")


def weighed(spot: Spot, post: Point | None) -> tuple[Verdict, float]:
    """What a sent place proves about being at a post, and how many metres it is off.

    A place of a phone that is drawn on a Chinese map lies some hundred metres off and fits once the shift is taken back
    (domain README); it counts, flagged. A team without a point of its own has nothing to be near to.
    """
    if post is None:
        return "there", 0.0
    raw = Point(spot.lat, spot.lng)
    off = metres(raw, post)
    if (spot.accuracy or 0.0) > TOLERATED_ACCURACY:
        return "vague", off
    if off <= NEAR_POST:
        return "there", off
    shifted = off <= FLAGGED and metres(wgs84_from_gcj02(raw), post) <= NEAR_POST
    return ("shifted" if shifted else "far"), off


def _sign_in(command: Spoke, world: World, person: Person, shift: Rostered) -> Decision:
    team = world.town.district.team(shift.team)
    if team is None or command.spot is None:
        return Decision()
    verdict, off = weighed(command.spot, team.point)
    if verdict == "vague":
        return Decision(
            notices=(_told(command, world, "duty.signin_vague", {"metres": round(command.spot.accuracy or 0)}),)
        )
    if verdict == "far":
        params: dict[str, Json] = {"metres": round(off), "station": team.id}
        return Decision(notices=(_told(command, world, "duty.signin_far", params),))
    sign_in = SignIn(
        person=person.id,
        team=team.id,
        shift_start=shift.start,
        shift_end=shift.end,
        at=world.now,
        metres=off,
        flagged=verdict == "shifted",
    )
    return _signed(command, replace(world, presence=_with(world, sign_in)), sign_in, shift)


def _with(world: World, sign_in: SignIn) -> roster.Presence:
    """Who is there once this sign-in counts; it ends whatever absence was left open."""
    ended = tuple(it for it in world.presence.aways if it.person != sign_in.person)
    return replace(world.presence, sign_ins=(*world.presence.sign_ins, sign_in), aways=ended)


def _signed(command: Spoke, world: World, sign_in: SignIn, shift: Rostered) -> Decision:
    """The person and the group hear it, the head of what is doubtful; whoever stood in is free again."""
    late = world.now > muster.late_at(shift.start, shift.bell)
    kind = "duty.signin_late" if late else "duty.signin"
    params: dict[str, Json] = {
        "person": sign_in.person,
        "shift": shift.shift,
        "at": say.iso(world.now),
        "metres": round(sign_in.metres or 0),
        "open": open_of(sign_in.team, world),
    }
    doubt: dict[str, Json] = {"person": sign_in.person, "metres": round(sign_in.metres or 0), "team": sign_in.team}
    called = [it for it in world.of(Muster) if it.team == sign_in.team and it.start == shift.start]
    return Decision(
        contact=_awaiting(world, command.sender.user_id, command.sender.name, None),
        sign_ins=(sign_in,),
        aways=_ended(sign_in.person, world),
        events=(told.line("signed_in", world, sign_in.person, team=sign_in.team, late=late, flagged=sign_in.flagged),),
        records=(*(muster.relieved(it) for it in called if it.cover), *closed(sign_in.person, world)),
        notices=told.sent(
            _told(command, world, kind, params),
            told.group(sign_in.team, kind, world, params),
            told.to_heads(sign_in.team, "duty.signin_flagged", world, doubt) if sign_in.flagged else None,
            *(told.group(it.cover, "duty.cover_ended", world, {"team": it.team}) for it in called),
            muster.incomplete(shift, world),
        ),
    )


def _ended(person: str, world: World) -> tuple[Away, ...]:
    """Absences that nobody ended: at the post again, they are over."""
    watched = (it for it in world.of(Watch) if it.person == person)
    return tuple(Away(person=person, since=it.since, until=world.now, reason=it.reason) for it in watched)


def closed(person: str, world: World) -> tuple[Watch, ...]:
    """The watches over a person's absences, closed."""
    return tuple(replace(it, open=False, due_at=None) for it in world.of(Watch) if it.person == person)


def open_of(team: str, world: World) -> int:
    """How many cases a team has to work on."""
    load = world.loads_of((team,))[team]
    return load.open if load else 0


def _no_shift(command: Spoke | Ordered, world: World, person: Person) -> Decision:
    town = world.town
    coming = roster.next_shift_of(person.id, world.now, town.district, town.holidays, world.presence.changes)
    params: dict[str, Json] = {"next_at": say.iso(coming.start) if coming else None}
    return Decision(
        contact=_awaiting(world, command.sender.user_id, command.sender.name, None),
        notices=(people.tell(command, world, "duty.signin_not_rostered", params=params, menu="staff"),),
    )


def current(person: Person | None, world: World) -> SignIn | None:
    """The sign-in under which somebody is on duty now, away or not."""
    if person is None:
        return None
    mine = [it for it in world.presence.sign_ins if it.person == person.id and it.left_at is None]
    return next((it for it in reversed(mine) if it.shift_end > world.now), None)


def sign_out(command: Ordered, world: World) -> Decision:
    """签退: the person no longer counts as on duty; the group hears it."""
    person = world.town.district.person(command.sender.user_id)
    mine = [it for it in world.presence.sign_ins if person and it.person == person.id and it.left_at is None]
    if person is None or not mine:
        kind = "duty.not_staff" if person is None else "away.not_on_duty"
        return Decision(notices=(people.tell(command, world, kind),))
    params: dict[str, Json] = {"person": person.id, "at": say.iso(world.now)}
    return Decision(
        sign_ins=tuple(replace(it, left_at=world.now) for it in mine),
        aways=_ended(person.id, world),
        records=closed(person.id, world),
        events=(told.line("signed_out", world, person.id, team=mine[-1].team),),
        notices=told.sent(
            people.tell(command, world, "duty.signout", params=params),
            told.group(mine[-1].team, "duty.signout", world, params),
        ),
    )
