"""The picture of a week: seven bars, the kinds, the places; large enough for a phone. Runs in the child process."""

import io
from importlib.resources import files
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDE, EDGE = 1080, 60
TITLE, HEADING, WORDS = 56, 40, 36  # sizes of letters, in pixels of a picture as wide as a phone shows it
BARS, ROW, GAP = 420, 68, 44  # heights of the bars, of a line of names, between parts
PAPER, INK, PALE, BLUE, ORANGE = "#FFFFFF", "#1F2933", "#9AA5B1", "#2F6FB2", "#D9822B"
NAMES = 400  # pixels for the names beside lying bars


class Sheet:
    """A drawing that grows downwards."""

    def __init__(self, height: int) -> None:
        font = str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf"))
        self.fonts = {size: ImageFont.truetype(font, size) for size in (TITLE, HEADING, WORDS)}
        self.image = Image.new("RGB", (WIDE, height), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.at = EDGE

    def say(
        self, words: str, where: tuple[float, float], size: int = WORDS, ink: str = INK, anchor: str = "la"
    ) -> None:
        """Words at a point."""
        self.pen.text(where, words, font=self.fonts[size], fill=ink, anchor=anchor)

    def heading(self, words: str, size: int = HEADING) -> None:
        """A line of its own."""
        self.say(words, (EDGE, self.at), size)
        self.at += size + 28

    def fitted(self, words: str, room: float) -> str:
        """As much of the words as there is room for."""
        font = self.fonts[WORDS]
        if font.getlength(words) <= room:
            return words
        while words and font.getlength(words + "…") > room:
            words = words[:-1]
        return words + "…"


def as_png(data: dict[str, Any]) -> bytes:
    """The whole picture. `days`: [{label, under, count, usual}]; `parts`: [{title, rows: [{name, count}]}]."""
    parts = [it for it in data["parts"] if it["rows"]]
    lines = sum(HEADING + 28 + ROW * len(it["rows"]) + GAP for it in parts)
    sheet = Sheet(EDGE * 2 + TITLE + 28 + WORDS + GAP + HEADING + 28 + BARS + 150 + lines)
    sheet.heading(data["title"], TITLE)
    sheet.say(data["span"], (EDGE, sheet.at), WORDS, PALE)
    sheet.at += WORDS + GAP
    sheet.heading(data["heading"])
    _days(sheet, data["days"], data["none"])
    for part in parts:
        sheet.heading(part["title"])
        _lying(sheet, part["rows"])
    made = io.BytesIO()
    sheet.image.crop((0, 0, WIDE, sheet.at)).save(made, "PNG", optimize=True)
    return made.getvalue()


def _days(sheet: Sheet, days: list[dict[str, Any]], none: str) -> None:
    """A bar for each day with its number on it, and a grey line where it usually ends."""
    most = max((value for it in days for value in (it["count"], it["usual"] or 0)), default=0)
    floor, step = sheet.at + BARS + 50, (WIDE - 2 * EDGE) / max(len(days), 1)
    if not most:
        sheet.say(none, (WIDE / 2, floor - BARS / 2), WORDS, PALE, "mm")
    for index, it in enumerate(days):
        left, middle = EDGE + index * step, EDGE + (index + 0.5) * step
        top = floor - BARS * it["count"] / (most or 1)
        sheet.pen.rounded_rectangle((left + step * 0.18, min(top, floor - 2), left + step * 0.82, floor), 8, BLUE)
        if it["usual"] is not None and most:
            usual = floor - BARS * it["usual"] / most
            sheet.pen.line((left + step * 0.06, usual, left + step * 0.94, usual), PALE, 5)
        sheet.say(str(it["count"]), (middle, top - 8), WORDS, INK, "mb")
        sheet.say(it["label"], (middle, floor + 14), WORDS, INK, "ma")
        sheet.say(it["under"], (middle, floor + 60), WORDS, PALE, "ma")
    sheet.at = int(floor + 100 + GAP)


def _lying(sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    """Names to the left, bars to the right."""
    most = max(it["count"] for it in rows)
    room = WIDE - 2 * EDGE - NAMES - 90
    for it in rows:
        middle = sheet.at + ROW / 2
        sheet.say(sheet.fitted(it["name"], NAMES - 20), (EDGE, middle), WORDS, INK, "lm")
        end = EDGE + NAMES + max(room * it["count"] / most, 6)
        sheet.pen.rounded_rectangle((EDGE + NAMES, middle - 20, end, middle + 20), 8, ORANGE)
        sheet.say(str(it["count"]), (end + 16, middle), WORDS, INK, "lm")
        sheet.at += ROW
    sheet.at += GAP
