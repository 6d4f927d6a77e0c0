"""Texts of mediation that hold a list: what was agreed, what is in the ledger."""

from collections.abc import Callable

from bot.voice.lists import lines
from bot.voice.speaker import Params, Speaker


def terms(kind: str) -> Callable[[Speaker, Params], str]:
    """The terms of an agreement, one a line, word for word the same to everybody who reads them."""

    def tell(speaker: Speaker, params: Params) -> str:
        told = lines(speaker, params.get("terms"), lambda it: speaker.say("term.line", it))
        return speaker.insist(kind, {**params, "terms": told})

    return tell


def ledger(speaker: Speaker, params: Params) -> str:
    """The open disputes, what is due first."""
    told = lines(speaker, params.get("items"), lambda it: speaker.say("med.ledger_line", it))
    return speaker.insist("med.ledger", {**params, "items": told})
