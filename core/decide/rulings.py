"""What the centre is asked or warned about the town's own rules: a changed ladder, a year without a holiday table."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from core import calendar, ladder, rights
from core.case import Case, Status
from core.decide import limits, say
from core.decide.actor import colleague
from core.decide.turn import begin
from core.messages import Json, Lane, Notice, PolicyApplied, Pressed, record_ref
from core.policy import in_storm, is_stormy
from core.records import Record
from core.records.lists import NoTable, Ruling
from core.world import Decision, World

ONLY = "now"  # the one ruling there is
AGAIN = timedelta(days=7)  # a missing table is brought up every week


def of_day(world: World) -> tuple[tuple[Record, ...], tuple[Notice, ...]]:
    """What the beginning of a day, or a freshly loaded district, asks the centre."""
    rulings, asked = _ruling(world)
    years = tuple(_missing(world))
    told = (*asked, *(_no_table(it, world) for it in years))
    return (*rulings, *years), tuple(it for it in told if it is not None)


def _ruling(world: World) -> tuple[tuple[Ruling, ...], tuple[Notice | None, ...]]:
    """The district's choice has changed: whether it holds for running cases as well. No answer means no."""
    text = world.town.district.options.policy
    known = next(iter(world.of(Ruling)), None)
    if known is None:
        return (Ruling(id=ONLY, text=text),), ()
    if known.text == text:
        return (), ()
    fresh = replace(known, text=text, serial=known.serial + 1)
    running = sum(it.policy is not None and it.policy != _for(it, world) for it in world.open_cases)
    return (fresh,), (_question(fresh, running, world),) if running else ()


def _question(ruling: Ruling, running: int, world: World) -> Notice | None:
    ref = record_ref("ruling", ONLY)
    keys = tuple(
        (say.key_of(label, "pa", ref, ruling.serial, arg),)
        for label, arg in (("btn.policy_new", "no"), ("btn.policy_all", "yes"))
    )
    chat = world.town.district.centre_chat()
    asked = say.staff(chat, "centre.policy", world.town, keys=keys, params={"count": running})
    return replace(asked, key=f"policy:{ruling.serial}:{world.now.isoformat()}") if asked else None


def answer(command: Pressed, world: World) -> Decision:
    """Somebody of the centre says whether the new ladder holds for running cases."""
    person, ruling, press = colleague(world, command.sender.user_id), world.record, command.press
    if person is None or not rights.belongs(person, world.town.district.centre_team, world.town.district):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if not isinstance(ruling, Ruling) or press is None or press.round != ruling.serial:
        return Decision(answer=say.answer(world, "ans.stale"))
    if ruling.text != world.town.district.options.policy:
        return Decision(answer=say.answer(world, "ans.stale"))
    done = replace(ruling, serial=ruling.serial + 1)  # one answer to one question
    applied = press.arg == "yes"
    others = (it for it in world.open_cases if it.policy != _for(it, world)) if applied else ()
    then = tuple(PolicyApplied(at=world.now, case=it.no) for it in others)
    kind = "centre.policy_all" if applied else "centre.policy_new"
    params: dict[str, Json] = {"by": person.id, **({"count": len(then)} if applied else {})}
    said = say.staff(command.chat, kind, world.town, params=params)
    notices = (replace(said, edit=command.message),) if said else ()
    return Decision(records=(done,), notices=notices, then=then, answer=say.answer(world, "ans.ok"))


def applied(command: PolicyApplied, world: World) -> Decision:
    """A running case goes by the ladder and limits of now; what was missed under the old ones stays in its history."""
    del command
    if world.case is None or world.case.policy == (policy := _for(world.case, world)):
        return Decision()
    turn = begin(world).change(policy=policy).log("policy_changed")
    frozen = turn.case.status not in ladder.WORKING or turn.case.status is Status.HOLD or turn.case.close_due is None
    return (turn if frozen else limits.note(turn)).decide()


def _for(case: Case, world: World) -> str:
    """The policy of now; what began in a storm stays in it."""
    chosen = world.town.district.options.policy
    return in_storm(chosen) if is_stormy(case.policy) else chosen


def _missing(world: World) -> Iterator[NoTable]:
    """Years that want telling now: never told, or a week ago."""
    today = calendar.local(world.now, world.town.district.zone).date()
    told = {it.id: it for it in world.of(NoTable)}
    for year in calendar.missing_years(today, world.town.calendar):
        known = told.get(str(year))
        if known is None:
            yield NoTable(id=str(year), told=today)
        elif today - known.told >= AGAIN:
            yield replace(known, told=today)


def _no_table(it: NoTable, world: World) -> Notice | None:
    chat, params = world.town.district.centre_chat(), {"year": it.id}
    told = say.staff(chat, "centre.no_table", world.town, lane=Lane.REMINDER, params=params)
    return replace(told, key=f"no_table:{it.id}:{it.told.isoformat()}") if told else None
