"""What the district's plan leaves open: groups, heads, accounts, hours and ladders that end in nobody, holidays."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.clinic.findings import right, wrong
from core import calendar
from core import gaps as core_gaps
from core.calendar import local, moment
from core.decide.rehearsal import rehearse
from core.district import Person
from core.messages import Finding
from core.roster import Changes, Presence
from core.town import Town
from core.world import World

POST = "station"  # teams of this kind have a head to whom a late case goes first
NAMED = 12  # names in one finding
NIGHT = 3  # o'clock: the hour for which the ladder is played


def teams(town: Town) -> Iterator[Finding]:
    """Teams without a group or a head."""
    for team in town.district.teams:
        if team.chat_id is None:
            yield wrong("no_chat", team=team.id)
        if team.head is None and team.kind == POST:
            yield wrong("no_head", team=team.id)
    if town.district.centre_chat() is None:
        yield wrong("no_centre")


def accounts(town: Town, known: Mapping[int, bool]) -> Iterator[Finding]:
    """People whom no message reaches. `known`: who has ever pressed Start, and whether they can be reached."""
    people = town.district.people
    found = {
        "people_unknown": [it for it in people if it.tg_id is None],
        "people_never": [it for it in people if it.tg_id is not None and it.tg_id not in known],
        "people_blocked": [it for it in people if it.tg_id is not None and not known.get(it.tg_id, True)],
    }
    for kind, lost in found.items():
        if lost:
            yield wrong(kind, count=len(lost), text=_names(lost))
    if not any(found.values()):
        yield right("people_ok", count=len(people))


def levels(town: Town) -> Iterator[Finding]:
    """Grids and communities whose level of the ladder has nobody to tell."""
    district = town.district
    heads = [it.name_zh for it in district.grids if not _reached(district.grid_head(it.id))]
    above = [it.name_zh for it in district.communities if not _reached(district.secretary(it.id))]
    for level, names in (("head", heads), ("community", above)):
        if names:
            yield wrong("level", level=level, text="、".join(names[:NAMED]))


def ladders(town: Town, now: datetime, presence: Presence) -> Iterator[Finding]:
    """Posts around which a case would end with nobody, now or in the coming night."""
    lost: dict[str, None] = {}
    for at in (now, _night(town, now)):
        played = rehearse(at, World(now=at, town=town, presence=presence))
        lost |= dict.fromkeys(played.nobody)
    if lost:
        stations = (town.district.station(it) for it in lost)
        yield wrong("ladder", text="、".join(it.name_zh for it in stations if it is not None))


def gaps(town: Town, now: datetime, changes: Changes = ()) -> Iterator[Finding]:
    """Hours of the coming two weeks that have nobody, after leave and swaps."""
    ahead = core_gaps.gaps(town.district, now, now + core_gaps.AHEAD, town.holidays, changes=changes)
    owed = core_gaps.owed(ahead)
    for team, it in {it.team: it for it in reversed(owed)}.items():
        hours = round(sum(gap.hours for gap in owed if gap.team == team), 1)
        yield wrong("gap", team=team, at=it.start.isoformat(), hours=hours, cover=it.taker)
    if any(it.taker is None for it in owed):
        yield wrong("gap_all")


def calendars(town: Town, now: datetime) -> Iterator[Finding]:
    """Years whose holidays nobody knows: limits in working days would be wrong."""
    for year in calendar.missing_years(calendar.local(now, town.district.zone).date(), town.calendar):
        yield wrong("year", year=year)


def _night(town: Town, now: datetime) -> datetime:
    zone = town.district.zone
    tonight = moment(local(now, zone).date(), NIGHT * 60, zone)
    return tonight if tonight > now else tonight + timedelta(days=1)


def _reached(person: Person | None) -> bool:
    return person is not None and person.tg_id is not None


def _names(people: Iterable[Person]) -> str:
    told = [it.name for it in people]
    return "、".join(told[:NAMED]) + ("…" if len(told) > NAMED else "")
