"""The patrol's buttons: accept, transfer, not ours, arrive, back-up (life.md rows 10-16)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import roster
from core.case import Handover, Offer, Status
from core.decide import calls, cards, choice, dispatch, evidence, say
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.district import Person
from core.life import can
from core.messages import Answer, Lane, Notice, Pressed
from core.records.call import Asked
from core.texts import REASONS
from core.world import Decision

TRANSFERS_WITHOUT_HEAD = 2  # life.md row 13
REFUSALS_TILL_HEAD = 2  # life.md row 12
ETA = timedelta(minutes=10)
BACKUPS = 2  # life.md row 16


def accept(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """✋: the first one wins; for the target of a transfer it is also the yes to it (rows 10, 13)."""
    del command
    case = turn.case
    if actor.offer is None or actor.offer.state != "open":
        return turn.decide(_too_late(turn))
    turn = taken(turn, actor, actor.offer)
    return turn.decide(say.answer(turn.world, "ans.accepted", no=case.no))


def _too_late(turn: Turn) -> Answer:
    """Somebody was quicker: who it was."""
    case = turn.case
    if case.handler is None:
        return say.answer(turn.world, "ans.not_now", status=case.status.value)
    return say.taken(turn.world, case)


def _take_over(turn: Turn, offer: Offer) -> Turn:
    turn = turn.move("transferred", team=offer.team, assignment=offer.serial)
    case = turn.case
    return turn.change(handover=None, transfers=case.transfers + 1, round=case.round + 1, handler=None).tell(
        say.reporter(turn.case, "case.transferred", params={"team": offer.team})
    )


def taken(turn: Turn, actor: Actor, offer: Offer) -> Turn:
    """The case is this team's now; the reporter hears who comes and when (row 10). NotInLife when it is too late."""
    if offer.kind == "transfer":
        turn = _take_over(turn, offer)
    if offer.kind == "second":
        turn = turn.assigned(offer)
    turn = turn.move("accepted", actor=actor.person.id, assignment=offer.serial, person=actor.person.id)
    turn = turn.settle(offer.serial, "accepted").pass_others(offer.serial)
    turn = turn.change(team=offer.team, accepted_at=turn.now, alive_at=None, handover=None)
    return held_by(turn, actor.person, offer)


def held_by(turn: Turn, person: Person, offer: Offer) -> Turn:
    """This person handles what the team has accepted: the reporter hears who comes."""
    turn = turn.change(handler=person.id, shift_ends=_shift_ends(turn, person.id, offer.team))
    return _private_details(turn.tell(_told_accepted(turn)), person, offer)


def _shift_ends(turn: Turn, person: str, team: str) -> datetime | None:
    town = turn.world.town
    found = town.district.team(team)
    changes = turn.world.presence.changes
    running = roster.rostered(found, turn.now, town.district, town.holidays, changes) if found else ()
    return next((shift.end for shift in running if person in shift.members), None)


def _told_accepted(turn: Turn) -> Notice:
    case = turn.case
    if case.sealed:
        return say.reporter(case, "emg.selfharm_taken" if case.emergency == "selfharm" else "case.accepted_sealed")
    who = {"team": case.team, "person": case.handler}
    if case.arrive_due is None or case.arrive_due <= turn.now:
        return say.reporter(case, "case.accepted_open", params=who)
    eta = case.arrive_due if case.severity > 2 else min(case.arrive_due, turn.now + ETA)
    return say.reporter(case, "case.accepted", params={**who, "eta": say.iso(eta)})


def keep_in_private(turn: Turn) -> Turn:
    """A case that became sealed after somebody had accepted it: that person goes on with it, away from the group."""
    case = turn.case
    person = turn.world.town.district.member(case.handler)
    held = next((o for o in case.offers if o.state == "accepted"), None)
    if person is None or held is None:
        return turn
    return _private_details(turn.pass_others(held.serial).change(handover=None), person, held)


def _private_details(turn: Turn, person: Person, accepted: Offer) -> Turn:
    """Whoever accepted sees the pictures in private when the group may not (privacy.md), a sealed case as a card."""
    case, user = turn.case, person.tg_id
    if user is None or accepted.kind == "officer":
        return turn
    if case.sealed:
        offer = Offer(
            serial=turn.next_serial(), team=f"person:{person.id}", chat=user, kind="officer", at=turn.now,
            due=None, state="accepted",
        )  # fmt: skip
        turn = turn.change(offers=(*case.offers, offer), team=offer.team).watch(user)
        return turn.tell(*evidence.show(turn.case, turn.world, user))
    turn = turn.tell(evidence.own_words(case, cards.as_written(case), turn.world, user))
    if case.severity > evidence.GROUP_PICTURES_UP_TO:
        return turn.tell(*evidence.show(case, turn.world, user))
    return turn


def transfer(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """↪️: choose the target among the posts on duty; then it waits until the target accepts (row 13)."""
    target = command.press.arg if command.press else ""
    if not can(turn.case.status, "transferred"):
        return _not_now(turn)
    if not target:
        return _choose_target(turn, actor, command, "tr", "")
    return _ask_target(turn, actor, target, "transfer")


def _not_now(turn: Turn) -> Decision:
    """Said of a press that this status has no use for."""
    return Decision(answer=say.answer(turn.world, "ans.not_now", status=turn.case.status.value))


def not_ours(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🚫: a reason, then a named target; the first holder keeps it until the target accepts (row 12, 首问负责)."""
    reason, _, target = (command.press.arg if command.press else "").partition("/")
    if not can(turn.case.status, "declined"):
        return _not_now(turn)
    if not reason:
        keys = tuple((say.key("btn.reason", "no", turn.case, code, reason=code),) for code in REASONS)
        return choice.show(turn, command.chat, keys, "ans.choose_reason")
    if reason not in REASONS:
        return Decision(answer=say.answer(turn.world, "ans.unknown"))
    if not target:
        return _choose_target(turn, actor, command, "no", f"{reason}/")
    return _ask_target(turn, actor, target, reason)


def back(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The choice is left; the card shows its usual buttons."""
    del actor
    return Decision(notices=(cards.card(turn.case, turn.world, command.chat),), answer=say.answer(turn.world, "ans.ok"))


def targets(turn: Turn, actor: Actor) -> dict[str, int | None]:
    """Who may be asked to take it, nearest first, with metres: the posts on duty and the centre. Whoever said no is
    not asked again, but the grid head may still assign it to them."""
    case, centre = turn.case, turn.world.town.district.centre_team
    refused = {o.team for o in case.offers if o.state == "declined"} if not actor.over else set()
    posts = dispatch.posts_by_distance(turn.world, case)
    return {team: metres for team, metres in (*posts, (centre, None)) if team not in {case.team, *refused}}


def _choose_target(turn: Turn, actor: Actor, command: Pressed, action: str, before: str) -> Decision:
    found = targets(turn, actor)
    centre = turn.world.town.district.centre_team
    shown = [*[it for it in found if it != centre][:5], *([centre] if centre in found else [])]
    keys = tuple(
        (say.key("btn.target", action, turn.case, f"{before}{team}", team=team, metres=found[team]),) for team in shown
    )
    return choice.show(turn, command.chat, keys, "ans.choose_target")


def _ask_target(turn: Turn, actor: Actor, target: str, reason: str) -> Decision:
    case, found = turn.case, targets(turn, actor)
    if target not in found:  # forged, or gone home since the choice was shown
        return Decision(answer=say.answer(turn.world, "ans.no_target"))
    if actor.over:
        return assign(turn, actor, target).decide(say.answer(turn.world, "ans.asked", target=target))
    if case.handover is not None or actor.offer is None:
        waiting = case.handover.target if case.handover else target
        return Decision(answer=say.answer(turn.world, "ans.asked", target=waiting))
    if case.transfers >= TRANSFERS_WITHOUT_HEAD:
        return _head_decides(turn).decide(say.answer(turn.world, "ans.not_yours", alert=True))
    if reason != "transfer":
        turn = turn.move("declined", actor=actor.person.id, assignment=actor.offer.serial, reason=reason, target=target)
    serial = turn.next_serial()
    turn = dispatch.to_team(turn, target, "transfer", found[target])
    turn = turn.change(handover=Handover(target=target, offer=serial, by=actor.person.id, reason=reason))
    asked = say.staff(
        turn.case.offers[-1].chat, "duty.transfer_asked", turn.world.town, case=case, lane=say.urgent(case),
        params={"team": actor.team, "by": actor.person.id, "reason": reason},
    )  # fmt: skip
    return turn.tell(asked).decide(say.answer(turn.world, "ans.asked", target=target))


def assign(turn: Turn, actor: Actor, target: str) -> Turn:
    """指派 by the grid head: no refusal; the target's own clock starts now (row 13)."""
    metres = targets(turn, actor)[target]
    turn = turn.pass_others(None).move("transferred", actor=actor.person.id, team=target, assigned=True)
    turn = turn.change(
        handover=None, round=turn.case.round + 1, team=target, handler=None, accepted_at=None, shift_ends=None,
        told_received=False,
    )  # fmt: skip
    kind = "centre" if target == turn.world.town.district.centre_team else "post"
    return dispatch.to_team(turn, target, kind, metres)


def refuse(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """The target of a transfer says no: the first holder keeps it; after two refusals the head assigns (row 12)."""
    del command
    case = turn.case
    if case.handover is None or actor.offer is None or actor.offer.serial != case.handover.offer:
        return Decision(answer=say.answer(turn.world, "ans.stale"))
    return give_back(turn, actor.person.id).decide(say.answer(turn.world, "ans.ok"))


def give_back(turn: Turn, actor: str | None) -> Turn:
    """An asked transfer comes back: refused by a person, or unanswered in time (`actor` None)."""
    handover = turn.case.handover
    if handover is None:
        return turn
    turn = turn.settle(handover.offer, "declined").change(handover=None, refusals=turn.case.refusals + 1)
    turn = turn.log("transfer_refused", actor=actor, assignment=handover.offer, target=handover.target)
    for offer in turn.case.offers:
        if offer.team == turn.case.team and offer.state in {"open", "accepted"}:
            turn = turn.tell(
                say.staff(offer.chat, "duty.transfer_refused", turn.world.town, case=turn.case,
                          lane=say.urgent(turn.case), params={"team": handover.target})
            )  # fmt: skip
    return _head_decides(turn) if turn.case.refusals >= REFUSALS_TILL_HEAD else turn


def _head_decides(turn: Turn) -> Turn:
    district = turn.world.town.district
    head = district.grid_head(turn.case.place.grid if turn.case.place else None)
    return turn.watch(head.tg_id if head and head.tg_id else district.centre_chat())


def backup(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """🆘 from the site: the nearest two posts that were not asked yet say whether and when they come, the centre hears
    it; the asker sees who comes (row 16)."""
    del command
    case, town = turn.case, turn.world.town
    if not can(case.status, "backup_asked") and case.status is not Status.ACK:
        return Decision(answer=say.answer(turn.world, "ans.not_now", status=case.status.value))
    near = (
        Asked(kind="post", name=team, metres=metres)
        for team, metres in dispatch.backups(turn.world, case)
        if team != case.team
    )
    asked = calls.fresh(turn.world, tuple(near))[:BACKUPS]
    call = calls.called(case, turn.world, asked)
    place = case.place.label if case.place else ""
    heard = say.staff(
        town.district.centre_chat(), "backup.asked", town, case=case, lane=Lane.URGENT,
        params={"team": case.team, "place": place, "metres": None},
    )  # fmt: skip
    teams = [it.name for it in asked]
    if case.status is Status.ACK:  # asked on the way there: no step of the life, but the same help
        turn = turn.log("backup_asked", actor=actor.person.id, teams=teams)
    else:
        turn = turn.move("backup_asked", actor=actor.person.id, teams=teams)
    turn = turn.tell(*calls.requests(call, case, turn.world, len(call.asked) - len(asked)), heard)
    turn = turn.tell(*calls.board(call, case, turn.world))
    return replace(turn.decide(say.answer(turn.world, "ans.backup")), records=(call,))


def shift_over(turn: Turn) -> Turn:
    """The shift went home before anybody was on site: the next shift has the case, with its clock running (row 14)."""
    case = turn.case
    turn = turn.move("shift_ended").pass_others(None)
    turn = turn.change(handler=None, accepted_at=None, shift_ends=None, handover=None, round=case.round + 1)
    if case.sealed:
        return dispatch.sealed_to_centre(turn)
    turn = dispatch.back_to_team(turn)
    newest = turn.case.offers[-1]
    params = {"person": case.handler, "until": say.iso(newest.due)}
    return turn.tell(say.staff(newest.chat, "duty.handover_case", turn.world.town, case=turn.case, params=params))
