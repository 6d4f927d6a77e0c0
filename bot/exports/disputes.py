"""What the ledger of disputes and the agreement on paper are made of (disputes.md; mechanism F62).

Who may know what was decided when the file was asked for: its rows hold nothing else. Of the sides there is nothing:
their names are written on the paper by hand.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.exports.order import Order, day, rows, told
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, place_of_work
from core.messages import Json

COLUMNS = ("no", "grade", "category", "compound", "step", "person", "opened_at", "next_at")


def ledger(_conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The open disputes as a table."""
    form, word = str(params["format"]), speaker.catalogue.word
    day = str(params.get("at"))[:10]
    data = {
        "title": f"ledger-{day}",
        "columns": [word(f"ledger_column.{it}") for it in COLUMNS],
        "rows": [[_cell(name, row.get(name), speaker) for name in COLUMNS] for row in rows(params.get("rows"))],
    }
    return Order(field="document", name=f"mediation-{day}.{form}", make=form, data=data)


def _cell(name: str, value: Json, speaker: Speaker) -> str | None:
    if value is None:
        return None
    if name.endswith("_at"):
        return f"{datetime.fromisoformat(str(value)).astimezone(speaker.zone):%Y-%m-%d %H:%M}"
    return speaker.catalogue.word(f"med_step.{value}") if name == "step" else told(name, value, speaker)


def agreement(_conn: Connection, speaker: Speaker, params: Params) -> Order:
    """人民调解协议书 as pages to be printed and signed; names and ids are left blank on purpose."""
    word, insist = speaker.catalogue.word, speaker.insist
    room = params.get("room")
    terms: list[Json] = [_term(it, speaker) for it in rows(params.get("terms"))]
    before: list[Json] = [
        insist("paper.no", {"no": params["no"], "room": place_of_work(speaker, room) if room else "____________"}),
        word("paper.party_a"),
        word("paper.party_b"),
        insist("paper.matter", {"category": params["category"]}),
        word("paper.terms"),
    ]
    after: list[Json] = [word("paper.law"), word("paper.court"), word("paper.copies")]
    mediator = Told(told("person", params.get("person"), speaker))
    data: dict[str, Any] = {
        "title": word("paper.title"),
        "parts": [{"lines": it} for it in (before, terms, after)],
        "signs": [word("paper.sign"), insist("paper.sign_mediator", {"person": mediator})],
        "foot": f"{params['no']}  {word('paper.page')}",
    }
    return Order(field="document", name=f"agreement-{params['no']}.pdf", make="pdf", data=data, keep=False)


def _term(row: dict[str, Json], speaker: Speaker) -> str:
    return speaker.insist("paper.term", {**row, "until": day(speaker, row["until"])})
