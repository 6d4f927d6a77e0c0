"""Questions of /setup and their answers that come by more than one way: in private, by a reply in a group."""

from dataclasses import replace
from datetime import timedelta

from core.coordinates import TO_WGS84
from core.decide import say
from core.decide.setup import screens
from core.decide.setup.desk import Desk
from core.distance import Point
from core.messages import Notice, Spoke
from core.setup import edit
from core.setup.stages import called
from core.world import Decision

ASKED = timedelta(hours=1)  # an answer may come so long after it was asked for
PREFIX = "setup:"


def awaiting(desk: Desk, what: str, *notices: Notice) -> Decision:
    """Ask, and wait for the answer."""
    contact = say.contact_of(desk.world, desk.user, desk.sender.name)
    contact = replace(contact, awaiting=f"{PREFIX}{what}", awaiting_until=desk.world.now + ASKED)
    return Decision(contact=contact, notices=notices)


def answered(desk: Desk, post: str | None = None) -> Decision:
    """The answer is in the draft; nothing is waited for any more."""
    contact = say.unasked(say.contact_of(desk.world, desk.user, desk.sender.name))
    shown = screens.post(desk, post, again=True) if post else screens.overview(desk, again=True)
    return Decision(contact=contact, records=(desk.draft,), notices=(shown,))


def place(desk: Desk, post: str, *, again: bool = False) -> Notice:
    """Where is it?"""
    row = edit.row_of(desk.doc, "stations", post) or {}
    return desk.tell("setup.ask_place", (screens.back(f"post:{post}"),), again=again, name=called(row))


def placed(desk: Desk, post: str, command: Spoke) -> Decision:
    """A place was sent for a post: a pin, or a venue picked on a map."""
    if edit.row_of(desk.doc, "stations", post) is None or command.spot is None:
        return answered(desk)
    drawn = desk.world.town.district.options.datums["venue" if command.spot.title else "pin"]
    at = TO_WGS84[drawn](Point(command.spot.lat, command.spot.lng))
    return answered(desk.kept(edit.placed(desk.doc, post, at.lat, at.lng)), post)
