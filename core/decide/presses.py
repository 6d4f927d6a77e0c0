"""Inline buttons: every press is answered, and only one that is true now, by whoever may, changes anything."""

from collections.abc import Callable, Mapping

from core import access, rights
from core.case import Case
from core.decide import (
    calls,
    cards,
    checks,
    claims,
    closing,
    company,
    complaints,
    corrections,
    daily,
    departments,
    duty,
    finding,
    handover,
    helpers,
    hold,
    joining,
    kinds,
    known,
    lookup,
    mediation,
    merging,
    orders,
    patrol,
    people,
    privacy,
    profile,
    raising,
    rehearsal,
    reports,
    resident,
    roles,
    rulings,
    samples,
    say,
    screen,
    setup,
    spam,
    storm,
    tables,
    talk,
    tasks,
    thanks,
    verify,
    volunteers,
    whistling,
)
from core.decide.actor import Actor, colleague, for_chat
from core.decide.turn import Turn, begin
from core.messages import Answer, Press, Pressed
from core.world import Decision, World

StaffPress = Callable[[Turn, Actor, Pressed], Decision]
ResidentPress = Callable[[Turn, Pressed], Decision]

# The team that was offered the case; of these, HOLDER only for the team that has it.
STAFF: Mapping[str, StaffPress] = {
    "ac": patrol.accept,
    "rf": patrol.refuse,
    "tr": patrol.transfer,
    "no": patrol.not_ours,
    "bb": patrol.back,
    "ar": closing.arrive,
    "dn": closing.done,
    "bk": patrol.backup,
    "wh": whistling.call,
    "ws": whistling.sign,
    "hd": hold.ask,
    "hs": hold.sign,
    "hr": hold.resume,
    "co": corrections.menu,
    "cs": corrections.severity,
    "cc": corrections.category,
    "cp": corrections.place,
    "ln": corrections.link,
    "rj": corrections.reject,
    "nk": kinds.no_hazard,
    "oc": finding.open_card,
    "mg": merging.merge,
    "mo": merging.reopen,
    "m2": merging.apart,
    "ms": merging.split,
    "sm": spam.doubt,
    "sg": spam.sign,
    "mt": claims.take,
    "st": claims.still,
    "rl": claims.release,
    "aq": talk.begin_question,
    "rp": lookup.reporter,
    "hp": helpers.bring_in,
}
# a sealed case goes to no other group, whoever asks (privacy.md)
OPEN_ONLY = frozenset({"tr", "no", "bk", "wh", "ws", "mt", "rl", "mg", "ms", "mo", "ln", "rj", "sm", "nk"})
HOLDER = frozenset(
    {"tr", "no", "ar", "dn", "bk", "wh", "hd", "hr", "mt", "st", "rl", "aq", "cs", "cc", "cp", "ln", "mg", "ms", "hp"}
)

# Who follows it with a case of their own has the last word as well (row 25).
FOLLOWERS = frozenset({"ok", "re", "rt", "ur"})

# The person who reported, and nobody else.
RESIDENT: Mapping[str, ResidentPress] = {
    "ok": resident.solved,
    "re": resident.not_solved,
    "rt": resident.rate,
    "cx": resident.cancel,
    "ur": resident.urge,
    "ct": resident.choose_kind,
    "pl": resident.choose_place,
    "js": joining.join,
    "jn": joining.another,
    "ja": joining.rejoin,
    "ap": spam.appeal,
    "ty": thanks.ask,
    "hy": profile.remember,
    "hn": profile.decline,
    "an": talk.will_answer,
}


def pressed(command: Pressed, world: World) -> Decision:
    """Done, already done, not yours, or superseded: exactly one of these, said at once."""
    press = command.press
    if press is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    if not access.may_press(press.action, command.sender.user_id, world.town):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if press.action in FREE:
        return FREE[press.action](command, world)
    if world.case is None:
        return Decision(answer=_lost(press, world))
    if press.action in RESIDENT:
        return _by_resident(command, world, world.case)
    if press.action in STAFF:
        return _by_staff(command, world, world.case)
    return Decision(answer=say.answer(world, "ans.unknown"))


def _lost(press: Press, world: World) -> Answer:
    """A card whose case is not known: the hours in which it was told are lost (the database was put back from a copy),
    and whoever presses believes that it is on its way."""
    return say.answer(world, "ans.lost_case", alert=True) if press.case else say.answer(world, "ans.stale")


def _by_resident(command: Pressed, world: World, case: Case) -> Decision:
    press = command.press
    if case.erased_at is not None:
        late = press is not None and press.action == "re"  # there is no newest card to look at (row 26)
        return Decision(answer=say.answer(world, "ans.too_late" if late else "ans.stale", alert=late))
    user = command.sender.user_id
    follows = press is not None and press.action in FOLLOWERS and company.follows(user, case, world)
    if case.reporter != user and not follows:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if press is None or (press.round != case.round and press.action in {"ok", "re"}):
        return Decision(answer=say.answer(world, "ans.stale"))
    return RESIDENT[press.action](begin(world), command)


def _by_staff(command: Pressed, world: World, case: Case) -> Decision:
    press = command.press
    if press is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    actor = for_chat(world, case, command.sender.user_id, command.chat)
    if isinstance(actor, Answer):
        return _gone_or_refused(command, world, case, actor)
    if case.sealed and press.action in OPEN_ONLY:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if press.round != case.round:
        return _refreshed(command, world, case)
    if press.action in HOLDER and actor.team not in {case.team, ""} and not actor.over:
        return _taken(world, case)
    return STAFF[press.action](begin(world), actor, command)


def _gone_or_refused(command: Pressed, world: World, case: Case, refusal: Answer) -> Decision:
    """A colleague whose offer has passed is told who has the case; a stranger that it is not theirs."""
    person = colleague(world, command.sender.user_id)
    offered = [o.team for o in case.offers if o.chat == command.chat]
    ours = person is not None and any(rights.belongs(person, team, world.town.district) for team in offered)
    if ours and refusal.kind == "ans.not_yours":
        return _taken(world, case)
    return Decision(answer=refusal)


def _taken(world: World, case: Case) -> Decision:
    if case.handler is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    return Decision(answer=say.taken(world, case))


def _refreshed(command: Pressed, world: World, case: Case) -> Decision:
    """A button of an earlier round: the card is shown as it is now, nothing else happens."""
    shown = (cards.card(case, world, command.chat),) if command.chat in case.watchers else ()
    return Decision(notices=shown, answer=say.answer(world, "ans.stale"))


def _one(command: Pressed, world: World) -> Decision:
    if world.case is None or world.case.reporter != command.sender.user_id:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    return orders.one(command, world)


def _another(command: Pressed, world: World) -> Decision:
    if world.case is None or world.case.reporter != command.sender.user_id:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    return resident.another(command, world)


def _mine(command: Pressed, world: World) -> Decision:
    return Decision(notices=orders.mine(command, world).notices, answer=say.answer(world, "ans.ok"))


def _human(command: Pressed, world: World) -> Decision:
    decision = people.ask_human(command, world)
    return Decision(contact=decision.contact, notices=decision.notices, answer=say.answer(world, "ans.ok"))


FREE: Mapping[str, Callable[[Pressed, World], Decision]] = {
    "sp": finding.turn_page,
    "sv": finding.view,
    "fv": finding.from_report,
    "mi": _one,
    "nc": _another,
    "hu": _human,
    "lg": orders.set_language,
    "pe": privacy.ask,
    "py": privacy.erase,
    "px": privacy.copy,
    "pm": _mine,
    "pn": privacy.anonymous,
    "pw": privacy.withdraw,
    **reports.PRESSES,
    "fb": daily.subscribe,
    **duty.PRESSES,
    "wm": rehearsal.tapped,
    **mediation.PRESSES,
    **roles.PRESSES,
    "to": known.take_over,
    "kn": known.plan,
    "ex": known.explain,
    "pa": rulings.answer,
    "yt": tables.pressed,
    "su": setup.pressed,
    "sw": storm.pressed,
    "bp": screen.post,
    "tn": tasks.ask,
    "tk": tasks.pressed,
    "td": tasks.pressed,
    "tw": tasks.pressed,
    "kc": complaints.fine,
    "ku": complaints.unhappy,
    "qh": raising.raised,
    "hv": helpers.look,
    "hg": handover.count,
    "ht": handover.take,
    "ky": checks.change,
    "ks": checks.sign,
    "kt": samples.judge,
    "kf": samples.judge,
    "ca": calls.answer,
    "cg": calls.call_guards,
    "cv": volunteers.call,
    "vi": volunteers.join,
    "vr": volunteers.radius,
    "vo": volunteers.leave,
    "vy": verify.pressed,
    "wi": departments.pressed,
    "wr": departments.pressed,
    "wd": departments.pressed,
}
