"""Both sides agree, or it does not happen: asked once, reminded once, silence is no; withdrawn as easily as given
(disputes.md, steps 3, 4 and 10). The other side learns that it does not go on, never who did not want."""

from dataclasses import replace

from core.decide.mediation import about, after, meeting, sending
from core.decide.mediation.turn import Med
from core.mediation.life import ALIVE, can
from core.messages import Key
from core.records.mediation import SIDES, Dispute, Step

HOWS = ("in_person", "phone")
MAY_WITHDRAW = frozenset(Step(it) for it in ALIVE.split("/")) | {Step.RED}


def keys(dispute: Dispute) -> tuple[tuple[Key, ...], ...]:
    """Yes and no; which side is answering follows from who presses."""
    return ((about.key("btn.med_yes", "yes", dispute), about.key("btn.med_no", "no", dispute)),)


def ask(med: Med, side: str) -> Med:
    """The question, once for each round; who has no account here is asked by the mediator."""
    party = med.dispute.party(side)
    if party.consent in {"asked", "yes"} or party.user is None:
        return med
    med = med.party(side, consent="asked", asked_at=med.now)
    med = med.log("med_asked", None, side=side)
    if side == "a":
        return med.to_side("a", "med.consent", room=sending.room(med), keys=keys(med.dispute))
    return med.to_side("b", "med.invite", room=sending.room(med), category=med.dispute.kind, keys=keys(med.dispute))


def yes(med: Med, side: str, how: str = "self", by: str = "") -> Med:
    """Agreed. Their rights are told in the same breath; with both agreed and told it goes on by itself (step 4)."""
    med = med.party(side, consent="yes", answered_at=med.now, how=how, by=by, informed_at=med.now)
    med = med.log("med_consented", by or side, side=side, how=how).to_side(
        side, "mediate.rights", keys=out(med.dispute)
    )
    return settled(med)


def settled(med: Med) -> Med:
    """Both have agreed and know their rights."""
    ready = all(it.consent == "yes" and it.informed_at is not None for it in (med.dispute.a, med.dispute.b))
    if not ready or not can(med.dispute.step, "med_informed"):
        return med
    return med.move("med_agreed_to_talk").move("med_informed").heard()


def out(dispute: Dispute) -> tuple[tuple[Key, ...], ...]:
    """The way to the mediator, and the way out."""
    return ((about.key("btn.med_answer", "answer", dispute), about.key("btn.med_withdraw", "out", dispute)),)


def ends(med: Med, side: str, how: str, by: str = "") -> Med:
    """One side does not want, does not want any more, or has not answered: `how` is no, withdrawn or silent."""
    med = med.party(side, consent=how, answered_at=med.now, by=by)
    med = meeting.called_off(med).change(reason=how).move("med_withdrawn", by or side, side=side, how=how)
    med = med.log("mediation_withdrawn", None)
    other = "b" if side == "a" else "a"
    if how != "silent":
        med = med.to_side(side, "mediate.respected", no=med.dispute.id)
    else:
        med = med.to_side(side, "mediate.silent", no=med.dispute.id)
    if med.dispute.party(other).consent != "":
        med = med.to_side(other, "mediate.not_going_on", no=med.dispute.id)
    return after.planned(med)


def remind(med: Med, side: str) -> Med:
    """Once, on the second working day."""
    return med.log("med_asked_again", None, side=side).to_side(
        side, "mediate.consent_again", category=med.dispute.kind, keys=keys(med.dispute)
    )


def forgotten(dispute: Dispute) -> Dispute:
    """The consents are asked anew when it is taken up again."""
    fresh = {side: replace(dispute.party(side), consent="", informed_at=None, confirmed=0) for side in SIDES}
    return replace(dispute, a=fresh["a"], b=fresh["b"])
