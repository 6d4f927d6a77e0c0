"""更正: severity, kind and place set right by staff, cases linked, what is not ours turned away (rows 8, 39-41).

One button on the card opens the menu; each change is made at once and logged with who made it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.case import Case, Place
from core.decide import choice, levels, limits, merging, more, pins, reading, say
from core.decide.actor import Actor, oversees
from core.decide.turn import Turn
from core.life import can
from core.mediation.life import ENDED
from core.messages import Bond, Key, Pressed, Spoke, Tied
from core.records import Dispute
from core.texts import GRADE_REASONS, NOT_OURS
from core.world import Decision

LEVELS = (1, 2, 3, 4)
PER_ROW = 2
# What the next reply is, by the kind of the text that asked for it.
NEED_PLACE, NEED_NUMBER, NEED_LINK = "fix.need_place", "fix.need_number", "fix.need_link"
NEEDS = frozenset({NEED_PLACE, NEED_NUMBER, NEED_LINK})

# Words by which a report is likelier to be another body's: the first that fits is proposed (row 8).
POWERS: Mapping[str, tuple[str, ...]] = {
    "labour": ("工资", "欠薪", "讨薪", "加班费", "劳动合同", "社保"),
    "consumer": ("退款", "退钱", "假货", "缺斤少两", "快递", "网购", "预付卡", "充值卡"),
    "law": ("离婚", "遗产", "官司", "起诉", "判决", "执行款"),
    "medical": ("医保", "医院收费", "挂号", "医疗事故"),
    "transport": ("出租车", "网约车", "公交", "地铁"),
}
DISPUTE = "M"  # the first letter of a dispute's number


def menu(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """✏️ 更正: what can be set right here, by whoever presses."""
    case = turn.case
    if not can(case.status, "set_right"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    labels = [("btn.fix_severity", "cs"), ("btn.fix_category", "cc"), ("btn.fix_place", "cp")]
    if not case.sealed:
        labels += [("btn.merge", "mg"), ("btn.link", "ln")]
        labels += [("btn.split", "ms")] if case.joined else []
        labels += (
            [("btn.reject", "rj"), ("btn.no_hazard", "nk"), ("btn.spam", "sm")] if oversees(actor, turn.world) else []
        )
    keys = [say.key(label, action, case) for label, action in labels]
    return choice.show(turn, command.chat, _rows(keys), "ans.choose_change")


def _rows(keys: list[Key]) -> choice.Keys:
    return tuple(tuple(keys[at : at + PER_ROW]) for at in range(0, len(keys), PER_ROW))


def severity(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """Up: anyone who has the case; down: the grid head or the centre, with a reason (row 39)."""
    level, reason = choice.parts(command, 2)
    case = turn.case
    if not can(case.status, "regraded"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if level not in map(str, LEVELS):
        keys = [say.key("btn.severity", "cs", case, str(it), severity=it) for it in LEVELS if it != case.severity]
        return choice.show(turn, command.chat, _rows(keys), "ans.choose_change")
    if int(level) == case.severity:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if int(level) < case.severity:
        return _regraded(turn, actor, int(level), None).decide(say.answer(turn.world, "ans.ok"))
    if not oversees(actor, turn.world):
        return Decision(answer=say.answer(turn.world, "ans.head_only", alert=True))
    if reason not in GRADE_REASONS:
        found = tuple((say.key("btn.reason", "cs", case, f"{level}/{it}", reason=it),) for it in GRADE_REASONS)
        return choice.show(turn, command.chat, found, "ans.choose_reason")
    return _regraded(turn, actor, int(level), reason).decide(say.answer(turn.world, "ans.ok"))


def _regraded(turn: Turn, actor: Actor, level: int, reason: str | None) -> Turn:
    """The limits anew from the first message; a case that became dangerous alerts everybody (rows 2, 39)."""
    before = turn.case
    turn = turn.move("regraded", actor=actor.person.id, severity=level, was=before.severity, reason=reason)
    turn = more.settled(turn.change(severity=level), before)
    return _told(turn, actor, "severity")


def category(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The kind: its group first, then the code (row 40)."""
    group, code = choice.parts(command, 2)
    case, taxonomy = turn.case, turn.world.town.taxonomy
    if not can(case.status, "set_right"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    within = [it for it in taxonomy.categories.values() if it.group == group]
    if not within:
        groups = [say.key("btn.group", "cc", case, it.code, group=it.zh) for it in taxonomy.groups]
        return choice.show(turn, command.chat, _rows(groups), "ans.choose_change")
    if code not in {it.code for it in within}:
        codes = [say.key("btn.category", "cc", case, f"{group}/{it.code}", category=it.code) for it in within]
        return choice.show(turn, command.chat, _rows(codes), "ans.choose_change")
    if code == case.category:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = turn.move("set_right", actor=actor.person.id, category=code, was=case.category)
    fresh = reading.with_severity(replace(case, category=code), turn.world.town, turn.now)
    known = fresh.severity
    turn = turn.change(
        category=code, severity=known if limits.UNHEARD in case.raised else min(known, case.severity),
        raised=fresh.raised, sealed=fresh.sealed, guesses=(),
    )  # fmt: skip
    return _told(more.settled(turn, case), actor, "category").decide(say.answer(turn.world, "ans.ok"))


def place(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The place: told in a reply, by words or by a position (row 40)."""
    del actor
    return _need(turn, command, NEED_PLACE, "ans.reply_place", "set_right")


def link(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🔗 关联: with a case or a dispute, by its number; of one that is done as well (row 41)."""
    del actor
    return _need(turn, command, NEED_LINK, "ans.reply_number", "linked")


def _need(turn: Turn, command: Pressed, kind: str, said: str, event: str) -> Decision:
    if not can(turn.case.status, event):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=turn.case.status.value))
    ask = say.staff(command.chat, kind, turn.world.town, case=turn.case, force=True)
    return turn.tell(ask).decide(say.answer(turn.world, said))


def replied(turn: Turn, actor: Actor, command: Spoke) -> Decision | None:
    """A reply to one of our questions; None when it answers something else."""
    kind = turn.world.post.kind if turn.world.post else ""
    return REPLIES[kind](turn, actor, command) if kind in REPLIES else None


def _number(turn: Turn, actor: Actor, command: Spoke) -> Decision:
    decision = merging.tie(turn, actor, command.text.strip().upper())
    return replace(decision, answer=None) if decision.then else _again(turn, command, NEED_NUMBER)


def _link(turn: Turn, actor: Actor, command: Spoke) -> Decision:
    number = command.text.strip().upper()
    if number.startswith(DISPUTE):
        return _to_dispute(turn, actor, command, number)
    other = next(iter(turn.world.cases_of((number,))), None)
    if other is None or other.no == turn.case.no or other.sealed or not can(turn.case.status, "linked"):
        return _again(turn, command, NEED_LINK)
    both = ((turn.case.no, other.no), (other.no, turn.case.no))
    by = actor.person.id
    return Decision(then=tuple(Bond(at=turn.now, case=a, other=b, kind="linked", by=by) for a, b in both))


def _to_dispute(turn: Turn, actor: Actor, command: Spoke, number: str) -> Decision:
    """A leak and the quarrel about it name each other, and both must end (mechanism F66). A card, which a group reads,
    does not name what is for named people only; who may not know of it gets the answer to a wrong number."""
    dispute = turn.world.look_up(Dispute, number)
    if (
        dispute is None
        or dispute.step in ENDED
        or not _knows(actor, dispute, turn)
        or not can(turn.case.status, "linked")
    ):
        return _again(turn, command, NEED_LINK)
    by = actor.person.id
    own = () if dispute.named else (Bond(at=turn.now, case=turn.case.no, other=number, kind="linked", by=by),)
    return Decision(then=(*own, Tied(at=turn.now, dispute=number, case=turn.case.no, by=by)))


def _knows(actor: Actor, dispute: Dispute, turn: Turn) -> bool:
    if actor.person.id in dispute.team_of_mediators():
        return True
    return not dispute.named and (actor.team == dispute.team or oversees(actor, turn.world))


def _again(turn: Turn, command: Spoke, kind: str) -> Decision:
    asked = say.staff(command.chat, kind, turn.world.town, case=turn.case, force=True)
    return Decision(notices=(asked,) if asked else ())


def _place(turn: Turn, actor: Actor, command: Spoke) -> Decision:
    case, fresh = turn.case, _where(turn, command)
    if fresh is None or not can(case.status, "set_right"):
        return _again(turn, command, NEED_PLACE)
    turn = turn.move(
        "set_right", actor=actor.person.id, place=fresh.label, was=case.place.label if case.place else None
    )
    turn = more.settled(turn.change(place=fresh, rivals=(), conflict=None), case)
    return _told(turn, actor, "place").decide()


def _where(turn: Turn, command: Spoke) -> Place | None:
    """The place that a reply names; a pin outside the district is none."""
    town = turn.world.town
    if command.spot is not None:
        found = pins.with_pin(replace(turn.case, place=None), command.spot, town).place
        return found if found and found.grid else None
    words = command.text.strip()
    return reading.spoken_place(reading.read(words, town, command.at), town) if words else None


def _told(turn: Turn, actor: Actor, what: str) -> Turn:
    """Whoever has it hears what was set right, and by whom."""
    town, case, chat = turn.world.town, turn.case, levels.holder_chat(turn.case)
    params = {"by": actor.person.id, "change": what}
    return turn.tell(say.staff(chat, "duty.corrected", town, case=case, lane=levels.lane(turn), params=params))


REPLIES: Mapping[str, Callable[[Turn, Actor, Spoke], Decision]] = {
    NEED_PLACE: _place,
    NEED_NUMBER: _number,
    NEED_LINK: _link,
}


def proposed(case: Case) -> str | None:
    """Whose matter the words make it likely to be, when it is not ours; None when they do not say."""
    said = "".join(case.words)
    return next((body for body, words in POWERS.items() if any(word in said for word in words)), None)


def reject(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🚫 不予受理: the likeliest body first; the resident hears whom to turn to (row 8)."""
    (body,) = choice.parts(command, 1)
    refused = barred(turn, actor)
    if refused is not None:
        return refused
    if body not in NOT_OURS:
        first = proposed(turn.case)
        bodies = sorted(NOT_OURS, key=lambda it: it != first)
        keys = tuple((say.key("btn.body", "rj", turn.case, it, body=it),) for it in bodies)
        return choice.show(turn, command.chat, keys, "ans.choose_body")
    turn = turned_away(turn.move("rejected", actor=actor.person.id, reason=body))
    told = say.reporter(turn.case, "case.rejected", params={"body": body, "where": body})
    return turn.tell(told).decide(say.answer(turn.world, "ans.ok"))


def barred(turn: Turn, actor: Actor) -> Decision | None:
    """Why this may not be turned away, None when it may: never danger, nor what others have joined (row 8)."""
    case = turn.case
    if not can(case.status, "rejected") or case.sealed or case.emergency or case.severity == 1 or case.joined:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    if not oversees(actor, turn.world):
        return Decision(answer=say.answer(turn.world, "ans.head_only", alert=True))
    return None


def turned_away(turn: Turn) -> Turn:
    """A case that was just rejected: it ends here, and nobody is asked about it any more."""
    return turn.pass_others(None).change(closed_at=turn.now, handover=None, similar=())
