"""Taking it, giving it back, accepting and refusing it (disputes.md, steps 1 and 2)."""

from core.decide.mediation import about, after, consent, red, sending
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation.life import TALKING
from core.messages import Answer
from core.records.mediation import Step

HANDS = "handed"
MAY_OBJECT = TALKING | {Step.NEW, Step.CONSENT}


def take(med: Med, person: Person, chat: int) -> Med | Answer:
    """✋ By whoever is quicker; the other one is told who has it."""
    if med.dispute.owner is not None:
        return Answer(kind="ans.med_taken", params={"person": med.dispute.owner}, alert=True)
    if med.dispute.step is not Step.NEW:
        return Answer(kind="ans.stale")
    why = sending.may_take(med, person, chat)
    if why is not None:
        return Answer(kind=why, alert=True)
    return sending.own(med, person, "taken")


def avoid(med: Med, person: Person) -> Med:
    """回避: too near to one side. Whoever has it gives it to the next best at once."""
    conflicts = (*med.dispute.conflicts, person.id)
    asked = tuple(it for it in med.dispute.asked if it != person.id)
    panel = _without(med.dispute.panel, person.id)
    med = med.change(conflicts=conflicts, asked=asked, panel=panel).log("med_avoids", person.id)
    if med.dispute.owner == person.id:
        return sending.give(med.change(owner=None, owned_at=None), "after")
    return med if asked or med.dispute.owner is not None else sending.give(med, "given")


def hand_on(med: Med, actor: str | None) -> Med:
    """A mediator who leaves: the next best has it in the same moment, so that it is nobody's at no time."""
    left = med.dispute.owner
    if actor is not None and not any(it.id != left for it in sending.candidates(med)):
        return sending.nobody(med.log("med_nobody", actor))  # theirs until there is somebody else
    conflicts = (*med.dispute.conflicts, *((left,) if left else ()))
    med = med.change(conflicts=conflicts, owner=None, owned_at=None, panel=_without(med.dispute.panel, left))
    return sending.give(med.log("med_left", actor, left=left, how=HANDS), "after")


def objected(med: Med, side: str) -> Med | Answer:
    """A side wants somebody else, once and without a reason: a relative, somebody they know. The one before learns no
    more than that somebody else has it now."""
    if med.dispute.owner is None or med.dispute.step not in MAY_OBJECT:
        return Answer(kind="ans.stale")
    if med.dispute.party(side).objected:
        return Answer(kind="ans.already")
    med = med.party(side, objected=True).log("med_objected", side, side=side)
    return hand_on(med.to_side(side, "mediate.other"), side)


def _without(people: tuple[str, ...], one: str | None) -> tuple[str, ...]:
    return tuple(it for it in people if it != one)


def accept(med: Med, person: Person) -> Med:
    """受理: from here on it counts, and both sides are asked."""
    med = med.change(accepted_at=med.now, contacted_at=med.dispute.contacted_at or med.now)
    med = med.move("med_accepted", person.id).log("mediation_taken", person.id, team=sending.post_of(med, person.id),
                                                          named=med.dispute.named)  # fmt: skip
    med = med.log("mediation_graded", None, grade=red.MARKS[med.dispute.grade])
    med = med.to_side("a", "mediate.accepted", no=med.dispute.id, person=person.id)
    for side in ("a", "b"):
        med = consent.ask(med, side)
    return consent.settled(med)


def refuse_menu(med: Med, person: Person) -> Med:
    """Which ground? It is told to whoever asked, with where to go."""
    keys = tuple((about.key("btn.med_ground", "refusing", med.dispute, why, refusal=why),) for why in GROUNDS)
    return med.to_person(person.id, "med.refuse_why", keys=keys, no=med.dispute.id)


GROUNDS = ("judged", "criminal", "arbitration", "administrative", "unwilling", "unlawful", "outside")


def refuse(med: Med, person: Person, why: str) -> Med:
    """不予受理, kindly."""
    med = med.change(reason=why, ended_at=med.now).move("med_refused", person.id, why=why)
    return med.to_side("a", "mediate.refused", no=med.dispute.id, refusal=why)


def reached(med: Med, person: Person) -> Med:
    """Spoken with, in person or by phone: the first contact is kept."""
    return med.change(contacted_at=med.now).log("med_contacted", person.id)


def settled_here(med: Med, person: Person) -> Med:
    """On the spot, by a colleague, in two taps: counted, and no ledger needed (mechanisms F17, F62)."""
    grid = med.dispute.grid or _grid_of(med, person)
    med = med.change(owner=person.id, owned_at=med.now, settled_at=med.now, ended_at=med.now, grid=grid)
    team = sending.post_of(med, person.id)
    med = med.log("med_owner", person.id, owner=person.id, before=None, how="spot")
    med = med.log("mediation_taken", person.id, team=team, spot=True, named=med.dispute.named)
    med = med.log("mediation_graded", None, grade=red.MARKS[med.dispute.grade])
    med = med.move("med_settled_here", person.id).log("mediation_settled", person.id, team=team, spot=True)
    return after.planned(med)


def _grid_of(med: Med, person: Person) -> str | None:
    """Where no place was told: where the post of whoever was there stands."""
    town = med.world.town
    team = town.district.team(person.team) if person.team else None
    return person.grid or (town.grids.find(team.point) if team is not None and team.point is not None else None)
