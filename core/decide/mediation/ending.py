"""未达成: the legal ways are told at once; thirty more days, or another mediator, if both want (steps 6 and 8)."""

from core.decide.mediation import about, after, meeting, red, review
from core.decide.mediation.turn import Med
from core.district import Person
from core.messages import Answer, Pressed
from core.records.mediation import SIDES


def fail(med: Med, command: Pressed, person: Person) -> Med:
    """It could not be settled: both are told where they can go, in the same minute."""
    del command
    med = meeting.called_off(med, person.id).change(reason="no_agreement")
    med = med.move("med_failed", person.id).log("mediation_failed", person.id)
    county = med.world.town.district.county
    for side in SIDES:
        keys = ((about.key("btn.med_another", "another", med.dispute),),)
        med = med.to_side(side, "med.fail", keys=keys, court=f"{county}人民法院")
    return after.planned(med)


def another(med: Med, command: Pressed, side: str) -> Med | Answer:
    """A side would try with another mediator: the owner asks the other one."""
    del command
    return (
        med.log("med_wants_another", side, side=side)
        .to_side(side, "mediate.kept")
        .to_mediators("med.wants_another", no=med.dispute.id, side=side)
    )


def again(med: Med, command: Pressed, person: Person) -> Med:
    """换个调解员再谈: somebody else has it, the talks go on with thirty days from now."""
    del command
    med = after.dropped(med, person.id).change(
        visits=(), ended_at=None, reason="", accepted_at=med.now, extended=False
    )  # fmt: skip
    med = med.move("med_again", person.id).log("mediation_reopened", None)
    med = med.log("mediation_graded", None, grade=red.MARKS[med.dispute.grade])
    return review.hand_on(med, person.id)


def extend(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Thirty more days, once, if both agree; who is not here is asked by the mediator."""
    del command
    if med.dispute.extended:
        return Answer(kind="ans.already")
    for side in SIDES:
        if med.dispute.party(side).user is not None:
            keys = ((about.key("btn.med_more_time", "longer", med.dispute),),)
            med = med.to_side(side, "mediate.extend", keys=keys, no=med.dispute.id)
        else:
            keys = ((about.key("btn.med_longer_for", "longerfor", med.dispute, side, side=side),),)
            med = med.to_person(person.id, "med.extend_for", keys=keys, no=med.dispute.id, side=side)
    return med.log("med_extend_asked", person.id)


def longer(med: Med, command: Pressed, side: str) -> Med | Answer:
    """A side agrees to go on."""
    del command
    return _longer(med, side)


def longer_for(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The same, said to the mediator."""
    del person
    side = command.press.arg if command.press else ""
    if side not in SIDES or med.dispute.party(side).user is not None:
        return Answer(kind="ans.stale")
    return _longer(med, side)


def _longer(med: Med, side: str) -> Med | Answer:
    if med.dispute.party(side).extend:
        return Answer(kind="ans.already")
    med = med.party(side, extend=True)
    if not all(med.dispute.party(it).extend for it in SIDES):
        return med
    return med.change(extended=True).log("med_extended", None).heard()
