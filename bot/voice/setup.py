"""/setup: steps with their state, the first week, faults and changes line by line."""

from collections.abc import Callable, Mapping

from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from core.messages import Json

MOST = 60  # lines


def screen(speaker: Speaker, params: Params) -> str:
    """The steps."""
    note = params.get("note")
    told = {
        "items": _lines(speaker, params.get("items"), lambda it: _step(speaker, it)),
        "state": _coded(speaker, "setup.state", params.get("state")),
        "note": _coded(speaker, "setup.note", note) if note else None,
    }
    return speaker.insist("setup.screen", told)


def _step(speaker: Speaker, item: Params) -> str | None:
    return speaker.maybe(f"setup.line.{item.get('state')}", {**item, "stage": _stage(speaker, item)})


def _stage(speaker: Speaker, item: Params) -> Told:
    return _coded(speaker, "setup.stage", item.get("stage"))


def _coded(speaker: Speaker, prefix: str, value: Json) -> Told:
    """A code by its text; one that we do not know as it came."""
    key = f"{prefix}.{value}"
    return Told(speaker.catalogue.word(key) if key in speaker.catalogue else speaker.words(value))


def blocked(speaker: Speaker, params: Params) -> str:
    """What has to be done first."""
    told = _lines(
        speaker, params.get("items"), lambda it: speaker.say("setup.stage.line", {"stage": _stage(speaker, it)})
    )
    return speaker.insist("setup.blocked", {"items": told})


def people(speaker: Speaker, params: Params) -> str:
    """Who works where."""
    told = _lines(speaker, params.get("items"), lambda it: speaker.say("setup.people.line", it))
    return speaker.insist("setup.people", {"items": told})


def week(speaker: Speaker, params: Params) -> str:
    """Who is on, day by day; a day without anybody stands out."""
    told = _lines(speaker, params.get("items"), lambda it: _day(speaker, it))
    return speaker.insist("setup.week", {"items": told})


def _day(speaker: Speaker, item: Params) -> str | None:
    return speaker.say("setup.week.line" if item.get("text") else "setup.week.free", item)


def faults(speaker: Speaker, params: Params) -> str:
    """Each fault with its place and remedy."""
    told = _lines(speaker, params.get("items"), lambda it: _fault(speaker, it))
    return speaker.insist("setup.faults", {**params, "items": told})


def _fault(speaker: Speaker, item: Params) -> str | None:
    where = Told(speaker.words(item.get("where")))
    return speaker.say("setup.fault", {"where": where, "text": item.get(speaker.catalogue.language)})


def preview(speaker: Speaker, params: Params) -> str:
    """What would be live, and what that changes."""
    told: Mapping[str, Json | Told] = {
        **params,
        "items": _lines(speaker, params.get("items"), lambda it: _change(speaker, it)),
        "doubts": _joined(speaker, params.get("doubts"), lambda it: _stage(speaker, it)),
        "busy": _joined(speaker, params.get("busy"), lambda it: speaker.words(f"{it.get('name')} {it.get('count')}")),
    }
    return speaker.insist("setup.preview", told)


def _change(speaker: Speaker, item: Params) -> str | None:
    what = _coded(speaker, "setup.what", item.get("what"))
    return speaker.maybe(f"setup.change.{item.get('how')}", {**item, "what": what})


def _joined(speaker: Speaker, items: Json, tell: Callable[[Params], str]) -> Told | None:
    rows = [it for it in items if isinstance(it, dict)] if isinstance(items, list) else []
    return Told(speaker.catalogue.word("joint").join(map(tell, rows))) if rows else None


def _lines(speaker: Speaker, items: Json, tell: Callable[[Params], str | None]) -> Told | None:
    rows = [it for it in items if isinstance(it, dict)] if isinstance(items, list) else []
    told = [line for line in map(tell, rows[:MOST]) if line]
    if len(rows) > MOST:
        told.append(speaker.insist("list.more", {"count": len(rows) - MOST}))
    return Told("\n".join(told)) if told else None
