"""Texts that hold a list: my cases, one case's way, open cases, who is on duty."""

from collections.abc import Callable

from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from core.messages import Json

SHOWN = 20  # a phone shows about as many; the rest is counted


def mine(speaker: Speaker, params: Params) -> str:
    """The resident's cases, newest first as they come."""
    return _listed(speaker, "mine.list", "list.mine", params)


def cases(speaker: Speaker, params: Params) -> str:
    """Open cases for staff."""
    return _listed(speaker, "cases.list", "list.cases", params)


def _listed(speaker: Speaker, kind: str, line: str, params: Params) -> str:
    told = _lines(speaker, params.get("items"), lambda it: speaker.say(line, with_kind(it)))
    return speaker.insist(kind, {**params, "items": told})


def one(speaker: Speaker, params: Params) -> str:
    """One case with its way so far; steps that mean nothing to a resident are left out."""
    told = _lines(speaker, params.get("steps"), lambda it: _step(speaker, it))
    return speaker.insist("mine.one", {**with_kind(params), "steps": told})


def _step(speaker: Speaker, step: Params) -> str | None:
    kind = speaker.maybe(f"step.{step.get('kind')}", {})
    return kind and speaker.say("list.step", {**step, "kind": kind})


def board(speaker: Speaker, params: Params) -> str:
    """Who is on duty, post by post; a post without anybody is marked and says who should be there."""
    told = _lines(speaker, params.get("posts"), lambda it: _post(speaker, it))
    return speaker.insist("duty.board", {**params, "posts": told})


def _post(speaker: Speaker, post: Params) -> str | None:
    present, due = people(speaker, post.get("on")), people(speaker, post.get("due"))
    key = "list.post" if present else "list.post_empty"
    return speaker.say(key, {**post, "on": present, "due": due, "open": post.get("open") or None})


def people(speaker: Speaker, ids: Json) -> Told | None:
    """Names of people, joined; None when there are none."""
    told = [speaker.names.people.get(str(it)) for it in ids] if isinstance(ids, list) else []
    names = [speaker.words(it.zh, 20) for it in told if it]
    return Told(speaker.catalogue.word("joint").join(names)) if names else None


def with_kind(params: Params) -> Params:
    """The same parameters, with a name for a case whose kind nobody knows yet."""
    return {**params, "category": params.get("category") or "unknown"}


def _lines(speaker: Speaker, items: Json, tell: Callable[[Params], str | None]) -> Told | None:
    rows = [it for it in items if isinstance(it, dict)] if isinstance(items, list) else []
    lines = [line for line in (tell(it) for it in rows[:SHOWN]) if line]
    if len(rows) > SHOWN:
        lines.append(speaker.insist("list.more", {"count": len(rows) - SHOWN}))
    return Told("\n".join(lines)) if lines else None
