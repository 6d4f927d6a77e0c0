"""Holiday tables: the days of a year in rows, what is wrong with one that was sent, which years are known."""

from datetime import date

from bot.voice import lists, times
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from core.messages import Json

NOW = {True: "table.now_off", False: "table.now_work"}


def state(speaker: Speaker, params: Params) -> str:
    """Year by year where its table is from, and how one is sent."""
    told = lists.lines(speaker, params.get("items"), lambda it: _year(speaker, it))
    return speaker.insist("table.state", {**params, "items": told})


def _year(speaker: Speaker, item: Params) -> str | None:
    return speaker.maybe(f"table.year.{item.get('source')}", {**item, **_days(speaker, item)})


def preview(speaker: Speaker, params: Params) -> str:
    """What was sent, before it is used."""
    few = speaker.say("table.few", {}) if params.get("few") else None
    changed = _changed(speaker, params.get("changed"))
    return speaker.insist("table.preview", {**params, **_days(speaker, params), "changed": changed, "few": few})


def flaws(speaker: Speaker, params: Params) -> str:
    """What is wrong with a table, line by line."""
    told = lists.lines(speaker, params.get("items"), lambda it: speaker.maybe(f"table.flaw.{it.get('kind')}", it))
    return speaker.insist("table.flaws", {**params, "items": told})


def _days(speaker: Speaker, params: Params) -> dict[str, Json]:
    return {name: _rows(speaker, params.get(name)) for name in ("off", "work")}


def _rows(speaker: Speaker, value: Json) -> Told | None:
    rows = [it for it in value if isinstance(it, list) and it] if isinstance(value, list) else []
    told = [_span(speaker, str(it[0]), str(it[-1])) for it in rows]
    return Told(speaker.catalogue.word("joint").join(told)) if told else None


def _span(speaker: Speaker, first: str, last: str) -> str:
    return _day(speaker, first) if first == last else f"{_day(speaker, first)}–{_day(speaker, last)}"


def _day(speaker: Speaker, value: str) -> str:
    """Without its year, which stands above."""
    return times.day(speaker.catalogue, date.fromisoformat(value), None)


def _changed(speaker: Speaker, value: Json) -> Told | None:
    rows = [it for it in value if isinstance(it, dict) and "until" in it] if isinstance(value, list) else []
    told = [speaker.insist(NOW[bool(it.get("off"))], {"name": _day(speaker, str(it["until"]))}) for it in rows]
    return Told(speaker.catalogue.word("joint").join(told)) if told else None
