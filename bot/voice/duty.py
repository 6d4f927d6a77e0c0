"""Texts about the roster that hold a list: hours without anybody, the rehearsal of a moment."""

from bot.voice.lists import lines
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, place_of_work
from core.messages import Json


def gaps(speaker: Speaker, params: Params) -> str:
    """The coming two weeks: what should not be, then the regular closings."""
    items = lines(speaker, params.get("items"), lambda it: speaker.say("list.gap", it))
    closed = lines(speaker, params.get("closed"), lambda it: speaker.say("list.closing", it))
    none = speaker.insist("list.gap_none", {})
    under = Told("\n".join((speaker.insist("list.closings", {}), closed))) if closed else None
    return speaker.insist("gaps.list", {**params, "items": items or none, "closed": under})


def rehearsal(speaker: Speaker, params: Params) -> str:
    """What would happen at a moment: who is on, and per severity who hears it after how long."""
    told = {
        "posts": lines(speaker, params.get("posts"), lambda it: _post(speaker, it)),
        "levels": lines(speaker, params.get("levels"), lambda it: _level(speaker, it)),
        "doubts": lines(speaker, params.get("doubts"), lambda it: speaker.maybe(f"whatif.doubt.{it.get('kind')}", {})),
    }
    return speaker.insist("whatif.plan", {**params, **told})


def _post(speaker: Speaker, post: Params) -> str | None:
    return speaker.say("list.whatif_on" if post.get("people") else "list.whatif_off", post)


def _level(speaker: Speaker, level: Params) -> str | None:
    steps = level.get("steps")
    told = [_step(speaker, it) for it in steps if isinstance(it, dict)] if isinstance(steps, list) else []
    return speaker.say("list.whatif_level", {**level, "steps": Told("; ".join(filter(None, told)))})


def _step(speaker: Speaker, step: Params) -> str | None:
    names = _names(speaker, step.get("names"))
    key = "list.whatif_step" if step.get("after") else "list.whatif_at_once"
    return speaker.say(key, {**step, "names": Told(names)} if names else {})


def _names(speaker: Speaker, names: Json) -> str:
    several = names if isinstance(names, list) else []
    return speaker.catalogue.word("joint").join(place_of_work(speaker, it) for it in several)
