"""Which of the updates that wait together go first: a cry for help, then whoever answers us, then talk."""

from collections.abc import Callable
from typing import Any

from core.town import Town
from core.understand import emergency, without_names

DANGER, ANSWER, TALK = range(3)


def urgency(town: Callable[[], Town]) -> Callable[[Any], int]:
    """The rank of a raw update, the lowest first, by the words of the town as it is when it is asked."""

    def rank(raw: Any) -> int:
        if not isinstance(raw, dict):
            return TALK
        if "callback_query" in raw:
            return ANSWER
        said = raw.get("message") or raw.get("edited_message")
        return _of_message(said, town()) if isinstance(said, dict) else TALK

    return rank


def heralded(rank: Callable[[Any], int], alarm: Callable[[], None]) -> Callable[[Any], int]:
    """The same rank; `alarm` is called for danger as soon as it is heard, before it is understood and decided."""

    def ranked(raw: Any) -> int:
        found = rank(raw)
        if found == DANGER:
            alarm()
        return found

    return ranked


def _of_message(said: dict[str, Any], town: Town) -> int:
    """By the same rule that will hear it; a reply to one of our cards is as good as a press."""
    words = said.get("text") or said.get("caption")
    if isinstance(words, str) and emergency(without_names(words, town.gazetteer), town.lexicon) is not None:
        return DANGER
    return ANSWER if "reply_to_message" in said else TALK
