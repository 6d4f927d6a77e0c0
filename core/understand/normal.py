"""One spelling for what people type: widths, scripts, spaces, repeated marks, Chinese numerals."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

NO_TABLE: Mapping[int, str] = MappingProxyType({})
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_REPEATED = re.compile(r"([!?。,.、~;…])\1+")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def normal(text: str, simple: Mapping[int, str] = NO_TABLE) -> str:
    """Half width, simplified by the table, single blanks and marks; doing it twice changes nothing.

    `simple` maps code points of traditional characters to simplified ones (`Lexicon.simple`).
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(simple)
    lines = _LINES.sub("\n", _BLANKS.sub(" ", plain)).strip()
    return _REPEATED.sub(r"\1", lines)


def number(text: str) -> int | None:
    """Value of 12, 十二, 一百零三, 三零一 (digit by digit); None when it is no such number."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not text or any(c not in _DIGITS and c not in _POWERS for c in text):
        return None
    if not any(c in _POWERS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _counted(text)


def _counted(text: str) -> int:
    total, held = 0, 0
    for c in text:
        if c in _POWERS:
            total, held = total + (held or 1) * _POWERS[c], 0
        else:
            held = _DIGITS[c]
    return total + held
