"""回访: by grade, on its days, each once; trouble opens it again one grade up; then the file (steps 11 and 12)."""

from dataclasses import replace

from core.decide.mediation import about, after, consent, papers, red, review, sending
from core.decide.mediation.turn import Med
from core.mediation import forgetting, matching, signals
from core.mediation.life import can
from core.messages import Answer, Lane
from core.records.mediation import SIDES

RESULTS = ("ok", "trouble")


def due(med: Med, index: int) -> Med:
    """The day has come: who wanted the talks is asked, the owner goes or phones."""
    visit = med.dispute.visits[index]
    since = med.dispute.ended_at or med.now
    for side in SIDES:
        if med.dispute.party(side).consent == "yes":
            keys = ((about.key("btn.med_fine", "fine", med.dispute, str(index)),
                     about.key("btn.med_not_fine", "bad", med.dispute, str(index))),)  # fmt: skip
            med = med.to_side(side, "med.followup", keys=keys, days=(visit.due - since).days, lane=Lane.REMINDER)
    med = med.log("med_visit", None, visit=after.id_of(med, index))
    return _asked(med, index, "med.visit")


def late(med: Med, index: int, whom: str) -> Med:
    """Not done three days later: the owner once more; after a week the grid's head."""
    med = med.log("med_visit_late", None, visit=after.id_of(med, index), whom=whom)
    if whom == "head":
        return sending.to_office(med, sending.head_chat(med), "med.visit_overdue", person=med.dispute.owner)
    return _asked(med, index, "med.visit")


def _asked(med: Med, index: int, kind: str) -> Med:
    keys = ((about.key("btn.med_well", "well", med.dispute, str(index)),
             about.key("btn.med_trouble", "trouble", med.dispute, str(index))),)  # fmt: skip
    return med.to_person(
        med.dispute.owner, kind, keys=keys, no=med.dispute.id, category=med.dispute.kind, index=index + 1,
        count=len(med.dispute.visits),
    )  # fmt: skip


def said(med: Med, side: str, index: int, word: str) -> Med:
    """What a side answered by itself; “又闹了” is told to the owner at once, who opens it again."""
    visits = list(med.dispute.visits)
    kept = dict(visits[index].said) | {side: word}
    visits[index] = replace(visits[index], said=tuple(sorted(kept.items())))
    med = med.change(visits=tuple(visits)).log("med_visit_said", side, side=side, visit=after.id_of(med, index))
    med = med.to_side(side, "mediate.followup_thanks", no=med.dispute.id)
    return med.to_mediators("med.visit_said", no=med.dispute.id, side=side, word=word)


def flared_up(med: Med, side: str) -> Med | Answer:
    """Told after the visit was made, or the file closed: the owner may take it up again."""
    if not can(med.dispute.step, "med_reopened"):
        return Answer(kind="ans.thanks")
    keys = ((about.key("btn.med_reopen", "reopen", med.dispute),),)
    med = med.log("med_flared_up", side, side=side).to_side(side, "mediate.followup_thanks", no=med.dispute.id)
    return med.to_person(med.dispute.owner, "med.visit_said", keys=keys, no=med.dispute.id, side=side, word="trouble")


def done(med: Med, index: int, word: str, person: str) -> Med:
    """The owner has been there. Trouble opens it again; else it goes on to the next one."""
    visits = list(med.dispute.visits)
    visits[index] = replace(visits[index], done_at=med.now, result=word)
    med = med.change(visits=tuple(visits)).log("followup_done", person, id=after.id_of(med, index), result=word)
    if word == "trouble":
        return reopened(med, person)
    last = med.dispute.on_the_spot and all(it.done_at is not None for it in visits)
    return _filed(med, person) if last else med  # there is no file to complete: no agreement, no consents


def reopened(med: Med, actor: str | None) -> Med:
    """Trouble again: one grade up, the same owner, the consents asked anew (disputes.md, step 11)."""
    grade = signals.one_up(med.dispute.grade)
    med = after.dropped(med, actor)
    med = med.change(
        visits=(), agreement=None, settled_at=None, ended_at=None, reason="",
        reopened=med.dispute.reopened + 1, accepted_at=med.now, extended=False, filed_at=None,
    )  # fmt: skip
    fresh = consent.forgotten(med.dispute)
    med = med.change(a=fresh.a, b=fresh.b).move("med_reopened", actor, grade=red.MARKS[grade])
    med = med.log("mediation_reopened", None).log("mediation_graded", None, grade=red.MARKS[grade]).heard()
    med = sending.raised(_mediated(med), grade)
    if grade == red.RED:
        return red.freeze(med, actor)
    for side in SIDES:
        med = consent.ask(med, side)
    return med


def _mediated(med: Med) -> Med:
    """Who has calmed it on the spot may be no mediator: then it needs one from now on."""
    owner = med.world.town.district.member(med.dispute.owner)
    able = owner is not None and matching.may_own(owner, med.dispute)
    return med if able or (owner is not None and owner.id != med.dispute.by) else review.hand_on(med, None)


def file(med: Med, person: str) -> Med:
    """The whole file is there: the personal-data clock begins, 司法所 hears its number (step 12)."""
    lacking = papers.lacking(med)
    if lacking:
        return med.to_person(person, "med.file_lacks", no=med.dispute.id, lacks=list(lacking))
    return _filed(med, person)


def _filed(med: Med, person: str) -> Med:
    med = med.change(filed_at=med.now).move("med_filed", person)
    for side in med.dispute.forget:
        found = forgetting.without_side(med.dispute, side)
        med = replace(med, dispute=forgetting.without_words_of(found, side))
    office = next((it for it in med.world.town.district.departments if "司法所" in it.name_zh), None)
    return sending.to_office(med, office.chat_id if office else None, "med.filed")
