"""What the pages have in common: the note on top, tables."""

from collections.abc import Iterable, Sequence

NOTE = (
    "<!-- 由代码生成,请勿手改:python -m bot.docs write · generated, do not edit by hand: python -m bot.docs write -->"
)


def page(*parts: str) -> str:
    """A whole page under its note; the parts are set apart by empty lines."""
    return "\n\n".join((NOTE, *parts)) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; an upright stroke in a cell would end it, and is written as its entity."""
    lines = [head, ["-"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "&#124;") for cell in line) + " |" for line in lines)
