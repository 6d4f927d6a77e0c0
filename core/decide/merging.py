"""并案 and 拆分: one matter under one number, followed by all who told of it; undone within seven days (rows 31-32)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from core.case import Case, Status
from core.decide import again, cards, choice, closing, company, dispatch, evidence, joining, levels, limits, say
from core.decide.actor import Actor, oversees
from core.decide.turn import Turn, begin
from core.life import can
from core.messages import Bond, Pressed
from core.world import Decision, World

SPLIT_WITHIN = timedelta(days=7)  # life.md row 32
SHOWN = 6
BY_NUMBER = "no"
WORDS = 200  # characters of a joined report that the handlers are shown


def merge(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🔗 并案: with one of those near it, or by number; the younger goes into the older."""
    (other,) = choice.parts(command, 1)
    if not can(turn.case.status, "merged"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=turn.case.status.value))
    if other == BY_NUMBER:
        ask = say.staff(command.chat, "fix.need_number", turn.world.town, case=turn.case, force=True)
        return turn.tell(ask).decide(say.answer(turn.world, "ans.reply_number"))
    if other:
        return tie(turn, actor, other)
    near = [it for it in joining.nearby(turn.case, turn.world) if can(it.status, "joined")][:SHOWN]
    keys = tuple((say.key("btn.merge_with", "mg", turn.case, it.no, no=it.no, place=_label(it)),) for it in near)
    by_number = (say.key("btn.by_number", "mg", turn.case, BY_NUMBER),)
    return choice.show(turn, command.chat, (*keys, by_number), "ans.choose_case")


def _label(case: Case) -> str | None:
    return case.place.label if case.place else None


def tie(turn: Turn, actor: Actor, number: str) -> Decision:
    """Two cases become one. Who does not oversee may take those only that lie near: the other may be another team's."""
    other = next(iter(turn.world.cases_of((number,))), None)
    near = other is not None and (other.no in turn.case.similar or other in joining.nearby(turn.case, turn.world))
    if other is None or other.no == turn.case.no or other.sealed or not (near or oversees(actor, turn.world)):
        return Decision(answer=say.answer(turn.world, "ans.no_case"))
    main, younger = sorted((turn.case, other), key=lambda it: (it.opened_at, it.no))
    if not can(younger.status, "merged") or not can(main.status, "joined"):
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=other.status.value))
    bond = Bond(at=turn.now, case=younger.no, other=main.no, kind="merged", by=actor.person.id)
    return Decision(answer=say.answer(turn.world, "ans.merged", no=main.no), then=(bond,))


def reopen(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The closed case is opened again, and this report goes into it: staff say so (row 29)."""
    (number,) = choice.parts(command, 1)
    main = next(iter(turn.world.cases_of((number,))), None) if number in turn.case.similar else None
    if (
        main is None
        or not can(turn.case.status, "merged")
        or not (can(main.status, "reported_again") or main.status in OPEN)
    ):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not oversees(actor, turn.world):
        return Decision(answer=say.answer(turn.world, "ans.not_yours", alert=True))
    then = tuple(joining.reopening(turn, main, actor.person.id))
    return Decision(answer=say.answer(turn.world, "ans.merged", no=main.no), then=then)


OPEN = frozenset(status for status in Status if can(status, "joined"))


def apart(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """Two matters: the cards name the other no longer."""
    (number,) = choice.parts(command, 1)
    if number not in turn.case.similar:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    turn = _without(turn.log("not_same", actor=actor.person.id, of=[number]), number)
    turn = turn.follow(Bond(at=turn.now, case=number, other=turn.case.no, kind="different"))
    return turn.decide(say.answer(turn.world, "ans.ok"))


def split(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """✂️ 拆分: which of those that were merged into it within seven days."""
    (number,) = choice.parts(command, 1)
    fresh = [it for it in turn.world.cases_of(turn.case.joined) if _may_be_split(it, turn)]
    if number in {it.no for it in fresh}:
        bonds = (Bond(at=turn.now, case=number, other=turn.case.no, kind="split", by=actor.person.id),
                 Bond(at=turn.now, case=turn.case.no, other=number, kind="lost", by=actor.person.id))  # fmt: skip
        return Decision(answer=say.answer(turn.world, "ans.ok"), then=bonds)
    if not fresh:
        return Decision(answer=say.answer(turn.world, "ans.too_late_split", alert=True))
    keys = tuple(
        (say.key("btn.merge_with", "ms", turn.case, it.no, no=it.no, place=_label(it)),) for it in fresh[:SHOWN]
    )
    return choice.show(turn, command.chat, keys, "ans.choose_case")


def _may_be_split(case: Case, turn: Turn) -> bool:
    """An erased one has neither words nor anybody to hear of it any more."""
    fresh = case.merged_at is not None and turn.now - case.merged_at <= SPLIT_WITHIN and case.erased_at is None
    return case.status is Status.MERGED and case.into == turn.case.no and fresh


def tied(command: Bond, world: World) -> Decision:
    """One case's side of a bond."""
    return Decision() if world.case is None else TIES[command.kind](begin(world), command).decide()


def _other(turn: Turn, command: Bond) -> Case | None:
    return next(iter(turn.world.cases_of((command.other,))), None)


def _merged(turn: Turn, command: Bond) -> Turn:
    """The younger ends here; its reporter hears of the other number (row 31)."""
    main, case = _other(turn, command), turn.case
    if main is None or not can(case.status, "merged") or not can(main.status, "joined"):
        return turn
    turn = dispatch.reported(turn).move("merged", actor=command.by, into=main.no)
    turn = turn.pass_others(None).change(
        into=main.no, merged_at=turn.now, handover=None, closing=None, similar=(), asked=None, joined=(), hold=None
    )
    kind = "case.merged_own" if main.reporter == case.reporter else "case.merged"
    turn = turn.tell(say.reporter(turn.case, kind, params={"no": main.no}))
    followers = (Bond(at=turn.now, case=it, other=main.no, kind="repointed") for it in case.joined)
    return turn.follow(*followers, replace(command, case=main.no, other=case.no, kind="gained"))


def _gained(turn: Turn, command: Bond) -> Turn:
    """The older one weighs more; its handlers see what was added, and where. Severity 1 is alerted anew."""
    joined, case = _other(turn, command), turn.case
    if joined is None or joined.no in case.joined or not can(case.status, "joined"):
        return turn
    turn = turn.move("joined", actor=command.by, of=joined.no)
    known = {case.reporter, *(it.reporter for it in company.members(case, turn.world))}
    label = _label(joined)
    elsewhere = label if label and label != _label(case) and label not in case.also else None
    turn = turn.change(
        joined=(*case.joined, joined.no),
        reporters=case.reporters + (joined.reporter not in known) + joined.reporters - 1,
        also=(*case.also, elsewhere) if elsewhere else case.also,
        similar=tuple(no for no in case.similar if no != joined.no),
    )
    return _heard(_raised(turn, joined.severity), joined)


def _raised(turn: Turn, severity: int) -> Turn:
    """The worse of the two counts (row 39)."""
    if severity >= turn.case.severity or not can(turn.case.status, "regraded"):
        return turn
    turn = turn.change(severity=severity).move("regraded", severity=severity).log("corrected", severity=severity)
    return limits.note(limits.unplanned(turn))


def _heard(turn: Turn, joined: Case) -> Turn:
    case, town = turn.case, turn.world.town
    if case.status is Status.DONE:
        return turn.tell(company.passed_on(closing.confirm_question(turn), joined))
    words = cards.masked(cards.as_written(joined), joined, within=case)[:WORDS]
    chat = levels.holder_chat(case)
    params = {"count": case.reporters, "place": _label(joined), "text": words}
    turn = turn.tell(say.staff(chat, "duty.joined", town, case=case, lane=levels.lane(turn), params=params))
    if chat is not None:
        turn = turn.tell(*evidence.show(replace(joined, no=case.no, sealed=case.sealed), turn.world, chat))
    if case.severity > dispatch.SECOND_POST_SEVERITY:
        return turn
    return turn.watch(*(it.chat for it in case.offers if it.state in {"open", "accepted"}))


def _repointed(turn: Turn, command: Bond) -> Turn:
    """The case that it followed was merged into another one."""
    if turn.case.status is not Status.MERGED:
        return turn
    bond = replace(command, case=command.other, other=turn.case.no, kind="adopted")
    return turn.change(into=command.other).log("repointed", into=command.other).follow(bond)


def _adopted(turn: Turn, command: Bond) -> Turn:
    if command.other in turn.case.joined:
        return turn
    return turn.change(joined=(*turn.case.joined, command.other)).log("adopted", of=command.other)


def _split(turn: Turn, command: Bond) -> Turn:
    """A matter of its own after all: anew, with the limits of its first message, and its reporter hears so (row 32)."""
    if turn.case.status is not Status.MERGED:
        return turn
    turn = turn.move("split", actor=command.by, of=command.other)
    turn = turn.change(
        into=None, merged_at=None, closed_at=None, round=turn.case.round + 1, team=None, handler=None, accepted_at=None,
        arrived_at=None, shift_ends=None, route_at=None, told_received=False,
        steps=tuple(it for it in turn.case.steps if it != "route"),
    )  # fmt: skip
    return dispatch.start(turn.tell(say.reporter(turn.case, "case.split")))


def _lost(turn: Turn, command: Bond) -> Turn:
    """`other` was split off."""
    case = turn.case
    if command.other not in case.joined:
        return turn
    left = replace(case, joined=tuple(no for no in case.joined if no != command.other))
    also = {_label(it) for it in turn.world.cases_of(left.joined)}
    turn = turn.log("lost", actor=command.by, of=command.other)
    return turn.change(
        joined=left.joined,
        reporters=1 + len(company.members(left, turn.world)),
        also=tuple(it for it in case.also if it in also),
    )


def _again(turn: Turn, command: Bond) -> Turn:
    """Told of anew within thirty days: open again under its own number (row 29)."""
    if not can(turn.case.status, "reported_again"):
        return turn
    return again.reopen(turn, "reported_again", command.by)


def _similar(turn: Turn, command: Bond) -> Turn:
    if command.other in turn.case.similar or not can(turn.case.status, "joined"):
        return turn
    return turn.change(similar=(*turn.case.similar, command.other)).log("maybe_same", of=[command.other])


def _different(turn: Turn, command: Bond) -> Turn:
    return _without(turn, command.other) if command.other in turn.case.similar else turn


def _without(turn: Turn, number: str) -> Turn:
    return turn.change(similar=tuple(no for no in turn.case.similar if no != number))


def _linked(turn: Turn, command: Bond) -> Turn:
    """Both live, and name each other (row 41)."""
    if command.other in turn.case.linked or not can(turn.case.status, "linked"):
        return turn
    turn = turn.move("linked", actor=command.by, to_case=command.other)
    return turn.change(linked=(*turn.case.linked, command.other))


def _noted(turn: Turn, command: Bond) -> Turn:
    """A closed case has a successor: noted in it, without waking it (row 30)."""
    if command.other in turn.case.linked or turn.case.erased_at is not None:
        return turn
    return turn.change(linked=(*turn.case.linked, command.other)).log("linked", of=command.other)


def _ended(turn: Turn, command: Bond) -> Turn:
    """The case that it follows is over: from now on its own identity is counted down (privacy.md)."""
    if turn.case.status is not Status.MERGED or turn.case.closed_at is not None:
        return turn
    return turn.change(closed_at=turn.now).log("main_ended", of=command.other)


TIES: Mapping[str, Callable[[Turn, Bond], Turn]] = {
    "merged": _merged,
    "gained": _gained,
    "repointed": _repointed,
    "adopted": _adopted,
    "split": _split,
    "lost": _lost,
    "again": _again,
    "similar": _similar,
    "different": _different,
    "linked": _linked,
    "noted": _noted,
    "ended": _ended,
}
