"""People's words in Telegram's HTML: cleaned, cut, escaped; and how long a text is once Telegram has parsed it."""

import html
import re
import unicodedata
from collections.abc import Callable

Escape = Callable[[str], str]

TEXT_LIMIT = 4096  # code points after parsing
CAPTION_LIMIT = 1024
MORE = "…"
ENOUGH = 8  # so many times the limit is looked at: a text may begin with much that is left out

_TAG = re.compile(r'</?[a-z]+(?: href="[^"<>]*")?>')  # the only attribute we write
_SPACE = re.compile(r"\s+")
# Direction marks let a resident's words turn the rest of a card around; the others have no picture at all.
_UNSEEN = frozenset("\u200b\u2060\ufeff") | {chr(it) for it in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


class Told(str):
    """Text that has been told already: neither cleaned, nor cut, nor escaped again."""

    __slots__ = ()


def escape(text: str) -> str:
    """For the text of a message."""
    return html.escape(text, quote=False)


def keep(text: str) -> str:
    """For buttons and answers, which are plain text."""
    return text


def clean(text: str, limit: int) -> str:
    """People's words on one line, at most `limit` code points; what cannot be seen or sent is left out."""
    looked_at = text[: limit * ENOUGH]
    if looked_at.isprintable():  # no control, no direction mark, no half of a pair: mostly
        seen = looked_at
    else:
        seen = "".join(sign for sign in looked_at if sign.isspace() or _visible(sign))
    return cut(_SPACE.sub(" ", seen).strip(), limit)


def _visible(sign: str) -> bool:
    return sign not in _UNSEEN and unicodedata.category(sign) not in {"Cc", "Cs"}


def cut(text: str, limit: int) -> str:
    """At most `limit` code points, the last one `…` when something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + MORE


def plain(text: str) -> str:
    """The text of our HTML as Telegram shows it."""
    return html.unescape(_TAG.sub("", text))


def fit(text: str, limit: int) -> str:
    """Whole lines of our HTML, as many as fit into `limit`; tags never span lines, so what is left stays valid. Of a
    first line that does not fit itself as much as does, without its tags."""
    if len(text) <= limit or len(plain(text)) <= limit:
        return text
    lines: list[str] = []
    room = limit - len(MORE) - 1
    for line in text.split("\n"):
        room -= len(plain(line)) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, MORE]) if lines else escape(cut(plain(text), limit))


def lots(text: str, limit: int) -> tuple[tuple[int, int], ...]:
    """Which lines of our HTML go together when it takes several messages: from, up to. Empty when it fits in one."""
    if len(text) <= limit or len(plain(text)) <= limit:
        return ()
    lines = text.split("\n")
    found, begun, room = [], 0, limit
    for at, line in enumerate(lines):
        size = len(plain(line)) + 1
        if size > room and at > begun:
            found.append((begun, at))
            begun, room = at, limit
        room -= size
    found = [it for it in (*found, (begun, len(lines))) if plain("".join(lines[slice(*it)])).strip()]
    return tuple(found) if len(found) > 1 else ()
