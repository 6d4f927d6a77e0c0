"""What is kept about somebody, for themselves (privacy.md, Copy). A sealed matter is its number alone: the
telephone may be in other hands.
"""

from typing import Any

from sqlalchemy import Connection

from bot.exports.order import Order
from bot.voice.speaker import Params, Speaker
from core.case import Case
from storage.cases import cases_of
from storage.people import contact_of


def copy(conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The account, what is known of the chat, and every case that still names them."""
    user = int(str(params["user"]))
    contact = contact_of(conn, user)
    data = {
        "account": user,
        "name": contact.name if contact else None,
        "language": contact.language if contact else None,
        "not_understood": contact.said if contact else None,
        "cases": [_case(it, speaker) for it in cases_of(conn, user)],
    }
    return Order(field="document", name="my-data.json", make="json", data=data, keep=False)


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
