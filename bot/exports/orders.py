"""What a file is made of: names instead of codes, and of each case only what its reader may take away (privacy.md).

No reporter, no account, no words of anybody, no photos; a sealed case has its number and nothing else. Whoever may
read the report sees places to the building, as on a card.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.exports import disputes, dossier, own, town, trail
from bot.exports.order import NothingToMake, Order, Ordering, named
from bot.voice import times
from bot.voice.speaker import Params, Speaker, place_of_work
from core.case import Case
from core.messages import Json
from core.records import Report
from storage.cases import case_of
from storage.records import record_of

SEALED = "🔒"


def picture(_conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The week's picture from the figures that the report kept."""
    word = speaker.catalogue.word
    grid = named(speaker, "grid", params.get("grid")) or word("digest.street")
    first, last = (date.fromisoformat(str(params[it])) for it in ("date", "until"))
    parts = (("categories", "category"), ("compounds", "compound"))
    data = {
        "title": speaker.insist("picture.title", {"grid": speaker.words(grid)}),
        "span": f"{times.day(speaker.catalogue, first, None)} – {times.day(speaker.catalogue, last, None)}",
        "heading": word("picture.days"),
        "none": word("picture.none"),
        "days": [_day(speaker, it) for it in _rows(params.get("days"))],
        "parts": [
            {
                "title": word(f"picture.{name}"),
                "rows": [
                    {"name": named(speaker, code, it[code]), "count": it["count"]} for it in _rows(params.get(name))
                ],
            }
            for name, code in parts
        ],
    }
    return Order(field="photo", name=f"week-{first:%Y%m%d}.png", make="png", data=data)


def _day(speaker: Speaker, row: Params) -> dict[str, Any]:
    day = date.fromisoformat(str(row["day"]))
    label = speaker.catalogue.word(f"weekday.{day.weekday()}")
    return {"label": label, "under": f"{day.month}/{day.day}", "count": row["new"], "usual": row["usual"]}


def _rows(value: Json) -> list[dict[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def cases(conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The cases behind a report as they stand now. Raises NothingToMake."""
    report, form = record_of(conn, "report", str(params["report"])), str(params["format"])
    if not isinstance(report, Report):
        raise NothingToMake(str(params["report"]))
    found = (case_of(conn, no) for no in report.cases)
    rows = [_row(it, report, speaker) for it in found if it is not None]
    word = speaker.catalogue.word
    data = {"title": report.id, "columns": [word(f"column.{it}") for it in ("no", *COLUMNS, "figures")], "rows": rows}
    return Order(field="document", name=f"cases-{report.id.strip('.-')}.{form}", make=form, data=data)


def _row(case: Case, report: Report, speaker: Speaker) -> list[str | int | None]:
    figures = " ".join(speaker.catalogue.word(f"figure.{it.name}") for it in report.lists if case.no in it.cases)
    if case.sealed:
        return [case.no, SEALED, *[None] * (len(COLUMNS) - 1), figures]
    return [case.no, *(column(case, speaker) for column in COLUMNS.values()), figures]


def _moment(name: str) -> Callable[[Case, Speaker], str | None]:
    def column(case: Case, speaker: Speaker) -> str | None:
        at: datetime | None = getattr(case, name)
        return f"{at.astimezone(speaker.zone):%Y-%m-%d %H:%M}" if at else None

    return column


def _word(prefix: str, name: str) -> Callable[[Case, Speaker], str | None]:
    def column(case: Case, speaker: Speaker) -> str | None:
        key = f"{prefix}.{getattr(case, name)}"
        return speaker.catalogue.word(key) if key in speaker.catalogue else None

    return column


COLUMNS: Mapping[str, Callable[[Case, Speaker], str | int | None]] = {
    "severity": lambda case, _: case.severity,
    "category": lambda case, speaker: named(speaker, "category", case.category),
    "grid": lambda case, speaker: named(speaker, "grid", case.place.grid if case.place else None),
    "compound": lambda case, speaker: named(speaker, "compound", case.place.compound if case.place else None),
    "place": lambda case, _: case.place.label if case.place else None,
    "source": _word("source", "source"),
    "status": lambda case, speaker: speaker.catalogue.word(f"status.{case.status}"),
    "team": lambda case, speaker: place_of_work(speaker, case.team) if case.team else None,
    "opened": _moment("opened_at"),
    "accepted": _moment("accepted_at"),
    "arrived": _moment("arrived_at"),
    "limit": _moment("close_due"),
    "done": _moment("done_at"),
    "closed": _moment("closed_at"),
    "refusals": lambda case, _: case.refusals,
    "transfers": lambda case, _: case.transfers,
    "reopened": lambda case, _: case.reopened,
    "auto": lambda case, _: int(case.auto_closed),
}


def codes(_conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The QR codes of places."""
    word = speaker.catalogue.word
    data = {"title": word("qr.title"), "foot": word("qr.foot"), "items": _rows(params.get("items"))}
    return Order(field="document", name="qr.pdf", make="codes", data=data)


ORDERS: Mapping[str, Ordering] = {
    "picture": picture,
    "cases": cases,
    "codes": codes,
    "ledger": disputes.ledger,
    "agreement": disputes.agreement,
    "dossier": dossier.dossier,
    "own": own.copy,
    "district": town.document,
    "trail": trail.whole,
}
