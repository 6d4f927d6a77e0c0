"""Telegram's MarkdownV2, parsed as TDLib's `parse_markdown_v2` does, with its refusals and byte offsets."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.entities import marks
from bot.sandbox.entities.markdown import split_language
from bot.sandbox.entities.marks import Formatted, Json

RESERVED: Final = "_*[]()~`>#+-=|{}.!\n"
OPENERS: Final = (
    ("__", "underline"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("[", "text_link"),
    ("`", "code"),
)
CLOSERS: Final = {
    "underline": "__",
    "italic": "_",
    "bold": "*",
    "strikethrough": "~",
    "spoiler": "||",
    "custom_emoji": "]",
    "text_link": "]",
    "code": "`",
    "pre": "```",
}
# TDLib's own names, as its error texts tell them
NAMES: Final = {
    "underline": "Underline",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "custom_emoji": "CustomEmoji",
    "text_link": "TextUrl",
    "code": "Code",
    "pre": "Pre",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class _Open:
    kind: str
    offset: int
    index: int
    start: int
    language: str = ""


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    in_quote: bool = False
    line_begins: bool = True

    def run(self) -> Formatted:
        while self.at < len(self.source):
            self._step()
        if self.in_quote:
            self._last_quote()
        if self.stack:
            raise self._no_end()
        return Formatted("".join(self.parts), marks.in_order(self.entities))

    def _step(self) -> None:
        letter = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        if letter == "\\" and following and 0 < ord(following) <= 126:
            self.at += 1
            self._letter(following)
            return
        inside = self.stack[-1].kind if self.stack else ""
        if letter not in ("`" if inside in {"code", "pre"} else RESERVED):
            self._letter(letter)
        elif letter == "\n" and self.in_quote and self.source[self.at + 1 : self.at + 2] != ">":
            self._end_quote()
        elif inside in CLOSERS and self._closes(inside):
            self._close()
        elif letter == "\n":
            self._letter(letter)
        else:
            self._open(letter)

    def _letter(self, letter: str) -> None:
        self.parts.append(letter)
        self.length += marks.utf16_length(letter)
        self.at += 1
        if letter != "\r":
            self.line_begins = letter == "\n"

    def _closes(self, kind: str) -> bool:
        here = self.source.startswith(CLOSERS[kind], self.at)
        return here and not (kind == "italic" and self.source.startswith("__", self.at))

    def _open(self, letter: str) -> None:
        if letter == ">" and self.line_begins:
            if not self.in_quote:
                self._push("blockquote", self.at)
                self.in_quote = True
            self.at += 1
            return
        if self.source.startswith("```", self.at):
            self._open_pre()
            return
        for mark, kind in OPENERS:
            if self.source.startswith(mark, self.at):
                self._push(kind, self.at + len(mark) - 1 if kind == "custom_emoji" else self.at)
                self.at += len(mark)
                return
        raise marks.broken("Character '{}' is reserved and must be escaped with the preceding '\\'", letter)

    def _push(self, kind: str, index: int, language: str = "") -> None:
        self.stack.append(_Open(kind, self.length, index, len(self.parts), language))

    def _open_pre(self) -> None:
        begin = self.at + 3
        end = self.source.find("`", begin)
        block = self.source[begin : end if end >= 0 else len(self.source)]
        code, language = split_language(block)
        self._push("pre", self.at, language)
        self.at = begin + len(block) - len(code)

    def _close(self) -> None:
        opened = self.stack.pop()
        self.at += len(CLOSERS[opened.kind])
        length = self.length - opened.offset
        match opened.kind:
            case "text_link":
                words = "".join(self.parts[opened.start :])
                found = marks.link(self._url(words), opened.offset, length)
                self.entities.extend([found] if found and length else [])
            case "custom_emoji":
                if not self.source.startswith("(", self.at):
                    raise marks.broken("The entity must contain a tg://emoji or tg://time URL")
                self._mark(opened, custom_emoji_id=_emoji_id(self._url("")))
            case _:
                self._mark(opened, **({"language": opened.language} if opened.language else {}))

    def _mark(self, opened: _Open, **extra: object) -> None:
        if self.length > opened.offset:
            self.entities.append(marks.entity(opened.kind, opened.offset, self.length - opened.offset, **extra))

    def _url(self, words: str) -> str:
        """Return the URL in round brackets that follows, or the words themselves when none does."""
        if not self.source.startswith("(", self.at):
            return words
        begin = self.at + 1
        letters, at = [], begin
        while at < len(self.source) and self.source[at] != ")":
            at += self.source[at] == "\\" and 0 < ord(self.source[at + 1 : at + 2] or "\x7f") <= 126
            letters.append(self.source[at])
            at += 1
        if at >= len(self.source):
            place = marks.byte_offset(self.source, begin)
            raise marks.broken("Can't find end of a URL at byte offset {}", place)
        self.at = at + 1
        return "".join(letters)

    def _no_end(self) -> Exception:
        opened = self.stack[-1]
        kind = "PreCode" if opened.language else NAMES[opened.kind]
        place = marks.byte_offset(self.source, opened.index)
        return marks.broken("Can't find end of {} entity at byte offset {}", kind, place)

    def _end_quote(self) -> None:
        kind = self._quote_kind(self.at - 2 - self.source.startswith("\r", self.at - 1))
        self._letter("\n")
        self._finish_quote(kind)

    def _last_quote(self) -> None:
        kind = self._quote_kind(len(self.source) - 2)
        if self.length > self.stack[-1].offset:
            self._finish_quote(kind)
        else:
            self.stack.pop()

    def _quote_kind(self, spoiler_at: int) -> str:
        """Return the kind of the quotation that ends here: `||` at its very end makes it expandable."""
        expandable = self.stack[-1].kind == "spoiler" and self.stack[-1].index == spoiler_at
        if expandable:
            self.stack.pop()
        if self.stack[-1].kind != "blockquote":
            raise self._no_end()
        return "expandable_blockquote" if expandable else "blockquote"

    def _finish_quote(self, kind: str) -> None:
        opened = self.stack.pop()
        self.in_quote = False
        self.entities.append(marks.entity(kind, opened.offset, self.length - opened.offset))


def _emoji_id(url: str) -> str:
    parts = urlsplit(url)
    found = parse_qs(parts.query).get("id", [""])[0]
    if parts.scheme != "tg" or parts.netloc != "emoji" or not found.isdigit():
        raise marks.broken("Invalid tg://emoji or tg://time URL specified")
    return found


def parse(text: str) -> Formatted:
    """Return the text without its marks, and its entities.

    Raises ApiError "can't parse entities: …" with the byte offset, as Telegram does. `tg://time` links are not built.
    """
    return _Parser(text).run()
