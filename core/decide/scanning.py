"""A printed code on a place was scanned: /start pl_… shows the place and takes it for the next report (mechanism F56).

Anybody can write such a link, so it shows only what everybody may know: how much care the place needs, and how many
cases are open there. A token of no place is a greeting like any other.
"""

from collections.abc import Mapping
from dataclasses import replace

from core import rights
from core.case import ENDED, Status
from core.decide import intake, people, reading, say
from core.decide.turn import Turn
from core.district import KeyPlace
from core.messages import Attachment, Json, Notice, Ordered
from core.search import Query, Scope
from core.world import Contact, Decision, World

PREFIX = "pl_"
MOST = 60  # codes in one file: as many sheets of paper


def scanned(command: Ordered, world: World, contact: Contact) -> Decision | None:
    """The place, kept for what is told next; what is being told already gets it at once. None for no place of ours."""
    place = world.town.district.key_place_of_token(command.rest)
    if place is None:
        return None
    contact = replace(contact, awaiting=f"{reading.AT}{place.id}", awaiting_until=world.now + people.AWAIT)
    shown = people.tell(command, world, "place.card", params=_params(place, world), menu="resident")
    begun = next((it for it in world.cases if it.status is Status.DRAFT and not reading.known_place(it)), None)
    if begun is None:
        return Decision(contact=contact, notices=(shown,))
    turn = Turn(case=begun, world=replace(world, case=begun))
    turn = turn.log("place_chosen", actor="resident", place=place.id).change(
        place=reading.key_place(place.id, world.town)
    )
    return replace(intake.proceed(turn).decide(), contact=say.unasked(contact))


def _params(place: KeyPlace, world: World) -> Mapping[str, Json]:
    still = Query(
        statuses=tuple(it for it in Status if it not in ENDED and it is not Status.DRAFT),
        grids=(place.grid,) if place.grid else (),
        words=((place.name_zh or place.name_en).lower(),),
    )
    count = len(world.search(Scope(everything=True), still).numbers)
    return {"place": _name(place, world), "count": count or None, "mark": place.level or None}


def _name(place: KeyPlace, world: World) -> str:
    english = world.contact is not None and world.contact.language == "en"
    return (place.name_en if english else place.name_zh) or place.name_zh or place.name_en


def codes(command: Ordered, world: World) -> Decision:
    """/qr: a file to print, a page for each place that this colleague answers for."""
    person = world.town.district.person(command.sender.user_id)
    if person is None or not world.bot_name:
        return Decision(notices=(people.tell(command, world, "err.unknown_command", menu="resident"),))
    scope = rights.scope_of(person, world.town.district)
    theirs = [it for it in world.town.district.key_places if it.token and (scope.everything or it.grid in scope.grids)]
    if not theirs:
        return Decision(notices=(people.tell(command, world, "qr.none"),))
    items: list[Json] = [
        {"name": it.name_zh, "en": it.name_en, "url": f"https://t.me/{world.bot_name}?start={it.token}"}
        for it in theirs[:MOST]
    ]
    return Decision(notices=(_file(command, world, items),))


def _file(command: Ordered, world: World, items: list[Json]) -> Notice:
    told = say.staff(command.sender.user_id, "qr.file", world.town, params={"count": len(items)})
    if told is None:
        raise AssertionError("an account is a chat")  # say.staff gives None for no chat only
    return replace(told, attachment=Attachment(kind="codes", params={"items": items}))
