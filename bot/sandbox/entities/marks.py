"""The pieces that the parsers share: UTF-16 lengths, entities, parse errors, links."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox import errors

Json = dict[str, Any]

USER_LINK: Final = re.compile(r"tg:(?://)?user\?(?:.*&)?id=(\d+)", re.IGNORECASE)
DEEP_LINK: Final = re.compile(r"(tg|ton|tonsite):(?://)?[\w.-]", re.IGNORECASE)
SPACES: Final = " \t\r\n\0\v"
ORDER: Final = (
    "blockquote",
    "expandable_blockquote",
    "text_link",
    "text_mention",
    "pre",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, offsets and lengths in UTF-16 code units."""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units: characters beyond the first plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(text: str, index: int) -> int:
    """Return the offset in UTF-8 bytes of the character at `index`; Telegram's parse errors count so."""
    return len(text[:index].encode("utf-8", "surrogatepass"))


def broken(reason: str, *values: object) -> errors.ApiError:
    """Return the refusal of a text whose markup can't be parsed."""
    return errors.ApiError(errors.ENTITIES, reason=reason.format(*values) if values else reason)


def entity(kind: str, offset: int, length: int, **extra: object) -> Json:
    """Return a Bot API `MessageEntity`."""
    return {"offset": offset, "length": length, "type": kind, **extra}


def link(url: str, offset: int, length: int) -> Json | None:
    """Return the entity of a link; None when Telegram drops the link and keeps the words."""
    if mention := USER_LINK.match(url):
        user = {"id": int(mention[1]), "is_bot": False, "first_name": ""}
        return entity("text_mention", offset, length, user=user)
    checked = checked_link(url)
    return entity("text_link", offset, length, url=checked) if checked else None


def checked_link(url: str) -> str:
    """Return the URL as Telegram keeps it, "" when it is none."""
    try:
        return check_link(url)
    except ValueError:
        return ""


def check_link(url: str) -> str:
    """Return the URL as Telegram keeps it (LinkManager::check_link).

    Raises ValueError with Telegram's reason: most often a host without a dot, such as localhost.
    """
    if DEEP_LINK.match(url):
        return url
    try:
        parts = urlsplit(url if "://" in url else "http://" + url)
        host = parts.hostname or ""
    except ValueError as reason:
        raise ValueError("Wrong HTTP URL") from reason
    if parts.scheme not in {"http", "https"}:
        raise ValueError("Unsupported URL protocol")
    if not host:
        raise ValueError("URL host is empty")
    if any(letter in SPACES for letter in url.strip()):
        raise ValueError("Wrong HTTP URL")
    if "." not in host and ":" not in host:
        raise ValueError("Wrong HTTP URL")
    return parts._replace(path=parts.path or "/").geturl()


def in_order(entities: list[Json]) -> list[Json]:
    """Return the entities in the order in which Telegram tells them: by place, the longer first."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], _rank(one["type"])))


def _rank(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)
