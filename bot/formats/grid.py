"""Rows of a table as a spreadsheet shows them, and words that no spreadsheet runs."""

import re
from dataclasses import dataclass

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
