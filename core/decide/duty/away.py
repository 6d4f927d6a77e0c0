"""离岗: away from the post for a while, with a reason and a time to be back, in two taps; back by one (duty.md)."""

from dataclasses import replace
from datetime import timedelta

from core.decide import dispatch, people, say
from core.decide.duty import muster, told
from core.decide.duty.signin import ask_place, current
from core.messages import Json, Notice, Ordered, Pressed
from core.records import Watch
from core.roster import Away, SignIn
from core.texts import AWAY_REASONS
from core.world import Decision, World

MINUTES = (15, 30, 60)
GRACE = timedelta(minutes=5)  # after the stated time, before the head is asked


def ask(command: Ordered, world: World) -> Decision:
    """/away: why? Whoever is away already is asked whether they are back."""
    person = world.town.district.person(command.sender.user_id)
    if current(person, world) is None:
        return Decision(notices=(people.tell(command, world, "away.not_on_duty", menu="staff"),))
    watched = _watched(command, world)
    if watched:
        keys: told.Keys = ((told.button("btn.back_on_duty", "lb", watched[-1]),),)
        params: dict[str, Json] = {"until": say.iso(watched[-1].until)}
        return Decision(notices=(people.tell(command, world, "away.already", params=params, keys=keys),))
    rows = tuple((say.key("btn.away_reason", "lr", None, it, excuse=it),) for it in AWAY_REASONS)
    return Decision(notices=(people.tell(command, world, "away.why", keys=rows),))


def at_post(command: Ordered, world: World) -> Decision:
    """“到岗了”: from whoever is away it means that they are back, and one tap says so; else it wants a place."""
    return ask(command, world) if _watched(command, world) else ask_place(command, world)


def _watched(command: Ordered | Pressed, world: World) -> list[Watch]:
    person = world.town.district.person(command.sender.user_id)
    return [it for it in world.of(Watch) if person is not None and it.person == person.id]


def reason(command: Pressed, world: World) -> Decision:
    """The reason was tapped: how long?"""
    why = command.press.arg if command.press else ""
    if why not in AWAY_REASONS:
        return told.refused(world, "ans.unknown")
    keys = (tuple(say.key("btn.minutes", "lm", None, f"{why}.{it}", minutes=it) for it in MINUTES),)
    notice = people.tell(command, world, "away.how_long", params={"excuse": why}, keys=keys, edit=command.message)
    return Decision(notices=(notice,), answer=say.answer(world, "ans.ok"))


def minutes(command: Pressed, world: World) -> Decision:
    """The time was tapped: away from now on."""
    why, _, count = (command.press.arg if command.press else "").partition(".")
    person = world.town.district.person(command.sender.user_id)
    signed = current(person, world)
    if person is None or signed is None or why not in AWAY_REASONS or count not in map(str, MINUTES):
        return told.refused(world, "ans.not_on_duty" if person else "ans.not_yours")
    if _watched(command, world):
        return told.refused(world, "ans.already")
    until = world.now + timedelta(minutes=int(count))
    watch = Watch(
        id=f"{command.sender.user_id}.{world.now:%y%m%d%H%M%S}",
        due_at=until,
        person=person.id,
        team=signed.team,
        since=world.now,
        until=until,
        reason=why,
    )
    return _leaves(command, world, watch, signed)


def _leaves(command: Pressed, world: World, watch: Watch, signed: SignIn) -> Decision:
    away = Away(person=watch.person, since=watch.since, until=watch.until, reason=watch.reason)
    after = replace(world, presence=replace(world.presence, aways=(*world.presence.aways, away)))
    params: dict[str, Json] = {"person": watch.person, "excuse": watch.reason, "until": say.iso(watch.until)}
    keys = ((told.button("btn.back_on_duty", "lb", watch),),)
    return Decision(
        aways=(away,),
        records=(watch,),
        events=(
            told.line("away", world, watch.person, team=signed.team, reason=watch.reason, until=say.iso(watch.until)),
        ),
        notices=told.sent(
            people.tell(command, world, "away.noted", params=params, keys=keys, edit=command.message),
            told.group(signed.team, "away.noted", world, params),
            *_nobody_left(signed.team, after, watch),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def _nobody_left(team: str, world: World, watch: Watch) -> tuple[Notice | None, ...]:
    """无人: the post has nobody for a while; who stands in is told."""
    on_duty = dispatch.on_duty(world)
    if not told.left_empty(team, world, on_duty):
        return ()
    cover = told.cover_of(team, world, on_duty) or world.town.district.centre_team
    return muster.cover_asked(team, cover, watch.until, world)


def back(command: Ordered | Pressed, world: World) -> Decision:
    """回岗: by the person, or by the head, who sees them there."""
    pressed = command.press if isinstance(command, Pressed) else None
    watch = _named(command, world) if pressed is not None else next(iter(_watched(command, world)), None)
    if watch is None or not watch.open:
        if pressed is not None:
            return told.refused(world, "ans.stale")
        return Decision(notices=(people.tell(command, world, "away.not_away", menu="staff"),))
    person = world.town.district.person(command.sender.user_id)
    if person is None or (person.id != watch.person and not told.leads(person, watch.team, world)):
        return told.refused(world)
    return _returns(command, watch, world, person.id)


def _named(command: Ordered | Pressed, world: World) -> Watch | None:
    del command
    return world.record if isinstance(world.record, Watch) else None


def _returns(command: Ordered | Pressed, watch: Watch, world: World, by: str) -> Decision:
    before = dispatch.on_duty(world)
    others = tuple(it for it in world.presence.aways if it.person != watch.person or it.since != watch.since)
    after = dispatch.on_duty(replace(world, presence=replace(world.presence, aways=others)))
    manned = told.left_empty(watch.team, world, before) and not told.left_empty(watch.team, world, after)
    cover = told.cover_of(watch.team, world, before) or world.town.district.centre_team
    params: dict[str, Json] = {"person": watch.person, "at": say.iso(world.now)}
    shown = command.message if isinstance(command, Pressed) else None
    return Decision(
        aways=(Away(person=watch.person, since=watch.since, until=world.now, reason=watch.reason),),
        records=(replace(watch, open=False, due_at=None),),
        events=(told.line("back", world, by, team=watch.team, person=watch.person),),
        notices=told.sent(
            people.tell(command, world, "away.back", params=params, edit=shown),
            told.private(watch.person, "away.back", world, params, menu="staff"),
            told.group(watch.team, "away.back", world, params),
            told.group(cover, "duty.cover_ended", world, {"team": watch.team}) if manned else None,
        ),
        answer=say.answer(world, "ans.ok"),
    )


def due(watch: Watch, world: World) -> Decision:
    """The stated time is over: the person is asked, then the head; until somebody says otherwise they are away."""
    signed = next((it for it in world.presence.sign_ins if it.person == watch.person and it.left_at is None), None)
    gone = Away(person=watch.person, since=watch.since, until=world.now, reason=watch.reason)
    if signed is None or signed.shift_end <= world.now:
        return Decision(aways=(gone,), records=(replace(watch, open=False, due_at=None),))
    keys = ((told.button("btn.back_on_duty", "lb", watch),),)
    params: dict[str, Json] = {"person": watch.person, "until": say.iso(watch.until)}
    open_end = (replace(gone, until=None),)
    if not watch.asked:
        asked = told.private(watch.person, "away.ask_back", world, params, keys)
        return Decision(
            aways=open_end,
            records=(replace(watch, asked=True, due_at=watch.until + GRACE),),
            notices=told.sent(asked),
        )
    return Decision(
        records=(replace(watch, due_at=signed.shift_end),),
        events=(told.line("away_over", world, watch.person, team=watch.team),),
        notices=told.sent(told.to_heads(watch.team, "away.over", world, params, keys)),
    )
