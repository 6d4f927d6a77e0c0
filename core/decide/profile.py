"""What is kept about a person beyond a report, by their word alone: 我家, anonymous or not, being a child (privacy.md).

我家 is asked about only after a report said it, and taken back as easily as it was given.
"""

from dataclasses import replace

from core import minors
from core.case import Case, Event, Place
from core.decide import fairness, people, reading, say
from core.decide.reading import Heard
from core.decide.turn import Turn
from core.messages import Notice, Pressed, Spoke
from core.understand import Kind
from core.world import Contact, Decision, World

AT_SCHOOL_AGE = "RS06"  # a child that is hurt or in danger: the officer must be told, and the child hears so
NAMELESS = ("匿名", "不留名", "anonymous")


def placed(turn: Turn) -> Turn:
    """“我家楼下” from somebody whose home is known by consent: no need to ask for the place."""
    home = turn.world.contact.home if turn.world.contact else None
    if home is None or reading.known_place(turn.case) or turn.case.rivals or not _at_home(turn.case, turn.world):
        return turn
    return turn.change(place=home).log("place_chosen", actor="resident", home=True)


def _at_home(case: Case, world: World) -> bool:
    return any(reading.read(it, world.town, case.heard_at).place.relative for it in case.words)


def asked(case: Case, world: World) -> Notice | None:
    """Whether to remember the place as their home; None where there is nothing to ask, or nobody of age."""
    contact = world.contact
    known = contact is not None and (contact.home is not None or contact.minor or contact.anonymous)
    place = case.place
    if known or case.sealed or case.anonymous or case.emergency or place is None or place.compound is None:
        return None
    before = world.case
    if before is None or reading.known_place(before) or not _at_home(case, world):
        return None
    keys = ((say.key("btn.home_yes", "hy", case), say.key("btn.home_no", "hn", case)),)
    return say.reporter(case, "home.ask", keys=keys, params={"place": place.label})


def remember(turn: Turn, command: Pressed) -> Decision:
    """记住: the building, never the flat."""
    place = turn.case.place
    if place is None:
        return Decision(answer=say.answer(turn.world, "ans.stale"))
    contact = say.contact_of(turn.world, command.sender.user_id, command.sender.name)
    contact = replace(contact, home=replace(place, words="", raw=None))
    given = Event(kind="consent_given", at=turn.now, actor="resident", data={"what": "home"})
    told = people.tell(command, turn.world, "home.kept", params={"place": place.label})
    return Decision(contact=contact, events=(given,), notices=(told,), answer=say.answer(turn.world, "ans.ok"))


def decline(turn: Turn, command: Pressed) -> Decision:
    """不用: nothing is kept."""
    del command
    return Decision(answer=say.answer(turn.world, "ans.ok"))


def noticed(command: Spoke, world: World) -> Contact | None:
    """The person, as their words change what may be kept of them; None where nothing changes."""
    if not minors.says_so(command.text) or (world.contact is not None and world.contact.minor):
        return None
    return replace(say.contact_of(world, command.sender.user_id, command.sender.name), minor=True, home=None)


def nameless(command: Spoke, world: World) -> bool:
    """Whether this report goes without a name: by choice in /privacy, or because it says so."""
    chosen = world.contact is not None and world.contact.anonymous
    return chosen or any(word in command.text.lower() for word in NAMELESS)


def told_plainly(case: Case, child: Contact | None, world: World, *, fresh: bool) -> Notice | None:
    """To a child in trouble, once: who will be told, without a promise of secrecy. `child`: as they have just said."""
    known = fresh and world.contact is not None and world.contact.minor
    return say.reporter(case, "minor.told") if (child or known) and case.category == AT_SCHOOL_AGE else None


def settled(contact: Contact | None, world: World) -> Contact | None:
    """The code that was scanned was about this report, not about the next one."""
    if not (people.awaited(contact, world) or "").startswith(reading.AT) or contact is None:
        return None
    return replace(contact, awaiting=None, awaiting_until=None)


def place_at_hand(command: Spoke, world: World) -> Place | None:
    """Where the reporter stands before they say so: at the code they have just scanned, in the group of a compound."""
    asked = people.awaited(world.contact, world) or ""
    if asked.startswith(reading.AT):
        return reading.key_place(asked.removeprefix(reading.AT), world.town)
    compound = world.town.district.compound_of_residents_chat(command.called_in) if command.called_in else None
    return reading.compound_place(compound.id, world.town) if compound else None


def told_at_code(heard: Heard, world: World) -> bool:
    """Whoever has just scanned a place's code tells of that place, in words that nobody may have taught us."""
    asked = people.awaited(world.contact, world) or ""
    return asked.startswith(reading.AT) and heard.meaning is not None and heard.meaning.kind is Kind.UNCLEAR


def over_the_limit(heard: Heard, world: World) -> bool:
    """Danger and colleagues have no limit."""
    staff = world.town.district.person(heard.command.sender.user_id) is not None
    return not (heard.emergency or staff) and fairness.too_many(world.cases, world.now)


def watched(world: World) -> bool:
    """Whether the centre reads this person's reports first."""
    return fairness.watched(world.cases, world.now)
