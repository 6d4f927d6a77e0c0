"""/contacts: whom to call and where to go; /found: what a patrol finds itself (DESIGN §6, mechanism F23)."""

from dataclasses import replace

from core.decide import people, say
from core.messages import Json, Ordered
from core.world import Decision, World

SHOWN = 20  # names in a line


def contacts(command: Ordered, world: World) -> Decision:
    """The town's numbers and posts; for colleagues in private its departments too. No person's number is in it."""
    district = world.town.district
    stations: list[Json] = [it.id for it in district.stations[:SHOWN]]
    departments: list[Json] = [it.id for it in district.departments[:SHOWN]]
    staff = district.person(command.sender.user_id) is not None and not command.group
    params = {
        "gas_no": district.options.gas_no or None,
        "stations": stations or None,
        "departments": (departments or None) if staff else None,
    }
    told = people.tell(command, world, "contacts.list", params=params)
    return Decision(notices=(replace(told, to=command.chat, language=say.staff_language(world.town))
                             if command.group else told,))  # fmt: skip


def found(command: Ordered, world: World) -> Decision:
    """巡防自查: a colleague's own finding is told like any report, and counted as a patrol's."""
    staff = world.town.district.person(command.sender.user_id) is not None
    return Decision(notices=(people.tell(command, world, "found.ask" if staff else "report.ask", menu="place"),))
