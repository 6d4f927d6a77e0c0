"""谈成了: the mediator writes it down, each side confirms the same text, and what was promised is watched (steps 7-9).

The agreed text is the one thing that reaches both sides.
"""

from dataclasses import replace

from core.decide.mediation import about, after, meeting, red, sending
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation import signals, terms
from core.messages import Answer, Json, Lane, Pressed, Spoke
from core.records.mediation import SIDES, Agreement, Term

WRITE = "med.terms_write"


def ask(med: Med, command: Pressed, person: Person) -> Med:
    """📄 The terms, one a line, as a reply."""
    del command
    return med.to_person(person.id, WRITE, force=True, no=med.dispute.id)


def written(med: Med, person: Person, command: Spoke) -> Med:
    """Read, kept, and shown to both sides as it is."""
    found = terms.read(command.text, med.now, med.world.town.calendar)
    if isinstance(found, terms.Unread):
        return med.to_person(person.id, "med.terms_unread", line=found.line, unread=found.why)
    serial = (med.dispute.agreement.serial if med.dispute.agreement else 0) + 1
    med = meeting.called_off(med, person.id) if _upcoming(med) else med
    med = med.change(agreement=Agreement(serial=serial, terms=found, written_at=med.now))
    med = med.move("med_written", person.id, serial=serial, terms=len(found))
    for side in SIDES:
        keys = ((about.key("btn.med_confirm", "confirm", med.dispute, str(serial)),
                 about.key("btn.med_change", "change", med.dispute, str(serial))),)  # fmt: skip
        med = med.to_side(side, "mediate.terms", keys=keys, no=med.dispute.id, you=side, terms=shown(found))
    return med.to_mediators("med.terms", no=med.dispute.id, terms=shown(found))


def _upcoming(med: Med) -> bool:
    """Whether a talk is still to come: what is agreed needs no more of them."""
    return any(it.state == "offered" or (it.booked and it.state == "booked" and it.booked.at > med.now)
               for it in med.dispute.sessions)  # fmt: skip


def shown(found: tuple[Term, ...]) -> list[Json]:
    """The terms as a text tells them."""
    return [
        {"index": n, "who_side": it.side, "until": it.due.isoformat(), "text": it.text} for n, it in enumerate(found, 1)
    ]


def confirmed(med: Med, command: Pressed, side: str) -> Med | Answer:
    """✅ By a side itself."""
    return _confirm(med, side, command.press.arg if command.press else "", side)


def signed(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """✍️ On paper, before the mediator: for a side that is not here."""
    side = command.press.arg if command.press else ""
    if side not in SIDES or med.dispute.party(side).user is not None or med.dispute.agreement is None:
        return Answer(kind="ans.stale")
    return _confirm(med, side, str(med.dispute.agreement.serial), person.id)


def _confirm(med: Med, side: str, serial: str, actor: str) -> Med | Answer:
    known = med.dispute.agreement
    if known is None or str(known.serial) != serial or known.effect_at is not None:
        return Answer(kind="ans.stale")
    if med.dispute.party(side).confirmed == known.serial:
        return Answer(kind="ans.already")
    med = med.party(side, confirmed=known.serial, confirmed_at=med.now).log("med_confirmed", actor, side=side)
    both = all(med.dispute.party(it).confirmed == known.serial for it in SIDES)
    return settled(med, known) if both else med.to_side(side, "mediate.confirmed", no=med.dispute.id)


def settled(med: Med, known: Agreement) -> Med:
    """Both have confirmed the same text: from now on it is in force."""
    med = med.change(agreement=replace(known, effect_at=med.now), settled_at=med.now)
    med = med.move("med_settled", None, serial=known.serial)
    med = med.log("mediation_settled", None, team=sending.post_of(med, med.dispute.owner))
    for index, term in enumerate(known.terms):
        med = med.log("performance_due", None, id=term_id(med, index), due=term.due.isoformat())
    med = after.planned(med)
    for side in SIDES:
        med = med.to_side(side, "mediate.settled", no=med.dispute.id)
    return med.to_mediators("med.settled", no=med.dispute.id)


def term_id(med: Med, index: int) -> str:
    """What a term is called in the log."""
    serial = med.dispute.agreement.serial if med.dispute.agreement else 0
    return f"{med.dispute.id}.{med.dispute.reopened}.t{serial}.{index}"


def change(med: Med, command: Pressed, side: str) -> Med | Answer:
    """✏️ A side wants it otherwise: back to the talks; the mediator hears which side, the other side nothing."""
    known = med.dispute.agreement
    if known is None or str(known.serial) != (command.press.arg if command.press else "") or known.effect_at:
        return Answer(kind="ans.stale")
    med = med.move("med_reworded", side, side=side)
    return med.to_side(side, "mediate.write").to_mediators("med.reworded", no=med.dispute.id, side=side)


def confirm_again(med: Med, side: str) -> Med:
    """A working day later: once more."""
    known = med.dispute.agreement
    if known is None:
        return med
    keys = ((about.key("btn.med_confirm", "confirm", med.dispute, str(known.serial)),
             about.key("btn.med_change", "change", med.dispute, str(known.serial))),)  # fmt: skip
    return med.to_side(
        side, "mediate.terms", keys=keys, lane=Lane.REMINDER, no=med.dispute.id, you=side, terms=shown(known.terms)
    )  # fmt: skip


def remind(med: Med, index: int) -> Med:
    """Before it is due, on the day, a day late: to whoever owes it."""
    term = _term(med, index)
    if term is None:
        return med
    med = med.log("med_reminded", None, term=term_id(med, index))
    for side in (it for it in SIDES if terms.owes(term, it)):
        keys = ((about.key("btn.med_did", "did", med.dispute, str(index)),
                 about.key("btn.med_answer", "answer", med.dispute)),)  # fmt: skip
        med = med.to_side(
            side, "med.remind_perform", keys=keys, lane=Lane.REMINDER, until=term.due.isoformat(), text=term.text
        )
    return med


def _term(med: Med, index: int) -> Term | None:
    known = med.dispute.agreement
    if known is None or not 0 <= index < len(known.terms) or known.terms[index].done_at is not None:
        return None
    return known.terms[index]


def did(med: Med, command: Pressed, side: str) -> Med | Answer:
    """A side says that it has done its part; the mediator looks (proof per term)."""
    index = _index(command)
    term = _term(med, index)
    if term is None or not terms.owes(term, side):
        return Answer(kind="ans.already")
    keys = ((about.key("btn.med_done", "done", med.dispute, str(index), index=index + 1),),)
    med = med.log("med_did", side, side=side, term=term_id(med, index)).to_side(side, "mediate.proof")
    return med.to_person(med.dispute.owner, "med.did", keys=keys, no=med.dispute.id, side=side, text=term.text)


def _index(command: Pressed) -> int:
    given = command.press.arg if command.press else ""
    return int(given) if given.isdecimal() else -1


def done(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The owner has seen it. With the last one it is performed."""
    index = _index(command)
    if _term(med, index) is None or med.dispute.agreement is None:
        return Answer(kind="ans.already")
    known = med.dispute.agreement
    kept = replace(known.terms[index], done_at=med.now, proof=person.id)
    known = replace(known, terms=(*known.terms[:index], kept, *known.terms[index + 1 :]))
    med = med.change(agreement=known).log("performed", person.id, id=term_id(med, index))
    return med.move("med_performed", person.id) if terms.performed(known) else med


def unperformed(med: Med, index: int) -> Med:
    """A week late: the mediator goes there (disputes.md, step 9)."""
    term = _term(med, index)
    if term is None:
        return med
    keys = ((about.key("btn.med_done", "done", med.dispute, str(index), index=index + 1),),
            (about.key("btn.med_broken", "broken", med.dispute),))  # fmt: skip
    med = med.log("med_unperformed", None, term=term_id(med, index))
    return med.to_person(med.dispute.owner, "med.unperformed", keys=keys, no=med.dispute.id, text=term.text,
                         until=term.due.isoformat())  # fmt: skip


def broken(med: Med, command: Pressed, person: Person) -> Med:
    """A promise was not kept: back to the talks one grade up, with thirty days from now; both sides hear the legal ways
    too. It never turns red by this: red is for danger, and would freeze the talks over an unpaid bill."""
    del command
    med = after.dropped(med, person.id).change(
        settled_at=None, ended_at=None, visits=(), accepted_at=med.now, extended=False
    )  # fmt: skip
    graver = signals.one_up(med.dispute.grade)
    med = sending.raised(med, graver) if graver != red.RED else med
    med = med.move("med_broken", person.id).log("mediation_reopened", None)
    med = med.log("mediation_graded", None, grade=red.MARKS[med.dispute.grade])
    for side in SIDES:
        med = med.to_side(side, "mediate.broken", no=med.dispute.id)
    return med


def court(med: Med) -> Med:
    """Day 20: both may still ask the court to confirm it, within thirty days."""
    known = med.dispute.agreement
    if known is None or known.effect_at is None:
        return med
    until = known.effect_at + terms.COURT_WITHIN
    for side in SIDES:
        med = med.to_side(side, "mediate.court", lane=Lane.REMINDER, no=med.dispute.id, until=until.isoformat())
    return med.log("med_court", None).to_person(med.dispute.owner, "med.court", no=med.dispute.id,
                                                until=until.isoformat())  # fmt: skip
