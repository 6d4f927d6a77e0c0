"""The whole file of a dispute (卷宗) as pages for the mediator and 司法所: facts by core.decide.mediation.papers."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.exports.order import Order, day, rows, told
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, place_of_work
from core.messages import Json

SIGNAL = "🔴"  # the font of the pages has no coloured signs
THERE, NOT_THERE = "√", "□"


def dossier(_conn: Connection, speaker: Speaker, params: Params) -> Order:
    """Parties, course, agreement, visits, checklist, signatures; page by page with its number."""
    word = speaker.catalogue.word
    parts = [
        {"lines": _head(speaker, params)},
        _part(speaker, "parties", [*_parties(speaker, params)]),
        _part(speaker, "course", [_happened(speaker, it) for it in rows(params.get("course"))]),
        _part(speaker, "terms", [_term(speaker, it) for it in rows(params.get("terms"))]),
        _part(speaker, "visits", [_visit(speaker, n, it) for n, it in enumerate(rows(params.get("visits")), 1)]),
        _part(speaker, "checks", [_check(speaker, it) for it in rows(params.get("checks"))]),
        {"lines": [word("dossier.law")]},
    ]
    data = {
        "title": word("dossier.title"), "parts": parts, "foot": f"{params['no']}  {word('paper.page')}",
        "signs": [
            speaker.insist("paper.sign_mediator", {"person": Told(told("person", params.get("person"), speaker))}),
            word("dossier.sign_office"),
        ],
    }  # fmt: skip
    return Order(field="document", name=f"file-{params['no']}.pdf", make="pdf", data=data, keep=False)


def _part(speaker: Speaker, name: str, lines: list[str]) -> dict[str, Json]:
    none: list[Json] = [speaker.catalogue.word("dossier.none")]
    return {"heading": speaker.catalogue.word(f"dossier.of.{name}"), "lines": [*lines] or none}


def _head(speaker: Speaker, params: Params) -> list[Json]:
    room, grade = params.get("room"), speaker.catalogue.word(f"grade.{params['grade']}").removeprefix(SIGNAL)
    known = {**params, "room": Told(place_of_work(speaker, room)) if room else None, "grade": Told(grade)}
    known["step"] = Told(speaker.catalogue.word(f"med_step.{params['step']}").removeprefix(SIGNAL))
    keys = ("dossier.no", "dossier.matter", "dossier.mediator", "dossier.step")
    return [speaker.catalogue.word("dossier.secret"), *(speaker.insist(it, known) for it in keys)]


def _parties(speaker: Speaker, params: Params) -> Iterable[str]:
    """Names by hand; how each agreed, and on which day."""
    word = speaker.catalogue.word
    for blank, row in zip(("paper.party_a", "paper.party_b"), rows(params.get("sides")), strict=True):
        yield word(blank)
        days = {name: day(speaker, row.get(name)) for name in ("answered_at", "informed_at", "confirmed_at")}
        state, how = row.get("state"), row.get("how")
        known: dict[str, Json] = {
            "state": Told(word(f"med_state.{state}")) if state else None,
            "how": Told(word(f"dossier.how.{how}")) if how else None, **days,
        }  # fmt: skip
        yield speaker.say("dossier.side", known) or word("dossier.side.none")


def _happened(speaker: Speaker, row: Params) -> str:
    room = row.get("room")
    known: dict[str, Json] = {
        "day": day(speaker, row.get("at")), "what": Told(speaker.insist(f"dossier.course.{row['what']}", row)),
        "room": Told(place_of_work(speaker, room)) if room else None,
    }  # fmt: skip
    return speaker.insist("dossier.line", known)


def _term(speaker: Speaker, row: Params) -> str:
    known = {**row, "until": day(speaker, row.get("until")), "done": day(speaker, row.get("done_at"))}
    return speaker.insist("dossier.term" if row.get("done_at") else "dossier.term.open", known)


def _visit(speaker: Speaker, number: int, row: Params) -> str:
    known = {**row, "index": number, "due": day(speaker, row.get("due")), "done": day(speaker, row.get("done_at"))}
    return speaker.insist("dossier.visit", known)


def _check(speaker: Speaker, row: Params) -> str:
    mark = THERE if row.get("there") else NOT_THERE
    name = "dossier.linked" if row["name"] == "linked" else f"lack.{row['name']}"
    return f"{mark} {speaker.catalogue.word(name)}"
