"""Rows of a table as a spreadsheet shows them, and words that no spreadsheet runs."""

import re
from dataclasses import dataclass

from bot.chat.text import T
from bot.formats.draft import Problem, Unreadable

MOST_LINES = 10_000
MOST_COLUMNS = 100
"""How far a table may reach: a reader keeps room for every cell up to its last."""

_RISKY = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""What a spreadsheet may take for a formula: the characters that OWASP names (CSV injection), full-width ones too."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; `line` is its number as it is shown, from 1.

    `dates` are the places of cells (from 0) that the spreadsheet has made a date or a time of.
    """

    line: int
    cells: tuple[str, ...]
    dates: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in any cell."""
        return not self.dates and not any(map(str.strip, self.cells))


def guard(text: str) -> str:
    """The words with an apostrophe before them where a spreadsheet might run them."""
    return "'" + text if _RISKY.match(text) else text


def unguard(cell: str) -> str:
    """The words as they were before `guard`."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def too_far(line: int = 0) -> Unreadable:
    """The refusal of a table that reaches farther."""
    wrong = T(
        "A cell stands too far out: at most {rows} rows and {columns} columns are read.",
        rows=MOST_LINES,
        columns=MOST_COLUMNS,
    )
    return Unreadable(Problem(line, wrong))
