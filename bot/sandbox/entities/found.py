"""Entities Telegram finds by itself in plain words: commands, mentions, hashtags, links, mail addresses."""

import re
from typing import Final

from bot.sandbox.entities import marks
from bot.sandbox.entities.marks import Json

HINTS: Final = re.compile(r"[/@#.]")
FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}，。；：！？）》】]"
    r"|(?<![\w@./])(?:[a-z0-9-]+\.)+(?:com|org|net|me|cn|io|info|ru|app|dev)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?P<email>(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/]))"
    r"|(?P<hashtag>(?<![\w#@/])#(?=\w*[^\W\d])\w{1,256})",
    re.IGNORECASE | re.ASCII,
)
WORD_TAG: Final = re.compile(r"(?<![\w#@/])#(?=\w*[^\W\d])\w{1,256}")
SHUT: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def find(text: str, given: list[Json]) -> list[Json]:
    """Return the given entities and those found in the rest of the text, in order.

    Phone numbers, cashtags and card numbers, which Telegram finds as well, are not looked for.
    """
    if HINTS.search(text) is None:
        return given
    shut = [(one["offset"], one["offset"] + one["length"]) for one in given if one["type"] in SHUT]
    new = [
        one for one in _all(text) if not any(one["offset"] < b and a < one["offset"] + one["length"] for a, b in shut)
    ]
    return marks.in_order([*given, *new]) if new else given


def _all(text: str) -> list[Json]:
    spans = [(found.start(), found.end(), found.lastgroup or "") for found in FOUND.finditer(text)]
    tags = [(found.start(), found.end(), "hashtag") for found in WORD_TAG.finditer(text)]
    spans = [span for span in spans if span[2] != "hashtag"] + tags
    return [
        marks.entity(kind, marks.utf16_length(text[:start]), marks.utf16_length(text[start:end]))
        for start, end, kind in sorted(spans)
    ]
