"""QR codes of places on A6 pages, to be printed and put up. Runs in the child process."""

import io
from importlib.resources import files
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFont

DPI = 200
WIDE, HIGH = 827, 1165  # A6 at 200 dots an inch
CODE, TOP = 560, 330  # the code's side at most, and its upper edge; 7 cm are read from two metres away
TITLE, NAME, FOOT = 64, 54, 34
PAPER, INK, RED = "#FFFFFF", "#1F2933", "#B42318"
QUIET = 4  # modules of white around a code, as its standard asks


def as_pdf(data: dict[str, Any]) -> bytes:
    """A page for each of `items` ({name, en, url}) under `title`, with `foot` at the bottom."""
    pages = [_page(it, data["title"], data["foot"]) for it in data["items"]]
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return made.getvalue()


def _page(item: dict[str, Any], title: str, foot: str) -> Image.Image:
    page = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(page)
    _line(pen, title, 90, TITLE, INK)
    _line(pen, item["name"], 190, NAME, INK)
    _line(pen, item["en"] or "", 260, FOOT, INK)
    code = _code(item["url"])
    page.paste(code, ((WIDE - code.width) // 2, TOP))
    _line(pen, item["url"].removeprefix("https://"), TOP + CODE + 20, FOOT - 8, INK)
    _line(pen, foot, HIGH - 110, FOOT, RED)
    return page


def _code(url: str) -> Image.Image:
    """As large as whole dots allow, so that all its modules are of one size."""
    made = segno.make(url, error="m", micro=False)
    drawn = io.BytesIO()
    made.save(drawn, kind="png", scale=CODE // made.symbol_size(border=QUIET)[0], border=QUIET)
    drawn.seek(0)
    return Image.open(drawn).convert("RGB")


def _line(pen: ImageDraw.ImageDraw, words: str, at: int, size: int, ink: str) -> None:
    """Centred; smaller when it would not fit."""
    file = str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf"))
    font = ImageFont.truetype(file, size)
    room = WIDE - 80
    if words and font.getlength(words) > room:
        font = ImageFont.truetype(file, max(int(size * room / font.getlength(words)), 12))
    pen.text((WIDE / 2, at), words, font=font, fill=ink, anchor="mt")
