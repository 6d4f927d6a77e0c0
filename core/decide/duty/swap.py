"""换班 in two taps: which shift, with whom; the colleague agrees and it holds, if all rest as they must (duty.md).

Rest and double duty are refused with the reason, when it is asked and again when it is accepted; a month above the
hours that are usual needs the head's word.
"""

from dataclasses import replace

from core.decide import people, say
from core.decide.duty import holes, partners, told
from core.messages import Json, Notice, Ordered, Pressed
from core.records import Swap
from core.roster import Broken
from core.world import Decision, World


def ask(command: Ordered, world: World) -> Decision:
    """/swap: which of my shifts?"""
    return _choose(command, world, "swap.choose", "xs")


def ask_leave(command: Ordered, world: World) -> Decision:
    """/leave: which of my shifts?"""
    return _choose(command, world, "leave.choose", "xl")


def _choose(command: Ordered, world: World, kind: str, action: str) -> Decision:
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    shifts = partners.coming(person.id, world)[: partners.SHOWN]
    if not shifts:
        return Decision(notices=(people.tell(command, world, "swap.no_shift", menu="staff"),))
    keys = tuple(
        (say.key("btn.shift", action, None, partners.moment_name(it.start, world), start_at=say.iso(it.start),
                 shift=it.shift),)
        for it in shifts
    )  # fmt: skip
    return Decision(notices=(people.tell(command, world, kind, keys=keys),))


def chosen_shift(command: Pressed, world: World) -> Decision:
    """The shift was tapped: colleagues who could take it, each with the shift that is taken in return."""
    asked = _new(command, world, leave=False)
    if asked is None:
        return told.refused(world, "ans.stale")
    found = partners.partners(asked.person, asked.duty, world)
    params = _params(asked)
    if not found:
        notice = people.tell(command, world, "swap.nobody", params=params, edit=command.message)
        return Decision(notices=(notice,), answer=say.answer(world, "ans.ok"))
    asked = replace(asked, partners=found)
    keys = tuple(
        (told.button(
            "btn.exchange" if it.back else "btn.stand_in", "xc", asked, str(number), person=it.person,
            **({"start_at": say.iso(it.back.start)} if it.back else {}),
        ),)
        for number, it in enumerate(found)
    )  # fmt: skip
    notice = people.tell(command, world, "swap.with_whom", params=params, keys=keys, edit=command.message)
    return Decision(records=(asked,), notices=(notice,), answer=say.answer(world, "ans.ok"))


def _new(command: Pressed, world: World, *, leave: bool) -> Swap | None:
    """The request for a shift of the presser; None when it is not theirs any more, or one is under way."""
    person = world.town.district.person(command.sender.user_id)
    named = command.press.arg if command.press else ""
    shifts = partners.coming(person.id, world) if person else ()
    shift = next((it for it in shifts if partners.moment_name(it.start, world) == named), None)
    if person is None or shift is None:
        return None
    duty = partners.duty_of(shift)
    if any(it.person == person.id and it.duty == duty and it.state != "choosing" for it in world.of(Swap)):
        return None
    return Swap(id=f"{named}.{command.callback}", due_at=shift.start, person=person.id, duty=duty, leave=leave)


def _params(swap: Swap) -> dict[str, Json]:
    partner = swap.partner
    return {
        "person": swap.person,
        "team": swap.duty.team,
        "shift": swap.duty.shift,
        "start_at": say.iso(swap.duty.start),
        "colleague": partner.person if partner else None,
        "back_at": say.iso(partner.back.start) if partner and partner.back else None,
    }


def chosen_partner(command: Pressed, world: World) -> Decision:
    """The colleague was tapped: they are asked, if the rules still hold."""
    swap, number = world.record, command.press.arg if command.press else ""
    if not isinstance(swap, Swap) or swap.state != "choosing" or not number.isdecimal():
        return told.refused(world, "ans.stale")
    if not _is(command, swap.person, world):
        return told.refused(world)
    if int(number) >= len(swap.partners):
        return told.refused(world, "ans.stale")
    asked = replace(swap, chosen=int(number), state="asked")
    found = partners.broken(partners.swap_changes(asked), world)
    if found is not None and not partners.allowed(found):
        return _refused(asked, found, world)
    partner = asked.partners[int(number)]
    keys: told.Keys = ((told.button("btn.agree", "xy", asked), told.button("btn.decline", "xn", asked)),)
    withdraw: told.Keys = ((told.button("btn.withdraw", "xw", asked),),)
    return Decision(
        records=(asked,),
        events=(told.line("swap_asked", world, swap.person, team=swap.duty.team, of=partner.person),),
        notices=told.sent(
            people.tell(command, world, "swap.asked", params=_params(asked), keys=withdraw, edit=command.message),
            told.private(partner.person, "swap.please", world, _params(asked), keys),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def _is(command: Pressed, person: str, world: World) -> bool:
    found = world.town.district.person(command.sender.user_id)
    return found is not None and found.id == person


def answered(command: Pressed, world: World) -> Decision:
    """The colleague agrees or does not. What breaks no rule holds at once; too many hours go to the head."""
    swap = world.record
    if not isinstance(swap, Swap) or swap.state != "asked" or swap.partner is None:
        return told.refused(world, "ans.stale")
    if not _is(command, swap.partner.person, world):
        return told.refused(world)
    if command.press is not None and command.press.action == "xn":
        return _ends(swap, "refused", "swap.declined", world, command)
    found = partners.broken(partners.swap_changes(swap), world)
    if found is None:
        return _holds(command, swap, world)
    return _to_head(swap, found, world) if partners.allowed(found) else _refused(swap, found, world)


def _holds(command: Pressed, swap: Swap, world: World, by: str | None = None) -> Decision:
    """From now on the plan says so, everywhere: routing, signing in, the board, the gaps."""
    kind = "leave.done" if swap.leave else "swap.done"
    params = _params(swap)
    partner = swap.partner
    changed = partners.swap_changes(swap)
    after = replace(world, presence=replace(world.presence, changes=(*world.presence.changes, *changed)))
    left = holes.left_by(swap.duty, after)
    return Decision(
        records=(replace(swap, state="done", open=False, due_at=None), *left.records),
        changes=changed,
        events=(
            *left.events,
            told.line(
                "leave" if swap.leave else "swapped", world, by, team=swap.duty.team, person=swap.person,
                colleague=params["colleague"], start=params["start_at"], back=params["back_at"],
            ),
        ),
        notices=told.sent(
            people.tell(command, world, kind, params=params, edit=command.message),
            told.private(swap.person, kind, world, params),
            told.private(partner.person, kind, world, params) if partner else None,
            told.group(swap.duty.team, kind, world, params),
            told.to_heads(swap.duty.team, kind, world, params),
        ) + left.notices,
        answer=say.answer(world, "ans.ok"),
    )  # fmt: skip


def _to_head(swap: Swap, found: Broken, world: World) -> Decision:
    asked = replace(swap, state="head")
    params: dict[str, Json] = {**_params(swap), "hours": round(found.hours), "who": found.person}
    keys: told.Keys = ((told.button("btn.approve", "xa", asked), told.button("btn.refuse", "xr", asked)),)
    return Decision(
        records=(asked,),
        notices=told.sent(
            told.to_heads(swap.duty.team, "swap.approve", world, params, keys),
            told.private(swap.person, "swap.with_head", world, _params(swap)),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def leave(command: Pressed, world: World) -> Decision:
    """The shift was tapped: the head decides, and is told when nobody would be left."""
    asked = _new(command, world, leave=True)
    if asked is None:
        return told.refused(world, "ans.stale")
    asked = replace(asked, state="head")
    shift = told.shift_named(asked.duty.team, asked.duty.group, asked.duty.start, world)
    left: list[Json] = [it for it in shift.members if it != asked.person] if shift else []
    keys: told.Keys = ((told.button("btn.approve", "xa", asked), told.button("btn.refuse", "xr", asked)),)
    withdraw: told.Keys = ((told.button("btn.withdraw", "xw", asked),),)
    kind = "leave.approve" if left else "leave.approve_last"
    return Decision(
        records=(asked,),
        events=(told.line("leave_asked", world, asked.person, team=asked.duty.team),),
        notices=told.sent(
            people.tell(command, world, "leave.asked", params=_params(asked), keys=withdraw, edit=command.message),
            told.to_heads(asked.duty.team, kind, world, {**_params(asked), "others": left or None}, keys),
        ),
        answer=say.answer(world, "ans.ok"),
    )


def decided(command: Pressed, world: World) -> Decision:
    """The head's word."""
    swap = world.record
    if not isinstance(swap, Swap) or swap.state != "head":
        return told.refused(world, "ans.stale")
    head = world.town.district.person(command.sender.user_id)
    if head is None or not told.leads(head, swap.duty.team, world):
        return told.refused(world)
    if command.press is not None and command.press.action == "xr":
        return _ends(swap, "refused", "swap.head_refused", world, command)
    found = partners.broken(partners.swap_changes(swap), world)
    if found is not None and not partners.allowed(found):
        return _refused(swap, found, world)
    return _holds(command, swap, world, head.id)


def withdraw(command: Pressed, world: World) -> Decision:
    """The person thought better of it, before it was decided."""
    swap = world.record
    if not isinstance(swap, Swap) or not swap.open:
        return told.refused(world, "ans.stale")
    if not _is(command, swap.person, world):
        return told.refused(world)
    return _ends(swap, "withdrawn", "swap.withdrawn", world, command)


def due(swap: Swap, world: World) -> Decision:
    """The shift begins and nobody has decided: the plan stays as it was."""
    if swap.state == "choosing":
        return Decision(records=(replace(swap, state="expired", open=False, due_at=None),))
    return _ends(swap, "expired", "swap.expired", world)


def _ends(swap: Swap, state: str, kind: str, world: World, command: Pressed | None = None) -> Decision:
    ended = replace(swap, state=state, open=False, due_at=None)  # type: ignore[arg-type]  # one of its literals
    waiting: tuple[Notice | None, ...] = ()
    if swap.partner is not None and kind != "swap.declined":
        waiting = (told.private(swap.partner.person, kind, world, _params(swap)),)
    return Decision(
        records=(ended,),
        events=(told.line("swap_ended", world, None, team=swap.duty.team, state=state),),
        notices=told.sent(
            people.tell(command, world, kind, params=_params(swap), edit=command.message) if command else None,
            told.private(swap.person, kind, world, _params(swap)),
            *waiting,
        ),
        answer=say.answer(world, "ans.ok"),
    )


def _refused(swap: Swap, found: Broken, world: World) -> Decision:
    """A rule is broken: said to both in plain words."""
    params: dict[str, Json] = {
        **_params(swap), "rule": found.rule, "who": found.person, "hours": round(found.hours, 1),
    }  # fmt: skip
    told_partner = told.private(swap.partner.person, "swap.rule", world, params) if swap.partner else None
    return Decision(
        records=(replace(swap, state="refused", open=False, due_at=None),),
        events=(told.line("swap_ended", world, None, team=swap.duty.team, state="refused", rule=found.rule),),
        notices=told.sent(told.private(swap.person, "swap.rule", world, params), told_partner),
        answer=say.answer(world, "ans.ok"),
    )
