"""What is kept about a person beyond a report, by their word alone: 我家, anonymous or not, being a child (privacy.md).

我家 is asked about only after a report said it, and taken back as easily as it was given.
"""

import re
from dataclasses import replace

from core import minors
from core.case import Case, Event, Place, Status
from core.decide import fairness, people, reading, say
from core.decide.cards import CHILD
from core.decide.reading import Heard
from core.decide.turn import Turn
from core.messages import Notice, Pressed, Spoke
from core.understand import Kind
from core.world import Contact, Decision, World

AT_SCHOOL_AGE = "RS06"  # a child that is hurt or in danger: the officer must be told, and the child hears so
OF_GROWN_UPS = frozenset({None, "ZA01", "ZA07", "RS04"})  # that are another thing when they are done to a child
NAMELESS = re.compile(
    "(?<!不)(?<!不要)(?<!不用)(?<!不想)(?<!别)(?<!有人)匿名(?!电话|信|威胁|威脅|恐吓|短信)|不留名|anonymous",
    re.IGNORECASE,
)


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
    return chosen or wants_no_name(command)


def wants_no_name(command: Spoke) -> bool:
    """“匿名反映”, “不留名”; not “不用匿名”, nor “匿名电话”."""
    return NAMELESS.search(command.text) is not None


def without_name(turn: Turn, command: Spoke) -> Turn:
    """Said only after the first message, it holds as well: nobody may ask any more who told of it."""
    if turn.case.anonymous or not wants_no_name(command):
        return turn
    turn = turn.change(anonymous=True, reporter_name="").log("nameless", actor="resident")
    return turn.tell(say.reporter(turn.case, "case.nameless"))


def of_child(case: Case, before: Case, world: World) -> Case:
    """What is done to a child is RS06, whatever it would be of a grown-up, and sealed: never a fight for a group to
    read, a quarrel or a matter of the family. With a weapon it stays what it is, for the nearest post has to run. What
    staff have set right stays."""
    if not _by_child(case.words, world) or CHILD in case.steps:
        return case
    words = "。".join(case.words)
    told = case.category is None or case.category != before.category or before.status is Status.DRAFT
    if told and case.category in OF_GROWN_UPS and minors.is_hurt(words) and not minors.is_armed(words):
        fresh = replace(case, category=AT_SCHOOL_AGE, guesses=())
        case = reading.with_severity(fresh, world.town, case.heard_at)
    return replace(case, steps=(*case.steps, CHILD)) if case.category == AT_SCHOOL_AGE else case


def _by_child(words: tuple[str, ...], world: World) -> bool:
    known = world.contact is not None and world.contact.minor
    return known or any(minors.says_so(it) for it in words)


def is_hurt_child(heard: Heard, world: World) -> bool:
    """Whether a child says that somebody hurts them, which is no quarrel for a mediator."""
    words = heard.command.text
    return _by_child((words,), world) and minors.is_hurt(words)


def told_plainly(case: Case, before: Case) -> Notice | None:
    """To a child in trouble, once: who will be told, without a promise of secrecy."""
    return say.reporter(case, "minor.told") if CHILD in case.steps and CHILD not in before.steps else None


def for_grown_ups(command: Spoke, world: World) -> Decision | None:
    """A child is asked for no consent to talks: a person at the centre reads the quarrel. None from a grown-up."""
    if not _by_child((command.text,), world):
        return None
    sent = people.to_centre(command, world)
    contact = sent.contact or say.contact_of(world, command.sender.user_id, command.sender.name)
    return replace(sent, contact=replace(contact, minor=True, home=None))


def settled(contact: Contact | None, world: World) -> Contact | None:
    """The code that was scanned was about this report, not about the next one."""
    if not (people.awaited(contact, world) or "").startswith(reading.AT) or contact is None:
        return None
    return say.unasked(contact)


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
