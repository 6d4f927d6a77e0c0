"""What is printed: the agreement for both sides, and the whole file for the mediator and 司法所 (disputes.md, step 12).

Neither holds a word of a side nor a name: names and signatures are written by hand, and of the notes the file says
when each of the four steps was written down. A paper that is lost in the street tells nothing that was told in
confidence (privacy.md, dispute notes).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from core.case import ENDED
from core.decide import say
from core.decide.mediation import agreement
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation import filing, rooms
from core.messages import Answer, Attachment, Json, Notice, Pressed
from core.records.mediation import SIDES, Dispute, Session

Moments = Iterator[tuple[str, datetime | None, dict[str, Json]]]


def paper(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The agreement to be signed on paper."""
    del command
    known = med.dispute.agreement
    if known is None:
        return Answer(kind="ans.stale")
    facts = {**_head(med), "terms": agreement.shown(known.terms), "at": say.iso(known.effect_at or known.written_at)}
    sent = med.to_person(person.id, "med.paper", no=med.dispute.id)
    return _with_file(sent, Attachment(kind="agreement", params=facts))


def _head(med: Med) -> dict[str, Json]:
    room = rooms.room_of(med.dispute, med.world.town.district)
    return {
        "no": med.dispute.id, "category": med.dispute.kind, "room": room.id if room else None,
        "person": med.dispute.owner, "others": list(med.dispute.panel),
    }  # fmt: skip


def dossier(med: Med, command: Pressed, person: Person) -> Med:
    """The whole file (卷宗): who, which steps on which days, what was agreed and how it was kept, what it lacks."""
    del command
    dispute = med.dispute
    terms = dispute.agreement.terms if dispute.agreement else ()
    facts: dict[str, Json] = {
        **_head(med), "grade": dispute.grade, "compound": dispute.compound, "step": dispute.step.value,
        "sides": [_side(dispute, it) for it in SIDES], "course": _course(dispute),
        "terms": [{**_row, "done_at": say.iso(it.done_at)} for _row, it in
                  zip(_rows(agreement.shown(terms)), terms, strict=True)],
        "visits": [{"due": say.iso(it.due), "done_at": say.iso(it.done_at), "word": it.result or None}
                   for it in dispute.visits],
        "checks": [{"name": it, "there": it not in lacking(med)} for it in (*filing.CHECKS, "linked")],
        "linked": list(dispute.linked), "at": say.iso(med.now),
    }  # fmt: skip
    sent = med.to_person(person.id, "med.dossier", no=dispute.id).log("med_printed", person.id)
    return _with_file(sent, Attachment(kind="dossier", params=facts))


def _rows(shown: list[Json]) -> list[dict[str, Json]]:
    return [it for it in shown if isinstance(it, dict)]


def lacking(med: Med) -> tuple[str, ...]:
    """What the file lacks, by name; a matter that goes on beside it counts too, since both have to end (F66)."""
    goes_on = any(it.status not in ENDED for it in med.world.cases_of(med.dispute.linked))
    return (*filing.lacking(med.dispute), *(("linked",) if goes_on else ()))


def _side(dispute: Dispute, side: str) -> dict[str, Json]:
    party = dispute.party(side)
    return {
        "who_side": side, "state": party.consent or None, "how": party.how or None,
        "answered_at": say.iso(party.answered_at), "informed_at": say.iso(party.informed_at),
        "confirmed_at": say.iso(party.confirmed_at),
    }  # fmt: skip


def _course(dispute: Dispute) -> list[Json]:
    """What happened on which day, in order."""
    known = [(what, at, more) for what, at, more in _moments(dispute) if at is not None]
    return [{"what": what, "at": say.iso(at), **more} for what, at, more in sorted(known, key=lambda it: it[1])]


def _moments(dispute: Dispute) -> Moments:
    yield "opened", dispute.opened_at, {}
    yield "contacted", dispute.contacted_at, {}
    yield "accepted", dispute.accepted_at, {}
    for note in (it for it in dispute.notes if it.by not in SIDES):
        yield "note", note.at, {"four": note.step}
    for session in dispute.sessions:
        yield _session(session)
    known = dispute.agreement
    yield "written", known.written_at if known else None, {}
    yield "settled", dispute.settled_at, {}
    yield "ended", dispute.ended_at if dispute.settled_at is None else None, {"ended": dispute.reason or None}
    yield "filed", dispute.filed_at, {}


def _session(session: Session) -> tuple[str, datetime | None, dict[str, Json]]:
    slot = session.booked
    return f"talk_{session.state}", slot.at if slot else None, {"room": slot.room if slot else None}


def _with_file(med: Med, made: Attachment) -> Med:
    last: Notice = replace(med.notices[-1], attachment=made)
    return replace(med, notices=(*med.notices[:-1], last))
