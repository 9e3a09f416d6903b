"""What reading a file gives: items on their way into a bank, or every reason why not, each with its line."""

from dataclasses import dataclass

from bot.chat.errors import Refusal
from bot.chat.text import T
from bot.domain.items import Item

MOST_ROWS = 2000
MOST_BYTES = 2 * 1024 * 1024
"""What one import may hold."""

MOST_PROBLEMS = 10
"""Problems that are listed; how many more there are is said as a number."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as it was read, not yet in any bank: its `community` and `id` are 0. `line` counts lines (rows in a
    table) of the source from 1.
    """

    line: int
    item: Item


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be read; line 0 means the file as a whole."""

    line: int
    text: T


class Unreadable(Refusal):
    """The file is refused whole: `problems` in the order of their lines, at least one."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(_summary(problems))


def _summary(problems: tuple[Problem, ...]) -> T:
    first = problems[0]
    if not first.line:
        return first.text
    return T("Line {line}: {text}", line=first.line, text=first.text)
