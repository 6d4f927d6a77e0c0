"""Why this post was asked and why nobody nearer, as lines of a card (core.case.Why)."""

from collections.abc import Iterable

from bot.voice.speaker import Params, Speaker


def own(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """To those who were asked."""
    yield speaker.say("card.why", params)
    yield from _passed_over(speaker, params)


def of_asked(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """To those who oversee: about who is asked now."""
    asked = params.get("asked")
    if isinstance(asked, dict):
        yield speaker.say("card.why_team", asked)
        yield from _passed_over(speaker, asked)


def _passed_over(speaker: Speaker, params: Params) -> Iterable[str | None]:
    absent = params.get("absent")
    if isinstance(absent, dict):
        yield speaker.say("card.absent_all" if params.get("why") == "nobody" else "card.absent", absent)
    for key in ("busier", "guarding"):
        if isinstance(nearer := params.get(key), dict):
            yield speaker.say(f"card.{key}", nearer)
    for key in ("declined", "silent"):
        yield speaker.say(f"card.{key}", {key: params.get(key)})
