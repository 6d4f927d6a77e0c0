"""What is kept about somebody, for themselves (privacy.md, Copy). Of a sealed matter, and of a dispute for named
people it is the number alone: the telephone may be in other hands.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.exports.order import Order
from bot.voice.speaker import Params, Speaker
from core.case import Case
from core.records.complaint import Complaint
from core.records.mediation import Dispute
from core.records.volunteer import Volunteer
from core.world import Contact
from storage.cases import cases_of
from storage.people import contact_of
from storage.posts import questions_of
from storage.records import all_records, record_of


def copy(conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The account, what is known of the chat and kept by consent, every case and dispute that still names them, the
    questions that they asked and their complaints."""
    user = int(str(params["user"]))
    volunteer = record_of(conn, "volunteer", str(user))
    data = {
        **_contact(contact_of(conn, user) or Contact(user_id=user)),
        "volunteer": _volunteer(volunteer) if isinstance(volunteer, Volunteer) else None,
        "cases": [_case(it, speaker) for it in cases_of(conn, user)],
        "disputes": [
            _dispute(it, side, speaker)
            for it in all_records(conn, "med")
            if isinstance(it, Dispute) and (side := it.side_of(user)) is not None
        ],
        "questions": questions_of(conn, user),
        "complaints": [
            {"no": it.id, "told_at": it.at.isoformat(), "words": [one.text for one in it.said]}
            for it in all_records(conn, "complaint")
            if isinstance(it, Complaint) and it.user == user
        ],
    }
    return Order(field="document", name="my-data.json", make="json", data=data, keep=False)


NAMES = {"user_id": "account", "said": "not_understood", "minor": "said_to_be_under_14"}


def _contact(contact: Contact) -> dict[str, Any]:
    """All that is known of the chat: whatever is added to it is in the copy too."""
    return {NAMES.get(name, name): _plain(value) for name, value in asdict(contact).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _volunteer(known: Volunteer) -> dict[str, Any]:
    agreed = _plain(known.consented_at)
    return {"agreed_at": agreed, "metres": known.radius, "lat": known.lat, "lng": known.lng}


def _dispute(dispute: Dispute, side: str, speaker: Speaker) -> dict[str, Any]:
    """Their own words and what was agreed; never what the other side or the mediator said."""
    if dispute.named:
        return {"no": dispute.id}
    party, agreed = dispute.party(side), dispute.agreement
    return {
        "no": dispute.id,
        "told_at": dispute.opened_at.isoformat(),
        "state": speaker.catalogue.word(f"med_step.{dispute.step.value}"),
        "name": party.name,
        "consent": party.consent,
        "words": [it.text for it in dispute.notes if it.by == side],
        "files": sum(len(it.files) for it in dispute.notes if it.by == side),
        "agreed": [it.text for it in agreed.terms] if agreed else [],
    }


def _case(case: Case, speaker: Speaker) -> dict[str, Any]:
    if case.sealed:
        return {"no": case.no}
    place = case.place
    return {
        "no": case.no,
        "told_at": case.opened_at.isoformat(),
        "status": speaker.catalogue.word(f"status.{case.status}"),
        "name": case.reporter_name,
        "words": list(case.words),
        "place": {"words": place.words, "label": place.label, "lat": place.lat, "lng": place.lng} if place else None,
        "pictures": len(case.photos),
        "voices": len(case.voices),
        "files": len(case.files),
        "result": case.result or None,
        "rating": case.rating,
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "erased_when_it_ends": case.forget,
    }
