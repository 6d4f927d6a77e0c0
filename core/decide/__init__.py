"""Decides: one small function per command, in one table; what comes back is saved whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core import ladder
from core.changing import changed
from core.decide import (
    called,
    clinic,
    closed,
    daily,
    group,
    maps,
    mediation,
    merging,
    orders,
    outage,
    outcome,
    overdue,
    presses,
    private,
    records,
    repair,
    roles,
    rulings,
    say,
    screen,
    setup,
    standing,
    tick,
    weekly,
    whereabouts,
)
from core.life import NotInLife
from core.messages import (
    Answer,
    Bond,
    ChatBack,
    ChatGone,
    Command,
    DayBegins,
    Delayed,
    Delivered,
    DigestDue,
    Endangered,
    Examined,
    HandedOn,
    Lane,
    LateTold,
    Mapped,
    Migrated,
    Notice,
    Ordered,
    Orphaned,
    PartyGone,
    PolicyApplied,
    Pressed,
    RecordDue,
    Regained,
    Repair,
    ReporterGone,
    Resumed,
    Returned,
    ScreenDue,
    Spoke,
    StatusChanged,
    Tick,
    Tied,
    Undelivered,
    Unheard,
    WeekDue,
)
from core.policy import is_stormy
from core.world import Decision, World

__all__ = ["decide"]


def _spoke(command: Spoke, world: World) -> Decision:
    if command.group and (placed := setup.group.replied(command, world)) is not None:
        return placed
    if command.group:
        return called.heard(command, world) if command.called else group.replied(command, world)
    return whereabouts.kept(command, world, private.heard(command, world))


def _ordered(command: Ordered, world: World) -> Decision:
    """What only begins with a word of the staff is a report when a resident says it: 找 物业来修电梯."""
    if (set_up := setup.group.started(command, world)) is not None:
        return set_up
    if not command.said or world.town.district.person(command.sender.user_id) is not None:
        return orders.ordered(command, world)
    told = Spoke(at=command.at, sender=command.sender, chat=command.chat, message=command.message, text=command.said)
    return _spoke(told, world)


def _standing(command: StatusChanged, world: World) -> Decision:
    """A chat is lost, is back, or is new to us."""
    return setup.group.invited(command, world) or standing.changed(command, world)


def _migrated(command: Migrated, world: World) -> Decision:
    """The storage rewrites the ids; there is nothing to decide."""
    del command, world
    return Decision()


DECIDE: Mapping[type[Command], Callable[[Any, World], Decision]] = {
    Spoke: _spoke,
    Ordered: _ordered,
    Pressed: presses.pressed,
    StatusChanged: _standing,
    Migrated: _migrated,
    Tick: tick.ticked,
    Repair: repair.repaired,
    Bond: merging.tied,
    ReporterGone: standing.reporter_gone,
    LateTold: overdue.told,
    PolicyApplied: rulings.applied,
    Delivered: outcome.delivered,
    Undelivered: outcome.undelivered,
    Delayed: outcome.delayed,
    ChatGone: standing.gone,
    ChatBack: standing.back,
    Regained: standing.regained,
    DigestDue: daily.due,
    WeekDue: weekly.due,
    DayBegins: records.day_begins,
    RecordDue: records.due,
    ScreenDue: screen.due,
    Returned: outage.returned,
    Examined: clinic.done,
    Resumed: outage.resumed,
    Unheard: outage.unheard,
    Endangered: mediation.endangered,
    Orphaned: mediation.orphaned,
    PartyGone: mediation.party_gone,
    Tied: mediation.tied,
    Mapped: maps.answered,
    HandedOn: roles.handed_on,
}


def decide(command: Command, world: World) -> Decision:
    """What `command` changes and says in this world. Pure: may be called again after a clash of versions."""
    try:
        live = world.town.live
        decision = DECIDE[type(command)](command, world) if live else closed.decided(command, world)
    except NotInLife:
        if not isinstance(command, Pressed):
            return Decision()
        status = world.case.status.value if world.case else ""
        decision = Decision(answer=say.answer(world, "ans.not_now", status=status))
    return changed(
        decision, notices=_with_keys(decision, command, world), answer=_in_their_language(decision, command, world)
    )


def _in_their_language(decision: Decision, command: Command, world: World) -> Answer | None:
    """A resident's press is answered in the resident's language, a colleague's in the district's."""
    if decision.answer is None or not isinstance(command, Pressed):
        return decision.answer
    if world.town.district.person(command.sender.user_id) is not None:
        return decision.answer
    return replace(decision.answer, language=say.personal_language(world, command.sender.language))


def _with_keys(decision: Decision, command: Command, world: World) -> tuple[Notice, ...]:
    """Each notice gets the key under which it is sent once for ever; at night only what is urgent sounds."""
    seed = _seed(decision, command)
    clock = world.now.astimezone(world.town.district.zone)
    night = world.town.district.options.quiet_hours.holds(clock.hour * 60 + clock.minute)
    return tuple(
        changed(
            notice,
            key=notice.key or f"{seed}:{index}",
            silent=notice.silent or (night and _hushed(notice, decision, command, world)),
        )
        for index, notice in enumerate(decision.notices)
    )


def _hushed(notice: Notice, decision: Decision, command: Command, world: World) -> bool:
    """What makes no sound at night: all that can wait, and every word of a slight matter but to whoever just spoke."""
    case = decision.case or world.case
    if case is not None and case.no == notice.case and is_stormy(case.policy) and _to_colleague(notice, world):
        return False  # nobody is held at night to a limit that made no sound
    slight = case is not None and case.no == notice.case and case.severity >= ladder.SLIGHT
    return notice.lane >= Lane.REMINDER or (slight and notice.to != getattr(command, "chat", None))


def _to_colleague(notice: Notice, world: World) -> bool:
    return notice.to < 0 or world.town.district.person(notice.to) is not None


def _seed(decision: Decision, command: Command) -> str:
    if decision.case is not None:
        return f"c{decision.case.no}.{decision.case.version}"
    match command:
        case Spoke() | Ordered():
            return f"m{command.chat}.{command.message}.{command.at.timestamp():.0f}"
        case Pressed():
            return f"p{command.callback}"
        case StatusChanged() | ChatGone() | ChatBack():
            return f"{type(command).__name__}.{command.chat}.{command.at.timestamp():.6f}"
        case DigestDue():
            return f"d{command.day.isoformat()}"
        case RecordDue():
            version = next((it.version for it in decision.records if it.id == command.id), "")
            return f"r{command.kind}.{command.id}.{version}.{command.at.timestamp():.6f}"
        case Endangered() | Orphaned() | PartyGone() | Tied():
            version = next((it.version for it in decision.records), "")
            return f"{type(command).__name__}.{command.dispute}.{version}.{command.at.timestamp():.6f}"
        case _:
            return f"{type(command).__name__}.{command.at.timestamp():.6f}"
