"""What the parts of duty share: whom they tell, who leads a post, how a shift is named in a button."""

import re
from datetime import UTC, datetime
from hashlib import blake2b

from core import rights, roster
from core.case import Event
from core.decide import say
from core.district import Person, Team
from core.messages import Json, Key, Notice, Press, record_ref
from core.records import Record, kind_of
from core.roster import Rostered
from core.world import Decision, World

Keys = tuple[tuple[Key, ...], ...]
_PLAIN = re.compile(r"[A-Za-z0-9.-]{1,12}")


def name_of(team: str, group: str, start: datetime) -> str:
    """A shift as the id of a record: ids of a district's file may be any words, a button carries a few letters.

    The moment is told in UTC, however it came: on two clocks two shifts could have one name.
    """
    words = f"{team}.{group}"
    plain = words if _PLAIN.fullmatch(words) else blake2b(words.encode(), digest_size=5).hexdigest()
    return f"{plain}.{start.astimezone(UTC):%y%m%d%H%M}"


def private(person: str, kind: str, world: World, params: dict[str, Json], keys: Keys = (), **more: object) -> Notice:
    """A message to a colleague in private; to nobody (0) when the account is not known: see `sent`."""
    found = world.town.district.member(person)
    return Notice(
        to=(found.tg_id or 0) if found else 0,
        kind=kind,
        key="",
        params=params,
        keys=keys,
        language=say.staff_language(world.town),
        **more,  # type: ignore[arg-type]  # the fields of Notice, checked by the dataclass
    )


def group(team: str | None, kind: str, world: World, params: dict[str, Json], keys: Keys = ()) -> Notice | None:
    """A message to a team's group."""
    found = world.town.district.team(team)
    return say.staff(found.chat_id if found else None, kind, world.town, params=params, keys=keys)


def sent(*notices: Notice | None) -> tuple[Notice, ...]:
    """Those that have somebody to go to, one of a kind to each chat."""
    first: dict[tuple[int, str], Notice] = {}
    for it in notices:
        if it is not None and it.to:
            first.setdefault((it.to, it.kind), it)
    return tuple(first.values())


def to_heads(team: str, kind: str, world: World, params: dict[str, Json], keys: Keys = ()) -> Notice | None:
    """The head of a post (点长) in private; the centre where a team has none."""
    head = world.town.district.head(team)
    chat = (head.tg_id if head else None) or world.town.district.centre_chat()
    return say.staff(chat, kind, world.town, params=params, keys=keys)


def leads(person: Person | None, team: str, world: World) -> bool:
    """Whether somebody may decide about a post's roster: its head, a head of its grids, a seat of the centre."""
    if person is None:
        return False
    district = world.town.district
    return (
        rights.is_head(person, team, district)
        or rights.belongs(person, district.centre_team, district)
        or (person in grid_heads(district.team(team), world))
    )


def grid_heads(team: Team | None, world: World) -> tuple[Person, ...]:
    """网格长 of the grids whose post this is."""
    district = world.town.district
    if team is None or team.station is None:
        return ()
    heads = (district.member(grid.head) for grid in district.grids if grid.station == team.station)
    return tuple(dict.fromkeys(it for it in heads if it is not None))


def button(label: str, action: str, record: Record, arg: str = "", **params: Json) -> Key:
    """A button about a record."""
    press = Press(action=action, case=record_ref(kind_of(record), record.id), arg=arg)
    return Key(label=label, press=press, params=params)


def line(kind: str, world: World, actor: str | None = None, **data: object) -> Event:
    """A line of history that belongs to no case."""
    return Event(kind=kind, at=world.now, actor=actor, data=data)


def refused(world: World, kind: str = "ans.not_yours") -> Decision:
    """A press that changes nothing."""
    return Decision(answer=say.answer(world, kind, alert=kind == "ans.not_yours"))


def left_empty(team: str, world: World, on_duty: tuple[roster.OnDuty, ...]) -> bool:
    """无人: a post without anybody. Evening rounds, inspections and the centre have no area that another could take."""
    found = world.town.district.team(team)
    return found is not None and found.station is not None and not any(it.team == team for it in on_duty)


def cover_of(team: str, world: World, on_duty: tuple[roster.OnDuty, ...]) -> str | None:
    """Who stands in for a post now: the first of its backups that is really there."""
    found = world.town.district.team(team)
    return roster.taker(found, {it.team for it in on_duty}, world.town.district) if found else None


def shift_named(team: str, group_name: str, start: datetime, world: World) -> Rostered | None:
    """A shift of the plan as it is now; None when it is not there any more, or nobody is due."""
    found, town = world.town.district.team(team), world.town
    if found is None:
        return None
    day = start.astimezone(town.district.zone).date()
    shifts = roster.shifts_on(found, day, town.district, town.holidays, world.presence.changes)
    return next((it for it in shifts if it.group == group_name and it.start == start and it.members), None)
