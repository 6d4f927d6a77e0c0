"""What the screens about people share: who may use them, what places and roles are called, rows of buttons."""

from collections.abc import Mapping, Sequence

from core.case import Event
from core.decide import people, say
from core.district import Community, Department, District, Grid, Person, Team
from core.messages import Json, Key, Ordered, Pressed, Spoke
from core.roles import ROLES, Role
from core.world import Decision, World

PAGE = 12  # buttons of one page
Asked = Ordered | Pressed | Spoke


def private(command: Asked) -> bool:
    """Links and names of colleagues are nothing for a group. Who may is decided at the door (core.access)."""
    return command.chat == command.sender.user_id


def actor(account: int, world: World) -> str:
    """Who decided, as the log names them: a person of the town, or an administrator by account alone."""
    person = world.town.district.person(account)
    return person.id if person is not None else f"admin:{account}"


def event(kind: str, account: int, world: World, **data: Json) -> Event:
    """A line of the log about who may what."""
    return Event(kind=kind, at=world.now, actor=actor(account, world), data=data)


def screen(command: Pressed, world: World, kind: str, keys: Sequence[Sequence[Key]], **params: Json) -> Decision:
    """The one message of the screens, as it is now."""
    shown = people.tell(
        command, world, kind, params=params, keys=tuple(tuple(row) for row in keys if row), edit=command.message
    )
    return Decision(notices=(shown,), answer=say.answer(world, "ans.ok"))


def place_name(role: str, where: str, district: District) -> str | None:
    """What the place of a role is called; None for a role that belongs to none."""
    at = ROLES[role].at if role in ROLES else ""
    if at == "centre":
        centre = district.centre()
        return centre.name_zh if centre is not None else None
    return dict(places(ROLES[role], district)).get(where) if at else None


def places(role: Role, district: District) -> tuple[tuple[str, str], ...]:
    """Where somebody of a role can belong, by id and name; nothing where nothing has to be chosen."""
    lists: Mapping[str, Sequence[Team | Grid | Community | Department]] = {
        "team": [it for it in district.teams if it.id != district.centre_team],
        "grid": district.grids,
        "community": district.communities,
        "department": district.departments,
    }
    return tuple((it.id, it.name_zh or it.name_en) for it in lists.get(role.at, ()))


def paged(items: Sequence[Key], page: int, action: str, arg: str) -> list[list[Key]]:
    """One page of buttons, two in a row, with the way to its neighbours."""
    shown = items[page * PAGE : (page + 1) * PAGE]
    rows = [list(shown[at : at + 2]) for at in range(0, len(shown), 2)]
    turn = [say.key("btn.role_before", action, None, f"{arg}~{page - 1}")] if page else []
    turn += [say.key("btn.role_more", action, None, f"{arg}~{page + 1}")] if len(items) > (page + 1) * PAGE else []
    return [*rows, turn]


def page_of(command: Pressed) -> tuple[str, int]:
    """What a button says, and the page that it turns to."""
    arg, _, page = (command.press.arg if command.press else "").partition("~")
    return arg, int(page) if page.isascii() and page.isdecimal() else 0


def back(arg: str = "", action: str = "pp") -> list[Key]:
    """The way back."""
    return [say.key("btn.role_back", action, None, arg)]


def known(arg: str, world: World) -> Person | None:
    """The person that a button names."""
    return world.town.district.member(arg.partition(":")[0])
