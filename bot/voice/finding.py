"""Lists of cases that were looked for, and one case with its history."""

from collections.abc import Iterator

from bot.voice import card, lists
from bot.voice.markup import Told
from bot.voice.speaker import TELLERS, Params, Speaker
from core.messages import Json

SEVERAL = ("statuses", "severities", "categories", "places", "grids", "teams", "people")
# The table's row by which each of several is told.
ROWS = {
    "statuses": "status", "severities": "severity", "categories": "category", "grids": "grid", "teams": "team",
    "people": "person",
}  # fmt: skip


def found(speaker: Speaker, params: Params) -> str:
    """A page of a list."""
    told = lists.lines(speaker, params.get("items"), lambda it: _line(speaker, it))
    pages = params.get("pages") if params.get("pages") != 1 else None
    page = params.get("page") if pages else None
    more = speaker.say("find.more", {}) if params.get("more") else None
    known = {**params, "items": told, "query": _query(speaker, params), "page": page, "pages": pages, "more": more}
    return speaker.insist("find.list", known)


def nothing(speaker: Speaker, params: Params) -> str:
    """Nothing was found: how the words were understood, so that others can be tried."""
    return speaker.insist("find.none", {**params, "query": _query(speaker, params)})


def one(speaker: Speaker, params: Params) -> str:
    """The card of a case and its history."""
    shown = params.get("card")
    told = lists.lines(speaker, params.get("history"), lambda it: _step(speaker, it))
    head = Told(card.tell(speaker, shown if isinstance(shown, dict) else {}))
    return speaker.insist("find.case", {"no": params.get("no"), "card": head, "history": told})


def _line(speaker: Speaker, item: Params) -> str | None:
    return speaker.say("list.found", lists.with_kind(item))


def _step(speaker: Speaker, step: Params) -> str | None:
    """A line of the history; a kind without words is left out."""
    said = speaker.maybe(f"history.{step.get('kind')}", step)
    return said and speaker.say("list.history", {**step, "kind": said})


def _query(speaker: Speaker, params: Params) -> Told | None:
    asked = params.get("query")
    parts = [it for it in _parts(speaker, asked) if it] if isinstance(asked, dict) else []
    return Told(" · ".join(parts)) if parts else None


def _parts(speaker: Speaker, asked: Params) -> Iterator[str | None]:
    numbers = asked.get("numbers")
    yield speaker.words(numbers[0]) if isinstance(numbers, list) and numbers else None
    yield _days(speaker, asked)
    for name in SEVERAL:
        yield _several(speaker, name, asked.get(name))
    yield speaker.say("find.open", {}) if asked.get("open") else None
    yield speaker.say("find.late", {}) if asked.get("late") else None
    yield speaker.say("find.words", asked)


def _days(speaker: Speaker, asked: Params) -> str | None:
    since, until = speaker.say("find.day", {"until": asked.get("since")}), speaker.say("find.day", asked)
    if until is None:
        return speaker.say("find.since", asked)
    return until if since == until else speaker.say("find.days", asked)


def _place(speaker: Speaker, value: Json) -> str:
    known = speaker.names.compounds.get(str(value))
    return speaker.words(known.told(speaker.catalogue.language) if known else value, 40)


def _several(speaker: Speaker, name: str, values: Json) -> str | None:
    teller = TELLERS[ROWS[name]] if name in ROWS else _place
    told = [teller(speaker, it) for it in values] if isinstance(values, list) else []
    return speaker.catalogue.word("joint").join(it for it in told if it) or None
