"""Who is let in to a command, and what whoever is not hears: whose it is, and whom to ask (core.access)."""

from core import access, rights
from core.decide import people
from core.messages import Json, Ordered
from core.world import Decision, World

# Words of which a resident hears that they are for colleagues; of the others that there is no such command.
NOT_STAFF = dict.fromkeys(
    (
        "ledger", "signin", "signin_words", "signout", "duty", "mylog", "swap", "leave", "gaps", "whatif", "checks",
        "away", "back",
    ),
    "duty.not_staff",
)  # fmt: skip


def lets_in(command: Ordered, world: World) -> bool:
    """Whether the command is for whoever sent it."""
    return access.may_say(command.word, command.sender.user_id, world.town)


def refused(command: Ordered, world: World) -> Decision:
    """A colleague hears whose it is, and which administrators could change that; a resident that there is no such
    command for them."""
    if world.town.district.person(command.sender.user_id) is None:
        kind = NOT_STAFF.get(command.word, "err.unknown_command")
        return Decision(notices=(people.tell(command, world, kind, menu="resident"),))
    parts: list[Json] = [it.value for it in access.Part if it in access.WORDS[command.word].always]
    asked: list[Json] = [it.id for it in rights.administrators(world.town)]
    told = people.tell(command, world, "role.denied", params={"parts": parts, "people": asked or None})
    return Decision(notices=(told,))
