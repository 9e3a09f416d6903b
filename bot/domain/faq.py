"""Answers that a group gives again and again, each under a name and other names for the same."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 60
MOST_NAMES = 8
MOST_ENTRIES = 500
"""Entries of a community: all of them are compared when nothing has exactly the wanted name."""

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Faq:
    """One entry. `id` counts within the community; 0 before it is stored. `names` has the main one first.

    `credit` are the persons whose answer it is, `question` the number of the question that it was made from, 0 for
    none. `author` is who made the entry.
    """

    community: int
    id: int
    names: tuple[str, ...]
    text: str
    author: int
    at: datetime
    credit: tuple[int, ...] = ()
    question: int = 0

    @property
    def name(self) -> str:
        """The main name."""
        return self.names[0]
