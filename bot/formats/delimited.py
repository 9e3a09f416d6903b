"""Rows as CSV: read with the physical line of each row, and written so that spreadsheets open them right."""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.chat.text import T
from bot.formats.draft import Problem, Unreadable
from bot.formats.grid import MOST_COLUMNS, MOST_LINES, Row, too_far

DELIMITERS = ",;\t"
FIRST_LINES = 20
"""Lines among which the header is looked for: some templates begin with a title and advice."""

_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_BREAKS = re.compile(r"[\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")


def read(text: str, known: Callable[[str], bool]) -> tuple[Row, ...]:
    """All rows; the delimiter is the one with which most names of columns are `known`.

    Cells in quotes are kept as they are, others lose the white space around them.
    """
    if (nul := text.find("\0")) >= 0:
        raise Unreadable(Problem(_line(text, nul), T("This line holds bytes that are not text.")))
    text = text.removeprefix("\ufeff")
    if told := _SEPARATOR.match(text):
        return tuple(split(text, told[1], told.end()))
    return tuple(split(text, _delimiter(text, known)))


def write(rows: Iterable[Iterable[str]], delimiter: str) -> bytes:
    """The rows in UTF-8 with a byte order mark, by which spreadsheets know it."""
    lines = (delimiter.join(quote(cell) for cell in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def quote(cell: str) -> str:
    """The cell, in quotes where it would be read otherwise without them."""
    plain = cell == cell.strip() and not re.search(r'[",;\t\r\n]|^#', cell)
    return cell if plain else '"' + cell.replace('"', '""') + '"'


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    lines = _BREAK.split(text, maxsplit=FIRST_LINES)[:FIRST_LINES]
    counts = {
        delimiter: max(sum(known(cell.strip(' "')) for cell in line.split(delimiter, MOST_COLUMNS)) for line in lines)
        for delimiter in DELIMITERS
    }
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def split(text: str, delimiter: str, start: int = 0) -> Iterator[Row]:
    """The rows of the text from that character on; raises `Unreadable` at a quote that does not end with its cell."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    spaces = re.compile(r"[ \t]*" if delimiter != "\t" else " *")
    cells: list[str] = []
    at, line, count = start, _line(text, start), 0
    first = line
    while at < len(text):
        cell, end = _cell(text, at, first, len(cells) + 1, plain, spaces)
        cells.append(cell)
        line += len(_BREAK.findall(cell))
        at = end
        if text.startswith(delimiter, at) and len(cells) <= MOST_COLUMNS:
            at += 1
            if at < len(text):
                continue
            cells.append("")
        count += 1
        if len(cells) > MOST_COLUMNS or count > MOST_LINES:
            raise too_far(first)
        yield Row(first, tuple(cells))
        # Lines without anything are counted in one go.
        rest = _end(_BREAKS, text, at)
        line += len(_BREAK.findall(text, at, rest))
        cells, first, at = [], line, rest


def _cell(
    text: str, start: int, line: int, column: int, plain: re.Pattern[str], spaces: re.Pattern[str]
) -> tuple[str, int]:
    """The cell that begins there, and where it ends."""
    at = _end(spaces, text, start)
    if not text.startswith('"', at):
        end = _end(plain, text, start)
        return text[start:end].strip(), end
    quoted = _QUOTED.match(text, at)
    end = _end(spaces, text, quoted.end()) if quoted else at
    if not quoted or _end(plain, text, end) > end:
        raise Unreadable(
            Problem(
                line, T("The quote that opens in column {column} is not closed before the next cell.", column=column)
            )
        )
    return quoted[1].replace('""', '"'), end


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where it stops matching; the patterns match nothing, too."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _line(text: str, at: int) -> int:
    return len(_BREAK.findall(text, 0, at)) + 1
