"""Hours without anybody: told before the day, with buttons that fix them (F24)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from core import gaps
from core.calendar import DAY, moment
from core.case import Event
from core.decide import people, say
from core.decide.duty import muster, partners, slices, told, unmanned
from core.messages import Json, Lane, Notice, Ordered, Pressed
from core.records import Hole, Look
from core.records.leave import Duty
from core.roster import Change
from core.world import Decision, World

OFFERED = 6
LISTED = 5  # gaps that get a button of their own


def look_of(world: World) -> tuple[Look, ...]:
    """Today's look, if its hour is still to come and it was not put down yet."""
    town = world.town
    today = world.now.astimezone(town.district.zone).date()
    at = moment(today, town.district.options.gaps_at, town.district.zone)
    if at <= world.now or any(it.day == today for it in world.of(Look)):
        return ()
    return (Look(id=f"{today}.{at:%H%M}", due_at=at, day=today),)


def due_look(look: Look, world: World) -> Decision:
    """The coming day is looked over; what was told already is not told again."""
    zone = world.town.district.zone
    start = moment(look.day, DAY, zone)
    found = gaps.owed(unmanned.gaps_between(world, world.now, moment(look.day, 2 * DAY, zone)))
    holes = unmanned.new_holes((it for it in found if it.end > start), world)
    return Decision(
        records=(replace(look, open=False, due_at=None), *holes),
        events=tuple(_line(it, world) for it in holes),
        notices=tuple(notice for it in holes for notice in told.sent(*_tell(it, world))),
    )


def _line(hole: Hole, world: World) -> Event:
    return told.line("gap", world, team=hole.team, start=say.iso(hole.start), end=say.iso(hole.end))


def left_by(duty: Duty, world: World) -> Decision:
    """A shift has just lost its last person: the heads hear it at once and not only before the day."""
    found = (it for it in gaps.owed(unmanned.gaps_between(world, duty.start, duty.end)) if it.team == duty.team)
    holes = unmanned.new_holes((it for it in found if it.shift), world)
    return Decision(
        records=holes,
        events=tuple(_line(it, world) for it in holes),
        notices=tuple(notice for it in holes for notice in told.sent(*_tell(it, world))),
    )


def _params(hole: Hole) -> dict[str, Json]:
    return {"team": hole.team, "start_at": say.iso(hole.start), "until": say.iso(hole.end), "cover": hole.taker}


def _keys(hole: Hole) -> told.Keys:
    ask = ((told.button("btn.ask_extra", "ga", hole),),)
    return ask if hole.taker is None else (*ask, (told.button("btn.hand_to", "gh", hole, cover=hole.taker),))


def _tell(hole: Hole, world: World) -> Iterator[Notice | None]:
    """Post head and grid heads, each with the buttons."""
    kind = "gap.told" if hole.taker else "gap.told_nobody"
    heads = told.grid_heads(world.town.district.team(hole.team), world)
    yield told.to_heads(hole.team, kind, world, _params(hole), _keys(hole))
    yield from (told.private(it.id, kind, world, _params(hole), _keys(hole)) for it in heads)
    if hole.taker is None:
        yield say.staff(
            world.town.district.centre_chat(), kind, world.town, lane=Lane.URGENT, params=_params(hole),
            keys=_keys(hole),
        )  # fmt: skip


def listed(command: Ordered, world: World) -> Decision:
    """/gaps: the coming two weeks; what should not be, each with a button, and the regular closings in a line each."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    found = unmanned.gaps_between(world, world.now, world.now + gaps.AHEAD)
    owed = gaps.owed(found)
    items: list[Json] = [_params(unmanned.hole_of(it)) for it in owed]
    keys = tuple(
        (say.key("btn.gap", "gf", None, f"{partners.moment_name(it.start, world)}.{it.team}", team=it.team,
                 start_at=say.iso(it.start)),)
        for it in owed[:LISTED] if told.leads(person, it.team, world)
    )  # fmt: skip
    params: dict[str, Json] = {
        "items": items, "closed": _closings(found), "hours": round(gaps.uncovered(found, world.now), 1),
    }  # fmt: skip
    return Decision(notices=(people.tell(command, world, "gaps.list", params=params, keys=keys),))


def _closings(found: Iterable[gaps.Gap]) -> list[Json]:
    """When each post is closed by its pattern, as often as the two weeks have it."""
    closed = [it for it in found if it.why == "closed" and it.taker is not None]
    teams = dict.fromkeys(it.team for it in closed)
    return [
        {
            "team": team,
            "cover": [*dict.fromkeys(it.taker for it in closed if it.team == team)],
            "hours": round(sum(it.hours for it in closed if it.team == team) / gaps.AHEAD.days, 1),
        }
        for team in teams
    ]


def opened(command: Pressed, world: World) -> Decision:
    """A gap of the list was tapped: the buttons that fix it."""
    name, _, team = (command.press.arg if command.press else "").partition(".")
    person = world.town.district.person(command.sender.user_id)
    if not told.leads(person, team, world):
        return told.refused(world)
    found = gaps.owed(unmanned.gaps_between(world, world.now, world.now + gaps.AHEAD))
    hole = next((unmanned.told_of(it, world) for it in found if it.team == team and _named(it, name, world)), None)
    if hole is None:
        return told.refused(world, "ans.stale")
    kind = "gap.told" if hole.taker else "gap.told_nobody"
    return Decision(
        records=() if hole in world.of(Hole) else (hole,),
        notices=(people.tell(command, world, kind, params=_params(hole), keys=_keys(hole)),),
        answer=say.answer(world, "ans.ok"),
    )


def _named(gap: gaps.Gap, name: str, world: World) -> bool:
    """Whether a button means this gap; one that runs begins now, whenever it was listed."""
    now = partners.moment_name(gap.start, world)
    return name == now or (gap.start <= world.now and name < now)


def candidates(command: Pressed, world: World) -> Decision:
    """请人加班: who is rested and has hours left."""
    hole = _mine(command, world)
    if isinstance(hole, Decision):
        return hole
    found = tuple(islice(partners.rested(slices.duty_of(hole), world, hole.asked), OFFERED))
    if not found:
        return _in_parts(command, hole, world)
    keys = tuple((told.button("btn.person", "gp", hole, it, person=it),) for it in found)
    notice = people.tell(command, world, "gap.whom", params=_params(hole), keys=keys)
    return Decision(notices=(notice,), answer=say.answer(world, "ans.ok"))


def _in_parts(command: Pressed, hole: Hole, world: World) -> Decision:
    """Nobody may take all of it: whom one can ask for which part."""
    parts = slices.offered(hole, world)
    kind = "gap.parts" if parts else "gap.nobody_rested"
    keys = (*slices.keys(parts), *_keys(hole)[1:])
    told_now = people.tell(command, world, kind, params=_params(hole), keys=keys)
    cut = () if hole.pieces or not parts else (replace(hole, pieces=len(parts)), *parts)
    return Decision(records=cut, notices=(told_now,), answer=say.answer(world, "ans.ok"))


def _mine(command: Pressed, world: World) -> Hole | Decision:
    """The open gap that a head has pressed about; else the refusal."""
    hole = world.record
    if not isinstance(hole, Hole) or not hole.open or hole.state in {"filled", "begun"}:
        return told.refused(world, "ans.stale")
    if not told.leads(world.town.district.person(command.sender.user_id), hole.team, world):
        return told.refused(world)
    return hole


def asked(command: Pressed, world: World) -> Decision:
    """A colleague was tapped: they are asked in private."""
    hole, person = _mine(command, world), command.press.arg if command.press else ""
    if isinstance(hole, Decision):
        return hole
    if world.town.district.member(person) is None or partners.broken((_extra(hole, person),), world) is not None:
        return told.refused(world, "ans.stale")
    waiting = replace(hole, state="asking", asked=(*(it for it in hole.asked if it != person), person))
    keys = ((told.button("btn.can_come", "gy", waiting), told.button("btn.cannot_come", "gn", waiting)),)
    params = {**_params(hole), "person": person}
    return Decision(
        records=(waiting,),
        events=(told.line("extra_asked", world, person, team=hole.team),),
        notices=told.sent(
            told.private(person, "gap.please", world, params, keys),
            people.tell(command, world, "gap.asked", params=params, edit=command.message),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def _extra(hole: Hole, person: str) -> Change:
    return partners.extra_duty(f"{hole.id}.{person}", slices.duty_of(hole), person)


def comes(command: Pressed, world: World) -> Decision:
    """The colleague's answer: whoever comes is on the roster from now on."""
    hole = world.record
    person = world.town.district.person(command.sender.user_id)
    if not isinstance(hole, Hole) or not hole.open or hole.state == "filled":
        return told.refused(world, "ans.stale")
    if person is None or person.id not in hole.asked:
        return told.refused(world)
    params: dict[str, Json] = {**_params(hole), "person": person.id}
    if command.press is not None and command.press.action == "gn":
        return _declined(command, hole, params, world)
    change = _extra(hole, person.id)
    if partners.broken((change,), world) is not None:
        return told.refused(world, "ans.stale")
    call = () if muster.called(hole, world) else (muster.call_of(hole, world.now),)
    return Decision(
        records=(replace(hole, state="filled"), *slices.filled_with(hole, world), *call),
        changes=(change,),
        events=(told.line("extra", world, person.id, team=hole.team, start=say.iso(hole.start)),),
        notices=told.sent(
            people.tell(command, world, "gap.thanks", params=params, edit=command.message),
            told.to_heads(hole.team, "gap.filled", world, params),
            told.group(hole.team, "gap.filled", world, params),
        ),
        answer=say.answer(world, "ans.thanks"),
    )


def _declined(command: Pressed, hole: Hole, params: dict[str, Json], world: World) -> Decision:
    return Decision(
        records=(replace(hole, state="told"),),
        notices=told.sent(
            people.tell(command, world, "gap.declined", params=params, edit=command.message),
            told.to_heads(hole.team, "gap.declined", world, params, _keys(hole)),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def handed(command: Pressed, world: World) -> Decision:
    """交给备勤: the backup is told beforehand that these hours are theirs."""
    hole = _mine(command, world)
    if isinstance(hole, Decision):
        return hole
    if hole.taker is None or hole.state == "handed":
        return told.refused(world, "ans.stale")
    return Decision(
        records=(replace(hole, state="handed"),),
        events=(told.line("handed", world, team=hole.team, to=hole.taker, start=say.iso(hole.start)),),
        notices=told.sent(
            told.group(hole.taker, "gap.yours", world, _params(hole)),
            people.tell(command, world, "gap.handed", params=_params(hole), edit=command.message),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def due(hole: Hole, world: World) -> Decision:
    """The hours begin, filled or as they are: then whoever stands in is told, and the hours are counted."""
    if hole.state == "begun" or (hole.state == "filled" and world.now >= hole.end):
        return Decision(records=(replace(hole, open=False, due_at=None),))
    filled = hole.state == "filled" or not unmanned.still(hole, world)
    begun = replace(hole, state="filled" if filled else "begun", due_at=hole.end)
    if filled or hole.pieces:  # the parts speak for themselves
        return Decision(records=(begun,))
    cover = hole.taker or world.town.district.centre_team
    hours = round((hole.end - hole.start) / timedelta(hours=1), 1)
    return Decision(
        records=(begun,),
        events=(
            told.line("uncovered", world, team=hole.team, by=hole.taker, hours=hours, handed=hole.state == "handed"),
        ),
        notices=told.sent(*muster.cover_asked(hole.team, cover, hole.end, world)) if world.now < hole.end else (),
    )
