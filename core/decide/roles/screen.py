"""/people: who works for the town, what each may do, and the way to change it; one message, few taps."""

from core.decide import people, say
from core.decide.roles import about
from core.decide.roles.inviting import LASTS
from core.district import Person
from core.messages import Attachment, Json, Key, Ordered, Pressed
from core.records import Invite, Member, StandIn
from core.roles import KNOWN
from core.world import Decision, World

OTHERS = "-"  # people of no team


def ordered(command: Ordered, world: World) -> Decision:
    """/people in private."""
    told = people.tell(command, world, "role.home", params=_home(world), keys=_home_keys())
    return Decision(notices=(told,))


def audit(command: Ordered, world: World) -> Decision:
    """/audit: the whole log as a file, to whoever administers; who took it stands in it."""
    told = people.tell(command, world, "role.audit", attachment=Attachment(kind="trail"))
    return Decision(notices=(told,))


def home(command: Pressed, world: World) -> Decision:
    """The same from one of its screens."""
    return about.screen(command, world, "role.home", _home_keys(), **_home(world))


def _home(world: World) -> dict[str, Json]:
    everybody = world.town.district.people
    without = sum(it.tg_id is None for it in everybody)
    waiting = sum(it.open for it in world.every(Invite))
    return {"count": len(everybody), "missing_accounts": without or None, "waiting": waiting or None}


def _home_keys() -> tuple[tuple[Key, ...], ...]:
    return ((say.key("btn.role_new", "pp.new"),), (say.key("btn.role_list", "pp.who"),))


def who(command: Pressed, world: World) -> Decision:
    """👥 by team, then by name."""
    arg, page = about.page_of(command)
    district = world.town.district
    if not arg:
        keys = [say.key("btn.role_name", "pp.who", None, it.id, name=it.name_zh) for it in district.teams]
        keys.append(say.key("btn.role_others", "pp.who", None, OTHERS))
        return about.screen(command, world, "role.teams", [*about.paged(keys, page, "pp.who", ""), about.back()])
    found = _of_team(arg, world)
    keys = [say.key("btn.role_name", "pp.one", None, it.id, name=it.name) for it in found]
    rows = [*about.paged(keys, page, "pp.who", arg), about.back("", "pp.who")]
    return about.screen(command, world, "role.team", rows, team=arg if arg != OTHERS else None, count=len(found))


def _of_team(team: str, world: World) -> tuple[Person, ...]:
    district = world.town.district
    if team != OTHERS:
        return district.members(team)
    grouped = {it.id for known in district.teams for it in district.members(known.id)}
    return tuple(it for it in district.people if it.id not in grouped)


def one(command: Pressed, world: World) -> Decision:
    """Somebody: what they are and may do, until when; what can be changed."""
    person = about.known(command.press.arg if command.press else "", world)
    if person is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    member = world.look_up(Member, person.id)
    acting = tuple(it for it in world.every(StandIn) if person.id in {it.person, it.of})
    return about.screen(command, world, "role.one", _one_keys(person, acting), **_one(person, member, world))


def _one(person: Person, member: Member | None, world: World) -> dict[str, Json]:
    grid = world.town.district.grid(person.grid)
    powers: list[Json] = [*person.powers]
    return {
        "name": person.name,
        "text": person.role or None,
        "team": person.team,
        "grid": grid.id if grid else None,
        "group": person.group,
        "powers": powers or None,
        "until": say.iso(member.until) if member is not None else None,
        "since": say.iso(member.since) if member is not None and member.role != KNOWN else None,
        "unlinked": "yes" if person.tg_id is None else None,
    }


def _one_keys(person: Person, acting: tuple[StandIn, ...]) -> list[list[Key]]:
    if person.tg_id is None:
        return [[say.key("btn.role_invite", "pp.new", None, f"{KNOWN}:{person.id}")], about.back("", "pp.who")]
    lasts = [say.key("btn.role_days", "pp.days", None, f"{person.id}:{it}", days=it) for it in LASTS]
    ends = [[say.key("btn.role_stand_end", "pp.end", None, it.id)] for it in acting]
    return [
        [*lasts, say.key("btn.role_for_ever", "pp.days", None, f"{person.id}:0")],
        [say.key("btn.role_stand", "pp.for", None, person.id), say.key("btn.role_out", "pp.out", None, person.id)],
        *ends,
        about.back("", "pp.who"),
    ]
