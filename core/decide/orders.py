"""Commands and the reply keyboard's words: /start, 📋 我的事项, 🙋 找工作人员, /duty … (DESIGN §6)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core import access, erasure
from core.case import Case, Status
from core.decide import (
    called,
    clinic,
    complaints,
    contacts,
    daily,
    door,
    duty,
    finding,
    inspections,
    intake,
    mediation,
    people,
    privacy,
    reading,
    rehearsal,
    roles,
    say,
    scanning,
    screen,
    setup,
    storm,
    tables,
    volunteers,
    weather,
    whereabouts,
)
from core.decide.duty import away, holes, swap
from core.life import can
from core.messages import Json, Key, Ordered, Pressed, Spoke
from core.world import Decision, World

SHOWN = 8
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
ARRIVE_PREFIX = "at_"

Order = Callable[[Ordered, World], Decision]


def ordered(command: Ordered, world: World) -> Decision:
    """Carry out a command; one that is not known is answered with what there is."""
    order = ORDERS.get(command.word)
    if command.group:
        return _in_group(command, world, order)
    if command.word not in LOOKED_FOR and _tells_of_danger(command, world):
        return intake.report(_as_told(command), world)
    if order is None:
        return _unknown(command, world)
    return order(command, world) if door.lets_in(command, world) else door.refused(command, world)


def _in_group(command: Ordered, world: World, order: Order | None) -> Decision:
    """Of what is nobody else's business the group reads the way into private, where it goes on by itself; danger behind
    it is a report like any that the bot was called for."""
    if command.word not in INTO_PRIVATE:
        heard = order is not None and command.word in IN_GROUPS and door.lets_in(command, world)
        return order(command, world) if order and heard else Decision()
    told = replace(_as_told(command), group=True, called=True)
    if _tells_of_danger(command, world):
        return called.heard(told, world)
    return called.into_private(told, world, command.word)


def _tells_of_danger(command: Ordered, world: World) -> bool:
    """Words of danger behind a command, whichever it is, are what they are everywhere: a report."""
    return bool(command.rest) and reading.read(command.rest, world.town, command.at).emergency is not None


def _as_told(command: Ordered) -> Spoke:
    return Spoke(at=command.at, sender=command.sender, chat=command.chat, message=command.message, text=command.rest)


def _unknown(command: Ordered, world: World) -> Decision:
    return Decision(notices=(people.tell(command, world, "err.unknown_command", menu=_menu(command, world)),))


def _part(command: Ordered | Pressed, world: World) -> str:
    account = command.sender.user_id
    return access.offered(world.town.district.person(account), account, world.town)


def _menu(command: Ordered | Pressed, world: World) -> str:
    return "staff" if world.town.district.person(command.sender.user_id) else "resident"


def start(command: Ordered, world: World) -> Decision:
    """/start: a greeting, once the words about privacy; a deep link does what it says."""
    contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), greeted=True, reachable=True)
    if command.rest.startswith(ARRIVE_PREFIX) and _menu(command, world) == "staff":
        return _arrive_link(command, world)
    if (linked := mediation.linked(command, world) or roles.linked(command, world)) is not None:
        return linked
    known = world.contact is not None and world.contact.greeted
    privacy = people.tell(command, world, "start.privacy", params={"days": erasure.KEPT.days})
    if command.rest in INTO_PRIVATE:
        begun = ORDERS[command.rest](replace(command, rest=""), replace(world, contact=contact))
        return begun if known else begun.also(privacy)
    english = say.personal_language(world, command.sender.language) == "en"
    district = world.town.district
    name = (district.name_en if english else district.name_zh) or district.name_zh
    hello = people.tell(
        command,
        world,
        "start.hello",
        params={"district": name},
        menu=_menu(command, world),
        commands=_part(command, world),
    )
    linked = scanning.scanned(command, world, contact)
    if linked is not None:
        return linked if known else linked.also(privacy)
    return Decision(contact=contact, notices=(hello,) if known else (hello, privacy))


def _arrive_link(command: Ordered, world: World) -> Decision:
    number = command.rest.removeprefix(ARRIVE_PREFIX)
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting=f"arrive:{number}", awaiting_until=world.now + duty.ASKED)
    return Decision(
        contact=contact,
        notices=(people.tell(command, world, "duty.arrive_ask", params={"no": number}, menu="staff"),),
    )


def help_(command: Ordered, world: World) -> Decision:
    """/help, for residents or for staff."""
    kind = "help.staff" if world.town.district.person(command.sender.user_id) else "help.resident"
    return Decision(notices=(people.tell(command, world, kind, menu=_menu(command, world)),))


def report(command: Ordered, world: World) -> Decision:
    """🔔 报隐患: just tell."""
    return Decision(notices=(people.tell(command, world, "report.ask", menu="place"),))


def suggest(command: Ordered, world: World) -> Decision:
    """/suggest: what follows it is kept as a suggestion, else the next message is."""
    if command.rest:
        return complaints.suggested(_as_told(command), world)
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, awaiting="suggest", awaiting_until=world.now + people.AWAIT)
    return Decision(contact=contact, notices=(people.tell(command, world, "suggest.ask"),))


def language(command: Ordered, world: World) -> Decision:
    """/language: three buttons."""
    keys = (tuple(say.key("btn.language", "lg", None, code, language=code) for code in LANGUAGES),)
    return Decision(notices=(people.tell(command, world, "language.ask", keys=keys),))


def set_language(command: Pressed, world: World) -> Decision:
    """A language was tapped."""
    code = command.press.arg if command.press else ""
    if code not in LANGUAGES:
        return Decision(answer=say.answer(world, "ans.unknown"))
    contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), language=code)
    world = replace(world, contact=contact)
    return Decision(
        contact=contact,
        notices=(
            people.tell(command, world, "language.set", menu=_menu(command, world), commands=_part(command, world)),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def mine(command: Ordered | Pressed, world: World) -> Decision:
    """📋 我的事项: the newest cases, each with a button to its story."""
    shown = [case for case in world.cases if case.status is not Status.CANCELLED or case.close_due][:SHOWN]
    disputes = mediation.mine(command, world)
    if not shown:
        return Decision(notices=disputes or (people.tell(command, world, "mine.none", menu="resident"),))
    keys = tuple((say.key("btn.case", "mi", case, no=case.no, category=case.category),) for case in shown)
    items: list[Json] = [_item(case, _followed(case, world)) for case in shown]
    return Decision(notices=(people.tell(command, world, "mine.list", params={"items": items}, keys=keys), *disputes))


def _followed(case: Case, world: World) -> Case:
    """The case that stands for it: one that was merged goes the way of the other (row 31), unless that was sealed."""
    number = case.into if case.status is Status.MERGED else None
    found = world.cases_of((number,)) if number is not None else ()
    return next((it for it in found if not it.sealed), case)


def _item(case: Case, main: Case) -> dict[str, Json]:
    into = main.no if main.no != case.no else None
    return {**say.listed(case), "status": main.status.value, "team": main.team, "into": into}


def numbered(command: Ordered, world: World) -> Decision:
    """A number alone: the case, for a colleague who may see it and for whoever reported it; else what there is."""
    if (complaint := complaints.numbered(command, world)) is not None:
        return complaint
    shown = finding.opened(command, world)
    if shown is not None or command.group:
        return shown or Decision()
    case = world.case
    if case is not None and case.reporter == command.sender.user_id:
        return replace(one(command, world), answer=None)
    return finding.find(command, world) if _menu(command, world) == "staff" else mine(command, world)


def one(command: Ordered | Pressed, world: World) -> Decision:
    """One case of mine: how it stands, what can be done about it."""
    case = world.case
    if case is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    main = _followed(case, world)
    steps: list[Json] = [
        {"kind": kind, "at": say.iso(at)}
        for kind, at in (
            ("opened", case.opened_at), ("accepted", main.accepted_at), ("arrived", main.arrived_at),
            ("done", main.done_at), ("closed", main.closed_at),
        )
        if at is not None
    ]  # fmt: skip
    params = {**_item(case, main), "person": main.handler, "steps": steps}
    del params["severity"]
    notice = people.tell(command, world, "mine.one", params=params, keys=_actions(main, follows=main.no != case.no))
    return Decision(notices=(notice,), answer=say.answer(world, "ans.ok"))


def _actions(case: Case, *, follows: bool) -> tuple[tuple[Key, ...], ...]:
    keys: list[tuple[Key, ...]] = []
    if case.status is Status.DONE:
        keys.append((say.key("btn.solved", "ok", case), say.key("btn.not_solved", "re", case)))
    elif case.status is Status.CLOSED:
        keys.append((say.key("btn.not_solved", "re", case),))
    row: list[Key] = []
    if can(case.status, "urged"):
        row.append(say.key("btn.urge", "ur", case))
    may_go = not follows and (can(case.status, "cancelled") or can(case.status, "withdrawn"))
    if may_go:
        row.append(say.key("btn.cancel", "cx", case))
    return (*keys, tuple(row)) if row else tuple(keys)


def storm_(command: Ordered, world: World) -> Decision:
    """/storm: the sheet in the centre's chat; a colleague who asks in private is told where it is."""
    if command.group:
        return storm.ordered(command, world)
    if _menu(command, world) != "staff":
        return _unknown(command, world)
    return Decision(notices=(people.tell(command, world, "storm.where"),))


LOOKED_FOR = frozenset({"find", "whatif", "weather", "case"})  # what follows these is not told, it is asked about
INTO_PRIVATE = frozenset({"human", "mediate", "mine", "privacy", "suggest"})  # nobody else's business
IN_GROUPS = frozenset({"contacts", "duty", "cases", "find", "case", "storm"})

ORDERS: Mapping[str, Order] = {
    "start": start,
    "help": help_,
    "report": report,
    "mediate": mediation.ask,
    "ledger": mediation.book,
    "suggest": suggest,
    "mine": mine,
    "privacy": privacy.show,
    "language": language,
    "human": people.ask_human,
    "signin": duty.at_post,
    "signin_words": duty.at_post,
    "signout": duty.sign_out,
    "duty": screen.ordered,
    "storm": storm_,
    "mylog": whereabouts.mine,
    "away": away.ask,
    "back": away.back,
    "swap": swap.ask,
    "leave": swap.ask_leave,
    "gaps": holes.listed,
    "whatif": rehearsal.whatif,
    "cases": finding.cases,
    "find": finding.find,
    "case": numbered,
    "digest": daily.ordered,
    "checks": inspections.month,
    "holidays": tables.state,
    "doctor": clinic.ask,
    "setup": setup.ordered,
    "weather": weather.note,
    "volunteer": volunteers.order,
    "qr": scanning.codes,
    "people": roles.ordered,
    "audit": roles.audit,
    "contacts": contacts.contacts,
    "found": contacts.found,
}
