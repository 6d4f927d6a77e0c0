"""A dispute's due moment has come: every rung that is due is climbed, each once (core.mediation.ladder)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.decide.mediation import agreement, consent, meeting, red, review, sending, visits
from core.decide.mediation.turn import Med
from core.mediation import forgetting, ladder
from core.mediation.ladder import Due
from core.mediation.life import ENDED
from core.messages import Lane
from core.records.mediation import Dispute
from core.world import Decision, World

Rung = Callable[[Med, Due], Med]
MOST = 40  # rungs in one go; the rest by the next beat


def due(dispute: Dispute, world: World) -> Decision:
    """Climb what is due. A mediator who is no longer there is replaced before anything else."""
    med = _somebody(Med(dispute=dispute, world=world, mark=f"{world.now:%d%H%M%S%f}"))
    for _ in range(MOST):
        rung = next((it for it in _upcoming(med) if it.at <= world.now), None)
        if rung is None:
            break
        med = RUNGS[rung.rung](med.change(steps=(*med.dispute.steps, rung.name)), rung)
    return med.decide()


def _upcoming(med: Med) -> tuple[Due, ...]:
    return ladder.upcoming(med.dispute, med.world.town.calendar, med.world.town.taxonomy)


def _somebody(med: Med) -> Med:
    return review.hand_on(med, None) if is_orphan(med.dispute, med.world) else med


def is_orphan(dispute: Dispute, world: World) -> bool:
    """Whether its owner has left the town's file, or has no account any more."""
    owner = world.town.district.member(dispute.owner)
    return dispute.step not in ENDED and dispute.owner is not None and (owner is None or owner.tg_id is None)


def _place(med: Med, due: Due) -> Med:
    """Ten minutes without a place: the centre's group has it, which can find out."""
    del due
    return sending.to_team(med, med.world.town.district.centre_team, reason="no_place")


def _assign(med: Med, due: Due) -> Med:
    """Nobody took it in time: it is given to whoever fits best."""
    del due
    return sending.give(med)


def _seek(med: Med, due: Due) -> Med:
    """A day later: perhaps there is somebody now."""
    del due
    return sending.give(med, "after")


def _nobody(med: Med, due: Due) -> Med:
    chat = sending.head_chat(med) if due.about == "head" else med.world.town.district.centre_chat()
    return sending.to_office(med.log("med_overdue", None, whom=due.about), chat, "med.nobody")


def _contact(med: Med, due: Due) -> Med:
    """Whoever asked has not been spoken with: the owner, then the grid's head, then the centre."""
    whom = due.about.rpartition(".")[2]
    med = med.log("med_overdue", None, whom=whom, what="contact")
    if whom == "remind":
        return med.to_person(med.dispute.owner, "med.contact_soon", lane=Lane.REMINDER, no=med.dispute.id)
    chat = sending.head_chat(med) if whom == "head" else med.world.town.district.centre_chat()
    return sending.to_office(med, chat, "med.contact_late", person=med.dispute.owner)


def _review(med: Med, due: Due) -> Med:
    del due
    return med.to_person(med.dispute.owner, "med.review_soon", lane=Lane.REMINDER, no=med.dispute.id)


def _late(med: Med, due: Due) -> Med:
    """Past the limit of its step: the owner and the grid's head, every week until it moves on."""
    week = int(due.about.rpartition(".")[2])
    if any(it.at <= med.now and it.rung == "late" for it in _upcoming(med)):
        return med  # the clock was late: the newest of several is told
    med = med.log("med_overdue", None, what=med.dispute.step.value, week=week)
    med = med.to_person(
        med.dispute.owner, "med.step_late", lane=Lane.REMINDER, no=med.dispute.id, step=med.dispute.step.value
    )
    chat = sending.head_chat(med)
    return sending.to_office(med, chat, "med.late", step=med.dispute.step.value, person=med.dispute.owner)


def _ask_again(med: Med, due: Due) -> Med:
    return consent.remind(med, due.about[0])


def _silent(med: Med, due: Due) -> Med:
    return consent.ends(med, due.about[0], "silent")


def _red(med: Med, due: Due) -> Med:
    """Half an hour without the police: the centre has to phone, the officer's phone rings once more."""
    del due
    if med.dispute.released_by:
        return med
    med = med.log("med_overdue", None, what="red")
    med = red.told(med, "med.red_late", med.world.town.district.centre_chat())
    police = red.officer(med)
    return red.to_officer(med, police) if police else med


def _frozen(med: Med, due: Due) -> Med:
    """Every day: it still waits for the police."""
    del due
    if any(it.at <= med.now and it.rung == "frozen" for it in _upcoming(med)):
        return med
    police = red.officer(med)
    med = red.to_officer(med, police) if police else med
    return red.told(med, "med.still_frozen", sending.head_chat(med))


def _visit(med: Med, due: Due) -> Med:
    return visits.due(med, int(due.about.partition(".")[2]))


def _visit_late(med: Med, due: Due) -> Med:
    _, index, whom = due.about.split(".")
    return visits.late(med, int(index), whom)


def _follow(med: Med, due: Due) -> Med:
    del due
    return med.move("med_follows")


def _file(med: Med, due: Due) -> Med:
    """The last visit is done: what the file still lacks is said, fifteen days before it is late."""
    del due
    return med.to_person(med.dispute.owner, "med.file_soon", no=med.dispute.id)


def _plan(med: Med, due: Due) -> Med:
    """The template's step of the day."""
    return med.to_person(med.dispute.owner, "med.plan", lane=Lane.REMINDER, no=med.dispute.id, plan=due.about)


def _talk_ends(med: Med, due: Due) -> Med:
    """Three days before the talks have to end."""
    del due
    until = ladder.talk_until(med.dispute).isoformat()
    return med.to_person(med.dispute.owner, "med.talk_ends", no=med.dispute.id, until=until)


def _confirm(med: Med, due: Due) -> Med:
    side = due.about[0]
    if med.dispute.party(side).user is None:
        return med.to_person(med.dispute.owner, "med.sign_soon", no=med.dispute.id, side=side)
    return agreement.confirm_again(med, side)


def _perform(med: Med, due: Due) -> Med:
    return agreement.remind(med, int(due.about.split(".")[1]))


def _unperformed(med: Med, due: Due) -> Med:
    return agreement.unperformed(med, int(due.about.split(".")[1]))


def _court(med: Med, due: Due) -> Med:
    del due
    return agreement.court(med)


def _meet(med: Med, due: Due) -> Med:
    return meeting.remind(med, int(due.about))


def _met(med: Med, due: Due) -> Med:
    return meeting.over(med, int(due.about))


def _slots(med: Med, due: Due) -> Med:
    return meeting.lapsed(med, int(due.about))


def _identity(med: Med, due: Due) -> Med:
    """Thirty days after its end nobody is known as a side of it any more."""
    del due
    med = replace(med, dispute=forgetting.without_sides(med.dispute))
    return med.log("med_erased", None, what="identity")


def _words(med: Med, due: Due) -> Med:
    """After two years what was said goes too."""
    del due
    return replace(med, dispute=forgetting.without_words(med.dispute)).log("med_erased", None, what="words")


RUNGS: Mapping[str, Rung] = {
    "identity": _identity,
    "words": _words,
    "talk_ends": _talk_ends,
    "confirm": _confirm,
    "perform": _perform,
    "unperformed": _unperformed,
    "court": _court,
    "meet": _meet,
    "met": _met,
    "slots": _slots,
    "place": _place,
    "assign": _assign,
    "seek": _seek,
    "nobody": _nobody,
    "contact": _contact,
    "review": _review,
    "late": _late,
    "ask_again": _ask_again,
    "silent": _silent,
    "red": _red,
    "frozen": _frozen,
    "visit": _visit,
    "visit_late": _visit_late,
    "follow": _follow,
    "file": _file,
    "plan": _plan,
}
