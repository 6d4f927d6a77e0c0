"""Texts that hold a list: my cases, one case's way, who is on duty."""

from collections.abc import Callable

from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, place_of_work
from core.messages import Json

SHOWN = 20  # a phone shows about as many; the rest is counted


def overdue(speaker: Speaker, params: Params) -> str:
    """What is overdue of slight matters, worst first as it comes."""
    told = lines(speaker, params.get("items"), lambda it: speaker.say("list.overdue", with_kind(it)))
    said = speaker.insist("ladder.list", {**params, "items": told})
    return f"{said}\n{speaker.insist('list.overdue_hint', {})}" if params.get("hint") else said


def mine(speaker: Speaker, params: Params) -> str:
    """The resident's cases, newest first as they come."""
    told = lines(speaker, params.get("items"), lambda it: speaker.say("list.mine", with_kind(it)))
    return speaker.insist("mine.list", {**params, "items": told})


def one(speaker: Speaker, params: Params) -> str:
    """One case with its way so far; steps that mean nothing to a resident are left out."""
    told = lines(speaker, params.get("steps"), lambda it: _step(speaker, it))
    return speaker.insist("mine.one", {**with_kind(params), "steps": told})


def _step(speaker: Speaker, step: Params) -> str | None:
    kind = speaker.maybe(f"step.{step.get('kind')}", {})
    return kind and speaker.say("list.step", {**step, "kind": kind})


def board(speaker: Speaker, params: Params) -> str:
    """Who is on duty, post by post; a post without anybody is marked and says who should be there."""
    told = lines(speaker, params.get("posts"), lambda it: _post(speaker, it))
    return speaker.insist("duty.board", {**params, "posts": told})


def _post(speaker: Speaker, post: Params) -> str | None:
    present, due = people(speaker, post.get("on")), people(speaker, post.get("due"))
    key = "list.post" if present else "list.post_empty"
    return speaker.say(key, {**post, "on": present, "due": due, "open": post.get("open") or None})


def audit(speaker: Speaker, params: Params) -> str:
    """What the audit found wrong, a line for each promise that is broken."""
    told = lines(speaker, params.get("items"), lambda it: speaker.maybe(f"audit.{it.get('kind')}", it))
    return speaker.insist("centre.audit", {**params, "items": told})


def checkup(speaker: Speaker, params: Params) -> str:
    """What a check-up found to be mended, each with its remedy."""
    told = lines(speaker, params.get("items"), lambda it: _found(speaker, it))
    return speaker.insist("doctor.report", {**params, "items": told})


def _found(speaker: Speaker, finding: Params) -> str | None:
    said = speaker.maybe(f"doctor.{finding.get('kind')}", finding)
    return said and f"• {said}"


def track(speaker: Speaker, params: Params) -> str:
    """Where somebody was, for themselves."""
    told = lines(speaker, params.get("items"), lambda it: speaker.say("list.track", it))
    return speaker.insist("duty.track", {**params, "items": told})


def people(speaker: Speaker, ids: Json) -> Told | None:
    """Names of people, joined; None when there are none."""
    told = [speaker.names.people.get(str(it)) for it in ids] if isinstance(ids, list) else []
    names = [speaker.words(it.zh, 20) for it in told if it]
    return Told(speaker.catalogue.word("joint").join(names)) if names else None


def contacts(speaker: Speaker, params: Params) -> str:
    """Whom to call: numbers, and the names of posts and departments in a line each."""
    told = {name: _names(speaker, params.get(name)) for name in ("stations", "departments")}
    return speaker.insist("contacts.list", {**params, **told})


def _names(speaker: Speaker, ids: Json) -> Told | None:
    names = [place_of_work(speaker, it) for it in ids] if isinstance(ids, list) else []
    return Told(speaker.catalogue.word("joint").join(names)) if names else None


def with_kind(params: Params) -> Params:
    """The same parameters, with a name for a case whose kind nobody knows yet."""
    return {**params, "category": params.get("category") or "unknown"}


def lines(speaker: Speaker, items: Json, tell: Callable[[Params], str | None]) -> Told | None:
    """Items told one by one, in lines; None when there are none."""
    rows = [it for it in items if isinstance(it, dict)] if isinstance(items, list) else []
    lines = [line for line in (tell(it) for it in rows[:SHOWN]) if line]
    if len(rows) > SHOWN:
        lines.append(speaker.insist("list.more", {"count": len(rows) - SHOWN}))
    return Told("\n".join(lines)) if lines else None
