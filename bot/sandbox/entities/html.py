"""Telegram's HTML, parsed as TDLib's `parse_html` does, with its refusals and byte offsets."""

import re
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.entities import marks
from bot.sandbox.entities.marks import Formatted, Json

TAGS: Final = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
PLAIN: Final = re.compile(r"[^&<]+")
SPACES: Final = re.compile(r"[ \t\r\n\0\v]*")
TAG_END: Final = re.compile(r"[ \t\r\n\0\v>]")
NAME: Final = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
TOKEN: Final = re.compile(r"[0-9a-zA-Z.\-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> Formatted:
        while self.at < len(self.source):
            match self.source[self.at]:
                case "<" if self.source.startswith("/", self.at + 1):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&":
                    self._reference()
                case _:
                    self._plain()
        if self.stack:
            raise marks.broken('Can\'t find end tag corresponding to start tag "{}"', self.stack[-1].tag)
        for one in self.entities:
            if one["type"] == "code":
                one.pop("language", None)
        return Formatted("".join(self.parts), marks.in_order(self.entities))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += marks.utf16_length(text)

    def _plain(self) -> None:
        run = PLAIN.match(self.source, self.at)
        text = run[0] if run else self.source[self.at]
        self.at += len(text)
        self._add(text)

    def _reference(self) -> None:
        text, self.at = _decode(self.source, self.at)
        self._add(text)

    def _place(self, index: int) -> int:
        return marks.byte_offset(self.source, index)

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_spaces(self) -> None:
        self.at = _end(SPACES, self.source, self.at)

    def _start_tag(self) -> None:
        begin = self.at
        end = TAG_END.search(self.source, begin)
        if end is None:
            raise marks.broken("Unclosed start tag at byte offset {}", self._place(begin))
        self.at = end.start()
        tag = self.source[begin + 1 : self.at].lower()
        if tag not in TAGS:
            raise marks.broken('Unsupported start tag "{}" at byte offset {}', tag, self._place(begin))
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise marks.broken('Tag "span" must have class "tg-spoiler" at byte offset {}', self._place(begin))
        self.at += 1
        self.stack.append(_Open(tag, argument, self.length, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                return argument
            name = self.source[self.at : _end(NAME, self.source, self.at)]
            if not name:
                raise (
                    self._unclosed(begin, tag)
                    if not self._peek()
                    else marks.broken('Empty attribute name in the tag "{}" at byte offset {}', tag, self._place(begin))
                )
            self.at += len(name)
            argument = self._argument(tag, name, self._value(tag, begin), argument)

    def _unclosed(self, begin: int, tag: str) -> Exception:
        return marks.broken('Unclosed start tag "{}" at byte offset {}', tag, self._place(begin))

    def _value(self, tag: str, begin: int) -> str | None:
        self._skip_spaces()
        if self._peek() != "=":
            if not self._peek():
                raise self._unclosed(begin, tag)
            return None
        self.at += 1
        self._skip_spaces()
        if not self._peek():
            raise self._unclosed(begin, tag)
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if not self._peek():
            raise marks.broken("Unclosed start tag at byte offset {}", self._place(begin))
        return value

    def _token(self) -> str:
        begin = self.at
        self.at = _end(TOKEN, self.source, begin)
        if self._peek() not in {*marks.SPACES, ">"}:
            raise marks.broken("Unexpected end of name token at byte offset {}", self._place(begin))
        return self.source[begin : self.at].lower()

    def _quoted(self) -> str:
        quote, parts = self._peek(), []
        self.at += 1
        while self._peek() not in {quote, ""}:
            text, self.at = _decode(self.source, self.at) if self._peek() == "&" else (self._peek(), self.at + 1)
            parts.append(text)
        self.at += self._peek() == quote
        return "".join(parts)

    @staticmethod
    def _argument(tag: str, name: str, value: str | None, argument: str) -> str:
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value or ""
            case "code", "class" if (value or "").startswith("language-"):
                return (value or "")[9:]
            case "span", "class" if (value or "").startswith("tg-"):
                return (value or "")[3:]
            case "blockquote", "expandable":
                return "1"
        return argument

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise marks.broken("Unexpected end tag at byte offset {}", self._place(begin))
        end = TAG_END.search(self.source, begin)
        self.at = end.start() if end else len(self.source)
        name = self.source[begin + 2 : self.at].lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise marks.broken("Unclosed end tag at byte offset {}", self._place(begin))
        opened = self.stack.pop()
        if name and name != opened.tag:
            expected = 'Unmatched end tag at byte offset {}, expected "</{}>", found "</{}>"'
            raise marks.broken(expected, self._place(begin), opened.tag, name)
        self.at += 1
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, length = TAGS[opened.tag], self.length - opened.offset
        match kind:
            case "text_link":
                found = marks.link(opened.argument or "".join(self.parts[opened.start :]), opened.offset, length)
                self.entities.extend([found] if found else [])
            case "custom_emoji":
                if not opened.argument.isdigit() or not int(opened.argument):
                    raise marks.broken("Invalid custom emoji identifier specified")
                self._mark(kind, opened, custom_emoji_id=opened.argument)
            case "pre" | "code":
                self._code(kind, opened, length)
            case "blockquote" if opened.argument:
                self._mark("expandable_blockquote", opened)
            case _:
                self._mark(kind, opened)

    def _mark(self, kind: str, opened: _Open, **extra: object) -> None:
        self.entities.append(marks.entity(kind, opened.offset, self.length - opened.offset, **extra))

    def _code(self, kind: str, opened: _Open, length: int) -> None:
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (opened.offset, length)
        if kind == "pre" and same and last.get("type") == "code" and last.get("language"):
            last["type"] = "pre"
        elif kind == "code" and same and last.get("type") == "pre" and opened.argument:
            last["language"] = opened.argument
        else:
            self._mark(kind, opened, **({"language": opened.argument} if opened.argument else {}))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _decode(text: str, at: int) -> tuple[str, int]:
    """Return what the reference at `at` stands for and where the text goes on; an unknown one stands for itself."""
    found = REFERENCE.match(text, at)
    if found is None:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (NAMED[name], found.end()) if name in NAMED else ("&", at + 1)
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    digits_end = found.end() - found[0].endswith(";")
    if not 0 < code < 0x10FFFF or digits_end - at >= 10 or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), found.end()


def parse(text: str) -> Formatted:
    """Return the text without its tags, and its entities.

    Raises ApiError "can't parse entities: …" with the byte offset, as Telegram does.
    """
    return _Parser(text).run()
