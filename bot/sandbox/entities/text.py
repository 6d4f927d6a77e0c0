"""The one way by which words of the bot become text with entities."""

from typing import Final

from bot.sandbox import errors
from bot.sandbox.entities import found, given, html, markdown, markdown_v2, marks
from bot.sandbox.entities.marks import Formatted, Json

PARSERS: Final = {"html": html.parse, "markdown": markdown.parse, "markdownv2": markdown_v2.parse}
LONGEST_PARAMETER: Final = 1 << 15
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
ANSWER_LIMIT: Final = 200
BLANK: Final = " \t\r\n\v\f\u00a0\u2000\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202e\u2060\u3000\ufeff"


def formatted(text: str, parse_mode: str, entities: object) -> Formatted:
    """Return what is left of the text after parsing, trimmed, with all its entities.

    Raises ApiError when the parameter is over 32 768 bytes, the parse mode is unknown, or the markup is broken.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_PARAMETER:
        raise errors.ApiError(errors.PARAMETER_TOO_LONG)
    mode = parse_mode.lower()
    if mode in {"", "none"} or not text:
        return _tidy(text, given.checked(entities, text))
    parser = PARSERS.get(mode)
    if parser is None:
        raise errors.ApiError(errors.PARSE_MODE)
    parsed = parser(text)
    return _tidy(parsed.text, parsed.entities)


def _tidy(text: str, entities: list[Json]) -> Formatted:
    """Return the text without blank ends, the entities moved and cut with it."""
    text = text.replace("\r", "") if "\r" in text and not entities else text
    kept = text.rstrip(" \t\r\n\v\f")
    first = min((one["offset"] for one in entities), default=len(kept))
    lead = min(len(kept) - len(kept.lstrip(" \n")), first)
    kept = kept[lead:]
    if entities and (lead or len(kept) != len(text)):
        entities = _moved(entities, lead, marks.utf16_length(kept))
    return Formatted(kept, found.find(kept, entities))


def _moved(entities: list[Json], lead: int, end: int) -> list[Json]:
    moved = [{**one, "offset": one["offset"] - lead} for one in entities]
    cut = [{**one, "length": min(one["length"], end - one["offset"])} for one in moved]
    return [one for one in cut if one["length"] > 0]


def is_blank(text: str) -> bool:
    """Whether the text shows nothing: only spaces and invisible characters."""
    return not text.strip(BLANK)


def message_text(text: str, parse_mode: str, entities: object) -> Formatted:
    """Return a message's text: 1 to 4096 code points after parsing.

    Raises ApiError otherwise.
    """
    if not text:
        raise errors.ApiError(errors.TEXT_EMPTY)
    result = formatted(text, parse_mode, entities)
    if is_blank(result.text):
        raise errors.ApiError(errors.TEXT_BLANK)
    if len(result.text) > TEXT_LIMIT:
        raise errors.ApiError(errors.TOO_LONG)
    return result


def caption(text: str, parse_mode: str, entities: object) -> Formatted:
    """Return a caption: up to 1024 code points after parsing.

    Raises ApiError otherwise.
    """
    result = formatted(text, parse_mode, entities)
    if len(result.text) > CAPTION_LIMIT:
        raise errors.ApiError(errors.CAPTION_TOO_LONG)
    return Formatted("", []) if is_blank(result.text) else result
