"""A document of A4 pages for printing, with Chinese letters that come with the install. Runs in the child process.

The pages are drawn as pictures, so that they look the same on every printer, whatever fonts it has.
"""

import io
from importlib.resources import files
from typing import Any

from PIL import Image, ImageDraw, ImageFont

DOTS = 150  # an inch
WIDE, HIGH, EDGE = 1240, 1754, 130  # A4
TITLE, HEADING, BODY, SMALL = 52, 34, 30, 24
LINE, GAP = 54, 30
NEVER_FIRST = frozenset(
    ",.;:!?)\uff0c\uff1b\uff1a\uff01\uff1f\uff09。、》”’〕】…"
)  # no line begins with one of these (禁则)
PAPER, INK, PALE = "#FFFFFF", "#111111", "#666666"


class Pages:
    """Pages that are written from top to bottom; a paragraph that does not fit goes on on the next one."""

    def __init__(self) -> None:
        font = str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf"))
        self.fonts = {size: ImageFont.truetype(font, size) for size in (TITLE, HEADING, BODY, SMALL)}
        self.pages: list[Image.Image] = []
        self.at = HIGH

    def line(self, words: str, *, size: int = BODY, middle: bool = False) -> None:
        """One line that fits."""
        if self.at + LINE > HIGH - EDGE:
            self.pages.append(Image.new("RGB", (WIDE, HIGH), PAPER))
            self.at = EDGE
        pen = ImageDraw.Draw(self.pages[-1])
        where = (WIDE / 2, self.at) if middle else (EDGE, self.at)
        pen.text(where, words, font=self.fonts[size], fill=INK, anchor="ma" if middle else "la")
        self.at += LINE + GAP if middle else LINE

    def paragraph(self, words: str) -> None:
        """As many lines as it needs; Chinese breaks between any two signs but before a closing one."""
        while words:
            count = self._fits(words)
            self.line(words[:count])
            words = words[count:].lstrip()

    def _fits(self, words: str) -> int:
        """How many signs go on the line."""
        font, room = self.fonts[BODY], WIDE - 2 * EDGE
        count = len(words)
        while font.getlength(words[:count]) > room:
            count -= 1
        while 1 < count < len(words) and words[count] in NEVER_FIRST:
            count -= 1
        return count

    def part(self, heading: str, lines: list[str]) -> None:
        """A heading with at least two lines of what it heads; then the rest."""
        if heading:
            self.keep(3)
            self.line(heading, size=HEADING)
        for words in lines:
            self.paragraph(words)
        self.at += GAP

    def keep(self, lines: int) -> None:
        """So many lines stay together: a signature alone on a page is worth nothing."""
        if self.at + lines * LINE > HIGH - EDGE:
            self.at = HIGH


def as_pdf(data: dict[str, Any]) -> bytes:
    """The whole document. `parts`: each with `lines` (paragraphs) and perhaps a `heading`; `signs`: lines; `foot`:
    what stands under each page, %1 its number, %2 of how many."""
    pages = Pages()
    pages.line(data["title"], size=TITLE, middle=True)
    for part in data["parts"]:
        pages.part(part.get("heading", ""), part["lines"])
    pages.keep(2 * len(data["signs"]) + 1)
    for words in data["signs"]:
        pages.at += LINE
        pages.paragraph(words)
    return _bound(pages, data["foot"])


def _bound(pages: Pages, foot: str) -> bytes:
    count = len(pages.pages)
    for number, page in enumerate(pages.pages, 1):
        pen = ImageDraw.Draw(page)
        words = foot.replace("%1", str(number)).replace("%2", str(count))
        pen.text((WIDE / 2, HIGH - EDGE / 2), words, font=pages.fonts[SMALL], fill=PALE, anchor="mm")
    made = io.BytesIO()
    pages.pages[0].save(made, "PDF", resolution=DOTS, save_all=True, append_images=pages.pages[1:])
    return made.getvalue()
