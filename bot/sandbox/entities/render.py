"""Text with entities shown as HTML, for the phones page."""

from html import escape
from typing import Final

from bot.sandbox.entities import marks
from bot.sandbox.entities.marks import Json

TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
CLASSES: Final = ("spoiler", "mention", "hashtag", "bot_command", "text_mention", "custom_emoji")


def as_html(text: str, entities: list[Json]) -> str:
    """Return safe HTML: every word is escaped, only http(s) and tg links become links."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for one in marks.in_order(entities):
        start, end = one["offset"], one["offset"] + one["length"]
        tag, attributes = _tag(one, text)
        opened.setdefault(start, []).append(f"<{tag}{attributes}>")
        closed.setdefault(end, []).insert(0, f"</{tag}>")
    return "".join(_pieces(text, opened, closed))


def _pieces(text: str, opened: dict[int, list[str]], closed: dict[int, list[str]]) -> list[str]:
    pieces: list[str] = []
    place = 0
    for letter in text:
        pieces += closed.get(place, []) + opened.get(place, [])
        pieces.append(escape(letter))
        place += 1 + (ord(letter) > 0xFFFF)
    return pieces + closed.get(place, [])


def _tag(one: Json, text: str) -> tuple[str, str]:
    kind = one["type"]
    if kind in {"text_link", "url", "email"}:
        return "a", f' href="{escape(_href(one, text))}" target="_blank" rel="noopener"'
    if kind in TAGS:
        return TAGS[kind], ' class="expandable"' if kind == "expandable_blockquote" else ""
    return "span", f' class="{escape(kind)}"' if kind in CLASSES else ""


def _href(one: Json, text: str) -> str:
    if one["type"] == "text_link":
        url = str(one["url"])
    else:
        units = text.encode("utf-16-le", "surrogatepass")
        shown = units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le", "replace")
        url = f"mailto:{shown}" if one["type"] == "email" else shown if "://" in shown else f"http://{shown}"
    return url if url.startswith(("http://", "https://", "tg://", "mailto:")) else "#"
