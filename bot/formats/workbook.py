"""Rows as an XLSX workbook: read without running or following anything in it, written as plain words only."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO

from bot.chat.text import T
from bot.formats.archive import repack
from bot.formats.draft import Problem, Unreadable
from bot.formats.grid import Row

MOST_SHEETS = 20

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x01-\x08\x0b-\x1f]|^[\t\n ]|[\t\n ]$")
"""What XML or a spreadsheet would change: OOXML writes it as `_xHHHH_`, and so an underscore that looks like it."""

_NO_XML = re.compile("[\0\ud800-\udfff\ufffe\uffff]")

Cell = str | float | bool | date | datetime | time | timedelta


def read(content: bytes) -> tuple[tuple[Row, ...], ...]:
    """The rows of every visible sheet; raises `Unreadable`. Formulas count as what they last came to."""
    packed = repack(content)
    try:
        return _sheets(packed)
    except Unreadable:
        raise
    except BaseException as error:
        # The reader's own panic is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        wrong = T("The workbook is damaged, or no XLSX file. Save it again as XLSX.")
        raise Unreadable(Problem(0, wrong)) from error


def write(rows: Iterable[Iterable[str]], title: str) -> bytes:
    """A workbook with one sheet of that title; every cell is words, none a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        cells = [WriteOnlyCell(sheet, _escape(words)) for words in row]
        for cell in cells:
            cell.data_type = "s"
            cell.number_format = "@"
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheets(packed: BytesIO) -> tuple[tuple[Row, ...], ...]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(packed)
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if len(shown) > MOST_SHEETS:
        raise Unreadable(
            Problem(0, T("The workbook has {count} sheets, at most {most}.", count=len(shown), most=MOST_SHEETS))
        )
    tables = (book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in shown)
    return tuple(tuple(_row(line, cells) for line, cells in enumerate(table, 1)) for table in tables)


def _row(line: int, cells: list[Cell]) -> Row:
    dates = frozenset(at for at, cell in enumerate(cells) if isinstance(cell, date | time | timedelta))
    return Row(line, tuple(map(_words, cells)), dates)


def _words(cell: Cell) -> str:
    """What the cell shows; a number in at most the 15 digits that a spreadsheet keeps."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return f"{cell:.15g}"
        case str():
            return cell.replace("\0", "")
        case _:
            return ""


def _escape(words: str) -> str:
    legal = _NO_XML.sub("\ufffd", words)
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", legal)
