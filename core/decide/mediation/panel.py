"""Who sits in: up to four with the owner; who learns sits in with both sides' consent alone (mechanisms F50, F65)."""

from core.decide.mediation import about, relay, sending
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation import matching
from core.messages import Answer, Pressed
from core.records.mediation import SIDES

SHOWN = 6


def menu(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """👥 Whom?"""
    del command
    if len(med.dispute.team_of_mediators()) >= matching.PANEL:
        return med.to_person(person.id, "med.panel_full")
    there = set(med.dispute.team_of_mediators())
    able = [it.id for it in sending.candidates(med) if it.id not in there][:SHOWN]
    learn = [it.id for it in matching.trainees(med.dispute, med.world.town.district) if it.id not in there][:2]
    keys = [(about.key("btn.med_person", "join", med.dispute, it, person=it),) for it in able]
    keys += [(about.key("btn.med_trainee", "train", med.dispute, it, person=it),) for it in learn]
    return med.to_person(person.id, "med.panel_who", keys=tuple(keys), no=med.dispute.id)


def ask(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """A colleague is asked to sit in."""
    name = command.press.arg if command.press else ""
    if name not in {it.id for it in sending.candidates(med)} or name in med.dispute.team_of_mediators():
        return Answer(kind="ans.stale")
    return sending.invited(med, name, person.id)


def sit(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """愿意: from now on they see what the owner sees."""
    del command
    dispute = med.dispute
    if person.id not in dispute.asked or matching.conflict(person, dispute) or dispute.owner in {None, person.id}:
        return Answer(kind="ans.not_yours", alert=True)
    if person.id in dispute.panel or len(dispute.team_of_mediators()) >= matching.PANEL:
        return Answer(kind="ans.already")
    med = med.change(panel=(*dispute.panel, person.id)).log("med_joined_panel", person.id)
    return relay.history(med, person.id)


def train(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Somebody who learns: each side is asked, silence is no."""
    name = command.press.arg if command.press else ""
    if name not in {it.id for it in matching.trainees(med.dispute, med.world.town.district)}:
        return Answer(kind="ans.stale")
    for side in SIDES:
        med = med.party(side, trainee="")
        keys = ((about.key("btn.med_yes", "letlearn", med.dispute, name),),)
        if med.dispute.party(side).user is not None:
            med = med.to_side(side, "mediate.trainee", keys=keys, person=name)
        else:
            keys = ((about.key("btn.med_longer_for", "learnfor", med.dispute, f"{name}.{side}", side=side),),)
            med = med.to_person(person.id, "med.trainee_for", keys=keys, no=med.dispute.id, side=side, colleague=name)
    return med.log("med_trainee_asked", person.id, who=name)


def let_learn(med: Med, command: Pressed, side: str) -> Med | Answer:
    """A side agrees; with both they sit in."""
    return _let(med, command.press.arg if command.press else "", side, side)


def learn_for(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The same, said to the mediator by a side that is not here."""
    name, _, side = (command.press.arg if command.press else "").rpartition(".")
    if side not in SIDES or med.dispute.party(side).user is not None:
        return Answer(kind="ans.stale")
    return _let(med, name, side, person.id)


def _let(med: Med, name: str, side: str, actor: str) -> Med | Answer:
    known = {it.id for it in matching.trainees(med.dispute, med.world.town.district)}
    if name not in known or name in med.dispute.panel:
        return Answer(kind="ans.already")
    med = med.party(side, trainee=name).log("med_trainee_yes", actor, side=side)
    full = len(med.dispute.team_of_mediators()) >= matching.PANEL
    if full or any(med.dispute.party(it).trainee != name for it in SIDES):
        return med
    med = med.change(panel=(*med.dispute.panel, name), trainees=(*med.dispute.trainees, name))
    return med.log("med_joined_panel", name, learns=True)
