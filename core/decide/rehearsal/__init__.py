"""预演: "what happens at 03:00 on Spring Festival?", answered in chat and by the doctor by the code that would act."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import calendar, roster
from core.decide import people, say
from core.decide.rehearsal.moments import moment_of, offered
from core.decide.rehearsal.play import Play, everybody, play
from core.district import District, Station, Team
from core.messages import Json, Key, Notice, Ordered, Pressed
from core.roster import OnDuty
from core.rungs import SEVERITIES
from core.world import Decision, World

__all__ = ["Doubt", "Rehearsal", "moment_of", "post_of", "rehearse", "tapped", "whatif"]

MOMENT = "%y%m%d%H%M"  # as a button carries it, on the town's clock
Doubt = str  # year: no holiday table; centre: nobody there; nobody: a case would end with nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A moment as it would be: who is on, who stands in for posts without anybody, and a play per severity for `post`,
    the one that is worst off. `nobody` are the posts whose area has a severity that ends in nobody."""

    at: datetime
    on_duty: tuple[OnDuty, ...]
    covers: tuple[tuple[str, str | None], ...]
    plays: tuple[Play, ...]
    post: str | None
    nobody: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def rehearse(at: datetime, world: World, stations: Sequence[Station] | None = None) -> Rehearsal:
    """The moment played for these posts, or all of them; they are those whose areas reports would come from."""
    district = world.town.district
    on_duty = roster.on_duty_teams(district, at, everybody(at, world).presence, world.town.holidays)
    manned = {it.team for it in on_duty}
    posts = tuple(it for it in district.teams if it.station is not None)
    covers = tuple((it.id, roster.taker(it, manned, district)) for it in posts if it.id not in manned)
    plays = {it.id: _plays(it, at, world) for it in (district.stations if stations is None else stations)}
    lost = tuple(name for name, found in plays.items() if any(it.ends_in_nobody for it in found))
    shown = next((name for name in (*lost, *_stations(covers, posts), *plays) if name in plays), None)
    return Rehearsal(
        at=at,
        on_duty=on_duty,
        covers=covers,
        plays=plays[shown] if shown else (),
        post=shown,
        nobody=lost,
        doubts=tuple(_doubts(at, world, manned, lost)),
    )


def _plays(post: Station, at: datetime, world: World) -> tuple[Play, ...]:
    return tuple(play(severity, post.point, at, world) for severity in SEVERITIES)


def _stations(covers: Sequence[tuple[str, str | None]], posts: Sequence[Team]) -> Iterator[str]:
    empty = {team for team, _ in covers}
    return (it.station for it in posts if it.id in empty and it.station is not None)


def _doubts(at: datetime, world: World, manned: set[str], lost: Sequence[str]) -> Iterator[Doubt]:
    district = world.town.district
    if not calendar.year_known(at.astimezone(district.zone).year, world.town.calendar):
        yield "year"
    if district.centre_team not in manned:
        yield "centre"
    if lost:
        yield "nobody"


def whatif(command: Ordered, world: World) -> Decision:
    """/whatif 2月6日 3点 or /whatif 宏济新路 2月6日 3点, for staff: for the post that is named, else the one without
    anybody that comes first, or the first post."""
    if world.town.district.person(command.sender.user_id) is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    named, rest = post_of(command.rest, world.town.district)
    at = moment_of(rest, world.now, world.town.district.zone)
    if at is None:
        return Decision(notices=(people.tell(command, world, "whatif.ask", keys=_moments(named, world)),))
    return Decision(notices=(_plan(command, at, named, world),))


def _moments(named: Station | None, world: World) -> tuple[tuple[Key, ...], ...]:
    """A button for each moment that is worth asking about."""
    times = offered(world.now, world.town.calendar)
    arg = f".{named.id}" if named else ""
    return tuple((say.key("btn.moment", "wm", None, f"{at:{MOMENT}}{arg}", start_at=say.iso(at)),) for at in times)


def tapped(command: Pressed, world: World) -> Decision:
    """One of the moments was tapped."""
    if world.town.district.person(command.sender.user_id) is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    name, _, station = (command.press.arg if command.press else "").partition(".")
    try:
        at = datetime.strptime(name, MOMENT).replace(tzinfo=world.town.district.zone)
    except ValueError:
        return Decision(answer=say.answer(world, "ans.unknown"))
    plan = _plan(command, at, world.town.district.station(station), world)
    return Decision(notices=(plan,), answer=say.answer(world, "ans.ok"))


def _plan(command: Ordered | Pressed, at: datetime, named: Station | None, world: World) -> Notice:
    district = world.town.district
    manned = {it.team for it in roster.on_duty_teams(district, at, everybody(at, world).presence, world.town.holidays)}
    teams = sorted((it for it in district.teams if it.station is not None), key=lambda it: it.id in manned)
    stations = [it for team in teams if (it := district.station(team.station)) is not None]
    params = told(rehearse(at, world, (named,) if named else stations[:1]))
    return people.tell(command, world, "whatif.plan", params=params)


def post_of(words: str, district: District) -> tuple[Station | None, str]:
    """The post that is named in the words, by its id or its name with or without 平安驿站, and what is left of them."""
    found = ((it, re.search(pattern, words, re.IGNORECASE)) for it in district.stations for pattern in _named(it))
    hits = ((post, hit) for post, hit in found if hit is not None)
    post, hit = max(hits, key=lambda it: len(it[1][0]), default=(None, None))
    return post, (f"{words[: hit.start()]} {words[hit.end() :]}" if hit else words).strip()


def _named(post: Station) -> Iterator[str]:
    """An id may be a mere number, and so may a day of the month: it has to stand by itself."""
    short = post.name_zh.removesuffix("驿站").removesuffix("平安")
    yield rf"(?<!\S){re.escape(post.id)}(?!\S)"
    yield from (re.escape(it) for it in (post.name_zh, post.name_en, short) if len(it) > 1)


def told(found: Rehearsal) -> dict[str, Json]:
    """The rehearsal as plain values."""
    on: list[Json] = [{"team": it.team, "shift": it.shift, "people": [*it.present]} for it in found.on_duty]
    off: list[Json] = [{"team": team, "people": [], "cover": cover} for team, cover in found.covers]
    levels: list[Json] = [
        {
            "severity": it.severity,
            "steps": [{"after": int(step.after.total_seconds()), "names": [*step.who]} for step in it.steps],
        }
        for it in found.plays
    ]
    return {
        "at": say.iso(found.at),
        "station": found.post,
        "posts": [*on, *off],
        "levels": levels,
        "doubts": [{"kind": it} for it in found.doubts],
    }
