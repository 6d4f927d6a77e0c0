"""/setup: the screen for administrators; the code by which the first of them is known."""

import hashlib
import hmac
from dataclasses import replace

from core.decide import people, say
from core.decide.setup import screens
from core.decide.setup.desk import Desk, desk_of, document, draft_of
from core.messages import Ordered
from core.records import FirstCode
from core.world import Decision, World

FIRST = "first"


def ordered(command: Ordered, world: World) -> Decision:
    """/setup, /setup CODE. Nobody else learns more than that it is not for them."""
    desk = desk_of(command.sender, world)
    if desk is not None:
        return _shown(desk)
    code = world.look_up(FirstCode, FIRST) if command.rest else None
    if code is not None and code.open:
        return _tried(command, world, code)
    return Decision(notices=(people.tell(command, world, "setup.refused"),))


def _shown(desk: Desk) -> Decision:
    contact = say.unasked(say.contact_of(desk.world, desk.user, desk.sender.name))
    return Decision(contact=contact, notices=(screens.overview(desk, again=True),))


def _tried(command: Ordered, world: World, code: FirstCode) -> Decision:
    """Right: an administrator, and the code is spent. Wrong: one try less, for everybody."""
    if code.due_at is not None and code.due_at <= world.now:
        return Decision(
            records=(replace(code, open=False, due_at=None),), notices=(people.tell(command, world, "setup.code_old"),)
        )
    typed = hashlib.sha256(command.rest.strip().upper().encode()).hexdigest()
    if not hmac.compare_digest(typed, code.digest):
        left = code.left - 1
        worn = replace(code, left=left, open=left > 0, due_at=code.due_at if left > 0 else None)
        return Decision(records=(worn,), notices=(people.tell(command, world, "setup.code_wrong"),))
    draft = draft_of(world)
    owned = replace(draft, owners=(*draft.owners, command.sender.user_id))
    desk = Desk(sender=command.sender, world=world, draft=owned, doc=document(owned, world))
    shown = _shown(desk)
    return replace(shown, records=(replace(code, open=False, due_at=None), owned))


def due(code: FirstCode, world: World) -> Decision:
    """Nobody has typed it in time."""
    del world
    return Decision(records=(replace(code, open=False, due_at=None),))
