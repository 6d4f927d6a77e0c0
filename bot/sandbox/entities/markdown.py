"""Telegram's legacy Markdown, parsed as TDLib's `parse_markdown` does. Entities can't nest here."""

from typing import Final

from bot.sandbox.entities import marks
from bot.sandbox.entities.marks import Formatted, Json

KINDS: Final = {"_": "italic", "*": "bold", "`": "code"}


def parse(text: str) -> Formatted:
    """Return the text without its marks, and its entities.

    Raises ApiError "can't parse entities: Can't find end of the entity starting at byte offset …".
    """
    parts: list[str] = []
    entities: list[Json] = []
    at = offset = 0
    while at < len(text):
        mark = text[at]
        if mark == "\\" and text[at + 1 : at + 2] in {"_", "*", "`", "["}:
            piece, at = text[at + 1], at + 2
        elif mark in "_*`[":
            piece, at, found = _entity(text, at, offset)
            entities.extend([found] if found else [])
        else:
            piece, at = mark, at + 1
        parts.append(piece)
        offset += marks.utf16_length(piece)
    return Formatted("".join(parts), entities)


def _entity(text: str, at: int, offset: int) -> tuple[str, int, Json | None]:
    """Return the words of the entity that begins at `at`, where it ends, and the entity if it says anything."""
    if text.startswith("```", at):
        return _pre(text, at, offset)
    mark = text[at]
    end = text.find("]" if mark == "[" else mark, at + 1)
    if end < 0:
        raise _no_end(text, at)
    words = text[at + 1 : end]
    length = marks.utf16_length(words)
    if mark != "[":
        return words, end + 1, marks.entity(KINDS[mark], offset, length) if words else None
    url, after = words, end + 1
    if words and text.startswith("(", after):
        close = text.find(")", after)
        url, after = (text[after + 1 :], len(text)) if close < 0 else (text[after + 1 : close], close + 1)
    return words, after, marks.link(url, offset, length) if words else None


def _pre(text: str, at: int, offset: int) -> tuple[str, int, Json | None]:
    end = text.find("```", at + 3)
    if end < 0:
        raise _no_end(text, at)
    words, language = split_language(text[at + 3 : end])
    extra = {"language": language} if language else {}
    found = marks.entity("pre", offset, marks.utf16_length(words), **extra) if words else None
    return words, end + 3, found


def split_language(block: str) -> tuple[str, str]:
    """Return the code of a fenced block and the language named after its fence ("" when none)."""
    first = next((index for index, letter in enumerate(block) if letter in marks.SPACES), len(block))
    language = block[:first] if first < len(block) else ""
    code = block[len(language) :]
    for line_end in ("\r\n", "\n\r", "\n", "\r"):
        if code.startswith(line_end):
            return code[len(line_end) :], language
    return code, language


def _no_end(text: str, at: int) -> Exception:
    return marks.broken("Can't find end of the entity starting at byte offset {}", marks.byte_offset(text, at))
