"""Tables of cases as CSV and XLSX; runs in the child process."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

Cell = str | int | float | bool | None
# A cell that begins so is a formula for a spreadsheet, whoever wrote it (also after a tab or a line break).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST = 40  # signs of a column
SAMPLE = 200  # rows that are looked at for the widths


def safe(cell: Cell) -> Cell:
    """The cell as text that no spreadsheet carries out."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(data: dict[str, Any]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([safe(it) for it in data["columns"]])
    writer.writerows([safe(it) for it in row] for row in data["rows"])
    return made.getvalue().encode("utf-8-sig")


def as_xlsx(data: dict[str, Any]) -> bytes:
    """Row by row in constant memory; texts are written as texts, so that none becomes a formula or a link."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(str(data["title"])[:31])
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    for column, width in enumerate(_widths([data["columns"], *data["rows"][:SAMPLE]])):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    for at, row in enumerate([data["columns"], *data["rows"]]):
        for column, cell in enumerate(row):
            _write(sheet, (at, column), safe(cell), head if at == 0 else None)
    sheet.autofilter(0, 0, len(data["rows"]), len(data["columns"]) - 1)
    book.close()
    return made.getvalue()


def _write(sheet: Any, where: tuple[int, int], cell: Cell, look: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(*where, cell, look)
    elif cell is not None:
        sheet.write_number(*where, cell, look)


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    columns = zip(*rows, strict=True)
    return [min(max(_columns(str(it or "")) for it in column) + 2, WIDEST) for column in columns]


def _columns(text: str) -> int:
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)
